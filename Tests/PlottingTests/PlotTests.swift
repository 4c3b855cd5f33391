import Text
import Testing

@testable import Plotting

/// Data that charts must take as they come.
private let nasty: [[Double]] = [
  [], [1], [.nan], [.nan, .nan, 2], [3, 3, 3, 3], [0, 0], [.infinity, 1, -.infinity],
  [-1, 0, 1], [1e300, -1e300, 0], [.greatestFiniteMagnitude, -.greatestFiniteMagnitude],
  [.leastNonzeroMagnitude, .leastNonzeroMagnitude], [1e-300, .leastNormalMagnitude],
  [1e16, 1e16 + 2, 1e16 + 4], (0..<300).map { Double(($0 * 7919) % 1000) / 10 },
  (0..<300).map { $0 % 5 == 0 ? .nan : Double($0) },
]

private let nastyNames: [[String]] = [
  [], ["a"], ["", ""], ["日本語の名前はとても長い", "b"],
  ["tab\there", "\u{1B}[31mred", "x\ny", "e\u{301}"],
  (0..<12).map { "a rather long name of class number \($0)" }, (0..<100).map { "c\($0)" },
]

/// Every kind of chart over data of every kind.
private func charts() -> [(name: String, chart: any Chart)] {
  var all: [(name: String, chart: any Chart)] = []
  for (index, values) in nasty.enumerated() {
    let order = values.indices.map(Double.init)
    let back = Array(values.reversed())
    all += [
      ("line \(index)", LineChart([Series(x: order, y: values)])),
      (
        "lines \(index)",
        LineChart([
          Series(name: "one", x: values, y: back), Series(x: order + [9], y: back),
          Series(name: "three", x: [], y: values),
        ])
      ),
      ("scatter \(index)", ScatterChart(x: values, y: back)),
      (
        "groups \(index)",
        ScatterChart(
          x: values, y: order, groups: values.indices.map { $0 % 2 == 0 ? .min : $0 % 40 },
          groupNames: ["first", "second"])
      ),
      ("histogram \(index)", Histogram(values)),
      ("bars \(index)", BarChart(labels: values.prefix(40).map { "\($0)" }, values: values)),
      ("row \(index)", Heatmap(rows: 1, columns: values.count, values: values)),
      ("square \(index)", Heatmap(rows: 3, columns: 2, values: values, showsValues: true)),
      ("map \(index)", Heatmap(rows: 60, columns: 50, values: values, showsValues: false)),
      ("boundless \(index)", Heatmap(rows: .max, columns: .max, values: values)),
      ("negative \(index)", Heatmap(rows: -1, columns: 3, values: values)),
      (
        "picture \(index)",
        ImageGrid(rows: [
          TitledPictures(
            title: "p", pictures: [Picture(height: 3, width: 4, channels: 1, pixels: values)])
        ])
      ),
      (
        "pictures \(index)",
        ImageGrid(
          columns: (0..<index).map { group in
            TitledPictures(
              title: "group \(group)",
              pictures: (0..<(group % 4)).map {
                Picture(height: 8 * $0, width: 5 + group, channels: 3, pixels: values)
              })
          })
      ),
    ]
  }
  for bins in [.min, 0, 1, .max] {
    all.append(("histogram of \(bins) bins", Histogram([1, 2, .nan, 4, 9], bins: bins)))
  }
  for (index, names) in nastyNames.enumerated() {
    let size = names.count
    let counts = (0..<size * size).map { $0 % 7 == 0 ? 1000 : $0 % 3 }
    let values = (0..<size * size).map { Double($0) / 7 }
    all += [
      ("confusion \(index)", ConfusionChart(counts: counts, classes: names)),
      ("short confusion \(index)", ConfusionChart(counts: [.max, .min, .max], classes: names)),
      ("named bars \(index)", BarChart(labels: names, values: values)),
      (
        "named map \(index)",
        Heatmap(
          rows: size, columns: size, values: values, rowLabels: names, columnLabels: names)
      ),
      (
        "named lines \(index)",
        LineChart(names.map { Series(name: $0, x: [1, 2], y: [3, 4]) })
      ),
      (
        "rows \(index)",
        ImageGrid(
          rows: names.prefix(12).map {
            TitledPictures(
              title: $0,
              pictures: Array(
                repeating: Picture(height: 2, width: 2, channels: 1, pixels: [1, 99, 199, 255]),
                count: 30))
          })
      ),
    ]
  }
  all.append(
    (
      "strips",
      ImageGrid(columns: [
        TitledPictures(
          title: "high", pictures: [Picture(height: 70_000, width: 1, channels: 1, pixels: [1])]),
        TitledPictures(
          title: "wide", pictures: [Picture(height: 1, width: 70_000, channels: 1, pixels: [1])]),
      ])
    ))
  return all
}

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
    for (name, chart) in charts() {
      for display in displays(width: width) {
        let plot = Plot(chart, title: "title", xLabel: "across", yLabel: "down")
        check(plot.rendered(on: display), on: display, name)
      }
    }
  }

  @Test func everyChartTakesLogarithmicAxesAndOddSizes() {
    for (name, chart) in charts() {
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
    for (name, chart) in charts() {
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
