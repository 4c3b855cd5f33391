extension Plot {
  /// The plot as a drawing, of which SVG and PNG are made.
  ///
  /// - Parameters:
  ///   - width: The width in pixels; by default 720, or 8 for each of the plot's columns.
  ///   - height: The height in pixels; by default what the chart takes, or 18 for each of the
  ///     plot's rows.
  public func drawing(width: Int? = nil, height: Int? = nil) -> Drawing {
    let margin = 10.0
    let wide = Double(min(max(width ?? self.width.map { $0 * 8 } ?? 720, 100), 10_000))
    let asked = (height ?? self.height.map { $0 * 18 }).map { Double(min(max($0, 60), 10_000)) }
    var drawing = Drawing(width: wide)
    drawing.title = title ?? ""
    drawing.height = margin
    if let title, !title.isEmpty {
      let size = 14.0
      let text = TextMetrics.clipped(title, to: wide - 2 * margin, size: size, isBold: true)
      let style = TextStyle(size: size, anchor: .middle, isBold: true)
      drawing.add(.text(text, Point(wide / 2, drawing.height + 14), style))
      drawing.height += 26
    }
    let room = (asked ?? max(300, min(430, wide * 0.62))) - drawing.height - margin
    let frame = DrawingFrame(
      width: wide - 2 * margin, height: max(40, room), hasAskedHeight: asked != nil, axes: axes)
    let body = chart.drawing(in: frame)
    drawing.add(body, x: margin, y: drawing.height)
    drawing.height += body.height + margin
    return drawing
  }
}
