/// A partition of the columns of a sparse matrix into blocks of about equally many entries, for
/// sums over rows such as XᵀG. A thread owns the results of a block, so that no two threads write
/// to the same place. Each result is summed in the order of the rows: its bits do not depend on the
/// blocks.
struct ColumnBlocks: Sendable {
  /// The first column of each block, then the end of the last.
  private let boundaries: [Int32]

  /// The number of blocks.
  static let count = 8

  /// Boundaries at the quantiles of the columns of up to 2048 entries, spaced evenly over all rows.
  init(of columnCount: Int, entries: UnsafeBufferPointer<Int32>) {
    let looks = min(entries.count, 2048)
    let seen = (0..<looks).map { entries[entries.count * $0 / looks] }.sorted()
    let inner = (1..<Self.count).map { seen.isEmpty ? 0 : seen[looks * $0 / Self.count] }
    boundaries = [0] + inner + [Int32(columnCount)]
  }

  /// The columns of a block.
  subscript(block: Int) -> Range<Int32> { boundaries[block]..<boundaries[block + 1] }

  /// The positions in `from..<end` whose columns, which ascend, are in `range`. Two binary
  /// searches.
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
