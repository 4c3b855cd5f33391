/// Draws a scene and its axes as shapes.
struct SceneDrawing {
  let scene: Scene
  let frame: DrawingFrame
  private let legend: LegendDrawing
  let area: Rectangle
  let xAxis: Axis
  let yAxis: Axis
  /// The pixels before the plot.
  let gutter: Double
  /// What stands below.
  private let notes: [String]
  /// The room between the frame and the lowest and highest places.
  private let inset: Double

  private static let lineHeight = 18.0

  init(_ scene: Scene, in frame: DrawingFrame) {
    self.scene = scene
    self.frame = frame
    legend = LegendDrawing(scene, width: frame.width, height: frame.height)
    notes = scene.notes + Self.crowds(scene, on: frame.axes)
    let noteLines = notes.flatMap { TextMetrics.wrapped($0, to: frame.width, size: 11) }
    let below =
      24 + (frame.axes.xLabel == nil ? 0 : Self.lineHeight) + Double(noteLines.count) * 16
    let above = legend.height + 6
    let areaHeight = max(40, frame.height - above - below)
    // Of points, the outermost ones are seen best with some room around them.
    inset = scene.hasBars ? 0 : scene.isOfPoints ? min(18, areaHeight / 12) : 6

    let values = scene.shownValues(on: frame.axes)
    yAxis = scene.verticalAxis(
      values.y, on: frame.axes, atMost: max(2, Int(areaHeight / 42)), spare: 0.3)
    let size = 11.0
    let widest =
      yAxis.ticks.map { TextMetrics.width(of: $0.label, size: size) }.max() ?? 0
    let labels = min(widest, frame.width / 3)
    gutter = max(labels + 8 + (frame.axes.yLabel == nil ? 0 : 20), frame.leastGutter)
    let width = max(20, frame.width - gutter - 12)
    area = Rectangle(
      x: gutter.rounded(.down) + 0.5, y: above, width: width.rounded(.down),
      height: areaHeight.rounded(.down) - 0.5)
    let spare = scene.hasBars ? 0 : 0.25
    var axis = Axis(covering: values.x, logarithmic: frame.axes.logX, atMost: 2, spare: spare)
    for count in stride(from: max(2, min(12, Int(width / 50))), through: 1, by: -1) {
      axis = Axis(covering: values.x, logarithmic: frame.axes.logX, atMost: count, spare: spare)
      let needed = axis.ticks.map { TextMetrics.width(of: $0.label, size: size) + 14 }
      let apart = width / Double(max(1, axis.ticks.count))
      if (needed.max() ?? 0) <= apart { break }
    }
    xAxis = axis
  }

  /// The legend, the axes with their names, the shapes between them, and the notes.
  func drawn() -> Drawing {
    var drawing = Drawing(width: frame.width)
    drawing.add(legend.drawn(), x: gutter, y: 0)
    drawAxes(on: &drawing)
    drawLayers(on: &drawing)
    drawing.height = area.bottom + 24
    if let label = frame.axes.xLabel {
      let text = TextMetrics.clipped(label, to: frame.width, size: 12)
      let middle = centered(text, at: area.middle.x, size: 12)
      drawing.add(.text(text, Point(middle, drawing.height + 12), TextStyle(anchor: .middle)))
      drawing.height += Self.lineHeight
    }
    drawing.addNotes(notes, in: frame)
    drawing.summary = ([description] + notes).joined(separator: "; ")
    return drawing
  }

  /// The axes and series in words.
  private var description: String {
    func range(_ axis: Axis, _ name: String) -> String {
      guard let first = axis.ticks.first?.label, let last = axis.ticks.last?.label else {
        return name
      }
      return "\(name) from \(first) to \(last)" + (axis.isLogarithmic ? ", logarithmic" : "")
    }
    var parts = [
      range(xAxis, frame.axes.xLabel ?? "x axis"), range(yAxis, frame.axes.yLabel ?? "y axis"),
    ]
    if !scene.keys.isEmpty { parts.append(scene.keys.map(\.name).joined(separator: ", ")) }
    return parts.joined(separator: "; ")
  }

  // MARK: Axes

  /// The nearest place of a line that covers one row of pixels, and not half of two.
  private static func crisp(_ place: Double) -> Double { place.rounded(.down) + 0.5 }

  /// The place of a share of each axis.
  func place(_ x: Double, _ y: Double) -> Point {
    let inner = area.inset(by: inset)
    return Point(inner.x + x * inner.width, inner.bottom - y * inner.height)
  }

  /// The middle of a text that stays inside of the drawing.
  private func centered(_ text: String, at x: Double, size: Double) -> Double {
    let half = TextMetrics.width(of: text, size: size) / 2
    return max(half, min(x, frame.width - half))
  }

  private func drawAxes(on drawing: inout Drawing) {
    let size = 11.0
    var grid: [[Point]] = []
    var marks: [[Point]] = []
    for tick in yAxis.ticks {
      guard let share = yAxis.fraction(tick.value) else { continue }
      let y = Self.crisp(place(0, share).y)
      grid.append([Point(area.x, y), Point(area.right, y)])
      marks.append([Point(area.x - 4, y), Point(area.x, y)])
      let label = TextMetrics.clipped(tick.label, to: frame.width / 3, size: size)
      drawing.add(
        .text(
          label, Point(area.x - 7, y + 4), TextStyle(size: size, paint: .faint, anchor: .end)))
    }
    var free = -Double.infinity
    for tick in xAxis.ticks {
      guard let share = xAxis.fraction(tick.value) else { continue }
      let x = Self.crisp(place(share, 0).x)
      if !scene.hasBars { grid.append([Point(x, area.y), Point(x, area.bottom)]) }
      marks.append([Point(x, area.bottom), Point(x, area.bottom + 4)])
      let half = TextMetrics.width(of: tick.label, size: size) / 2
      let middle = centered(tick.label, at: x, size: size)
      // In a plot too narrow for its labels, some are left out.
      guard middle - half >= free else { continue }
      free = middle + half + 6
      drawing.add(
        .text(
          tick.label, Point(middle, area.bottom + 17),
          TextStyle(size: size, paint: .faint, anchor: .middle)))
    }
    drawing.add(.lines(grid, Stroke(paint: .grid)))
    let corner = [
      Point(area.x, area.y), Point(area.x, area.bottom), Point(area.right, area.bottom),
    ]
    drawing.add(.lines([corner] + marks, Stroke(paint: .faint)))
    if let label = frame.axes.yLabel {
      let text = TextMetrics.clipped(label, to: area.height, size: 12)
      drawing.add(
        .text(text, Point(12, area.middle.y), TextStyle(anchor: .middle, isUpright: true)))
    }
  }
}
