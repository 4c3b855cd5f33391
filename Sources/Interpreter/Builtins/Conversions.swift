import LinearAlgebra
import Text

/// Functions that turn values into numbers, and tell their type.
extension Builtins {
  static let conversions: [BuiltinFunction] = [
    BuiltinFunction(
      "int", [.required("x")], usage: "int(x)",
      summary: "A whole number, cut towards 0; of a string, the number that it is.",
      examples: ["int(-2.7)", "int(\"12\")"]
    ) { arguments, _ in
      if case .string(let box) = arguments[0] {
        let text = trimmed(box.text)
        guard let number = plainNumber(text), !text.contains(where: { ".eEnN".contains($0) }) else {
          throw Failure(
            "\"\(shown(box.text))\" is no whole number",
            help: plainNumber(text) == nil ? nil : "`int(float(x))` cuts off the decimals")
        }
        return .number(number)
      }
      return try map(arguments[0]) { x in
        guard x.isFinite else { throw Failure("\(NumberText.shortest(x)) is no whole number") }
        return x.rounded(.towardZero)
      }
    },
    BuiltinFunction(
      "float", [.required("x")], usage: "float(x)",
      summary: "The number that a string is; truth values as 1 and 0.",
      examples: ["float(\"2.5e-3\")"]
    ) { arguments, _ in
      guard case .string(let box) = arguments[0] else { return try map(arguments[0]) { $0 } }
      guard let number = plainNumber(trimmed(box.text)) else {
        throw Failure("\"\(shown(box.text))\" is no number")
      }
      return .number(number)
    },
    BuiltinFunction(
      "type", [.required("x")], usage: "type(x)", summary: "The name of the value's type.",
      examples: ["type([1, 2])"]
    ) { arguments, _ in .string(arguments[0].typeName) },
  ]

  /// The text without blanks around it; texts that are far too long for a number as they are.
  private static func trimmed(_ text: String) -> String {
    guard text.utf8.count <= 1000 else { return text }
    return String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// The beginning of a text, for a message.
  private static func shown(_ text: String) -> String {
    text.utf8.count <= 40 ? text : text.prefix(40) + "…"
  }

  /// A decimal number, `inf` or `nan`; nil for other texts.
  private static func plainNumber(_ text: String) -> Double? {
    guard text.utf8.count <= 1000 else { return nil }
    let lower = text.lowercased()
    let isDecimal = lower.allSatisfy { "0123456789+-.e".contains($0) }
    guard isDecimal || ["inf", "infinity", "nan"].contains(lower.drop { "+-".contains($0) }) else {
      return nil
    }
    return Double(lower)
  }
}
