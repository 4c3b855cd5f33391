import Testing

@testable import Plotting

@Suite struct AxesTests {
  @Test func theEndsOfAnAxisAreRoundWhereThatCostsLittle() {
    let axis = Axis(covering: [5, 780], logarithmic: false, atMost: 5, spare: 1)
    #expect(axis.low == 0)
    #expect(axis.high == 800)
    let tight = Axis(covering: [1, 9], logarithmic: false, atMost: 3, spare: 0)
    #expect(tight.low == 1)
    #expect(tight.high == 9)
    #expect(tight.ticks.map(\.label) == ["5"])
  }

  @Test func decadesEndAtPowersOfTen() {
    let axis = Axis(covering: [5, 780], logarithmic: true, atMost: 5, spare: 0)
    #expect(axis.low == 5)
    #expect(axis.high == 1000)
    #expect(Axis(covering: [5, 780], logarithmic: true, atMost: 5, spare: 1).low == 1)
    #expect(axis.fraction(1000) == 1)
    #expect(axis.fraction(0) == nil)
    #expect(axis.fraction(-1) == nil)
  }

  @Test func whatIsNoNumberHasNoPlace() {
    let axis = Axis(covering: [0, .nan, 1, .infinity], logarithmic: false, atMost: 5, spare: 1)
    #expect(axis.low == 0)
    #expect(axis.high == 1)
    #expect(axis.fraction(.nan) == nil)
    #expect(axis.fraction(.infinity) == nil)
    #expect(axis.fraction(0.25) == 0.25)
  }

  @Test(
    arguments: [
      [], [3], [3, 3], [0], [.nan], [1e300, -1e300], [.leastNonzeroMagnitude], [1e16, 1e16 + 2],
      [.greatestFiniteMagnitude], [-.greatestFiniteMagnitude, .greatestFiniteMagnitude],
    ] as [[Double]]) func everyAxisHasASpan(values: [Double])
  {
    for isLogarithmic in [false, true] {
      for count in [1, 2, 5, 12] {
        let axis = Axis(
          covering: values, logarithmic: isLogarithmic, atMost: count, spare: 0.25)
        #expect(axis.low.isFinite && axis.high.isFinite && axis.low < axis.high)
        #expect(axis.ticks.allSatisfy { $0.value >= axis.low && $0.value <= axis.high })
        for value in values where Axis.shows(value, logarithmic: isLogarithmic) {
          let share = axis.fraction(value)
          #expect((share ?? -1) >= 0 && (share ?? 2) <= 1)
        }
      }
    }
  }
}
