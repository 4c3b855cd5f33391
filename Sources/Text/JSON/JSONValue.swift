/// A value of JSON (RFC 8259).
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

  /// The text of the value on one line.
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

  /// The text of the value with a line for each entry, one blank deeper than what it is in: as
  /// notebooks are written, so that they can be compared line by line.
  public var indentedText: String {
    var text = ""
    write(to: &text, indent: "\n")
    return text
  }

  /// - Parameter indent: A line end and the blanks that this value's lines begin with.
  private func write(to text: inout String, indent: String) {
    let inner = indent + " "
    switch self {
    case .array(let values) where !values.isEmpty:
      text += "["
      for (i, value) in values.enumerated() {
        text += (i == 0 ? "" : ",") + inner
        value.write(to: &text, indent: inner)
      }
      text += indent + "]"
    case .object(let members) where members.contains { $0.value != nil }:
      text += "{"
      var isFirst = true
      for case (let name, let value?) in members {
        text += (isFirst ? "" : ",") + inner + JSONText.quoted(name) + ": "
        value.write(to: &text, indent: inner)
        isFirst = false
      }
      text += indent + "}"
    default: text += self.text
    }
  }
}

extension JSONValue {
  /// The value under a name of an object; nil where there is none.
  public subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The text; nil where the value is none.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The values of an array; nil where the value is none.
  public var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }
}
