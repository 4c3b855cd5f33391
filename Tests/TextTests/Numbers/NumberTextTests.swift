import TestSupport
import Testing

@testable import Text

@Suite struct NumberTextTests {
  /// Python's repr, without the zero of whole numbers.
  @Test(
    arguments: [
      (0, "0"), (-0.0, "-0"), (1, "1"), (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"),
      (1e15, "1000000000000000"), (1_234_567_890_123_456, "1234567890123456"),
      (-9_007_199_254_740_991, "-9007199254740991"), (1e16, "1e+16"), (1e300, "1e+300"),
      (1e-4, "0.0001"), (1e-5, "1e-05"), (1e-7, "1e-07"), (.leastNonzeroMagnitude, "5e-324"),
      (.nan, "nan"), (-.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"),
    ] as [(Double, String)])
  func shortest(x: Double, text: String) {
    #expect(NumberText.shortest(x) == text)
  }

  @Test func theShortestReadsBackTheSameBits() {
    var numbers = SeededNumbers(seed: 5)
    for i in 0..<20_000 {
      // Doubles of any size, and whole numbers around 2⁵³, where the form changes.
      let x =
        i.isMultiple(of: 2)
        ? Double(bitPattern: numbers.next()) : Double(numbers.next() >> 10) - 0x1p53
      guard !x.isNaN else { continue }
      #expect(Double(NumberText.shortest(x))?.bitPattern == x.bitPattern, "\(x)")
    }
  }

  /// As numpy's `format(x, ".6g")` and `format(x, ".4g")`; whole numbers as they are.
  @Test(
    arguments: [
      (0.373, 6, "0.373"), (2.913041, 6, "2.91304"), (1e-7, 6, "1e-07"), (-0.5, 6, "-0.5"),
      (1_234_567, 6, "1234567"), (1_234_567.5, 6, "1.23457e+06"), (774.2345, 4, "774.2"),
      (12345.6, 4, "1.235e+04"), (.nan, 6, "nan"), (-.infinity, 6, "-inf"),
      (2e15, 6, "2000000000000000"),
    ] as [(Double, Int, String)])
  func short(x: Double, digits: Int, text: String) {
    #expect(NumberText.short(x, digits: digits) == text)
  }

  @Test(
    arguments: [
      (0.0, "0"), (1, "1"), (-1, "-1"), (0.5, "0.5"), (0.3456, "0.3456"), (0.34567, "0.3457"),
      (1234, "1234"), (12345, "12340"), (12346, "12350"), (123456, "123500"),
      (1_234_567, "1.235e6"), (1e-4, "0.0001"), (1e-5, "1e-5"), (3.2e-7, "3.2e-7"),
      (-2.5e10, "-2.5e10"), (9.9996, "10"), (999.96, "1000"), (1e300, "1e300"),
      (1.7976931348623157e308, "1.798e308"), (.leastNonzeroMagnitude, "4.941e-324"),
      (.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"), (-0.0, "0"), (1000, "1000"),
    ] as [(Double, String)])
  func compact(x: Double, text: String) {
    #expect(NumberText.compact(x) == text)
  }

  @Test func compactTextsReadBackWithinHalfAUnitOfTheFourthDigit() {
    var numbers = SeededNumbers(seed: 3)
    for _ in 0..<5000 {
      let x = Double(bitPattern: numbers.next())
      guard x.isFinite, abs(x) > 1e-300, abs(x) < 1e308 else { continue }
      let back = Double(NumberText.compact(x)) ?? .nan
      #expect(abs(back - x) <= 5.001e-4 * abs(x), "\(x)")
    }
  }

  /// As C's `%.nf`.
  @Test(
    arguments: [
      (66.6666, 1, "66.7"), (100, 1, "100.0"), (2.345, 2, "2.35"), (2.345, 1, "2.3"),
      (0.05, 2, "0.05"), (-1.5, 2, "-1.50"), (12, 0, "12"), (9.96, 1, "10.0"),
      (1234.5678, 0, "1235"), (.nan, 1, "nan"), (.infinity, 3, "inf"),
      // What rounds to zero has no sign.
      (0.04, 1, "0.0"), (-0.04, 1, "0.0"), (-0.0, 2, "0.00"), (-0.06, 1, "-0.1"),
    ] as [(Double, Int, String)])
  func fixed(x: Double, places: Int, text: String) {
    #expect(NumberText.fixed(x, places: places) == text)
  }

  @Test func percents() {
    #expect(NumberText.percent(0.61333) == "61.33%")
    #expect(NumberText.percent(1, places: 1) == "100.0%")
    #expect(NumberText.percent(.nan) == "–")
    #expect(NumberText.percent(.nan, dash: "-") == "-")
  }

  @Test(
    arguments: [
      (0, "0"), (9999, "9999"), (10_000, "10 000"), (49_000, "49 000"), (-123_456, "-123 456"),
      (1_234_567, "1 234 567"), (.min, "-9 223 372 036 854 775 808"),
    ] as [(Int, String)])
  func grouped(n: Int, text: String) {
    #expect(NumberText.grouped(n) == text)
  }

  /// The longest that there is: 309 digits before the point and as many after it as are asked for.
  @Test func theLargestNumberInFull() {
    let text = NumberText.formatted(-.greatestFiniteMagnitude, "f", digits: 300)
    #expect(text.utf8.count == 1 + 309 + 1 + 300)
    #expect(text.hasPrefix("-17976931348623157081"))
    #expect(NumberText.formatted(2, "g", digits: 3, alternate: true) == "2.00")
  }
}
