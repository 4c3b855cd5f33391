extension Plot {
  /// The plot as a drawing, of which SVG and PNG are made.
  ///
  /// - Parameters:
  ///   - width: The width in pixels; by default 8 for each of the plot's columns, or what the chart
  ///     takes, up to 720.
  ///   - height: The height in pixels; by default 18 for each of the plot's rows, or what the chart
  ///     takes. Charts that list items may take more than that.
  public func drawing(width: Int? = nil, height: Int? = nil) -> Drawing {
    let margin = 10.0
    let askedWidth = (width ?? self.width.map { min(max($0, 1), 1000) * 8 })
      .map { Double(min(max($0, 100), 10_000)) }
    let asked = (height ?? self.height.map { min(max($0, 1), 1000) * 18 })
      .map { Double(min(max($0, 60), 10_000)) }
    let room = (askedWidth ?? 720) - 2 * margin
    let size = 14.0
    let heading = TextMetrics.clipped(title ?? "", to: room, size: size, isBold: true)
    let top = margin + (heading.isEmpty ? 0 : 26)
    let tall = (asked ?? max(300, min(430, room * 0.62))) - top - margin

    let body = chart.drawing(
      in: DrawingFrame(
        width: room, height: max(40, tall), hasAskedHeight: asked != nil, axes: axes))
    let headingWidth = TextMetrics.width(of: heading, size: size, isBold: true)
    let used = askedWidth.map { $0 - 2 * margin } ?? min(room, max(body.width, headingWidth))
    var drawing = Drawing(
      width: (used + 2 * margin).rounded(.up),
      height: max(asked ?? 0, (top + body.height + margin).rounded(.up)))
    drawing.title = title ?? ""
    drawing.summary = body.summary
    if !heading.isEmpty {
      let style = TextStyle(size: size, anchor: .middle, isBold: true)
      drawing.add(.text(heading, Point(drawing.width / 2, margin + 14), style))
    }
    drawing.add(body, x: ((drawing.width - body.width) / 2).rounded(), y: top)
    return drawing
  }
}
