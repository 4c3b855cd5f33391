/// The room for a chart on a drawing.
public struct DrawingFrame: Sendable {
  /// The available width in pixels.
  public var width: Double
  /// The height in pixels of a chart of variable height, and a limit for those that list items.
  public var height: Double
  /// Whether the user asked for the height: charts that list items then shrink them to it.
  public var hasAskedHeight: Bool
  /// The names and scales of the axes.
  public var axes: AxisOptions
  /// The least pixels before the plot, so that plots above one another are aligned.
  var leastGutter = 0.0

  /// A drawing of nothing but a message.
  func message(_ text: String) -> Drawing {
    let shown = TextMetrics.clipped(text, to: width, size: 12)
    var drawing = Drawing(width: TextMetrics.width(of: shown, size: 12), height: 24)
    drawing.add(.text(shown, Point(0, 16), TextStyle(paint: .faint)))
    drawing.summary = text
    return drawing
  }
}

extension Drawing {
  /// The least width of lines of notes.
  private static let noteWidth = 260.0

  /// Adds notes below what is drawn, in lines as wide as the drawing or, where that is narrow, the
  /// frame.
  mutating func addNotes(_ notes: [String], in frame: DrawingFrame) {
    let size = 11.0
    guard !notes.isEmpty else { return }
    width = max(width, min(Drawing.noteWidth, frame.width))
    for line in notes.flatMap({ TextMetrics.wrapped($0, to: width, size: size) }) {
      add(.text(line, Point(0, height + 12), TextStyle(size: size, paint: .faint)))
      height += 16
    }
  }
}
