import Datasets
import Interpreter

/// `label=`.
struct LabelArgument: CommandArgument {
  let column: LabelColumn

  static var typeName: String { "word or column name" }
  static var choices: [String] { ["auto", "first", "last", "none"] }

  init(column: LabelColumn) { self.column = column }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .none: column = .none
    case .string(let box):
      switch box.text {
      case "auto": column = .auto
      case "first": column = .first
      case "last": column = .last
      case "none": column = .none
      default: column = .named(box.text)
      }
    default: throw Self.mismatch(value, card)
    }
  }

  var argumentText: String? { column == .auto ? "auto" : nil }
}
