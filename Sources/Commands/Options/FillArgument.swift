import Datasets
import Interpreter

/// `with=` of `fill-missing`: mean, median, or a number.
struct FillArgument: CommandArgument {
  let rule: FillRule

  static var typeName: String { "number" }
  static var choices: [String] { ["mean", "median"] }

  init(_ rule: FillRule) { self.rule = rule }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .string(let box) where box.text == "mean": rule = .mean
    case .string(let box) where box.text == "median": rule = .median
    case .string(let box): throw Signature.notAChoice(box.text, card)
    default:
      var card = card
      card.range = .finite
      rule = .number(try Double(argument: value, card: card))
    }
  }

  var argumentText: String? {
    switch rule {
    case .mean: "mean"
    case .median: "median"
    case .number: nil
    }
  }
}
