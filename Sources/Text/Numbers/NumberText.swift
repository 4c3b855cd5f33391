import Glibc

/// Numbers as text, independent of the locale.
public enum NumberText {
  /// The shortest decimal that reads back as the same number, with exponents as in Python: `0.1`,
  /// `-0`, `1e-05`, `1e+16`, `inf`, `nan`. Whole numbers below 2⁵³ have no point.
  public static func shortest(_ x: Double) -> String {
    if x.isNaN { return "nan" }
    if isCountable(x) {
      return x == 0 && x.sign == .minus ? "-0" : String(Int(x))
    }
    return x.description
  }

  /// By default at most six significant digits, without trailing zeros, for reports: `0.373`,
  /// `2.91304`, `1e-07`. Whole numbers below 2⁵³ keep all their digits.
  public static func short(_ x: Double, digits: Int = 6) -> String {
    x.isFinite && !isCountable(x) ? formatted(x, "g", digits: digits) : shortest(x)
  }

  /// By default at most four significant digits, for labels and progress, where columns are scarce:
  /// `0.25`, `1500`, `3.2e-7`.
  public static func compact(_ x: Double, digits: Int = 4) -> String {
    guard let number = DecimalNumber(rounding: x, digits: digits) else { return shortest(x) }
    return number.text(full: -4...max(5, digits - 1))
  }

  /// A fixed number of digits after the point. A number that rounds to zero has no sign.
  public static func fixed(_ x: Double, places: Int) -> String {
    guard x.isFinite else { return shortest(x) }
    let text = formatted(x, "f", digits: places)
    let isZero = text.utf8.allSatisfy { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    return isZero && text.first == "-" ? String(text.dropFirst()) : text
  }

  /// A share as `61.33%`; a dash where it is not finite.
  public static func percent(_ share: Double, places: Int = 2, dash: String = "–") -> String {
    share.isFinite ? fixed(share * 100, places: places) + "%" : dash
  }

  /// The digits, in groups of three from 10 000 on: `49 000`.
  public static func grouped(_ n: Int) -> String {
    let digits = String(n.magnitude)
    guard digits.count > 4 else { return String(n) }
    return (n < 0 ? "-" : "") + grouped(digits, by: " ")
  }

  /// The digits with a separator between groups of three, counted from the last.
  public static func grouped(_ digits: some StringProtocol, by separator: Character) -> String {
    var result = ""
    for (i, digit) in digits.enumerated() {
      if i > 0 && (digits.count - i) % 3 == 0 { result.append(separator) }
      result.append(digit)
    }
    return result
  }

  /// Whether a number is whole and below 2⁵³ in magnitude, up to which all whole numbers are
  /// doubles.
  private static func isCountable(_ x: Double) -> Bool {
    x.magnitude < 0x1p53 && x == x.rounded(.towardZero)
  }

  /// The number in C's conversion `f`, `e` or `g`.
  ///
  /// - Parameters:
  ///   - digits: Digits after the point; for `g`, significant digits.
  ///   - alternate: Keeps the point and trailing zeros, as C's `#` does.
  public static func formatted(
    _ x: Double, _ conversion: Character, digits: Int, alternate: Bool = false
  ) -> String {
    let format = "%\(alternate ? "#" : "").\(digits)\(conversion)"
    return withVaList([x]) { arguments in
      // The longest is a double near 1.8e308 in fixed form: 309 digits before the point.
      let capacity = 340 + digits
      return String(unsafeUninitializedCapacity: capacity) { buffer in
        buffer.withMemoryRebound(to: CChar.self) { text in
          Int(vsnprintf(text.baseAddress, capacity, format, arguments))
        }
      }
    }
  }
}
