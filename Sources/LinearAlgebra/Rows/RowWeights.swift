import CKernels

/// Weights D×K that take part in products with single rows, and grow by multiples of them. Not for
/// two threads at once, unless all of them only read.
package final class RowWeights: @unchecked Sendable {
  /// The rows.
  package let rows: RowAccess
  /// K.
  package let classes: Int
  /// Dense: K vectors of `padded` entries. Sparse: K numbers for each raw column, then for the
  /// bias.
  let storage: Buffer
  /// The number of weights of one class, with what fills vectors up.
  package var length: Int { storage.count / classes }
  /// Sparse rows with m: Σ of the factors of every update, and m·w without its part of m.
  var factors: [Double]
  var shifts: [Double]
  private let variant = Kernels.number

  /// Zeros.
  ///
  /// - Throws: `MemoryRefused`.
  package init(_ rows: RowAccess, classes: Int) throws {
    self.rows = rows
    self.classes = classes
    let length: Int
    switch rows.form {
    case .dense(_, let padded): length = padded
    case .sparse(let sparse): length = sparse.rawColumns + 1
    }
    try MemoryLimit.require(rows: length, columns: classes, bytesPerEntry: 8)
    storage = Buffer(zeros: length * classes)
    factors = [Double](repeating: 0, count: classes)
    shifts = factors
  }

  /// Everything that makes up the weights.
  package var state: SavedState {
    SavedState(
      "weights of rows", ["values": storage.array, "factors": factors, "shifts": shifts])
  }

  /// Takes weights over from a state.
  ///
  /// - Throws: `StateMismatch` where it is of other rows or classes.
  package func restore(_ state: SavedState) throws {
    try state.require("weights of rows")
    storage.fill(try state.array("values", count: storage.count))
    factors = try state.array("factors", count: classes)
    shifts = try state.array("shifts", count: classes)
  }

  /// The weights of sparse rows as they are, and that of the bias.
  package func withPlainEntries<R>(
    _ body: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>?) -> R
  ) -> R {
    guard case .sparse(let sparse) = rows.form, sparse.hasBias else {
      return body(storage.pointer, nil)
    }
    return body(storage.pointer, storage.pointer + sparse.rawColumns)
  }

  /// Asks for a row before it is needed.
  @inline(__always)
  package func prefetch(_ i: Int) {
    switch rows.form {
    case .dense(let first, let padded): svm_prefetch(first + i * padded, 8 * padded)
    case .sparse(let sparse):
      let from = sparse.starts[2 * i]
      let count = sparse.starts[2 * i + 1] - from
      svm_prefetch_once(sparse.indices + from, 4 * count)
      svm_prefetch_once(sparse.values + from, 8 * count)
    }
  }

  /// Asks for where a row's entries are, before they are asked for.
  @inline(__always)
  package func prefetchPlace(_ i: Int) {
    if case .sparse(let sparse) = rows.form { svm_prefetch(sparse.starts + 2 * i, 16) }
  }

  /// Asks for the weights of a row's columns, where they are too many for the nearest cache.
  @inline(__always)
  package func prefetchWeights(_ i: Int) {
    guard classes > 1, case .sparse(let sparse) = rows.form else { return }
    for k in sparse.starts[2 * i]..<sparse.starts[2 * i + 1] {
      svm_prefetch(storage.pointer + Int(sparse.indices[k]) * classes, 8 * classes)
    }
  }

  /// w·x_i, where K is 1.
  package func score(_ i: Int) -> Double {
    switch rows.form {
    case .dense(let first, let padded):
      return svm_dot(variant, first + i * padded, storage.pointer, padded)
    case .sparse(let sparse):
      let from = sparse.starts[2 * i]
      var sum = svm_sparse_dot(
        sparse.indices + from, sparse.values + from, sparse.starts[2 * i + 1] - from,
        storage.pointer)
      if sparse.shift != nil {
        sum -= factors[0] * sparse.shifted[i] + shifts[0] - factors[0] * sparse.shiftNorm
      }
      return sparse.hasBias ? sum + storage.pointer[sparse.rawColumns] : sum
    }
  }

  /// w ← w + a x_i, where K is 1.
  package func add(_ i: Int, _ a: Double) {
    switch rows.form {
    case .dense(let first, let padded):
      svm_axpy(variant, a, first + i * padded, storage.pointer, padded)
    case .sparse(let sparse):
      let from = sparse.starts[2 * i]
      svm_sparse_axpy(
        a, sparse.indices + from, sparse.values + from, sparse.starts[2 * i + 1] - from,
        storage.pointer)
      if sparse.shift != nil {
        factors[0] += a
        shifts[0] += a * sparse.shifted[i]
      }
      if sparse.hasBias { storage.pointer[sparse.rawColumns] += a }
    }
  }

  /// Wᵀx_i, K numbers.
  package func scores(_ i: Int, into s: UnsafeMutablePointer<Double>) {
    switch rows.form {
    case .dense(let first, let padded):
      svm_matrix_vector(variant, storage.pointer, classes, padded, first + i * padded, s)
    case .sparse(let sparse):
      let from = sparse.starts[2 * i]
      let bias = storage.pointer + sparse.rawColumns * classes
      for j in 0..<classes { s[j] = sparse.hasBias ? bias[j] : 0 }
      svm_sparse_scores(
        sparse.indices + from, sparse.values + from, sparse.starts[2 * i + 1] - from,
        storage.pointer, classes, s)
      guard sparse.shift != nil else { return }
      for j in 0..<classes {
        s[j] -= factors[j] * sparse.shifted[i] + shifts[j] - factors[j] * sparse.shiftNorm
      }
    }
  }

  /// W ← W + x_i aᵀ, with K numbers a.
  package func add(_ i: Int, _ a: UnsafePointer<Double>) {
    switch rows.form {
    case .dense(let first, let padded):
      for j in 0..<classes where a[j] != 0 {
        svm_axpy(variant, a[j], first + i * padded, storage.pointer + j * padded, padded)
      }
    case .sparse(let sparse):
      let from = sparse.starts[2 * i]
      svm_sparse_update(
        a, sparse.indices + from, sparse.values + from, sparse.starts[2 * i + 1] - from,
        storage.pointer, classes)
      if sparse.shift != nil {
        for j in 0..<classes {
          factors[j] += a[j]
          shifts[j] += a[j] * sparse.shifted[i]
        }
      }
      if sparse.hasBias {
        let bias = storage.pointer + sparse.rawColumns * classes
        for j in 0..<classes { bias[j] += a[j] }
      }
    }
  }

  /// Writes W into D×`stride` numbers from `offset` on.
  package func write(to target: UnsafeMutablePointer<Double>, stride: Int, offset: Int) {
    for j in 0..<classes {
      forEachEntry(ofColumn: j) { d, w in target[d * stride + offset + j] = w }
    }
  }

  /// Σ W².
  package var squaredNorm: Double {
    var total = 0.0
    for j in 0..<classes {
      var sum = 0.0
      forEachEntry(ofColumn: j) { _, w in sum += w * w }
      total += sum
    }
    return total
  }

  private func forEachEntry(ofColumn j: Int, _ body: (Int, Double) -> Void) {
    switch rows.form {
    case .dense(_, let padded):
      for d in 0..<rows.columns { body(d, storage.pointer[j * padded + d]) }
    case .sparse(let sparse):
      let (factor, entries) = (factors[j], storage.pointer)
      for d in 0..<sparse.rawColumns {
        let w = entries[d * classes + j]
        body(d, sparse.shift.map { w - factor * $0[d] } ?? w)
      }
      if sparse.hasBias { body(sparse.rawColumns, entries[sparse.rawColumns * classes + j]) }
    }
  }
}
