import Glibc
import TestSupport
import Testing

@testable import Plotting

@Suite struct TicksTests {
  @Test(
    arguments: [
      (0.0, 10.0, 6, ["0", "2", "4", "6", "8", "10"]),
      (0.0, 10.0, 5, ["0", "5", "10"]),
      (0.0, 1.0, 5, ["0.0", "0.5", "1.0"]),
      (0.0, 1.0, 6, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (-1.0, 1.0, 5, ["-1.0", "-0.5", "0.0", "0.5", "1.0"]),
      (5.0, 780.0, 5, ["200", "400", "600"]),
      (0.31, 0.42, 4, ["0.35", "0.40"]),
      (0.0, 1_500_000.0, 4, ["0", "5e5", "1e6", "1.5e6"]),
      (0.0, 4e-7, 5, ["0", "1e-7", "2e-7", "3e-7", "4e-7"]),
      (1e9, 1_000_000_002.0, 3, ["1000000000", "1000000001", "1000000002"]),
      (0.0, 4e9, 5, ["0", "1e9", "2e9", "3e9", "4e9"]),
      (1000.0, 1004.0, 5, ["1000", "1001", "1002", "1003", "1004"]),
    ] as [(Double, Double, Int, [String])]) func linearTicksByHand(
      low: Double, high: Double, atMost: Int, labels: [String]
    )
  {
    #expect(Ticks.linear(low, high, atMost: atMost).map(\.label) == labels)
  }

  @Test func aRangeGrowsToTheMarksAroundIt() {
    let covering = Ticks.covering(5, 780, atMost: 5)
    #expect(covering.low == 0)
    #expect(covering.high == 800)
    #expect(covering.ticks.map(\.value) == [0, 200, 400, 600, 800])
  }

  @Test func ticksOfTenthsAreTheDoublesThatOneWrites() {
    let ticks = Ticks.linear(0, 1, atMost: 11)
    #expect(ticks.map(\.value) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
  }

  @Test(
    arguments: [
      (1.0, 1000.0, 5, ["1", "10", "100", "1000"]),
      (1e-3, 1e3, 4, ["0.01", "1", "100"]),
      (1e-9, 1e-3, 8, ["1e-9", "1e-8", "1e-7", "1e-6", "1e-5", "1e-4", "1e-3"]),
      (1.0, 10.0, 6, ["1", "2", "5", "10"]),
      (20.0, 80.0, 6, ["20", "50"]),
    ] as [(Double, Double, Int, [String])]) func logarithmicTicksByHand(
      low: Double, high: Double, atMost: Int, labels: [String]
    )
  {
    #expect(Ticks.logarithmic(low, high, atMost: atMost).map(\.label) == labels)
  }

  @Test func randomRangesGetRoundTicksInOrder() {
    var generator = SeededNumbers(seed: 1)
    for _ in 0..<3000 {
      let scale = pow(10, Double.random(in: -200...200, using: &generator))
      let low = Double.random(in: -1...1, using: &generator) * scale
      let high = low + Double.random(in: 1e-6...2, using: &generator) * scale
      let most = Int.random(in: 2...12, using: &generator)

      let inside = Ticks.linear(low, high, atMost: most)
      #expect(inside.count <= most)
      #expect(inside.allSatisfy { $0.value >= low && $0.value <= high })
      #expect(zip(inside, inside.dropFirst()).allSatisfy { $0.value < $1.value })
      #expect(Set(inside.map(\.label)).count == inside.count)

      let covering = Ticks.covering(low, high, atMost: max(3, most))
      #expect(covering.low <= low && covering.high >= high)
      #expect(covering.ticks.count <= max(3, most))
      #expect(zip(covering.ticks, covering.ticks.dropFirst()).allSatisfy { $0.value < $1.value })

      let step = Ticks.stepCovering(low, high, atMost: max(3, most))
      #expect([1, 2, 5].contains(step.mantissa))
      // A label says what its tick is.
      for tick in inside {
        let said = Double(tick.label) ?? .nan
        #expect(abs(said - tick.value) <= 1e-9 * max(abs(low), abs(high)))
      }
    }
  }

  @Test func rangesAtTheEndsOfTheDoublesTrapNowhere() {
    let most = Double.greatestFiniteMagnitude
    for (low, high) in [
      (-most, most), (0, most), (-most, 0), (1e300, 1.0001e300), (0, 1e-289), (most / 2, most),
    ] {
      for count in [1, 2, 3, 10, 100] {
        #expect(Ticks.linear(low, high, atMost: count).count <= max(count, 1))
        let covering = Ticks.covering(low, high, atMost: count)
        #expect(covering.low.isFinite && covering.high.isFinite)
      }
    }
    for (low, high) in [
      (1e-300, most), (.leastNonzeroMagnitude, .leastNormalMagnitude), (1e300, most), (1, 1.0001),
    ] {
      for count in [1, 2, 3, 10] {
        let ticks = Ticks.logarithmic(low, high, atMost: count)
        #expect(ticks.allSatisfy { $0.value >= low && $0.value <= high })
      }
    }
  }
}
