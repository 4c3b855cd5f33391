import Text
import Testing

@testable import Plotting

@Suite struct ScatterChartTests {
  private let chart = ScatterChart(
    x: [0, 4, 8, 8], y: [0, 2, 4, 0], groups: [0, 1, 1, 7], groupNames: ["left", "right"])

  @Test func groupsDifferByTheirMarks() {
    #expect(
      Plot(chart, width: 28, height: 8).rendered(on: Display(canvas: .ascii)) == """
           o left   x right   + 7
        4 +                  x
          |
        2 +         x
          |
        0 +o                 +
          ++-----------+----------+
           0           5          10
        """)
    // Without color braille has letters too.
    let braille = Plot(chart, width: 28, height: 8).rendered(on: Display())
    #expect(lines(braille)[1] == "4 ┤                  x")
  }

  @Test func groupsDifferByTheirColors() {
    let text = Plot(chart, width: 28, height: 8).rendered(on: Display(color: .truecolor))
    for group in 0..<3 {
      let color = Palette.category(group)
      #expect(text.contains("38;2;\(color.red);\(color.green);\(color.blue)m●"))
    }
    #expect(!text.contains("o left"))
  }

  @Test func groupsThatHaveNoRoomAreCounted() {
    let many = ScatterChart(
      x: (0..<40).map(Double.init), y: (0..<40).map(Double.init), groups: Array(0..<40))
    let text = Plot(many, width: 40, height: 8).rendered(on: Display(canvas: .ascii))
    #expect(lines(text).first == "    o 0   x 1   + 2   * 3   # 4   +35")
  }

  @Test func aLoneSetOfPointsHasNoLegend() {
    let text = Plot(ScatterChart(x: [0, 1], y: [0, 1]), width: 20, height: 8)
      .rendered(on: Display(canvas: .ascii))
    #expect(!text.contains("o"))
    #expect(text.contains("*"))
  }
}
