import CKernels

extension Matrix {
  /// The matrix product: rows × columns times columns × K, O(rows · columns · K). The same bits for
  /// any number of threads.
  ///
  /// - Throws: `ShapeMismatch`, `MemoryRefused`, `Interrupted`.
  public func product(with other: Matrix) throws -> Matrix {
    try ShapeMismatch.check("A B", columns: columns, rows: other.rows)
    try MemoryLimit.require(rows: rows, columns: other.columns, bytesPerEntry: 8)
    let result = Buffer(uninitialized: rows * other.columns)
    try MatrixProducts.multiply(
      buffer.pointer, other.buffer.pointer, into: result.pointer, rows: rows, inner: columns,
      columns: other.columns)
    return Matrix(rows: rows, columns: other.columns, sharing: result)
  }

  /// selfᵀ · other, columns × K for `other` with K columns, without the transpose in memory.
  ///
  /// - Throws: `ShapeMismatch`, `MemoryRefused`, `Interrupted`.
  public func transposedProduct(with other: Matrix) throws -> Matrix {
    try ShapeMismatch.check("Aᵀ B", columns: rows, rows: other.rows)
    return try Products.gradient(Features(DoubleMatrix(self)), other, precision: .double)
  }

  /// The transpose, columns × rows, as a new matrix.
  public var transposed: Matrix {
    let result = Buffer(uninitialized: count)
    let (source, target) = (buffer.pointer, result.pointer)
    // Tiles of 16×16, which stay in the cache.
    for top in stride(from: 0, to: rows, by: 16) {
      for left in stride(from: 0, to: columns, by: 16) {
        for j in left..<Swift.min(left + 16, columns) {
          for i in top..<Swift.min(top + 16, rows) {
            target[j * rows + i] = source[i * columns + j]
          }
        }
      }
    }
    return Matrix(rows: columns, columns: rows, sharing: result)
  }
}

/// C = A B of matrices anywhere in memory, row by row without gaps.
package enum MatrixProducts {
  /// Writes A B, rows × columns, where A is rows × inner and B is inner × columns. C must not
  /// overlap A or B.
  ///
  /// How the sum of an entry is ordered depends on the shapes, never on the number of threads.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  package static func multiply(
    _ A: UnsafePointer<Double>, _ B: UnsafePointer<Double>, into C: UnsafeMutablePointer<Double>,
    rows: Int, inner: Int, columns: Int
  ) throws {
    if rows == 0 || columns == 0 { return }
    if inner == 0 {
      C.update(repeating: 0, count: rows * columns)
    } else if columns == 1 {
      try matrixTimesVector(A, B, into: C, rows: rows, inner: inner)
    } else if rows < 8 {
      try fewRows(A, B, into: C, rows: rows, inner: inner, columns: columns)
    } else if inner < 32 {
      try shortSums(A, B, into: C, rows: rows, inner: inner, columns: columns)
    } else {
      try longSums(A, B, into: C, rows: rows, inner: inner, columns: columns)
    }
  }

  /// The dot product of two vectors.
  package static func dot(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int
  ) -> Double {
    if count == 0 { return 0 }
    var result = 0.0
    svm_matrix_vector(Kernels.number, a, 1, count, b, &result)
    return result
  }

  /// A v: a dot product for each row.
  private static func matrixTimesVector(
    _ A: UnsafePointer<Double>, _ v: UnsafePointer<Double>,
    into out: UnsafeMutablePointer<Double>, rows: Int, inner: Int
  ) throws {
    let (A, v, out) = (UncheckedSendable(A), UncheckedSendable(v), UncheckedSendable(out))
    let variant = Kernels.number
    try Parallel.forEachBlock(of: rows, costEach: inner) { block in
      try Interruption.check()
      svm_matrix_vector(
        variant, A.value + block.lowerBound * inner, block.count, inner, v.value,
        out.value + block.lowerBound)
    }
  }

  /// Each row of A with all of B, several columns at once.
  private static func fewRows(
    _ A: UnsafePointer<Double>, _ B: UnsafePointer<Double>,
    into C: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
  ) throws {
    let (A, B, C) = (UncheckedSendable(A), UncheckedSendable(B), UncheckedSendable(C))
    let variant = Kernels.number
    // Columns in blocks of 64, so that several threads share a wide B.
    let width = inner * columns < 65536 ? columns : 64
    let blocks = (columns + width - 1) / width
    try Parallel.forEach(rows * blocks) { block in
      try Interruption.check()
      let (i, first) = (block / blocks, block % blocks * width)
      svm_vector_matrix(
        variant, A.value + i * inner, inner, B.value + first, min(width, columns - first),
        columns, C.value + i * columns + first)
    }
  }

  /// Few terms to a sum: rows of B, each times its factor, added up in vectors along the columns.
  private static func shortSums(
    _ A: UnsafePointer<Double>, _ B: UnsafePointer<Double>,
    into C: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
  ) throws {
    let padded = (columns + 15) / 16 * 16
    let panel = max(8, min(64, 32768 / padded))
    let panels = (rows + panel - 1) / panel
    let workers = min(Parallel.threads, panels)
    try MemoryLimit.require(
      rows: inner + workers * panel, columns: padded, bytesPerEntry: 8)
    let wide = TypedScratch<Double>(inner * padded)
    for k in 0..<inner {
      let target = wide.pointer + k * padded
      target.update(from: B + k * columns, count: columns)
      (target + columns).update(repeating: 0, count: padded - columns)
    }
    let pointers = TypedScratch<UnsafeRawPointer?>(rowsWithTile(of: inner))
    for k in 0..<rowsWithTile(of: inner) {
      pointers.pointer[k] = UnsafeRawPointer(wide.pointer + min(k, inner - 1) * padded)
    }
    let results = TypedScratch<Double>(workers * panel * padded)
    let (A, C) = (UncheckedSendable(A), UncheckedSendable(C))
    let variant = Kernels.number
    try Parallel.run(panels) { p, worker in
      try Interruption.check()
      let first = p * panel
      let count = min(panel, rows - first)
      let own = results.pointer + worker * panel * padded
      let rows = UnsafeMutableRawPointer(pointers.pointer).assumingMemoryBound(
        to: UnsafePointer<Double>?.self)
      Double.rankUpdate(
        variant, rows, inner, A.value + first * inner, rowStride: 1, classStride: inner,
        classes: count, columns: padded, into: own, adds: false,
        ahead: RowsAhead(pointers: pointers.pointer, entryBytes: 8))
      // From blocks of columns to rows.
      for from in stride(from: 0, to: columns, by: Int(svm_block)) {
        let width = min(Int(svm_block), padded - from)
        for i in 0..<count {
          (C.value + (first + i) * columns + from).update(
            from: own + from * count + i * width, count: min(width, columns - from))
        }
      }
      withExtendedLifetime(wide) {}
    }
  }

  /// Many terms to a sum: dot products along them, as scores are.
  private static func longSums(
    _ A: UnsafePointer<Double>, _ B: UnsafePointer<Double>,
    into C: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
  ) throws {
    let features = Features(BorrowedRows(A, rows: rows, columns: inner))
    try DensePass(DecodedRows<Double>(features), classes: columns).scores(B, inner: inner, into: C)
  }

  /// Rows that the caller keeps in memory while the product runs.
  private final class BorrowedRows: FeatureStorage, @unchecked Sendable {
    let rows: Int
    let columns: Int
    private let first: UnsafePointer<Double>

    init(_ first: UnsafePointer<Double>, rows: Int, columns: Int) {
      self.first = first
      self.rows = rows
      self.columns = columns
    }

    var memoryBytes: Int { 0 }
    var storageName: String { "double" }
    var denseRows: DenseRows? { .double(first, stride: columns) }

    func decode(row: Int, into target: UnsafeMutablePointer<Double>) {
      target.update(from: first + row * columns, count: columns)
    }

    func decode(row: Int, into target: UnsafeMutablePointer<Float>) {
      for j in 0..<columns { target[j] = Float(first[row * columns + j]) }
    }
  }
}
