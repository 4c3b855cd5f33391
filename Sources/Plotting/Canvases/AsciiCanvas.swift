/// A canvas with one dot in a cell, the character of the pen.
struct AsciiCanvas: DotCanvas {
  static let dotsAcross = 1
  static let dotsDown = 1

  private let columns: Int
  private let rows: Int
  private var pens: [Pen?]

  init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
    pens = Array(repeating: nil, count: self.columns * self.rows)
  }

  mutating func dot(x: Int, y: Int, pen: Pen) {
    guard x >= 0, x < columns, y >= 0, y < rows else { return }
    pens[y * columns + x] = pen
  }

  func paint(into grid: inout CellGrid, row: Int, column: Int) {
    for (place, pen) in pens.enumerated() {
      guard let pen else { continue }
      grid.put(
        String(pen.mark), row: row + place / columns, column: column + place % columns,
        style: Style(pen.color))
    }
  }
}
