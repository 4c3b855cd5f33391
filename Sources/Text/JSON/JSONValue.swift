/// A value of JSON (RFC 8259). It is written on one line.
public indirect enum JSONValue: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
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
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
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
