import Text

extension Heatmap {
  /// The matrix, its labels, and the scale beside it.
  public func drawing(in frame: DrawingFrame) -> Drawing {
    guard rows > 0, columns > 0 else { return frame.message("no cells to show") }
    let scale = ColorScale(values)
    let bar = ScaleBar(scale, room: frame.width / 2)
    let size = CellsDrawing.textSize
    let names = min(
      (rowLabels ?? [String(rows - 1)]).prefix(rows).reduce(0) {
        max($0, TextMetrics.width(of: $1, size: size))
      }, frame.width / 4)
    let start = (frame.axes.yLabel == nil ? 0 : 20) + names + 8
    let room = max(20, frame.width - start - bar.width)
    let texts = numbers(fitting: room / Double(columns) - 8)
    let most = frame.hasAskedHeight ? max(40, frame.height - 44) : max(frame.height - 44, 320)
    let (cellWidth, cellHeight) = cell(room: room, most: most, texts: texts, frame)

    var cells = CellsDrawing(
      area: Rectangle(
        x: start, y: 2, width: cellWidth * Double(columns), height: cellHeight * Double(rows)),
      rows: rows, columns: columns, rowName: { label($0, of: rowLabels) },
      columnName: { label($0, of: columnLabels) })
    let below = cells.columnNameHeight() + (frame.axes.xLabel == nil ? 0 : 18)
    if frame.hasAskedHeight, cells.area.height > frame.height - below - 2 {
      cells.area.height = max(20, frame.height - below - 2)
    }
    let xLabel = TextMetrics.clipped(frame.axes.xLabel ?? "", to: frame.width, size: 12)
    let xLabelWidth = TextMetrics.width(of: xLabel, size: 12)
    var drawing = Drawing(
      width: min(frame.width, max(cells.area.right + bar.width, xLabelWidth)))
    let notes = addPixels(scale, cells.area, to: &drawing)
    cells.addRowNames(to: &drawing, room: names)
    cells.addColumnNames(to: &drawing)
    if let texts, cells.cellHeight >= 14 {
      cells.addTexts(
        to: &drawing, text: { texts[$0 * columns + $1] },
        ground: { scale.color(value($0, $1)) })
    }
    bar.draw(on: &drawing, beside: cells.area)
    if let label = frame.axes.yLabel {
      let text = TextMetrics.clipped(label, to: max(cells.area.height, 40), size: 12)
      let middle = max(
        cells.area.middle.y, TextMetrics.width(of: text, size: 12) / 2)
      drawing.add(.text(text, Point(12, middle), TextStyle(anchor: .middle, isUpright: true)))
    }
    drawing.height = cells.area.bottom + cells.columnNameHeight()
    if !xLabel.isEmpty {
      let middle = max(
        xLabelWidth / 2, min(cells.area.middle.x, drawing.width - xLabelWidth / 2))
      drawing.add(.text(xLabel, Point(middle, drawing.height + 14), TextStyle(anchor: .middle)))
      drawing.height += 18
    }
    drawing.addNotes(notes, in: frame)
    drawing.summary = "matrix of \(rows) × \(columns)" + (bar.isEmpty ? "" : ", \(bar.text)")
    return drawing
  }

  /// The numbers of the cells, where they are few and fit into `room` pixels.
  private func numbers(fitting room: Double) -> [String]? {
    guard showsValues != false, rows <= 60, columns <= 60,
      showsValues == true || rows * columns <= 400
    else { return nil }
    let texts = (0..<rows * columns).map {
      NumberText.compact(value($0 / columns, $0 % columns))
    }
    let size = CellsDrawing.textSize
    return texts.allSatisfy { TextMetrics.width(of: $0, size: size) <= room } ? texts : nil
  }

  /// The width and height of a cell: square where that makes no thin strip of the matrix.
  private func cell(
    room: Double, most: Double, texts: [String]?, _ frame: DrawingFrame
  ) -> (width: Double, height: Double) {
    if let texts {
      let number = texts.reduce(0) {
        max($0, TextMetrics.width(of: $1, size: CellsDrawing.textSize))
      }
      return (
        min(room / Double(columns), max(number + 20, 64)),
        frame.hasAskedHeight ? min(40, most / Double(rows)) : min(32, max(18, most / Double(rows)))
      )
    }
    let side = min(room / Double(columns), most / Double(rows), 40)
    let (width, height) = (side * Double(columns), side * Double(rows))
    if width >= room / 5, height >= min(80, most) { return (side, side) }
    return (min(room / Double(columns), 50), min(most / Double(rows), 40))
  }

  /// Adds the cells as pixels, and says what was reduced.
  private func addPixels(
    _ scale: ColorScale, _ area: Rectangle, to drawing: inout Drawing
  ) -> [String] {
    let shownRows = max(1, min(rows, Int(area.height)))
    let shownColumns = max(1, min(columns, Int(area.width)))
    let means = Downsampled(
      values, rows: rows, columns: columns, toRows: shownRows, toColumns: shownColumns)
    var raster = PixelRaster(width: shownColumns, height: shownRows)
    for y in 0..<shownRows {
      for x in 0..<shownColumns { raster[x, y] = scale.steppedColor(means[y, x]) }
    }
    drawing.add(.image(raster, area))
    guard shownRows < rows || shownColumns < columns else { return [] }
    return [
      "\(rows) × \(columns) entries are drawn as \(shownRows) × \(shownColumns) means of blocks"
    ]
  }
}

/// The colors of a scale beside a matrix, with numbers.
struct ScaleBar {
  private let scale: ColorScale
  private let axis: Axis?
  private let isShown: Bool

  /// The colors of a scale, in at most `room` pixels; none where these are too few.
  init(_ scale: ColorScale, room: Double) {
    self.scale = scale
    isShown = room >= 100
    guard scale.low.isFinite, scale.low < scale.high else {
      axis = nil
      return
    }
    var axis = Axis(low: scale.low, high: scale.high, logarithmic: false, atMost: 5, spare: 0)
    // The ends are those of the data, and not round.
    (axis.low, axis.high) = (scale.low, scale.high)
    axis.ticks = Ticks.linear(scale.low, scale.high, atMost: 5)
    self.axis = axis
  }

  /// Whether there is nothing to show.
  var isEmpty: Bool { !scale.low.isFinite }

  /// The range in words.
  var text: String {
    let low = NumberText.compact(scale.low)
    return axis == nil ? "all \(low)" : "from \(low) to \(NumberText.compact(scale.high))"
  }

  /// The pixels that it takes beside the matrix.
  var width: Double {
    guard isShown else { return 0 }
    guard let axis else { return scale.hasMissing ? 70 : 12 }
    let widest = axis.ticks.reduce(TextMetrics.width(of: "nan", size: 11)) {
      max($0, TextMetrics.width(of: $1.label, size: 11))
    }
    return 18 + 14 + 8 + widest
  }

  /// Draws it at the right of the matrix.
  func draw(on drawing: inout Drawing, beside area: Rectangle) {
    guard isShown else { return }
    let style = TextStyle(size: 11, paint: .faint)
    let x = area.right + 18
    var bottom = area.y
    if let axis {
      let box = Rectangle(
        x: x, y: area.y, width: 14,
        height: min(max(area.height - (scale.hasMissing ? 24 : 0), 40), 260))
      var raster = PixelRaster(width: 1, height: 64)
      for y in 0..<64 { raster[0, y] = Palette.sequential(1 - Double(y) / 63) }
      drawing.add(.image(raster, box))
      var last = Double.infinity
      var marks: [[Point]] = []
      for tick in axis.ticks {
        guard let share = axis.fraction(tick.value) else { continue }
        let y = box.bottom - share * box.height
        guard last - y >= 13 else { continue }
        last = y
        marks.append([Point(box.right, y), Point(box.right + 4, y)])
        drawing.add(.text(tick.label, Point(box.right + 8, y + 4), style))
      }
      drawing.add(.lines(marks, Stroke(paint: .faint)))
      bottom = box.bottom + 10
    }
    guard scale.hasMissing else { return }
    drawing.add(
      .boxes([Rectangle(x: x, y: bottom, width: 14, height: 12)], .fixed(Palette.missing)))
    drawing.add(.text("nan", Point(x + 22, bottom + 10), style))
  }
}
