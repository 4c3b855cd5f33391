import Text
import TestSupport
import Testing

@testable import Plotting

@Suite struct HistogramTests {
  private let values: [Double] = [1, 1, 1, 1, 2, 2, 3, 4, 5]

  @Test func countsByHand() {
    let counted = Histogram(values, bins: 4).counted(logarithmic: false, atMost: 80)
    #expect(counted?.edges == [1, 2, 3, 4, 5])
    // The last bin holds its upper edge.
    #expect(counted?.heights == [4, 2, 1, 2])
    let decades = Histogram([1, 10, 100, 0, -3], bins: 2).counted(logarithmic: true, atMost: 80)
    #expect(decades?.heights == [1, 2])
    #expect(Histogram([.nan]).counted(logarithmic: false, atMost: 80) == nil)
  }

  @Test func everyValueIsCountedOnce() {
    var generator = SeededNumbers(seed: 4)
    for count in [1, 2, 10, 1000] {
      let values = (0..<count).map { _ in Double.random(in: -1e3...1e3, using: &generator) }
      for bins in [nil, 1, 7, 60] {
        let counted = Histogram(values, bins: bins).counted(logarithmic: false, atMost: 70)
        #expect(counted?.heights.reduce(0, +) == Double(count))
      }
    }
  }

  /// 0…99: quartiles 24.75 and 74.25, so that a bin is 2·49.5/100^(1/3) = 21.3 wide, and 99 takes 5
  /// of them. Sturges would have ⌈log₂ 100⌉ + 1 = 8.
  @Test func binsByTheRules() {
    #expect(Histogram.rule((0..<100).map(Double.init)) == 5)
    #expect(Histogram.rule(Array(repeating: 0, count: 99) + [1]) == 8)
    #expect(Histogram.rule([]) == 1)
    #expect(Histogram.rule([2, 2, 2]) == 1)
  }

  @Test func barsStandOnTheAxis() {
    let plot = Plot(Histogram(values, bins: 4), width: 24, height: 8)
    #expect(
      plot.rendered(on: Display(canvas: .ascii)) == """
        4 +#####
          |#####
          |#####
        2 +##########     #####
          |####################
        0 +####################
          +-----+--------+-----
                2        4
        """)
    #expect(
      plot.rendered(on: Display()) == """
        4 ┤█████
          │█████
          │█████
        2 ┤██████████     █████
          │██████████▄▄▄▄▄█████
        0 ┤████████████████████
          └─────┬────────┬─────
                2        4
        """)
  }
}
