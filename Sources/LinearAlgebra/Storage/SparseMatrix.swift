/// Rows in compressed form (CSR), of which only nonzero entries are stored. Row i has the entries
/// `rowStarts[i]..<rowStarts[i + 1]`, each with its value and its column; columns ascend. Pointers
/// into the matrix are valid as long as it lives.
public final class SparseMatrix: FeatureStorage, @unchecked Sendable {
  public let rows: Int
  public let columns: Int
  /// The first entry of each row, then the end of the last: rows + 1 numbers.
  public let rowStarts: [Int]
  /// The partition of columns for sums over rows.
  let columnBlocks: ColumnBlocks
  private let memory: SparseEntries
  private let indexPointer: UnsafePointer<Int32>
  private let valuePointer: UnsafePointer<Double>

  /// The largest number of columns.
  public static let mostColumns = Int(Int32.max)

  /// A rows × columns matrix from its stored entries, row by row.
  ///
  /// - Parameters:
  ///   - rowStarts: ascends from 0 to the number of entries.
  ///   - columnIndices: below `columns`, and ascending in each row without repeats.
  /// - Throws: `MemoryRefused`. Indices that are out of order or range trap: readers of files check
  ///   them first.
  public convenience init(
    rows: Int, columns: Int, rowStarts: [Int], columnIndices: [Int32], values: [Double]
  ) throws {
    precondition(values.count == columnIndices.count)
    try self.init(rows: rows, columns: columns, rowStarts: rowStarts) { indices, target in
      for i in 0..<values.count {
        indices[i] = columnIndices[i]
        target[i] = values[i]
      }
    }
  }

  /// The same, where `fill` writes columns and values of all entries.
  ///
  /// - Throws: `MemoryRefused`, or what `fill` throws.
  public convenience init(
    rows: Int, columns: Int, rowStarts: [Int],
    fill: (UnsafeMutableBufferPointer<Int32>, UnsafeMutableBufferPointer<Double>) throws -> Void
  ) throws {
    precondition(rowStarts.count == rows + 1 && rowStarts[0] == 0)
    let entries = try SparseEntries(capacity: rowStarts[rows])
    try fill(
      UnsafeMutableBufferPointer(start: entries.indices, count: entries.capacity),
      UnsafeMutableBufferPointer(start: entries.values, count: entries.capacity))
    self.init(rows: rows, columns: columns, rowStarts: rowStarts, takingOver: entries)
  }

  /// The same of the first entries of a memory, which nobody writes any more.
  public init(rows: Int, columns: Int, rowStarts: [Int], takingOver entries: SparseEntries) {
    precondition(rowStarts.count == rows + 1 && rowStarts[0] == 0)
    precondition(columns <= Self.mostColumns && rowStarts[rows] <= entries.capacity)
    self.rows = rows
    self.columns = columns
    self.rowStarts = rowStarts
    memory = entries
    indexPointer = UnsafePointer(entries.indices)
    valuePointer = UnsafePointer(entries.values)
    let count = rowStarts[rows]
    let places = UncheckedSendable(indexPointer)
    Parallel.forEachBlock(of: rows, costEach: count / max(rows, 1) + 1) { block in
      for i in block {
        precondition(rowStarts[i] <= rowStarts[i + 1])
        var last: Int32 = -1
        for k in rowStarts[i]..<rowStarts[i + 1] {
          let column = places.value[k]
          precondition(column > last && column < columns)
          last = column
        }
      }
    }
    columnBlocks = ColumnBlocks(
      of: columns, entries: UnsafeBufferPointer(start: indexPointer, count: count))
  }

  /// The number of stored entries.
  public var entryCount: Int { rowStarts[rows] }
  public var memoryBytes: Int { 12 * entryCount + 8 * (rows + 1) }
  public var isOnDisk: Bool { DiskMemory.holds(valuePointer) }
  public var storageName: String { "sparse" }
  /// Nil: sparse rows have products of their own.
  public var denseRows: DenseRows? { nil }

  /// The columns of the entries of row `i`, ascending.
  public func indices(ofRow i: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: indexPointer + rowStarts[i], count: rowStarts[i + 1] - rowStarts[i])
  }

  /// The values of the entries of row `i`.
  public func values(ofRow i: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: valuePointer + rowStarts[i], count: rowStarts[i + 1] - rowStarts[i])
  }

  /// Columns and values of all entries, row by row.
  public var entries: (indices: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Double>) {
    (
      UnsafeBufferPointer(start: indexPointer, count: entryCount),
      UnsafeBufferPointer(start: valuePointer, count: entryCount)
    )
  }

  /// Writes the raw numbers of a row as doubles, zeros among them.
  public func decode(row: Int, into target: UnsafeMutablePointer<Double>) {
    target.update(repeating: 0, count: columns)
    let values = values(ofRow: row)
    for (k, j) in indices(ofRow: row).enumerated() { target[Int(j)] = values[k] }
  }

  /// Writes the raw numbers of a row, rounded to singles.
  public func decode(row: Int, into target: UnsafeMutablePointer<Float>) {
    target.update(repeating: 0, count: columns)
    let values = values(ofRow: row)
    for (k, j) in indices(ofRow: row).enumerated() { target[Int(j)] = Float(values[k]) }
  }

  /// Pointers to the first entry of all.
  var firstEntry: (index: UnsafePointer<Int32>, value: UnsafePointer<Double>) {
    (indexPointer, valuePointer)
  }

  /// The same rows with zeros in more columns; shares nothing.
  ///
  /// - Throws: `MemoryRefused`.
  public func widened(to columns: Int) throws -> SparseMatrix {
    let (ownIndices, ownValues) = entries
    return try SparseMatrix(rows: rows, columns: columns, rowStarts: rowStarts) {
      indices, values in
      _ = indices.update(fromContentsOf: ownIndices)
      _ = values.update(fromContentsOf: ownValues)
    }
  }
}
