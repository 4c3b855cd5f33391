/// Pieces of a sparse matrix's columns, about as many entries in one as in another, for sums over rows of which
/// every entry belongs to one piece: all cores can add, none waits for another, and each entry of the result is
/// added up in the order of the rows, whatever the pieces are.
struct ColumnPieces: Sendable {
  /// Where the pieces begin, and where the last ends.
  private let boundaries: [Int32]

  /// How many there are.
  static let count = 8

  /// - Parameters:
  ///   - rows: how many rows there are to look at; a few hundred of them are.
  ///   - columns: of row i, its entries' columns.
  init(
    of columnCount: Int, rows: Int, columns: (_ i: Int) -> UnsafeBufferPointer<Int32>
  ) {
    var counts = [Int](repeating: 0, count: columnCount)
    var total = 0
    let looks = min(rows, 256)
    for look in 0..<looks {
      for column in columns(rows * look / looks) {
        counts[Int(column)] += 1
        total += 1
      }
    }
    var found: [Int32] = [0]
    var seen = 0
    for (column, count) in counts.enumerated() {
      if found.count < Self.count && seen * Self.count >= total * found.count && seen > 0 {
        found.append(Int32(column))
      }
      seen += count
    }
    boundaries = found + [Int32](repeating: Int32(columnCount), count: Self.count + 1 - found.count)
  }

  /// The columns of a piece.
  subscript(piece: Int) -> Range<Int32> { boundaries[piece]..<boundaries[piece + 1] }

  /// Which of a row's columns, which ascend, are among some.
  @inline(__always)
  static func places(
    of range: Range<Int32>, in columns: UnsafePointer<Int32>, from: Int, to end: Int
  ) -> Range<Int> {
    let first = place(in: columns, from, end, notBefore: range.lowerBound)
    return first..<place(in: columns, first, end, notBefore: range.upperBound)
  }

  private static func place(
    in columns: UnsafePointer<Int32>, _ from: Int, _ end: Int, notBefore column: Int32
  ) -> Int {
    var (low, high) = (from, end)
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < column { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
