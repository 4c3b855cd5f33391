import Text

extension ConfusionChart {
  /// The matrix with the recall of each class; with too many classes for numbers, its colors with
  /// the most frequent mistakes and the classes of least recall.
  public func drawing(in frame: DrawingFrame) -> Drawing {
    guard !classes.isEmpty else { return frame.message("no classes to show") }
    return table(in: frame) ?? overview(in: frame)
  }

  private func table(in frame: DrawingFrame) -> Drawing? {
    let size = classes.count
    let textSize = CellsDrawing.textSize
    guard size <= 40 else { return nil }
    let names = min(
      classes.reduce(0) { max($0, TextMetrics.width(of: $1, size: textSize)) }, frame.width / 5)
    let start = 20 + names + 8
    let recallWidth = 58.0
    let room = frame.width - start - recallWidth
    let digits = (0..<size * size).reduce(0) {
      max($0, String(count($1 / size, $1 % size)).count)
    }
    let least = TextMetrics.width(of: String(repeating: "0", count: digits), size: textSize) + 6
    guard Double(size) * least <= room else { return nil }
    let cell = min(room / Double(size), max(least, 56))
    let height =
      frame.hasAskedHeight
      ? max(15, min(cell, (frame.height - 80) / Double(size))) : max(18, min(cell, 34))

    var cells = CellsDrawing(
      area: Rectangle(x: start, y: 0, width: cell * Double(size), height: height * Double(size)),
      rows: size, columns: size, rowName: { classes[$0] }, columnName: { classes[$0] })
    cells.area.y = 18 + cells.columnNameHeight()
    var drawing = Drawing(width: min(frame.width, cells.area.right + recallWidth))
    let predicted = TextMetrics.clipped(
      frame.axes.xLabel ?? "predicted", to: max(cells.area.width, 80), size: 12)
    drawing.add(
      .text(
        predicted, Point(max(cells.area.middle.x, 40), 12), TextStyle(anchor: .middle)))
    cells.addColumnNames(to: &drawing, isAbove: true)
    cells.addRowNames(to: &drawing, room: names)
    let truth = TextMetrics.clipped(
      frame.axes.yLabel ?? "true", to: max(cells.area.height, 40), size: 12)
    drawing.add(
      .text(truth, Point(12, cells.area.middle.y), TextStyle(anchor: .middle, isUpright: true)))

    func ground(_ row: Int, _ column: Int) -> RGB? {
      let (number, total) = (count(row, column), total(row))
      return number > 0 && total > 0 ? Palette.sequential(Double(number) / total) : nil
    }
    var raster = PixelRaster(width: size, height: size)
    for row in 0..<size {
      for column in 0..<size { raster[column, row] = ground(row, column) }
    }
    drawing.add(.image(raster, cells.area))
    cells.addTexts(
      to: &drawing,
      text: { count($0, $1) == 0 && $0 != $1 ? "·" : String(count($0, $1)) }, ground: ground,
      isBold: { $0 == $1 })
    let style = TextStyle(size: textSize, paint: .faint, anchor: .end)
    let end = cells.area.right + recallWidth - 4
    drawing.add(.text("recall", Point(end, cells.area.y - 6), style))
    for row in 0..<size {
      let y = cells.area.y + (Double(row) + 0.5) * cells.cellHeight + 4
      drawing.add(.text(percent(recall(row)), Point(end, y), style))
    }
    drawing.height = cells.area.bottom + 4
    if showsAccuracy { drawing.addNotes([summary()], in: frame) }
    drawing.summary = "confusion of \(Quantity.count(size, "class")); \(summary())"
    return drawing
  }

  private func overview(in frame: DrawingFrame) -> Drawing {
    guard let map = shares() else { return frame.message(summary()) }
    var inner = frame
    inner.axes.xLabel = frame.axes.xLabel ?? "predicted"
    inner.axes.yLabel = (frame.axes.yLabel ?? "true") + " (share of each row)"
    var drawing = map.drawing(in: inner)
    let mistakes = self.mistakes.prefix(8).map {
      "\($0.count) \(classes[$0.row]) → \(classes[$0.column])"
    }
    let worst = self.worst(5).map { "\(classes[$0.row]) \(percent($0.recall))" }
    drawing.addNotes(
      [
        "mistaken most often: " + (mistakes.isEmpty ? "none" : mistakes.joined(separator: ", ")),
        "found least (recall): " + worst.joined(separator: ", "), summary(),
      ], in: frame)
    drawing.summary = "confusion of \(Quantity.count(classes.count, "class")); \(summary())"
    return drawing
  }
}
