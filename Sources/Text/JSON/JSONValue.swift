/// A value that is written as JSON, on one line.
public indirect enum JSONValue: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// A text.
  case string(String)
  /// A number; `null` where it is not finite, for which JSON has no word.
  case number(Double)
  /// A whole number.
  case integer(Int)
  /// Values in order.
  case array([JSONValue])
  /// Values by name, in order; a nil one is left out.
  case object([(name: String, value: JSONValue?)])

  /// A text.
  public init(stringLiteral text: String) { self = .string(text) }

  /// A whole number.
  public init(integerLiteral number: Int) { self = .integer(number) }

  /// The text of the value.
  public var text: String {
    switch self {
    case .string(let text): JSONText.quoted(text)
    case .number(let number): number.isFinite ? NumberText.shortest(number) : "null"
    case .integer(let number): String(number)
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.compactMap { name, value in
          value.map { JSONText.quoted(name) + ":" + $0.text }
        }.joined(separator: ",") + "}"
    }
  }
}
