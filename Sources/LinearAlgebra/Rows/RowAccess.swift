import CKernels

extension Features {
  /// Whether `RowAccess` stores only the nonzero entries of these rows.
  package var areSparseRows: Bool { storage is SparseMatrix || CompressedRows.pay(self) }
}

/// Prepared rows in double, for methods that go from sample to sample: dense rows that are padded,
/// or sparse ones whose preparation is applied by algebra.
///
/// With m = σ∘μ, the prepared row of a sparse x is v − m, where v = σ∘x is as sparse as x. Products
/// with it are products with v, corrected by stored sums.
package final class RowAccess: @unchecked Sendable {
  /// N, the number of rows.
  package let count: Int
  /// D, the bias column included.
  package let columns: Int
  /// ‖x_i‖² of each prepared row.
  package let squaredNorms: Buffer

  package enum Form {
    /// Rows of `padded` doubles.
    case dense(UnsafeMutablePointer<Double>, padded: Int)
    case sparse(SparseRows)
  }

  /// Sparse rows v, and products with m. Plain pointers, since the loops over them are short; they
  /// are valid as long as the `RowAccess`.
  package struct SparseRows {
    /// The first entry of each row and the end of its entries: 2N numbers.
    package let starts: UnsafePointer<Int>
    package let indices: UnsafePointer<Int32>
    package let values: UnsafePointer<Double>
    /// m; nil where nothing is subtracted.
    package let shift: UnsafePointer<Double>?
    /// v_i·m of each row; uninitialized where nothing is subtracted.
    let shifted: UnsafePointer<Double>
    /// ‖m‖².
    let shiftNorm: Double
    let hasBias: Bool
    let rawColumns: Int
    /// Whether all values are 1.
    package let isUnit: Bool
    /// Average number of entries of a row, rounded down.
    package let meanCount: Int
    let columnBlocks: ColumnBlocks
  }

  /// Average number of entries of a row; for dense rows the padded length.
  package var meanEntries: Int {
    switch form {
    case .dense(_, let padded): padded
    case .sparse(let sparse): sparse.meanCount
    }
  }

  package let form: Form
  private let owners: [AnyObject]

  /// The rows of `features`. Dense rows are copied and prepared. Rows that are mostly zeros become
  /// sparse, unless `densely` asks for dense rows; then sparse ones become dense, too.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  package init(_ features: Features, densely: Bool = false) throws {
    count = features.rows
    columns = features.columns
    if !densely,
      let (matrix, rows) = try (features.storage as? SparseMatrix).map({ ($0, features) })
        ?? CompressedRows.of(features)
    {
      let (sparse, owners) = try Self.sparseRows(rows, matrix)
      self.owners = owners + [matrix]
      form = .sparse(sparse)
      let norms = Buffer(uninitialized: count)
      let (rows, target) = (UncheckedSendable(sparse), UncheckedSendable(norms.pointer))
      try Parallel.forEachBlock(of: count, costEach: sparse.meanCount) { block in
        try Interruption.check()
        let sparse = rows.value
        for i in block {
          var sum = sparse.hasBias ? 1.0 : 0
          for k in sparse.starts[2 * i]..<sparse.starts[2 * i + 1] {
            sum += sparse.values[k] * sparse.values[k]
          }
          if sparse.shift != nil { sum += sparse.shiftNorm - 2 * sparse.shifted[i] }
          target.value[i] = sum
        }
      }
      squaredNorms = norms
      return
    }
    let padded = (columns + 15) / 16 * 16
    try MemoryLimit.require(rows: count, columns: padded, bytesPerEntry: 8)
    let memory = Scratch(bytes: Scratch.bytes(for: count * padded, of: Double.self))
    let first = memory.take(count * padded, of: Double.self)
    let norms = Buffer(uninitialized: count)
    let (rows, columns) = (UncheckedSendable(first), columns)
    let variant = Kernels.number
    try Parallel.forEachBlock(of: count, costEach: columns) { block in
      try Interruption.check()
      for i in block {
        let row = rows.value + i * padded
        features.write(row: i, to: row)
        for d in columns..<padded { row[d] = 0 }
        norms.pointer[i] = svm_dot(variant, row, row, padded)
      }
    }
    squaredNorms = norms
    owners = [memory]
    form = .dense(first, padded: padded)
  }

  /// The scaled entries of the rows, and the objects that own their memory.
  private static func sparseRows(
    _ features: Features, _ matrix: SparseMatrix
  ) throws -> (SparseRows, [AnyObject]) {
    let preparation = features.preparation
    let (indices, values) = matrix.entries
    let (n, d) = (features.rows, matrix.columns)
    let (first, raw) = matrix.firstEntry
    let starts = TypedScratch<Int>(2 * n)
    Parallel.forEachBlock(of: n, costEach: 4) { block in
      for i in block {
        let row = features.storageRow(i)
        starts.pointer[2 * i] = matrix.rowStarts[row]
        starts.pointer[2 * i + 1] = matrix.rowStarts[row + 1]
      }
    }
    var scaled = raw
    var owners: [AnyObject] = [starts]
    if let scale = preparation.scale {
      try MemoryLimit.require(rows: values.count, columns: 1, bytesPerEntry: 8)
      let own = TypedScratch<Double>(values.count)
      try Interruption.forEachRange(of: values.count, costEach: 2) { range in
        for k in range { own.pointer[k] = values[k] * scale[Int(indices[k])] }
      }
      scaled = UnsafePointer(own.pointer)
      owners.append(own)
    }
    let shift = TypedScratch<Double>(d)
    let shifted = TypedScratch<Double>(n)
    var shiftNorm = 0.0
    if let mean = preparation.mean {
      for j in 0..<d {
        let m = mean[j] * (preparation.scale?[j] ?? 1)
        shift.pointer[j] = m
        shiftNorm += m * m
      }
      let cost = 2 * values.count / max(n, 1) + 4
      try Interruption.forEachRange(of: n, costEach: cost) { rows in
        for i in rows {
          var sum = 0.0
          for k in starts.pointer[2 * i]..<starts.pointer[2 * i + 1] {
            sum += scaled[k] * shift.pointer[Int(first[k])]
          }
          shifted.pointer[i] = sum
        }
      }
    }
    owners += [shift, shifted]
    let numbers = UncheckedSendable(scaled)
    let others = try Parallel.sums(over: values.count) { block in
      try Interruption.check()
      return block.allSatisfy { numbers.value[$0] == 1 } ? .zero : .one
    }
    let rows = SparseRows(
      starts: UnsafePointer(starts.pointer), indices: first, values: scaled,
      shift: preparation.mean == nil ? nil : UnsafePointer(shift.pointer),
      shifted: UnsafePointer(shifted.pointer), shiftNorm: shiftNorm,
      hasBias: preparation.hasBias, rawColumns: d,
      isUnit: others[0] == 0,
      meanCount: values.count / max(matrix.rows, 1), columnBlocks: matrix.columnBlocks)
    return (rows, owners)
  }
}
