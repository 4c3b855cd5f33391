/// 2×4 dots to a cell: the braille patterns U+2800…U+28FF.
///
/// The bits are numbered as the dots of braille are, in the Unicode Standard's chapter on braille:
///
///     0 3
///     1 4
///     2 5
///     6 7
struct BrailleCanvas: DotCanvas {
  static let dotsAcross = 2
  static let dotsDown = 4

  private var cells: MaskedCells

  init(columns: Int, rows: Int) {
    cells = MaskedCells(columns: columns, rows: rows)
  }

  mutating func dot(x: Int, y: Int, pen: Pen) {
    guard x >= 0, y >= 0 else { return }
    let bit = BrailleCanvas.bits[(y % 4) * 2 + x % 2]
    cells.set(bit, column: x / 2, row: y / 4, color: pen.color)
  }

  func paint(into grid: inout CellGrid, row: Int, column: Int) {
    cells.paint(into: &grid, row: row, column: column, character: BrailleCanvas.character)
  }

  /// The pattern of a mask of dots.
  static func character(_ mask: UInt8) -> Character {
    Unicode.Scalar(0x2800 + UInt32(mask)).map(Character.init) ?? " "
  }

  private static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}
