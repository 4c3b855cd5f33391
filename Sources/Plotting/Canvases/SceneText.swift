import Text
import Glibc

/// Draws a scene and its axes as text.
struct SceneText {
  private let scene: Scene
  private let frame: ChartFrame
  private let legendRows: [[(mark: String, name: String, series: Int?)]]
  private let areaRows: Int
  private let yAxis: Axis
  private let xAxis: Axis
  /// The columns before the plot.
  let gutter: Int
  private let areaColumns: Int

  init(_ scene: Scene, in frame: ChartFrame) {
    self.scene = scene
    self.frame = frame
    legendRows = SceneText.legend(of: scene, in: frame)

    var others = 2 + legendRows.count + scene.notes.count
    if frame.axes.xLabel != nil { others += 1 }
    if frame.axes.yLabel != nil { others += 1 }
    areaRows = max(2, frame.rows - others)

    let (xs, ys) = scene.shownValues(on: frame.axes)
    yAxis = scene.verticalAxis(
      ys, on: frame.axes, atMost: max(areaRows < 5 ? 2 : 3, areaRows * 2 / 5), spare: 1)

    // The labels of the vertical axis leave at least half of the room to the plot.
    let widest = yAxis.ticks.map { $0.label.count }.max() ?? 0
    let labels = widest + 2 <= frame.columns / 2 ? widest : 0
    gutter = max(labels > 0 ? labels + 2 : min(1, frame.columns - 1), frame.leastGutter)
    var room = max(1, frame.columns - gutter - (frame.columns > 20 ? 1 : 0))
    for case .bars(_, let heights) in scene.layers.map(\.shape) where heights.count > 0 {
      // All bars get the same width.
      if room >= heights.count { room -= room % heights.count }
    }
    areaColumns = room

    let spare = scene.hasBars ? 0 : 0.25
    var axis = Axis(covering: xs, logarithmic: frame.axes.logX, atMost: 2, spare: spare)
    for count in stride(from: max(3, min(12, room / 7)), through: 1, by: -1) {
      axis = Axis(covering: xs, logarithmic: frame.axes.logX, atMost: count, spare: spare)
      if SceneText.labelsFit(axis, gutter: gutter, columns: room, total: frame.columns) { break }
    }
    xAxis = axis
  }

  /// The grid: legend, name of the vertical axis, plot, horizontal axis and its name, notes.
  func drawn() -> CellGrid {
    var grid = CellGrid(columns: frame.columns)
    var row = 0
    for items in legendRows {
      var column = gutter
      for item in items {
        if !item.mark.isEmpty {
          let style = Style(item.series.map(Palette.category))
          grid.put(item.mark, row: row, column: column, style: style)
          column += DisplayWidth.of(item.mark) + 1
        }
        grid.put(item.name, row: row, column: column)
        column += DisplayWidth.of(item.name) + 3
      }
      row += 1
    }
    if let label = frame.axes.yLabel {
      grid.put(frame.clipped(label, to: frame.columns), row: row, column: 0)
      row += 1
    }
    drawAxes(into: &grid, top: row)
    switch frame.display.canvas {
    case .braille: draw(BrailleCanvas.self, into: &grid, top: row)
    case .blocks: draw(BlockCanvas.self, into: &grid, top: row)
    case .ascii: draw(AsciiCanvas.self, into: &grid, top: row)
    }
    row += areaRows + 2
    if let label = frame.axes.xLabel {
      frame.put(label, into: &grid, row: row, start: gutter, width: areaColumns)
      row += 1
    }
    for note in scene.notes {
      grid.put(frame.clipped(note, to: frame.columns), row: row, column: 0)
      row += 1
    }
    return grid
  }

  // MARK: Axes

  private func drawAxes(into grid: inout CellGrid, top: Int) {
    let ascii = frame.display.isASCII
    let wall = gutter - 1
    let floorRow = top + areaRows
    let down = SceneText.dotsDown(frame.display.canvas)
    if wall >= 0 {
      for row in 0..<areaRows {
        grid.put(ascii ? "|" : "│", row: top + row, column: wall)
      }
      for tick in yAxis.ticks {
        guard let share = yAxis.fraction(tick.value) else { continue }
        let dots = areaRows * down
        let row = wholeNumber((1 - share) * Double(dots - 1), in: 0...max(0, dots - 1)) / down
        grid.put(ascii ? "+" : "┤", row: top + row, column: wall)
        if gutter > 2 {
          grid.put(
            TextLayout.rightAligned(tick.label, in: gutter - 2), row: top + row, column: 0)
        }
      }
      grid.put(ascii ? "+" : "└", row: floorRow, column: wall)
    }
    grid.put(
      String(repeating: ascii ? "-" : "─", count: areaColumns), row: floorRow, column: gutter)
    grid.reach(row: floorRow + 1)
    for place in SceneText.places(
      of: xAxis, gutter: gutter, columns: areaColumns, total: frame.columns)
    {
      grid.put(ascii ? "+" : "┬", row: floorRow, column: place.column)
      grid.put(place.label, row: floorRow + 1, column: place.start)
    }
  }

  /// The columns of the horizontal axis's marks, and their labels with first columns.
  private static func places(
    of axis: Axis, gutter: Int, columns: Int, total: Int
  ) -> [(column: Int, start: Int, label: String)] {
    var free = 0
    var places: [(column: Int, start: Int, label: String)] = []
    for tick in axis.ticks {
      guard let share = axis.fraction(tick.value) else { continue }
      let column = gutter + wholeNumber(share * Double(columns - 1), in: 0...max(0, columns - 1))
      let width = tick.label.count
      let start = max(0, min(column - (width - 1) / 2, total - width))
      // In a plot too narrow for its labels, marks are left out.
      if start < free || start + width > total { continue }
      free = start + width + 1
      places.append((column, start, tick.label))
    }
    return places
  }

  private static func labelsFit(_ axis: Axis, gutter: Int, columns: Int, total: Int) -> Bool {
    let placed = places(of: axis, gutter: gutter, columns: columns, total: total)
    guard placed.count == axis.ticks.count else { return false }
    return zip(placed, placed.dropFirst()).allSatisfy { one, next in
      one.start + one.label.count + 2 <= next.start
    }
  }

  private static func dotsDown(_ marks: Display.Canvas) -> Int {
    switch marks {
    case .braille: BrailleCanvas.dotsDown
    case .blocks: BlockCanvas.dotsDown
    case .ascii: AsciiCanvas.dotsDown
    }
  }

  // MARK: Legend

  private static func legend(
    of scene: Scene, in frame: ChartFrame
  ) -> [[(mark: String, name: String, series: Int?)]] {
    var rows: [[(mark: String, name: String, series: Int?)]] = []
    var column = Int.max / 2
    let room = max(1, frame.columns - 4)
    let most = min(3, max(1, frame.rows / 5))
    let keys = scene.keys
    for (place, key) in keys.enumerated() {
      let text = frame.clipped(key.name, to: max(1, min(30, room - 4)))
      let layers = key.layers.map { scene.layers[$0] }
      let mark = layers.map { legendMark($0, frame.display) }.joined(separator: " ")
      let width = DisplayWidth.of(text) + DisplayWidth.of(mark) + 4
      if column + width - 3 > room {
        if rows.count == most {
          var rest = keys.count - place
          var row = rows[most - 1]
          // The number of the other series replaces the last names.
          while row.count > 1, column + String(rest).count + 1 > room {
            column -= DisplayWidth.of(row.removeLast().name) + 5
            rest += 1
          }
          row.append(("", "+\(rest)", nil))
          rows[most - 1] = row
          return rows
        }
        rows.append([])
        column = 0
      }
      rows[rows.count - 1].append((mark, text, layers.count == 1 ? layers[0].series : nil))
      column += width
    }
    return rows
  }

  private static func legendMark(_ layer: Scene.Layer, _ display: Display) -> String {
    let isPlain = display.isASCII || !display.hasColor
    guard let mark = layer.mark else {
      return isPlain ? String(Palette.mark(layer.series)) : layer.isLine ? "─" : "●"
    }
    if layer.isLetter || display.isASCII { return String(mark) }
    return layer.isDashed ? "╌" : "─"
  }

  // MARK: Shapes

  private func draw<Canvas: DotCanvas>(
    _: Canvas.Type, into grid: inout CellGrid, top: Int
  ) {
    let hasColor = frame.display.hasColor
    let isSplit = scene.isSplit
    var canvas = Canvas(columns: areaColumns, rows: areaRows)
    // Without colors, the groups of a scatter plot differ by character, one in a cell.
    var letters = AsciiCanvas(columns: areaColumns, rows: areaRows)
    let usesLetters = isSplit && !hasColor && Canvas.self != AsciiCanvas.self

    for layer in scene.layers {
      let color = hasColor ? Palette.category(layer.series) : nil
      let mark = layer.mark ?? (isSplit ? Palette.mark(layer.series) : "*")
      let pen = Pen(color: color, mark: mark)
      switch layer.shape {
      case .line(let x, let y):
        let path = Path(
          x: x, y: y, xAxis: xAxis, yAxis: yAxis, across: areaColumns * Canvas.dotsAcross,
          down: areaRows * Canvas.dotsDown)
        let faint = Pen(color: color?.mixed(with: RGB(110, 110, 110), 0.65), mark: ".")
        for dot in path.spread { canvas.dot(x: dot.x, y: dot.y, pen: faint) }
        path.draw(on: &canvas, pen: pen, dash: layer.isDashed ? 1 + 2 * (Canvas.dotsAcross - 1) : 0)
        if usesLetters {
          let coarse = Path(
            x: x, y: y, xAxis: xAxis, yAxis: yAxis, across: areaColumns, down: areaRows)
          coarse.drawMarks(on: &letters, pen: pen, every: 14, from: 3 + layer.series * 5 % 14)
        }
      case .dots(let x, let y):
        let usesLetters = usesLetters || layer.isLetter
        let columns = usesLetters ? areaColumns : areaColumns * Canvas.dotsAcross
        let rows = usesLetters ? areaRows : areaRows * Canvas.dotsDown
        let path = Path(
          x: x, y: y, xAxis: xAxis, yAxis: yAxis, across: columns, down: rows, thins: false)
        // A single braille dot is hard to see, and so is its color.
        let isLarge = Canvas.dotsDown == BrailleCanvas.dotsDown && x.count <= 300
        for case .some(let dot) in path.points {
          if usesLetters {
            letters.dot(x: dot.x, y: dot.y, pen: pen)
          } else {
            canvas.dot(x: dot.x, y: dot.y, pen: pen)
            if isLarge {
              // All four in the same cell, so that its color does not affect the next.
              let (left, upper) = (dot.x & ~1, dot.y & ~1)
              for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                canvas.dot(x: left + dx, y: upper + dy, pen: pen)
              }
            }
          }
        }
      case .bars(let edges, let heights):
        drawBars(edges: edges, heights: heights, color: color, into: &grid, top: top)
      }
    }
    canvas.paint(into: &grid, row: top, column: gutter)
    letters.paint(into: &grid, row: top, column: gutter)
  }

  private func drawBars(
    edges: [Double], heights: [Double], color: RGB?, into grid: inout CellGrid, top: Int
  ) {
    let ascii = frame.display.isASCII
    let floorShare = yAxis.isLogarithmic ? 0 : yAxis.fraction(0) ?? 0
    for column in 0..<areaColumns {
      let bar = column * heights.count / areaColumns
      guard heights.indices.contains(bar), let share = yAxis.fraction(heights[bar]) else {
        continue
      }
      let eighths = Double(areaRows * 8) * max(0, share - floorShare)
      // A bar that is not empty is always visible.
      var left = wholeNumber(eighths, in: 0...(areaRows * 8))
      if left == 0, heights[bar] > 0 { left = 1 }
      var row = top + areaRows - 1
      while left > 0 {
        let text =
          ascii ? (left >= 4 || row == top + areaRows - 1 ? "#" : " ") : Blocks.rising(left)
        grid.put(text, row: row, column: gutter + column, style: Style(color))
        left -= 8
        row -= 1
      }
    }
  }
}

/// Characters that fill eighths of a cell.
enum Blocks {
  /// The character that fills 1 to 8 eighths from below.
  static func rising(_ eighths: Int) -> String {
    String(["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"][max(1, min(8, eighths)) - 1])
  }

  /// The character that fills 1 to 8 eighths from the left.
  static func growing(_ eighths: Int) -> String {
    String(["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"][max(1, min(8, eighths)) - 1])
  }
}
