/// Rows of which only the entries that are not zero are kept, in compressed form (CSR): row i has
/// the entries `rowStarts[i]..<rowStarts[i + 1]`, each with its column, which ascend, and its
/// value. What points into it is valid as long as it lives.
public final class SparseMatrix: FeatureStorage, @unchecked Sendable {
  public let rows: Int
  public let columns: Int
  /// Where each row begins, and where the last one ends: rows + 1 numbers.
  public let rowStarts: [Int]
  /// What the cores share the columns by.
  let columnBlocks: ColumnBlocks
  private let indexPointer: UnsafeMutablePointer<Int32>
  private let valuePointer: UnsafeMutablePointer<Double>

  /// The most columns that it can have.
  public static let mostColumns = Int(Int32.max)

  /// rows × columns zeros but for the entries that are given, row by row.
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

  /// The same, with columns and values of all entries written by `fill`, which leaves none out.
  ///
  /// - Throws: `MemoryRefused`, or what `fill` throws.
  public init(
    rows: Int, columns: Int, rowStarts: [Int],
    fill: (UnsafeMutableBufferPointer<Int32>, UnsafeMutableBufferPointer<Double>) throws -> Void
  ) throws {
    precondition(rowStarts.count == rows + 1 && rowStarts[0] == 0)
    precondition(columns <= Self.mostColumns)
    let count = rowStarts[rows]
    try MemoryLimit.require(rows: count, columns: 1, bytesPerEntry: 12)
    self.rows = rows
    self.columns = columns
    self.rowStarts = rowStarts
    indexPointer = allocateEntries(count)
    valuePointer = allocateEntries(count)
    let indices = UnsafeMutableBufferPointer(start: indexPointer, count: count)
    do {
      try fill(indices, UnsafeMutableBufferPointer(start: valuePointer, count: count))
    } catch {
      UnsafeMutableRawPointer(indexPointer).deallocate()
      UnsafeMutableRawPointer(valuePointer).deallocate()
      throw error
    }
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
    columnBlocks = ColumnBlocks(of: columns, entries: UnsafeBufferPointer(indices))
  }

  deinit {
    UnsafeMutableRawPointer(indexPointer).deallocate()
    UnsafeMutableRawPointer(valuePointer).deallocate()
  }

  /// How many entries are kept.
  public var entryCount: Int { rowStarts[rows] }
  public var memoryBytes: Int { 12 * entryCount + 8 * (rows + 1) }
  public var storageName: String { "sparse" }
  /// Nil: products of sparse rows are their own.
  public var denseRows: DenseRows? { nil }

  /// The columns of a row's entries.
  public func indices(ofRow i: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: indexPointer + rowStarts[i], count: rowStarts[i + 1] - rowStarts[i])
  }

  /// The values of a row's entries.
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

  /// Where the entries of all rows begin.
  var firstEntry: (index: UnsafePointer<Int32>, value: UnsafePointer<Double>) {
    (UnsafePointer(indexPointer), UnsafePointer(valuePointer))
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
