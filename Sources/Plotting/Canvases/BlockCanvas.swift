/// 2×2 dots to a cell: the quadrant blocks. Bits, from the lowest: top left, top right, bottom
/// left, bottom right.
struct BlockCanvas: DotCanvas {
  static let dotsAcross = 2
  static let dotsDown = 2

  private var cells: MaskedCells

  init(columns: Int, rows: Int) {
    cells = MaskedCells(columns: columns, rows: rows)
  }

  mutating func dot(x: Int, y: Int, pen: Pen) {
    guard x >= 0, y >= 0 else { return }
    cells.set(1 << UInt8((y % 2) * 2 + x % 2), column: x / 2, row: y / 2, color: pen.color)
  }

  func paint(into grid: inout CellGrid, row: Int, column: Int) {
    cells.paint(into: &grid, row: row, column: column, character: BlockCanvas.character)
  }

  /// The block of a mask of quadrants.
  static func character(_ mask: UInt8) -> Character { blocks[Int(mask & 15)] }

  private static let blocks: [Character] = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
  ]
}
