import Text

extension Value {
  /// The value as `print` and `{…}` show it: strings without quotes.
  public func text(for display: Display) -> String {
    switch self {
    case .undefined: ""
    case .none: "none"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): NumberText.shortest(number)
    case .string(let box): box.text
    case .array(let array): ArrayText(array, on: display).text
    case .list(let box): "[" + Value.joined(box.items, display) + "]"
    case .tuple(let box): Value.joined(box.items, display)
    case .function(let function): "function \(function.callText)"
    case .object(let box): box.object.shown(on: display).plain
    }
  }

  /// What a statement with this value shows; empty for `none`.
  public var presentation: Presentation {
    switch self {
    case .none, .undefined: Presentation(StyledText())
    case .object(let box): box.object.presentation
    default: Presentation { StyledText(text(for: $0)) }
    }
  }

  private static func joined(_ items: [Value], _ display: Display) -> String {
    items.map { item in
      if case .string(let box) = item { return quoted(box.text) }
      if case .tuple(let box) = item { return "(" + joined(box.items, display) + ")" }
      return item.text(for: display)
    }.joined(separator: ", ")
  }

  /// The string as a literal.
  static func quoted(_ text: String) -> String {
    Escaping.quoted(text.replacing("{", with: "{{").replacing("}", with: "}}"))
  }
}
