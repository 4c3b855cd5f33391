/// Sizes, times and counts with their units.
public enum Quantity {
  /// `512 B`, `3.1 MB`, `8 TB`: powers of 1000, with a decimal below 100.
  public static func bytes(_ count: Double) -> String {
    guard count < 1e24 else { return "an unbounded amount" }
    var size = count
    var unit = "B"
    for next in ["kB", "MB", "GB", "TB", "PB", "EB"] where size >= 999.5 {
      size /= 1000
      unit = next
    }
    let text = NumberText.fixed(size, places: unit == "B" || size >= 99.95 ? 0 : 1)
    return "\(text.hasSuffix(".0") ? text.dropLast(2) : text[...]) \(unit)"
  }

  /// `512 B`, `3.1 MB`, `8 TB`: powers of 1000, with a decimal below 100.
  public static func bytes(_ count: Int) -> String { bytes(Double(count)) }

  /// A time: `12.3 ms`, `4.56 s`, `2 min 5 s`, `1 h 40 min`.
  ///
  /// - Parameter digits: Significant digits below 100 seconds: 3 for measured times, fewer for
  ///   estimates.
  public static func duration(seconds: Double, digits: Int = 3) -> String {
    guard seconds > 0 else { return "0 s" }
    let whole = Int(min(seconds, 1e12).rounded())
    if whole >= 3600 { return "\(whole / 3600) h \(whole % 3600 / 60) min" }
    if whole >= 100 { return "\(whole / 60) min \(whole % 60) s" }
    // Rounded first: 999.7 ms are 1.00 s.
    guard let rounded = DecimalNumber(rounding: seconds, digits: digits) else {
      return "0 s"
    }
    let steps = max(0, min((2 - rounded.leadingExponent) / 3, 3))
    var size = rounded
    size.exponent += 3 * steps
    return "\(size.fullText) \(["s", "ms", "µs", "ns"][steps])"
  }

  /// `1 row`, `2 rows`, `49 000 rows`.
  public static func count(_ n: Int, _ noun: String, plural: String? = nil) -> String {
    "\(NumberText.grouped(n)) \(n == 1 ? noun : plural ?? noun + "s")"
  }
}
