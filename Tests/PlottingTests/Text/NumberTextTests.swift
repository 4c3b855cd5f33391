import TestSupport
import Testing

@testable import Plotting

@Suite struct NumberTextTests {
  @Test(
    arguments: [
      (0.0, "0"), (1, "1"), (-1, "-1"), (0.5, "0.5"), (0.3456, "0.3456"), (0.34567, "0.3457"),
      (1234, "1234"), (12345, "12350"), (123456, "123500"), (1234567, "1.235e6"), (1e-4, "0.0001"),
      (1e-5, "1e-5"), (3.2e-7, "3.2e-7"), (-2.5e10, "-2.5e10"), (9.9996, "10"), (999.96, "1000"),
      (1e300, "1e300"), (1.7976931348623157e308, "1.798e308"),
      (.leastNonzeroMagnitude, "4.941e-324"),
      (.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"), (-0.0, "0"), (1000, "1000"),
    ] as [(Double, String)]) func shortTexts(value: Double, text: String)
  {
    #expect(NumberText.short(value) == text)
  }

  @Test(
    arguments: [
      (66.6666, 1, "66.7"), (100, 1, "100.0"), (0.04, 1, "0.0"), (0.05, 2, "0.05"),
      (-1.5, 2, "-1.50"),
      (12, 0, "12"), (.nan, 1, "nan"), (1e12, 1, "1e12"),
    ] as [(Double, Int, String)]) func fixedTexts(value: Double, places: Int, text: String)
  {
    #expect(NumberText.fixed(value, places: places) == text)
  }

  @Test func shortTextsReadBackNearTheValue() {
    var generator = SeededNumbers(seed: 3)
    for _ in 0..<5000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite, abs(value) > 1e-300 else { continue }
      let back = Double(NumberText.short(value)) ?? .nan
      #expect(abs(back - value) <= 6e-4 * abs(value), "\(value)")
    }
  }

  @Test func doublesBecomeWholeNumbersWithoutTraps() {
    #expect(wholeNumber(.nan, in: -5...5) == -5)
    #expect(wholeNumber(.infinity, in: -5...5) == 5)
    #expect(wholeNumber(-1e300, in: -5...5) == -5)
    #expect(wholeNumber(1e300, in: .min ... .max) == .max)
    #expect(wholeNumber(2.5, in: 0...10) == 3)
    #expect(wholeNumber(9.4, in: 0...10) == 9)
  }
}
