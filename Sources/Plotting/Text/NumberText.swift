import Glibc

/// Numbers as short texts, without Foundation and whatever the locale.
enum NumberText {
  /// The number with `significant` digits and no zeros at the end: `0.25`, `1500`, `3.2e-7`.
  static func short(_ value: Double, significant: Int = 4) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == 0 { return "0" }
    let digitsWanted = max(1, min(significant, 15))
    var magnitude = abs(value)
    var shift = 0
    // Keeps the powers of ten below inside the range of doubles.
    if magnitude < 1e-280 {
      magnitude *= 1e300
      shift = -300
    }
    var exponent = wholeNumber(floor(log10(magnitude)), in: -330...330)
    var digits = scaled(magnitude, byTenTo: digitsWanted - 1 - exponent).rounded()
    if digits >= pow(10, Double(digitsWanted)) {
      exponent += 1
      digits = (digits / 10).rounded()
    }
    // log10 may be one too high just below a power of ten.
    if digits < pow(10, Double(digitsWanted - 1)) {
      exponent -= 1
      digits = scaled(magnitude, byTenTo: digitsWanted - 1 - exponent).rounded()
    }
    let whole = wholeNumber(digits, in: 0...1_000_000_000_000_000)
    return decimal(
      value < 0 ? -whole : whole, exponent: exponent + shift - digitsWanted + 1,
      plain: -4...max(5, digitsWanted - 1))
  }

  /// The number with `places` digits after the point, or the short form where that would be long.
  static func fixed(_ value: Double, places: Int) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return short(value) }
    let count = max(0, min(places, 6))
    let whole = wholeNumber((value * pow(10, Double(count))).rounded(), in: -(1 << 52)...(1 << 52))
    return placed(whole, places: count)
  }

  /// A whole number with the point moved `places` to the left: `placed(5, places: 2)` is `0.05`.
  static func placed(_ whole: Int, places: Int) -> String {
    var digits = String(whole.magnitude)
    if places > 0 {
      digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
    }
    return (whole < 0 ? "-" : "") + digits
  }

  /// `digits` × 10^`exponent` in full where the leading digit's exponent is in `plain`, else with
  /// an e.
  static func decimal(
    _ digits: Int, exponent: Int, plain: ClosedRange<Int> = -4...5
  ) -> String {
    if digits == 0 { return "0" }
    var text = String(digits.magnitude)
    var exponent = exponent
    while text.count > 1, text.hasSuffix("0") {
      text.removeLast()
      exponent += 1
    }
    let sign = digits < 0 ? "-" : ""
    let leading = text.count - 1 + exponent
    guard plain.contains(leading) else {
      if text.count > 1 { text.insert(".", at: text.index(after: text.startIndex)) }
      return "\(sign)\(text)e\(leading)"
    }
    if exponent >= 0 { return sign + text + String(repeating: "0", count: exponent) }
    let zeros = max(0, 1 - text.count - exponent)
    text = String(repeating: "0", count: zeros) + text
    text.insert(".", at: text.index(text.endIndex, offsetBy: exponent))
    return sign + text
  }

  private static func scaled(_ value: Double, byTenTo exponent: Int) -> Double {
    exponent >= 0 ? value * pow(10, Double(exponent)) : value / pow(10, Double(-exponent))
  }
}

/// The nearest whole number in a range; the lower end for what is no number.
func wholeNumber(_ value: Double, in range: ClosedRange<Int>) -> Int {
  guard value > Double(range.lowerBound) else { return range.lowerBound }
  guard value < Double(range.upperBound) else { return range.upperBound }
  return min(max(Int(value.rounded()), range.lowerBound), range.upperBound)
}
