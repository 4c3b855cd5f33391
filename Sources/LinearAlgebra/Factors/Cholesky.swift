import CKernels

/// A = L Lᵀ of a symmetric positive definite matrix, for systems that are solved once.
///
/// Golub and Van Loan, Matrix Computations, 4th ed., section 4.2.
package final class Cholesky {
  package let order: Int
  /// Entries of a row in memory: `order` rounded up to a multiple of 8.
  package let stride: Int
  /// The lower triangle, row by row; zeros above it. `factorize` puts L in its place.
  package let entries: Buffer

  /// The zero matrix, order × order.
  ///
  /// - Throws: `MemoryRefused`.
  package init(order: Int) throws {
    self.order = order
    stride = (order + 7) / 8 * 8
    try MemoryLimit.require(rows: order, columns: stride, bytesPerEntry: 8)
    entries = Buffer(zeros: order * stride)
  }

  /// L_ij = (A_ij − Σ_{k<j} L_ik L_jk)/L_jj, row by row. A pivot below 1e-14·|A_ii| is raised to
  /// that: in this precision A is singular. O(order³).
  ///
  /// - Throws: `Interrupted`; the entries are then neither A nor L.
  package func factorize() throws {
    let variant = Kernels.number
    let L = entries.pointer
    var work = 0
    for i in 0..<order {
      let row = L + i * stride
      for j in 0...i {
        work += j
        if work > 1 << 20 {
          try Interruption.check()
          work = 0
        }
        let other = L + j * stride
        let known = (j + 7) / 8 * 8
        let a = row[j]
        // Entries of this row from j on are still A's: they must not take part.
        var sum = 0.0
        if known == j {
          sum = svm_dot(variant, row, other, known)
        } else {
          let whole = j / 8 * 8
          sum = svm_dot(variant, row, other, whole)
          for k in whole..<j { sum += row[k] * other[k] }
        }
        if i == j {
          let pivot = a - sum
          row[i] = max(pivot, 1e-14 * abs(a), 1e-300).squareRoot()
        } else {
          row[j] = (a - sum) / other[j]
        }
      }
    }
  }

  /// Solves A x = b in place, after `factorize`: `b` has `order` numbers. O(order²).
  ///
  /// - Throws: `Interrupted`; `b` is then neither b nor x.
  package func solve(_ b: UnsafeMutablePointer<Double>) throws {
    let L = entries.pointer
    try Interruption.forEachRange(of: order, costEach: order) { range in
      for i in range {
        let row = L + i * stride
        var sum = b[i]
        for k in 0..<i { sum -= row[k] * b[k] }
        b[i] = sum / row[i]
      }
    }
    try Interruption.forEachRange(of: order, costEach: order) { range in
      for i in range.map({ order - 1 - $0 }) {
        let row = L + i * stride
        b[i] /= row[i]
        let x = b[i]
        for k in 0..<i { b[k] -= row[k] * x }
      }
    }
  }
}
