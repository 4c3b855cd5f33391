import Glibc

/// Numbers as text.
public enum NumberText {
  /// Whole numbers below 10¹⁵ without a point, others as the shortest decimal that reads back, with
  /// Python's exponents: `1e-05`, `1e+16`, `inf`, `nan`.
  public static func shortest(_ x: Double) -> String {
    if x.isNaN { return "nan" }
    if x.rounded() == x, abs(x) < 1e15 {
      return x == 0 && x.sign == .minus ? "-0" : String(Int(x))
    }
    return x.description
  }

  /// `x` with C's conversion `f`, `e` or `g`, and `digits` digits after the point (for `g`,
  /// significant ones). `alternate` keeps the point, as C's `#` does.
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
