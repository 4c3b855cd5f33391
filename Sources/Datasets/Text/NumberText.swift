/// Numbers as text that files and other programs read.
enum NumberText {
  /// The shortest decimal that reads back as the same number: "1", "0.1", "-0", "1e-07", "nan",
  /// "inf".
  static func shortest(_ value: Double) -> String {
    if value.magnitude < 0x1p53 && value == value.rounded(.towardZero) {
      return value == 0 && value.sign == .minus ? "-0" : String(Int(value))
    }
    return value.description
  }

  /// A label as it is compared: numbers by their value, so that "1", "+1" and "1.0" are one class.
  /// Numbers too large to be told apart stay as they are.
  static func canonicalLabel(_ text: String) -> String {
    guard let value = DecimalParser.parse(text), value.magnitude < 0x1p53 else { return text }
    return shortest(value == 0 ? 0 : value)
  }
}
