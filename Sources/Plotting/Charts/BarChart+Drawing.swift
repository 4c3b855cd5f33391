import Text

extension BarChart {
  /// The bars, one below the other.
  public func drawing(in frame: DrawingFrame) -> Drawing {
    let items = Array(zip(labels, values))
    guard !items.isEmpty else { return frame.message("no bars to show") }
    let size = 12.0
    let texts = items.map { NumberText.compact($0.1) }
    let names = min(
      items.reduce(0) { max($0, TextMetrics.width(of: $1.0, size: size)) }, frame.width / 3)
    let numbers = texts.reduce(0) { max($0, TextMetrics.width(of: $1, size: size)) }
    let start = names + 10
    let room = max(10, frame.width - start - numbers - 8)
    let finite = items.map(\.1).filter(\.isFinite)
    let low = min(0, finite.min() ?? 0)
    let span = max(0, finite.max() ?? 0) / 2 - low / 2
    let zero = start + (span > 0 ? -low / 2 / span * room : 0)

    var drawing = Drawing(width: frame.width)
    if let label = frame.axes.yLabel {
      drawing.add(.text(clipped(label, frame), Point(0, 12), TextStyle()))
      drawing.height = 20
    }
    let below = frame.axes.xLabel == nil ? 0.0 : 20
    let top = drawing.height
    let line =
      frame.hasAskedHeight
      ? max(15, min(40, (frame.height - top - below) / Double(items.count))) : 22
    let limit =
      frame.hasAskedHeight ? max(1, Int((frame.height - top - below) / line + 1e-6)) : 200
    let shown = items.count <= limit ? items.count : max(1, limit - 1)
    var (right, left): ([Rectangle], [Rectangle]) = ([], [])
    for (index, item) in items.prefix(shown).enumerated() {
      let y = top + Double(index) * line
      let length = item.1.isFinite && span > 0 ? abs(item.1) / 2 / span * room : 0
      let bar = Rectangle(
        x: item.1 < 0 ? zero - length : zero, y: y + 3, width: length, height: line - 6)
      if length > 0 { if item.1 < 0 { left.append(bar) } else { right.append(bar) } }
      let name = TextMetrics.clipped(item.0, to: names, size: size)
      let base = y + line / 2 + 4
      drawing.add(.text(name, Point(start - 10, base), TextStyle(anchor: .end)))
      let end = (item.1 < 0 ? zero : zero + length) + 5
      let width = TextMetrics.width(of: texts[index], size: 11)
      drawing.add(
        .text(
          texts[index], Point(max(0, min(end, frame.width - width)), base),
          TextStyle(size: 11, paint: .faint)))
    }
    drawing.height = top + Double(shown) * line
    drawing.add(.boxes(right, .series(0)))
    drawing.add(.boxes(left, .series(1)))
    drawing.add(
      .lines([[Point(zero, top), Point(zero, drawing.height)]], Stroke(paint: .faint)))
    if let label = frame.axes.xLabel {
      let text = clipped(label, frame)
      let half = TextMetrics.width(of: text, size: size) / 2
      let middle = max(half, min(start + room / 2, frame.width - half))
      drawing.add(.text(text, Point(middle, drawing.height + 15), TextStyle(anchor: .middle)))
      drawing.height += below
    }
    if shown < items.count { drawing.addNotes(["… \(items.count - shown) more"], in: frame) }
    drawing.summary =
      zip(items, texts).prefix(20).map { "\($0.0): \($1)" }.joined(separator: ", ")
      + (items.count > 20 ? ", …" : "")
    return drawing
  }

  private func clipped(_ label: String, _ frame: DrawingFrame) -> String {
    TextMetrics.clipped(label, to: frame.width, size: 12)
  }
}
