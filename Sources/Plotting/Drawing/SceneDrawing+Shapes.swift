import Text

/// The shapes between the axes.
extension SceneDrawing {
  func drawLayers(on drawing: inout Drawing) {
    for layer in scene.layers {
      switch layer.shape {
      case .line(let x, let y): drawLine(places(x, y), layer, on: &drawing)
      case .dots(let x, let y):
        drawDots(places(x, y).compactMap(\.self), layer, on: &drawing)
      case .bars(let edges, let heights): drawBars(edges, heights, layer.series, on: &drawing)
      }
    }
  }

  /// Draws points as marks, or so many of them that marks would cover each other as cells.
  private func drawDots(_ points: [Point], _ layer: Scene.Layer, on drawing: inout Drawing) {
    guard let cells = Thinning.cells(points) else {
      let size = points.count <= 300 ? 6.5 : points.count <= 2000 ? 4.5 : 3.0
      let paint = Paint.series(layer.series, opacity: layer.isFaint ? 0.5 : 1)
      drawing.add(
        .marks(points, MarkStyle(mark: .of(series: layer.series), size: size, paint: paint)))
      if layer.isRinged {
        drawing.add(
          .marks(points, MarkStyle(mark: .circle, size: size + 6, paint: .ink, isHollow: true)))
      }
      return
    }
    for (level, boxes) in cells.levels.enumerated() {
      let opacity = Double(level + 1) / Double(cells.levels.count)
      drawing.add(.boxes(boxes, .series(layer.series, opacity: opacity)))
    }
  }

  /// A note about points that are drawn as cells; empty where there are none.
  static func crowds(_ scene: Scene, on axes: AxisOptions) -> [String] {
    var count = 0
    for case .dots(let x, let y) in scene.layers.map(\.shape) {
      let shown = zip(x, y).reduce(0) { sum, point in
        Axis.shows(point.0, logarithmic: axes.logX) && Axis.shows(point.1, logarithmic: axes.logY)
          ? sum + 1 : sum
      }
      if shown > Thinning.mostMarks { count += shown }
    }
    guard count > 0 else { return [] }
    return [
      "\(NumberText.grouped(count)) points are drawn as cells, whose color is the stronger the more"
        + " they are"
    ]
  }

  private func places(_ x: [Double], _ y: [Double]) -> [Point?] {
    zip(x, y).map { a, b in
      guard let across = xAxis.fraction(a), let up = yAxis.fraction(b) else { return nil }
      return place(across, up)
    }
  }

  private func drawLine(_ places: [Point?], _ layer: Scene.Layer, on drawing: inout Drawing) {
    let runs = places.split(separator: nil).map { $0.compactMap(\.self) }
    let paint = Paint.series(layer.series)
    let step = max(1, Double(scene.layers.count) / 5)
    drawing.add(
      .lines(
        Thinning.line(runs.filter { $0.count > 1 }, step: step),
        Stroke(paint: paint, width: 1.8, dashes: layer.dashes)))
    let mark = Mark.of(series: layer.series)
    // A point without neighbors is no line.
    let alone = runs.filter { $0.count == 1 }.map { $0[0] }
    drawing.add(
      .marks(Array(alone.prefix(Thinning.mostMarks)), MarkStyle(mark: mark, size: 5, paint: paint)))
    if scene.isSplit {
      let spaced = Self.spaced(runs, every: 80, from: area.x + 20 + 12 * Double(layer.series % 6))
      drawing.add(.marks(spaced, MarkStyle(mark: mark, size: 7, paint: paint)))
    }
  }

  /// Points of lines at even distances along x, by which lines can be told apart without colors.
  private static func spaced(_ runs: [[Point]], every: Double, from start: Double) -> [Point] {
    var found: [Point] = []
    var next = start
    for point in runs.joined() where point.x >= next {
      found.append(point)
      next = max(next + every, point.x + every / 2)
    }
    return found.isEmpty ? runs.last?.last.map { [$0] } ?? [] : found
  }

  private func drawBars(
    _ edges: [Double], _ heights: [Double], _ series: Int, on drawing: inout Drawing
  ) {
    let floor = yAxis.isLogarithmic ? 0 : yAxis.fraction(0) ?? 0
    var boxes: [Rectangle] = []
    for (index, height) in heights.enumerated() where height > 0 {
      guard let left = xAxis.fraction(edges[index]), let right = xAxis.fraction(edges[index + 1]),
        let top = yAxis.fraction(height)
      else { continue }
      let (from, to) = (place(left, floor), place(right, max(top, floor)))
      let width = max(1, to.x - from.x)
      // A gap between bars, where they are wide; a bar that is not empty is always visible.
      let gap = width > 6 ? 1.0 : 0
      let tall = max(1, from.y - to.y)
      boxes.append(
        Rectangle(x: from.x + gap / 2, y: from.y - tall, width: width - gap, height: tall))
    }
    drawing.add(.boxes(boxes, .series(series)))
  }
}

extension Scene.Layer {
  /// The dashes of a line, which also tell series of the same color apart.
  var dashes: [Double] {
    if isDashed { return [6, 4] }
    return [[], [7, 4], [2, 4], [9, 4, 2, 4]][
      Theme.light.round(ofSeries: series) % 4]
  }
}
