/// The color of dots, and their character where dots are characters.
struct Pen: Sendable, Equatable {
  var color: RGB?
  var mark: Character
}

/// A raster of dots, one or more of which make a cell.
///
/// Dot (0, 0) is at the top left. Dots outside are ignored. A cell has the color of the last dot in
/// it.
protocol DotCanvas {
  /// Columns of dots in a cell.
  static var dotsAcross: Int { get }
  /// Rows of dots in a cell.
  static var dotsDown: Int { get }

  init(columns: Int, rows: Int)
  mutating func dot(x: Int, y: Int, pen: Pen)
  func paint(into grid: inout CellGrid, row: Int, column: Int)
}

extension DotCanvas {
  /// Draws a straight line by Bresenham's algorithm. Its ends must be on the raster.
  ///
  /// - Parameter dash: the dots of a dash and of the gap after it; 0 for no gaps.
  mutating func line(
    fromX x0: Int, y y0: Int, toX x1: Int, y y1: Int, pen: Pen, dash: Int = 0
  ) {
    let across = abs(x1 - x0)
    let down = -abs(y1 - y0)
    let stepX = x0 < x1 ? 1 : -1
    let stepY = y0 < y1 ? 1 : -1
    var error = across + down
    var x = x0
    var y = y0
    var step = 0
    while true {
      if dash == 0 || step / dash % 2 == 0 { dot(x: x, y: y, pen: pen) }
      step += 1
      if x == x1, y == y1 { return }
      let twice = 2 * error
      if twice >= down {
        error += down
        x += stepX
      }
      if twice <= across {
        error += across
        y += stepY
      }
    }
  }
}

/// The masks of dots and the colors of a canvas's cells.
struct MaskedCells {
  let columns: Int
  let rows: Int
  private(set) var masks: [UInt8]
  private var colors: [RGB?]

  init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
    masks = Array(repeating: 0, count: self.columns * self.rows)
    colors = Array(repeating: nil, count: self.columns * self.rows)
  }

  mutating func set(_ bit: UInt8, column: Int, row: Int, color: RGB?) {
    guard column >= 0, column < columns, row >= 0, row < rows else { return }
    masks[row * columns + column] |= bit
    colors[row * columns + column] = color
  }

  func paint(
    into grid: inout CellGrid, row: Int, column: Int, character: (UInt8) -> Character
  ) {
    for place in masks.indices where masks[place] != 0 {
      grid.put(
        String(character(masks[place])), row: row + place / columns,
        column: column + place % columns, style: Style(colors[place]))
    }
  }
}
