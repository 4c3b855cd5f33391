import Text
import Testing

@testable import Plotting

private func displays(width: Int) -> [Display] {
  var all: [Display] = []
  for marks in [Display.Canvas.braille, .blocks, .ascii] {
    for color in [ColorDepth.none, .indexed, .truecolor] {
      all.append(Display(width: width, color: color, canvas: marks))
    }
  }
  return all
}

@Suite struct PlotTests {
  @Test(arguments: [1, 20, 80, 200]) func everyChartKeepsToItsDisplay(width: Int) {
    for (name, chart) in OddCharts.all {
      for display in displays(width: width) {
        let plot = Plot(chart, title: "title", xLabel: "across", yLabel: "down")
        check(plot.rendered(on: display), on: display, name)
      }
    }
  }

  @Test func everyChartTakesLogarithmicAxesAndOddSizes() {
    for (name, chart) in OddCharts.all {
      for (width, height) in [(nil, 1), (7, 5), (0, 0), (-3, -3), (Int.max, 40)] as [(Int?, Int)] {
        var display = Display(width: 60, height: 10)
        for color in [ColorDepth.none, .truecolor] {
          display.color = color
          let plot = Plot(chart, width: width, height: height, logX: true, logY: height > 2)
          check(plot.rendered(on: display), on: display, name)
        }
      }
    }
  }

  @Test func displaysWithoutRoomShowNothing() {
    for width in [0, -5, Int.min] {
      let plot = Plot(LineChart([Series(x: [1, 2], y: [1, 2])]), title: "title")
      let text = plot.rendered(on: Display(width: width, height: width))
      #expect(lines(text).allSatisfy { $0.isEmpty })
    }
  }

  @Test func aPlotIsTheSameEveryTime() {
    for (name, chart) in OddCharts.all {
      let plot = Plot(chart, title: name)
      let display = Display(color: .indexed)
      #expect(plot.rendered(on: display) == plot.rendered(on: display), "\(name)")
    }
  }

  @Test func sizesBeyondReasonAreCut() {
    let kinds: [any Chart] = [
      BarChart(labels: ["a", "b"], values: [1, 2]), LineChart([Series(x: [1, 2], y: [1, 2])]),
      Heatmap(rows: 2, columns: 2, values: [1, 2, 3, 4]), Histogram([1, 2, 3]),
      ImageGrid(rows: [
        TitledPictures(
          title: "a", pictures: [Picture(height: 1, width: 1, channels: 1, pixels: [1])])
      ]),
    ]
    for chart in kinds {
      for size in [Int.min, .max] {
        let plot = Plot(chart, title: "t", xLabel: "x", width: size, height: size)
        check(plot.rendered(on: Display()), on: Display(), "\(size)")
      }
    }
  }

  @Test func aPlotHasTheRowsThatWereAskedFor() {
    let chart = LineChart([Series(x: [1, 2, 3], y: [1, 4, 9])])
    for height in [8, 12, 20, 40] {
      let plot = Plot(chart, title: "t", xLabel: "x", yLabel: "y", height: height)
      #expect(lines(plot.rendered(on: Display())).count == height)
    }
    #expect(lines(Plot(chart).rendered(on: Display(width: 80, height: 16))).count == 14)
    #expect(lines(Plot(chart).rendered(on: Display(width: 80, height: 60))).count == 20)
  }

  @Test func aPlotHasTheColumnsThatWereAskedFor() {
    let chart = LineChart([Series(x: [0, 10], y: [0, 10])])
    let text = Plot(chart, width: 40).rendered(on: Display(canvas: .ascii))
    #expect(lines(text).map { DisplayWidth.of(String($0)) }.max() == 40)
    let wide = Plot(chart).rendered(on: Display(width: 300))
    #expect((lines(wide).map { DisplayWidth.of(String($0)) }.max() ?? 0) <= 100)
  }

  @Test func aTitleIsClippedAndStandsInTheMiddle() {
    let chart = BarChart(labels: ["a"], values: [1])
    let text = Plot(chart, title: "A title that is long", width: 12).rendered(on: Display())
    #expect(lines(text).first == "A title tha…")
    let ascii = Plot(chart, title: "日本語日本語日本語", width: 12).rendered(
      on: Display(canvas: .ascii))
    #expect(lines(ascii).first == "日本語日本~")
  }

  private func check(
    _ text: String, on display: Display, _ name: String,
    location: SourceLocation = #_sourceLocation
  ) {
    // The user's own names may be anything; the rest is ASCII.
    let hasOwnNames = ["confusion", "named", "rows"].contains { name.contains($0) }
    var problems: [String] = []
    for line in lines(text) {
      let plain = withoutEscapes(line)
      let hasEscapes = line.unicodeScalars.contains("\u{1B}")
      if DisplayWidth.of(plain) > max(0, display.width) { problems.append("wide") }
      if line.hasSuffix(" ") { problems.append("blanks at the end") }
      if hasEscapes, display.color == .none { problems.append("escape sequence") }
      if hasEscapes, !isBalanced(line) { problems.append("no reset") }
      if plain.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
        problems.append("control character")
      }
      if display.isASCII, !hasOwnNames, !plain.unicodeScalars.allSatisfy(\.isASCII) {
        problems.append("not ASCII")
      }
      if let problem = problems.last {
        Issue.record("\(problem): \(name) on \(display): \(line)", sourceLocation: location)
        return
      }
    }
  }

  /// Whether the last escape sequence of a line is a reset.
  private func isBalanced(_ line: Substring) -> Bool {
    guard let start = line.unicodeScalars.lastIndex(of: "\u{1B}") else { return true }
    return line.unicodeScalars[start...].starts(with: "\u{1B}[0m".unicodeScalars)
  }
}
