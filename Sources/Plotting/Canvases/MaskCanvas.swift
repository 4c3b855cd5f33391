/// A set of characters for dots: each dot of a cell is a bit, and each mask of bits a character.
protocol DotMarks {
  static var dotsAcross: Int { get }
  static var dotsDown: Int { get }

  /// The bit of each dot of a cell, row by row.
  static var bits: [UInt8] { get }

  /// The character of a mask of dots.
  static func character(_ mask: UInt8) -> Character
}

/// A canvas whose cells show several dots in one color.
struct MaskCanvas<Marks: DotMarks>: DotCanvas {
  static var dotsAcross: Int { Marks.dotsAcross }
  static var dotsDown: Int { Marks.dotsDown }

  private var cells: MaskedCells

  init(columns: Int, rows: Int) {
    cells = MaskedCells(columns: columns, rows: rows)
  }

  mutating func dot(x: Int, y: Int, pen: Pen) {
    guard x >= 0, y >= 0 else { return }
    let (across, down) = (Marks.dotsAcross, Marks.dotsDown)
    cells.set(
      Marks.bits[y % down * across + x % across], column: x / across, row: y / down,
      color: pen.color)
  }

  func paint(into grid: inout CellGrid, row: Int, column: Int) {
    cells.paint(into: &grid, row: row, column: column, character: Marks.character)
  }
}
