import TestSupport
import Testing
import Text

@testable import Plotting

@Suite struct SVGTests {
  /// All that a drawing of a chart must be, whatever its data.
  private func check(_ drawing: Drawing, _ name: String) {
    let svg = drawing.svg
    let elements = SVGElements(svg)
    #expect(elements.trouble == nil, "\(name): \(elements.trouble ?? "")")
    let root = elements.all.first
    #expect(
      root?.attributes["viewBox"] == "0 0 \(SVGNumber.text(drawing.width)) "
        + SVGNumber.text(drawing.height), "\(name)")
    // Nothing that could clash where several drawings stand in a page.
    #expect(elements.all.allSatisfy { $0.attributes["id"] == nil }, "\(name)")
    #expect(elements.named("title").count <= 1 && elements.named("desc").count <= 1)
    let box = Rectangle(x: -1, y: -1, width: drawing.width + 2, height: drawing.height + 2)
    let outside = drawing.shapes.first { shape in
      !corners(of: shape).allSatisfy {
        $0.x >= box.x && $0.x <= box.right && $0.y >= box.y && $0.y <= box.bottom
      }
    }
    let words = outside.map { String(describing: $0).prefix(300) } ?? ""
    #expect(outside == nil, "\(name): \(words) in \(drawing.width)×\(drawing.height)")
    #expect(!svg.contains("nan") || name.contains("nan") || hasMissing(elements), "\(name)")
    #expect(!svg.contains("inf\""), "\(name)")
    #expect(svg.utf8.count < 2_000_000, "\(name): \(svg.utf8.count)")
  }

  private func hasMissing(_ elements: SVGElements) -> Bool {
    elements.all.contains { $0.text.contains("nan") }
  }

  /// The places of a shape; of a text, its ends.
  private func corners(of shape: Shape) -> [Point] {
    switch shape {
    case .lines(let runs, _): return runs.flatMap(\.self)
    case .marks(let points, _): return points
    case .boxes(let boxes, _): return boxes.flatMap(corners)
    case .image(_, let box): return corners(box)
    case .text(let text, let point, let style):
      let width = TextMetrics.width(of: text, size: style.size, isBold: style.isBold)
      let before: Double =
        switch style.anchor {
        case .start: 0
        case .middle: width / 2
        case .end: width
        }
      return style.isUpright
        ? [Point(point.x, point.y + before), Point(point.x, point.y + before - width)]
        : [Point(point.x - before, point.y), Point(point.x - before + width, point.y)]
    }
  }

  private func corners(_ box: Rectangle) -> [Point] {
    [Point(box.x, box.y), Point(box.right, box.bottom)]
  }

  @Test func everyDrawingIsWellFormedAndKeepsToItsSize() {
    for (name, chart) in OddCharts.all {
      let plot = Plot(chart, title: "title", xLabel: "across", yLabel: "down")
      check(plot.drawing(), name)
      for (logX, logY) in [(true, false), (true, true)] {
        check(Plot(chart, logX: logX, logY: logY).drawing(), "\(name), logarithmic")
      }
    }
  }

  @Test(arguments: [(300, 200), (100, 100), (1600, 300)])
  func everyDrawingHasTheSizeThatWasAskedFor(_ size: (width: Int, height: Int)) {
    for (name, chart) in OddCharts.all {
      let drawing = Plot(chart, title: "a title that is long").drawing(
        width: size.width, height: size.height)
      #expect(drawing.width == Double(size.width), "\(name)")
      #expect(drawing.height >= Double(size.height), "\(name)")
      check(drawing, "\(name) in \(size)")
    }
  }

  @Test func sizesBeyondReasonAreCut() {
    let chart = LineChart([Series(x: [1, 2], y: [1, 2])])
    for size in [Int.min, -1, 0, .max] {
      check(Plot(chart, title: "t").drawing(width: size, height: size), "\(size)")
      check(Plot(chart, width: size == .max ? 1000 : size, height: 20).drawing(), "\(size)")
    }
  }

  @Test func aDrawingIsTheSameEveryTime() {
    for (name, chart) in OddCharts.all {
      #expect(Plot(chart).drawing().svg == Plot(chart).drawing().svg, "\(name)")
    }
  }

  @Test func textsComeBackAsTheyWere() throws {
    let hard = "a & b < c > d \" ' ]]> <!-- é 猫 👩‍👩‍👧 \u{1F1E9}\u{1F1EA} &amp; &#65;"
    let chart = BarChart(labels: [hard], values: [1])
    let elements = SVGElements(Plot(chart, title: hard).drawing().svg)
    #expect(elements.trouble == nil)
    #expect(elements.named("title").first?.text == hard)
    #expect(elements.named("text").contains { $0.text == hard })
  }

  @Test func whatXMLCannotHoldBecomesBlank() {
    let all =
      (0..<0x20).compactMap { Unicode.Scalar($0) }.map { String($0) }.joined()
      + "\u{7F}\u{85}\u{FFFE}\u{FFFF}\u{202E}\u{1FFFF}end"
    let elements = SVGElements(Plot(BarChart(labels: [all], values: [1]), title: all).drawing().svg)
    #expect(elements.trouble == nil)
    #expect(elements.named("title").first?.text.hasSuffix("end") == true)
    #expect(elements.named("text").allSatisfy { !$0.text.unicodeScalars.contains("\u{1B}") })
  }

  @Test func classesMeanTheSameInEveryDrawing() {
    var rules: [String: Set<String>] = [:]
    for (_, chart) in OddCharts.all.prefix(60) {
      for line in SVGElements(Plot(chart).drawing().svg).named("style").first?.text
        .split(separator: "\n") ?? []
      {
        let name = line.prefix { $0 != "{" }
        rules[String(name), default: []].insert(String(line))
      }
    }
    #expect(rules.count > 5)
    #expect(rules.values.allSatisfy { $0.count == 1 })
    #expect(
      rules.keys.allSatisfy {
        $0.hasPrefix(".svm-") || $0.hasPrefix("svg:root") || $0.hasPrefix("@media")
      })
  }

  @Test func millionsOfPointsStaySmall() {
    var numbers = SeededNumbers(seed: 1)
    let y = (0..<1_000_000).map { _ in Double.random(in: 0..<1, using: &numbers) }
    let z = (0..<1_000_000).map { _ in Double.random(in: 0..<1, using: &numbers) }
    let x = y.indices.map(Double.init)
    let charts: [any Chart] = [
      LineChart([Series(x: x, y: y)]), LineChart([Series(x: y, y: z)]), ScatterChart(x: y, y: z),
      Histogram(y), Heatmap(rows: 1000, columns: 1000, values: y),
      LineChart(
        (0..<20).map { k in Series(x: Array(x.prefix(50_000)), y: y[(k * 50_000)...].map { $0 }) }),
    ]
    for (k, chart) in charts.enumerated() {
      let size = Plot(chart).drawing().svg.utf8.count
      #expect(size < 500_000, "chart \(k): \(size)")
    }
  }

  @Test(
    arguments: [
      (0, "0"), (3, "3"), (-3, "-3"), (0.5, ".5"), (-0.5, "-.5"), (12.34, "12.34"), (1.005, "1"),
      (0.07, ".07"), (-12.3, "-12.3"), (.nan, "0"), (.infinity, "1000000"), (1e9, "1000000"),
      (0.004, "0"), (-0.004, "0"),
    ] as [(Double, String)])
  func numbersAreShort(_ value: Double, _ text: String) {
    #expect(SVGNumber.text(value) == text)
  }
}
