import LinearAlgebra
import Text

extension Value {
  /// The value as `print` and `{…}` show it: strings without quotes.
  ///
  /// - Throws: `Interrupted`.
  public func text(for display: Display) throws -> String {
    switch self {
    case .undefined: ""
    case .none: "none"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): NumberText.shortest(number)
    case .string(let box): box.text
    case .array(let array): ArrayText(array, on: display).text
    case .list(let box): "[" + (try Value.joined(box.items, display)) + "]"
    case .tuple(let box): try Value.joined(box.items, display)
    case .function(let function): "function \(function.callText)"
    case .object(let box): try box.object.presentation.text(display).plain
    }
  }

  /// What a statement with this value shows; empty for `none`.
  public var presentation: Presentation {
    switch self {
    case .none, .undefined: Presentation(StyledText())
    case .object(let box): box.object.presentation
    default: Presentation { StyledText(try text(for: $0)) }
    }
  }

  private static func joined(_ items: [Value], _ display: Display) throws -> String {
    let texts = try Interruption.map(items.count, costEach: 512) { i in
      switch items[i] {
      case .string(let box): quoted(box.text)
      case .tuple(let box): "(" + (try joined(box.items, display)) + ")"
      default: try items[i].text(for: display)
      }
    }
    return try LongText.joined(texts, separator: ", ")
  }

  /// The string as a literal.
  static func quoted(_ text: String) -> String {
    Escaping.quoted(text.replacing("{", with: "{{").replacing("}", with: "}}"))
  }
}
