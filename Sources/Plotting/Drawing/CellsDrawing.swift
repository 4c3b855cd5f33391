/// A matrix of colored cells with the names of its rows and columns.
struct CellsDrawing {
  /// The rectangle of all cells.
  var area: Rectangle
  var rows: Int
  var columns: Int
  var rowName: (Int) -> String
  var columnName: (Int) -> String

  /// The size of names and numbers.
  static let textSize = 11.0

  var cellWidth: Double { area.width / Double(max(1, columns)) }
  var cellHeight: Double { area.height / Double(max(1, rows)) }

  /// Adds the names of rows, in at most `room` pixels before the cells; some, where there are many.
  func addRowNames(to drawing: inout Drawing, room: Double) {
    let step = Self.step(cellHeight, apart: 14)
    for row in stride(from: 0, to: rows, by: step) {
      let name = TextMetrics.clipped(rowName(row), to: room, size: Self.textSize)
      let y = area.y + (Double(row) + 0.5) * cellHeight + 4
      drawing.add(
        .text(
          name, Point(area.x - 6, y),
          TextStyle(size: Self.textSize, paint: .faint, anchor: .end)))
    }
  }

  /// Whether the names of columns are turned, since they don't fit over or under their cells.
  var turnsColumnNames: Bool {
    let widest = widestColumnName
    return widest > cellWidth - 4 && widest > 24 && cellWidth >= 12
  }

  /// The height that names of columns take, at most `limit`.
  func columnNameHeight(atMost limit: Double = 110) -> Double {
    turnsColumnNames ? min(widestColumnName, limit) + 8 : 18
  }

  /// Adds the names of columns, below the cells or above them.
  func addColumnNames(to drawing: inout Drawing, isAbove: Bool = false) {
    let turns = turnsColumnNames
    let height = columnNameHeight()
    let step = turns ? 1 : Self.step(cellWidth, apart: widestColumnName + 4)
    for column in stride(from: 0, to: columns, by: step) {
      let x = area.x + (Double(column) + 0.5) * cellWidth
      var style = TextStyle(size: Self.textSize, paint: .faint, anchor: .middle)
      let beside = min(cellWidth * Double(step) - 4, 2 * min(x, drawing.width - x))
      let room = turns ? height - 8 : max(beside, 12)
      let name = TextMetrics.clipped(columnName(column), to: room, size: Self.textSize)
      if turns {
        style.isUpright = true
        style.anchor = isAbove ? .start : .end
        let y = isAbove ? area.y - 6 : area.bottom + 6
        drawing.add(.text(name, Point(x + 4, y), style))
      } else {
        drawing.add(.text(name, Point(x, isAbove ? area.y - 6 : area.bottom + 14), style))
      }
    }
  }

  /// Adds a text in the middle of each cell.
  func addTexts(
    to drawing: inout Drawing, text: (Int, Int) -> String, ground: (Int, Int) -> RGB?,
    isBold: (Int, Int) -> Bool = { _, _ in false }
  ) {
    for row in 0..<rows {
      for column in 0..<columns {
        let place = Point(
          area.x + (Double(column) + 0.5) * cellWidth,
          area.y + (Double(row) + 0.5) * cellHeight + 4)
        let paint = ground(row, column).map { Paint.fixed(Palette.ink(on: $0)) } ?? .faint
        drawing.add(
          .text(
            text(row, column), place,
            TextStyle(
              size: Self.textSize, paint: paint, anchor: .middle, isBold: isBold(row, column))))
      }
    }
  }

  private var widestColumnName: Double {
    (0..<columns).reduce(0) {
      max($0, TextMetrics.width(of: columnName($1), size: Self.textSize))
    }
  }

  /// A round number of cells that keeps names at least `apart` pixels apart.
  private static func step(_ cell: Double, apart: Double) -> Int {
    guard cell > 0 else { return 1 }
    var size = 1
    while true {
      for factor in [1, 2, 5] where Double(size * factor) * cell >= apart { return size * factor }
      if size > 1 << 40 { return size }
      size *= 10
    }
  }
}
