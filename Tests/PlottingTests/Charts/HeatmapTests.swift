import Text
import Testing

@testable import Plotting

@Suite struct HeatmapTests {
  private let small = Heatmap(
    rows: 2, columns: 2, values: [0, 1, 2, .nan], rowLabels: ["r1", "r2"],
    columnLabels: ["c1", "c2"])

  @Test func aSmallOneShowsItsNumbers() {
    #expect(
      Plot(small, title: "t", xLabel: "x", yLabel: "y").rendered(on: Display(canvas: .ascii)) == """
                        t
        y
        r1    0      1 +
        r2    2 @  nan x
             c1     c2
                 x
           0   ..::--==++**##%%@@ 2  x nan
        """)
    #expect(
      Plot(small).rendered(on: Display()) == """
        r1    0      1 ▒
        r2    2 █  nan ×
             c1     c2
           0    ░░░░░▒▒▒▒▓▓▓▓▓███ 2  × nan
        """)
  }

  /// 53, 30 and 220 are the ends and the middle of viridis, 240 the gray of what is missing.
  @Test func colorsLieUnderTheNumbers() {
    let text = lines(Plot(small).rendered(on: Display(color: .indexed)))
    #expect(
      text.first == "r1 \u{1B}[48;5;53m   \u{1B}[38;5;231m0 \u{1B}[48;5;30m   1 \u{1B}[0m")
    #expect(
      text[1] == "r2 \u{1B}[48;5;220m   \u{1B}[38;5;16m2 "
        + "\u{1B}[48;5;240m \u{1B}[38;5;231mnan \u{1B}[0m")
  }

  @Test func withoutNumbersCellsAreTwoColumns() {
    let chart = Heatmap(rows: 2, columns: 3, values: [0, 1, 2, 3, 4, 5], showsValues: false)
    #expect(
      Plot(chart).rendered(on: Display(canvas: .ascii)) == """
        0   ::==
          ++##@@
          0   2
          0   ..::--==++**##%%@@ 5
        """)
  }

  @Test func aLargeOneIsMadeToFit() {
    let values = (0..<200 * 300).map { Double($0 / 300) }
    let chart = Heatmap(rows: 200, columns: 300, values: values)
    for color in [ColorDepth.none, .indexed] {
      let text = lines(Plot(chart).rendered(on: Display(color: color)))
      #expect(text.count <= 24)
      // The darkest row is above, the lightest below.
      #expect(withoutEscapes(text[text.count - 1]).contains("199"))
    }
  }

  @Test func rowsWithoutValuesAreNotShown() {
    let chart = Heatmap(rows: 9, columns: 2, values: [1, 2, 3])
    #expect(chart.rows == 2)
    #expect(lines(Plot(chart).rendered(on: Display(canvas: .ascii)))[1].hasSuffix("nan x"))
    #expect(
      Plot(Heatmap(rows: 3, columns: 3, values: [])).rendered(on: Display())
        == "no cells to show")
  }
}
