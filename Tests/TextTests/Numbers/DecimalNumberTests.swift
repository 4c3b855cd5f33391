import TestSupport
import Testing

@testable import Text

@Suite struct DecimalNumberTests {
  @Test(
    arguments: [
      (50, -2, "0.50"), (5, -2, "0.05"), (-5, -1, "-0.5"), (0, -1, "0.0"), (0, 3, "0"),
      (12, 0, "12"), (12, 3, "12000"), (-120, -1, "-12.0"), (1, -4, "0.0001"),
    ])
  func inFull(digits: Int, exponent: Int, text: String) {
    #expect(DecimalNumber(digits, exponent: exponent).fullText == text)
  }

  @Test(
    arguments: [
      (50, -2, "0.5"), (0, 5, "0"), (12, 3, "12000"), (1, 5, "100000"), (1, 6, "1e6"),
      (1200, 3, "1.2e6"), (-15, -8, "-1.5e-7"), (1, -4, "0.0001"), (1, -5, "1e-5"),
      (10, -5, "0.0001"), (100, 0, "100"),
    ])
  func short(digits: Int, exponent: Int, text: String) {
    #expect(DecimalNumber(digits, exponent: exponent).text() == text)
  }

  @Test func theRangeInFullIsTheCallers() {
    #expect(DecimalNumber(5, exponent: 0).text(full: 999...999) == "5e0")
    #expect(DecimalNumber(5, exponent: 9).text(full: 0...15) == "5000000000")
  }

  /// Ties go by the exact value of the double: 0.125 is one, and goes to the even digit; 0.135 lies
  /// above the tie, and 2.675, below it.
  @Test(
    arguments: [
      (0.125, 2, 12, -2), (0.135, 2, 14, -2), (2.675, 3, 267, -2), (999.96, 4, 1000, 0),
      (-1.5, 1, -2, 0), (0, 3, 0, -2), (1e23, 1, 1, 23), (.leastNonzeroMagnitude, 3, 494, -326),
    ] as [(Double, Int, Int, Int)])
  func rounding(x: Double, count: Int, digits: Int, exponent: Int) {
    #expect(DecimalNumber(rounding: x, digits: count) == DecimalNumber(digits, exponent: exponent))
  }

  @Test func whatIsNoNumberHasNoDigits() {
    #expect(DecimalNumber(rounding: .nan, digits: 3) == nil)
    #expect(DecimalNumber(rounding: .infinity, digits: 3) == nil)
  }

  /// 17 digits tell every double from its neighbors.
  @Test func seventeenDigitsReadBack() throws {
    var numbers = SeededNumbers(seed: 9)
    for _ in 0..<5000 {
      let x = Double(bitPattern: numbers.next())
      guard let decimal = DecimalNumber(rounding: x, digits: 17) else { continue }
      #expect(Double(decimal.text()) == x)
      guard abs(decimal.exponent) < 250 else { continue }
      #expect(Double(decimal.fullText) == x)
    }
  }
}
