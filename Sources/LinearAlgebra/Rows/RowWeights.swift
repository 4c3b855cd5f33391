import CKernels

/// Weights W, D×K, for products with single rows and for rank-one updates by them. Not thread-safe,
/// unless all threads only read.
package final class RowWeights: @unchecked Sendable {
  package let rows: RowAccess
  /// K, the number of columns of W.
  package let classes: Int
  /// Dense rows: K vectors of `padded` entries. Sparse rows: (raw columns + 1) × K numbers, row by
  /// row; the last row is the bias.
  let storage: Buffer
  /// The number of stored weights of one class, padding included.
  package var length: Int { storage.count / classes }
  /// For sparse rows with a shift m, the weights of a class are v − f m, with v in `storage`:
  /// `factors` has f, the sum of the coefficients of all updates, and `shifts` has m·v.
  var factors: [Double]
  var shifts: [Double]
  private let variant = Kernels.number

  /// W = 0.
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

  /// All that defines W, for `restore`.
  package var state: SavedState {
    SavedState(
      "weights of rows", ["values": storage.array, "factors": factors, "shifts": shifts])
  }

  /// Sets W to what `state` held.
  ///
  /// - Throws: `StateMismatch` where the numbers of entries or classes differ.
  package func restore(_ state: SavedState) throws {
    try state.require("weights of rows")
    storage.fill(try state.array("values", count: storage.count))
    factors = try state.array("factors", count: classes)
    shifts = try state.array("shifts", count: classes)
  }

  /// Calls `body` with the stored weights and, for sparse rows with a bias, with the bias weight.
  /// Both pointers are valid until `body` returns. The shift is not applied.
  package func withPlainEntries<R>(
    _ body: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>?) -> R
  ) -> R {
    guard case .sparse(let sparse) = rows.form, sparse.hasBias else {
      return body(storage.pointer, nil)
    }
    return body(storage.pointer, storage.pointer + sparse.rawColumns)
  }

  /// Prefetches the entries of row `i`.
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

  /// Prefetches the bounds of the entries of sparse row `i`, which `prefetch` reads.
  @inline(__always)
  package func prefetchPlace(_ i: Int) {
    if case .sparse(let sparse) = rows.form { svm_prefetch(sparse.starts + 2 * i, 16) }
  }

  /// Prefetches the weights of the columns of sparse row `i`. Nothing where K = 1: those are few
  /// enough for the cache.
  @inline(__always)
  package func prefetchWeights(_ i: Int) {
    guard classes > 1, case .sparse(let sparse) = rows.form else { return }
    for k in sparse.starts[2 * i]..<sparse.starts[2 * i + 1] {
      svm_prefetch(storage.pointer + Int(sparse.indices[k]) * classes, 8 * classes)
    }
  }

  /// w·x_i, for K = 1. O(entries of the row).
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

  /// w ← w + a x_i, for K = 1.
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

  /// s ← Wᵀx_i, K numbers. O(entries of the row · K).
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

  /// W ← W + x_i aᵀ, where a has K numbers.
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

  /// Writes W into columns `offset`..<`offset` + K of a matrix D×`stride`, row by row.
  package func write(to target: UnsafeMutablePointer<Double>, stride: Int, offset: Int) {
    for j in 0..<classes {
      forEachEntry(ofColumn: j) { d, w in target[d * stride + offset + j] = w }
    }
  }

  /// Σ W² over all D×K weights, the bias included.
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
