import Testing

@testable import Plotting

@Suite struct WholeNumberTests {
  @Test func doublesBecomeWholeNumbersWithoutTraps() {
    #expect(wholeNumber(.nan, in: -5...5) == -5)
    #expect(wholeNumber(.infinity, in: -5...5) == 5)
    #expect(wholeNumber(-1e300, in: -5...5) == -5)
    #expect(wholeNumber(1e300, in: .min ... .max) == .max)
    #expect(wholeNumber(2.5, in: 0...10) == 3)
    #expect(wholeNumber(9.4, in: 0...10) == 9)
  }
}
