import Text

/// A matrix as colors or shades, with its numbers where there is room.
public struct Heatmap: Chart {
  /// The rows of the matrix.
  public let rows: Int
  /// The columns of the matrix.
  public let columns: Int
  /// The values, row by row; missing ones in the last row are shown as nan.
  public let values: [Double]
  /// The names of the rows; nil for their numbers.
  public var rowLabels: [String]?
  /// The names of the columns; nil for their numbers.
  public var columnLabels: [String]?
  /// Whether each cell shows its number, if the numbers fit; nil leaves them out of large matrices.
  public var showsValues: Bool?

  /// A heat map. A large matrix is shown as means of blocks. Rows without values are left out.
  public init(
    rows: Int, columns: Int, values: [Double], rowLabels: [String]? = nil,
    columnLabels: [String]? = nil, showsValues: Bool? = nil
  ) {
    self.columns = max(0, min(columns, values.count))
    let filled = self.columns > 0 ? (values.count + self.columns - 1) / self.columns : 0
    self.rows = max(0, min(rows, filled))
    let count = self.rows * self.columns
    self.values = values.count > count ? Array(values.prefix(count)) : values
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.showsValues = showsValues
  }

  /// `heatmap`.
  public var kind: String { "heatmap" }

  /// The matrix, and the names of its rows and columns where they have some.
  public var data: [ChartData.Named] {
    let missing = [Double](repeating: .nan, count: rows * columns - values.count)
    return [("values", .matrix(rows: rows, columns: columns, values + missing))]
      + (rowLabels.map { [("rows", .texts($0))] } ?? [])
      + (columnLabels.map { [("columns", .texts($0))] } ?? [])
  }

  /// The matrix, its labels, and the scale.
  public func drawn(in frame: ChartFrame) -> CellGrid {
    guard rows > 0, columns > 0 else {
      var grid = CellGrid(columns: frame.columns)
      grid.put(frame.clipped("no cells to show", to: frame.columns), row: 0, column: 0)
      return grid
    }
    if showsValues != false, let table = drawnWithValues(in: frame) { return table }
    return drawnWithoutValues(in: frame)
  }

  // MARK: With numbers

  private func drawnWithValues(in frame: ChartFrame) -> CellGrid? {
    guard rows <= 60, columns <= 60, showsValues == true || rows * columns <= 400 else {
      return nil
    }
    let scale = ColorScale(values)
    let texts = (0..<rows).map { row in
      (0..<columns).map { NumberText.compact(value(row, $0)) }
    }
    let names = (0..<rows).map { label($0, of: rowLabels) }
    let heads = (0..<columns).map { label($0, of: columnLabels) }
    let nameWidth = min(
      names.map { DisplayWidth.of($0) }.max() ?? 0, max(3, frame.columns / 4))
    let hasColor = frame.display.hasColor
    // A blank on each side of the number; without colors, also a shade after it.
    let number = texts.joined().map(\.count).max() ?? 1
    let least = number + (hasColor ? 2 : 4)
    let start = nameWidth + 1
    guard start + columns * least <= frame.columns else { return nil }
    let widestHead = heads.map { DisplayWidth.of($0) }.max() ?? 0
    let cell = max(least, min(widestHead + 2, (frame.columns - start) / columns, least + 8))

    var grid = CellGrid(columns: frame.columns)
    var line = drawName(of: frame.axes.yLabel, into: &grid, frame)
    for row in 0..<rows {
      let name = frame.clipped(names[row], to: nameWidth)
      grid.put(TextLayout.rightAligned(name, in: nameWidth), row: line, column: 0)
      for column in 0..<columns {
        let text = texts[row][column]
        let left = start + column * cell
        if hasColor {
          let ground = scale.color(value(row, column))
          let style = Style(Palette.ink(on: ground), on: ground)
          let padding = (cell - number) / 2
          let inner = TextLayout.rightAligned(text, in: padding + number)
          grid.put(
            inner + String(repeating: " ", count: max(0, cell - inner.count)), row: line,
            column: left, style: style)
        } else {
          let padding = (cell - number - 2) / 2
          let shade = scale.shade(value(row, column), frame.display)
          grid.put(
            TextLayout.rightAligned(text, in: padding + number) + " " + shade, row: line,
            column: left)
        }
      }
      line += 1
    }
    for column in 0..<columns {
      let head = frame.clipped(heads[column], to: cell - 1)
      let padding = hasColor ? (cell - number) / 2 + number : (cell - number - 2) / 2 + number
      // Aligned with the numbers, or centered where it is longer.
      let width = DisplayWidth.of(head)
      let indent = width <= padding ? padding - width : max(0, (cell - width) / 2)
      grid.put(head, row: line, column: start + column * cell + indent)
    }
    line += 1
    drawFooter(into: &grid, line: line, start: start, width: columns * cell, scale, frame)
    return grid
  }

  // MARK: Without numbers

  private func drawnWithoutValues(in frame: ChartFrame) -> CellGrid {
    let scale = ColorScale(values)
    let names = rowLabels.map { Array($0.prefix(rows)) } ?? [String(rows - 1)]
    let widest = names.map { DisplayWidth.of($0) }.max() ?? 0
    let nameWidth = min(widest, frame.columns / 4)
    let start = nameWidth > 0 ? nameWidth + 1 : 0
    let room = max(1, frame.columns - start)
    let others = 2 + (frame.axes.xLabel == nil ? 0 : 1) + (frame.axes.yLabel == nil ? 0 : 1)
    let isHalved = frame.display.hasColor && !frame.display.isASCII

    // The rows that the user asked for, else at least 24.
    let lines = max(2, (frame.askedRows == nil ? max(frame.rows, 24) : frame.rows) - others)
    let isDoubled = rows <= lines && columns <= room / 2
    let shownColumns = isDoubled ? columns : min(columns, room)
    let shownRows = isDoubled ? rows : min(rows, isHalved ? 2 * lines : lines)
    let means = Downsampled(
      values, rows: rows, columns: columns, toRows: shownRows, toColumns: shownColumns)

    var grid = CellGrid(columns: frame.columns)
    var line = drawName(of: frame.axes.yLabel, into: &grid, frame)
    let top = line
    let perLine = isHalved && !isDoubled ? 2 : 1
    if perLine == 2 {
      var raster = PixelRaster(width: shownColumns, height: shownRows)
      for y in 0..<shownRows {
        for x in 0..<shownColumns { raster[x, y] = scale.color(means[y, x]) }
      }
      raster.paint(into: &grid, row: top, column: start, display: frame.display)
      line += raster.rows
    } else {
      for y in 0..<shownRows {
        grid.reach(row: line)
        for x in 0..<shownColumns {
          let width = isDoubled ? 2 : 1
          let column = start + x * width
          if !frame.display.hasColor {
            let shade = scale.shade(means[y, x], frame.display)
            grid.put(String(repeating: shade, count: width), row: line, column: column)
          } else {
            grid.put(
              String(repeating: " ", count: width), row: line, column: column,
              style: Style(on: scale.color(means[y, x])))
          }
        }
        line += 1
      }
    }

    // Every row is labeled where it has a name and a line of its own, else rows at a round step.
    let drawnLines = line - top
    let rowStep =
      rowLabels != nil && drawnLines == rows
      ? 1 : Heatmap.step(rows, over: drawnLines, apart: rowLabels == nil ? 3 : 1)
    for row in stride(from: 0, to: rows, by: rowStep) where nameWidth > 0 {
      let name = frame.clipped(label(row, of: rowLabels), to: nameWidth)
      grid.put(
        TextLayout.rightAligned(name, in: nameWidth), row: top + row * drawnLines / rows,
        column: 0)
    }
    let drawnColumns = shownColumns * (isDoubled ? 2 : 1)
    let heads = (0..<columns).map { frame.clipped(label($0, of: columnLabels), to: 10) }
    let widestHead = heads.map { DisplayWidth.of($0) }.max() ?? 0
    grid.reach(row: line)
    let step = Heatmap.step(
      columns, over: drawnColumns, apart: max(widestHead + 2, min(8, drawnColumns / 5)))
    for column in stride(from: 0, to: columns, by: step) {
      let place = start + column * drawnColumns / columns
      guard place + DisplayWidth.of(heads[column]) <= frame.columns else { break }
      grid.put(heads[column], row: line, column: place)
    }
    line += 1
    drawFooter(into: &grid, line: line, start: start, width: drawnColumns, scale, frame)
    return grid
  }

  /// The step between labeled rows or columns, `count` of which are drawn in `cells` cells: a round
  /// number that keeps labels at least `apart` cells apart.
  private static func step(_ count: Int, over cells: Int, apart: Int) -> Int {
    var size = 1
    while size < count {
      for factor in [1, 2, 5] where size * factor * cells >= apart * count { return size * factor }
      size *= 10
    }
    return max(1, count)
  }

  // MARK: Both

  private func drawName(
    of axis: String?, into grid: inout CellGrid, _ frame: ChartFrame
  ) -> Int {
    guard let axis else { return 0 }
    grid.put(frame.clipped(axis, to: frame.columns), row: 0, column: 0)
    return 1
  }

  private func drawFooter(
    into grid: inout CellGrid, line: Int, start: Int, width: Int, _ scale: ColorScale,
    _ frame: ChartFrame
  ) {
    var line = line
    if let label = frame.axes.xLabel {
      frame.put(label, into: &grid, row: line, start: start, width: width)
      line += 1
    }
    scale.drawLegend(into: &grid, row: line, column: start, frame)
  }

  func value(_ row: Int, _ column: Int) -> Double {
    let place = row * columns + column
    return values.indices.contains(place) ? values[place] : .nan
  }

  func label(_ index: Int, of labels: [String]?) -> String {
    guard let labels else { return String(index) }
    return labels.indices.contains(index) ? labels[index] : ""
  }
}
