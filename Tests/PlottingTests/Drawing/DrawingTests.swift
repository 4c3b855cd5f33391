import TestSupport
import Testing

@testable import Plotting

/// Where shapes lie, by exact arithmetic.
@Suite struct DrawingTests {
  private func marks(_ drawing: Drawing) -> [Point] {
    drawing.shapes.flatMap { shape -> [Point] in
      if case .marks(let points, _) = shape { points } else { [] }
    }
  }

  private func texts(_ drawing: Drawing) -> [(text: String, place: Point)] {
    drawing.shapes.compactMap { shape in
      if case .text(let text, let place, _) = shape { (text, place) } else { nil }
    }
  }

  @Test func pointsLieWhereTheirSharesOfTheAxesAre() throws {
    let drawing = Plot(ScatterChart(x: [0, 8, 2, 4], y: [0, 16, 8, 1])).drawing()
    let points = marks(drawing)
    try #require(points.count == 4)
    let (low, high) = (points[0], points[1])
    #expect(abs(points[2].x - (low.x + (high.x - low.x) / 4)) < 1e-9)
    #expect(abs(points[2].y - (low.y + (high.y - low.y) / 2)) < 1e-9)
    #expect(abs(points[3].x - (low.x + (high.x - low.x) / 2)) < 1e-9)
    #expect(abs(points[3].y - (low.y + (high.y - low.y) / 16)) < 1e-9)
    // The labels stand at their marks: 8 below the second point, 16 left of it.
    let labels = texts(drawing)
    #expect(labels.contains { $0.text == "8" && abs($0.place.x - high.x) <= 0.5 })
    #expect(
      labels.contains {
        $0.text == "15" && abs($0.place.y - 4 - (low.y + (high.y - low.y) * 15 / 16)) <= 0.5
      }
        || labels.contains { $0.text == "16" && abs($0.place.y - 4 - high.y) <= 0.5 })
  }

  @Test func decadesAreEquallyFarApart() throws {
    let points = marks(
      Plot(ScatterChart(x: [1, 10, 100, 1000], y: [1e-3, 1, 1e3, 1e6]), logX: true, logY: true)
        .drawing())
    try #require(points.count == 4)
    for k in 1..<3 {
      #expect(abs((points[k + 1].x - points[k].x) - (points[k].x - points[k - 1].x)) < 1e-9)
      #expect(abs((points[k + 1].y - points[k].y) - (points[k].y - points[k - 1].y)) < 1e-9)
    }
  }

  @Test func gapsSplitALineAndAPointAloneIsAMark() throws {
    let y: [Double] = [1, 2, .nan, 4, .infinity, 3, 2, 1]
    let drawing = Plot(LineChart([Series(x: y.indices.map(Double.init), y: y)])).drawing()
    let lines = drawing.shapes.compactMap { shape -> [[Point]]? in
      if case .lines(let runs, let stroke) = shape, stroke.paint == .series(0) { runs } else { nil }
    }
    #expect(lines.first?.map(\.count) == [2, 3])
    #expect(marks(drawing).count == 1)
  }

  @Test func barsHaveTheHeightsOfTheirCounts() throws {
    let values = [1.0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3]
    let drawing = Plot(Histogram(values, bins: 3)).drawing()
    let boxes = drawing.shapes.flatMap { shape -> [Rectangle] in
      if case .boxes(let boxes, _) = shape { boxes } else { [] }
    }
    try #require(boxes.count == 3)
    #expect(abs(boxes[0].height - 2 * boxes[1].height) < 1e-9)
    #expect(abs(boxes[2].height - 4 * boxes[1].height) < 1e-9)
    #expect(boxes.allSatisfy { abs($0.bottom - boxes[0].bottom) < 1e-9 })
  }

  @Test func picturesAreWholeMultiplesOfTheirPixels() throws {
    for side in [1, 8, 28, 32, 64] {
      let picture = Picture(
        height: side, width: side, channels: 1, pixels: Array(repeating: 9, count: side * side))
      for count in [1, 2, 10] {
        let groups = (0..<count).map {
          TitledPictures(title: "\($0)", pictures: [picture, picture])
        }
        let drawing = Plot(ImageGrid(columns: groups)).drawing()
        let boxes = drawing.shapes.compactMap { shape -> Rectangle? in
          if case .image(_, let box) = shape { box } else { nil }
        }
        #expect(boxes.count == 2 * count)
        for box in boxes {
          let scale = box.width / Double(side)
          #expect(
            scale == scale.rounded() && scale >= 1 && box.height == box.width, "\(side) \(count)")
          #expect(box.x == box.x.rounded() && box.y == box.y.rounded())
        }
      }
    }
  }

  @Test func everySeriesHasALookOfItsOwn() {
    let layers = (0..<32).map { Scene.Layer(shape: .dots(x: [], y: []), series: $0) }
    let looks = Set(
      layers.map { "\(Theme.light.place(ofSeries: $0.series)) \(Mark.of(series: $0.series))" })
    #expect(looks.count == 32)
    for series in [Int.min, -1, Int.max] {
      _ = Mark.of(series: series)
      _ = Theme.dark.color(ofSeries: series)
    }
  }

  @Test func aThinnedLineHasTheExtremesOfEachColumn() {
    var numbers = SeededNumbers(seed: 7)
    let points = (0..<50_000).map { k in
      Point(Double(k) / 100, Double.random(in: 0..<300, using: &numbers))
    }
    let thin = Thinning.line([points])[0]
    #expect(thin.count <= 4 * 501)
    func extremes(_ points: [Point]) -> [Int: ClosedRange<Double>] {
      points.reduce(into: [:]) { found, point in
        let column = Int(point.x)
        let old = found[column] ?? point.y...point.y
        found[column] = min(old.lowerBound, point.y)...max(old.upperBound, point.y)
      }
    }
    #expect(extremes(points) == extremes(thin))
    #expect(thin.first == points.first && thin.last == points.last)
    #expect(zip(thin, thin.dropFirst()).allSatisfy { $0.x <= $1.x })
  }

  @Test func everyPointLiesInACell() throws {
    var numbers = SeededNumbers(seed: 8)
    let points = (0..<30_000).map { _ in
      Point(
        Double.random(in: 0..<600, using: &numbers), Double.random(in: 0..<300, using: &numbers))
    }
    let cells = try #require(Thinning.cells(points))
    #expect(cells.count <= Thinning.mostMarks)
    let places = Set(cells.levels.joined().map { "\($0.x) \($0.y)" })
    #expect(places.count == cells.count)
    let side = try #require(cells.levels.joined().first).width
    for point in points {
      let (x, y) = ((point.x / side).rounded(.down) * side, (point.y / side).rounded(.down) * side)
      #expect(places.contains("\(x) \(y)"))
    }
    #expect(Thinning.cells(Array(points.prefix(100))) == nil)
  }

  /// Advance widths of DejaVu Sans 2.37 as FreeType reads them, in units of 1/2048: H 1540, e 1260,
  /// l 569, o 1253, blank 651, W 2025, 8 1303.
  @Test func textsAreAsWideAsInTheirFont() {
    let units = 1540 + 1260 + 569 + 569 + 1253 + 651 + 2025 + 1303
    #expect(abs(TextMetrics.width(of: "Hello W8", size: 12) - Double(units) / 2048 * 12) < 0.05)
    #expect(TextMetrics.width(of: "猫", size: 12) >= 12)
    #expect(TextMetrics.width(of: "e\u{301}", size: 12) < 9)
  }

  @Test func clippedTextsFit() {
    for text in ["", "a", "a longer text of some words", "猫猫猫猫猫猫", "WWWWWWWW"] {
      for room in [1.0, 12, 40, 80, 400] {
        let clipped = TextMetrics.clipped(text, to: room, size: 11, isBold: true)
        let width = TextMetrics.width(of: clipped, size: 11, isBold: true)
        #expect(width <= max(room, 13), "\(clipped)")
        for line in TextMetrics.wrapped(text, to: room, size: 11) {
          #expect(TextMetrics.width(of: line, size: 11) <= max(room, 13))
        }
      }
    }
  }
}
