/// Blocks of a sparse matrix's columns, about as many entries in one as in another, for sums over
/// rows of which every entry belongs to one block: all cores can add, none waits for another, and
/// each entry of the result is added up in the order of the rows, whatever the blocks are.
struct ColumnBlocks: Sendable {
  /// Where the blocks begin, and where the last ends.
  private let boundaries: [Int32]

  /// How many there are.
  static let count = 8

  /// From the columns of some of the entries, all over the rows.
  init(of columnCount: Int, entries: UnsafeBufferPointer<Int32>) {
    let looks = min(entries.count, 2048)
    let seen = (0..<looks).map { entries[entries.count * $0 / looks] }.sorted()
    let inner = (1..<Self.count).map { seen.isEmpty ? 0 : seen[looks * $0 / Self.count] }
    boundaries = [0] + inner + [Int32(columnCount)]
  }

  /// The columns of a block.
  subscript(block: Int) -> Range<Int32> { boundaries[block]..<boundaries[block + 1] }

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
