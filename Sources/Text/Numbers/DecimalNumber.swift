/// A decimal number, `digits` × 10^`exponent`. It is exact where a double is not, as for the marks
/// of an axis.
public struct DecimalNumber: Sendable, Equatable {
  /// All digits as a whole number, with the sign.
  public var digits: Int
  /// The exponent of the last digit.
  public var exponent: Int

  /// The number `digits` × 10^`exponent`.
  public init(_ digits: Int, exponent: Int) {
    self.digits = digits
    self.exponent = exponent
  }

  /// A double rounded to `count` significant digits, 1 to 17, by its exact value. Nil for
  /// infinities and nan.
  public init?(rounding x: Double, digits count: Int) {
    guard x.isFinite else { return nil }
    let places = min(max(count, 1), 17) - 1
    let parts = NumberText.formatted(x, "e", digits: places).split(separator: "e")
    guard parts.count == 2, let digits = Int(parts[0].filter { $0 != "." }),
      let power = Int(parts[1])
    else { return nil }
    self.init(digits, exponent: power - places)
  }

  /// The exponent of the first digit that is not zero; 0 for the number zero.
  public var leadingExponent: Int {
    digits == 0 ? 0 : String(digits.magnitude).utf8.count - 1 + exponent
  }

  /// All digits, trailing zeros included: `0.50` for 50 × 10⁻².
  public var fullText: String {
    var text = String(digits.magnitude)
    if exponent > 0, digits != 0 { text += String(repeating: "0", count: exponent) }
    if exponent < 0 {
      text = String(repeating: "0", count: max(0, 1 - exponent - text.utf8.count)) + text
      text.insert(".", at: text.index(text.endIndex, offsetBy: exponent))
    }
    return (digits < 0 ? "-" : "") + text
  }

  /// The number without trailing zeros: in full where the leading exponent is in `full`, else as
  /// `1.5e-7`.
  public func text(full: ClosedRange<Int> = -4...5) -> String {
    if digits == 0 { return "0" }
    var short = self
    while short.digits % 10 == 0, short.exponent < 0 || !full.contains(leadingExponent) {
      short.digits /= 10
      short.exponent += 1
    }
    if full.contains(leadingExponent) { return short.fullText }
    var text = String(short.digits.magnitude)
    if text.utf8.count > 1 { text.insert(".", at: text.index(after: text.startIndex)) }
    return "\(digits < 0 ? "-" : "")\(text)e\(leadingExponent)"
  }
}
