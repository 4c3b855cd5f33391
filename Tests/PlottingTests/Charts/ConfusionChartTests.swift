import Text
import Testing

@testable import Plotting

@Suite struct ConfusionChartTests {
  @Test func rowsHaveTheirRecall() {
    let chart = ConfusionChart(
      counts: [8, 2, 0, 5, 5, 0, 0, 0, 0], classes: ["cat", "dog", "elephant"])
    #expect(
      Plot(chart, width: 40).rendered(on: Display(canvas: .ascii)) == """
                       predicted
        true         cat    dog eleph~  recall
        cat            8      2      .   80.0%
        dog            5      5      .   50.0%
        elephant       .      .      0       -
        accuracy 65.0%: 13 of 20
        """)
  }

  @Test func tenClassesWithLongNamesFit() {
    let names = [
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse and rider", "ship",
      "truck",
    ]
    let counts = (0..<100).map { $0 / 10 == $0 % 10 ? 1000 : $0 }
    let text = lines(
      Plot(ConfusionChart(counts: counts, classes: names)).rendered(on: Display(width: 80)))
    #expect(text.count == 13)
    #expect(text.allSatisfy { DisplayWidth.of(String($0)) <= 80 })
    #expect(text[1].hasPrefix("true"))
    #expect(text[2].contains("1000"))
    #expect(text[2].hasSuffix("%"))
  }

  @Test func aHundredClassesAreAnOverview() {
    var counts = Array(repeating: 0, count: 10_000)
    for place in 0..<100 { counts[place * 101] = 9 }
    counts[5 * 100 + 7] = 6
    let chart = ConfusionChart(counts: counts, classes: (0..<100).map { "c\($0)" })
    let text = Plot(chart).rendered(on: Display())
    #expect(text.contains("\nmistaken most often\n  6  c5 → c7\nfound least (recall)\n"))
    // 9 of 15.
    #expect(text.contains("\n  60.0%  c5\n"))
    #expect(text.hasSuffix("\naccuracy 99.3%: 900 of 906"))
  }

  @Test func countsThatAreMissingAreZero() {
    let text = Plot(ConfusionChart(counts: [3], classes: ["a", "b"])).rendered(on: Display())
    #expect(text.hasSuffix("accuracy 100.0%: 3 of 3"))
    #expect(
      Plot(ConfusionChart(counts: [1], classes: [])).rendered(on: Display())
        == "no classes to show")
  }
}
