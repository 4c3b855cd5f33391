import CLapack
import Glibc

/// Factorizations of dense matrices by LAPACK (Anderson et al., LAPACK Users' Guide, 3rd ed., SIAM
/// 1999), on one thread: the results have the same bits whatever the number of threads.
///
/// The signs of singular vectors and eigenvectors are those that LAPACK gives, as in numpy. Long
/// work is left alone on a thread of its own where the user interrupts.
package enum LAPACK {
  /// X with A X = B, for a square A.
  ///
  /// - Throws: `LAPACKError`, `MemoryRefused`, `Interrupted`.
  package static func solution(_ a: Matrix, _ b: Matrix) throws -> Matrix {
    precondition(a.rows == a.columns && a.rows == b.rows)
    let (n, k) = (a.rows, b.columns)
    guard n > 0, k > 0 else { return Matrix(rows: n, columns: k) }
    let (left, right) = (try workCopy(a), try workCopy(b))
    let info = try run(flops: Double(n) * Double(n) * Double(n + 2 * k), left.count, right.count) {
      let pivots = UnsafeMutablePointer<Int32>.allocate(capacity: n)
      defer { pivots.deallocate() }
      return svm_lapack_solve(Int32(n), Int32(k), left.pointer, pivots, right.pointer)
    }
    if info > 0 { throw LAPACKError.singular }
    return Matrix(rows: n, columns: k, sharing: right)
  }

  /// The inverse of a square matrix.
  ///
  /// - Throws: `LAPACKError`, `MemoryRefused`, `Interrupted`.
  package static func inverse(_ a: Matrix) throws -> Matrix {
    try MemoryLimit.require(rows: a.rows, columns: a.rows, bytesPerEntry: 8)
    let identity = Buffer(zeros: a.rows * a.rows)
    for i in 0..<a.rows { identity.pointer[i * a.rows + i] = 1 }
    return try solution(a, Matrix(rows: a.rows, columns: a.rows, sharing: identity))
  }

  /// The determinant of a square matrix: the product of the pivots of its LU factors, with a sign
  /// for the rows exchanged. Products on the way neither overflow nor vanish.
  ///
  /// - Throws: `LAPACKError`, `MemoryRefused`, `Interrupted`.
  package static func determinant(_ a: Matrix) throws -> Double {
    precondition(a.rows == a.columns)
    let n = a.rows
    guard n > 0 else { return 1 }
    let factors = try workCopy(a)
    let product = try run(flops: Double(n) * Double(n) * Double(n), factors.count) {
      () -> (mantissa: Double, exponent: Int)? in
      let pivots = UnsafeMutablePointer<Int32>.allocate(capacity: n)
      defer { pivots.deallocate() }
      let info = svm_lapack_factorize(Int32(n), factors.pointer, pivots)
      if info < 0 { return nil }
      if info > 0 { return (0, 0) }
      var (mantissa, exponent) = (1.0, 0)
      for i in 0..<n {
        mantissa *= factors.pointer[i * n + i] * (Int(pivots[i]) == i + 1 ? 1 : -1)
        guard mantissa.isNormal else { continue }
        exponent += Int(mantissa.exponent)
        mantissa = Double(sign: mantissa.sign, exponent: 0, significand: mantissa.significand)
      }
      return (mantissa, exponent)
    }
    guard let product else { throw LAPACKError.noMemory }
    return scalbn(product.mantissa, Int32(clamping: product.exponent))
  }

  /// The vectors that a singular value decomposition is to give.
  package enum SingularVectors: Character, Sendable {
    /// Square U and Vt.
    case all = "A"
    /// As many as there are singular values.
    case reduced = "S"
    /// None.
    case none = "N"
  }

  /// U, s and Vt with A = U diag(s) Vt and falling s; without vectors, U and Vt are 0×0.
  ///
  /// - Throws: `LAPACKError`, `MemoryRefused`, `Interrupted`.
  package static func singularValues(
    _ a: Matrix, vectors: SingularVectors
  ) throws -> (u: Matrix, s: Buffer, vt: Matrix) {
    let (m, n) = (a.rows, a.columns)
    let least = min(m, n)
    let uColumns = vectors == .all ? m : vectors == .reduced ? least : 0
    let vRows = vectors == .all ? n : vectors == .reduced ? least : 0
    try MemoryLimit.require(
      bytes: 8 * (Double(m) * Double(uColumns + n) + Double(vRows) * Double(n)))
    try requireSize(least)
    let (u, vt) = (Buffer(zeros: m * uColumns), Buffer(zeros: vRows * n))
    let s = Buffer(zeros: least)
    if least > 0 {
      let work = try workCopy(a)
      let job = CChar(vectors.rawValue.asciiValue ?? 0)
      let flops = 20 * Double(m) * Double(n) * Double(least)
      let info = try run(flops: flops, work.count, u.count, vt.count) {
        svm_lapack_singular_values(
          job, Int32(m), Int32(n), work.pointer, s.pointer, u.pointer, vt.pointer)
      }
      if info > 0 { throw LAPACKError.notConverged }
    } else {
      for i in 0..<uColumns { u.pointer[i * uColumns + i] = 1 }
      for i in 0..<vRows { vt.pointer[i * n + i] = 1 }
    }
    return (
      Matrix(rows: vectors == .none ? 0 : m, columns: uColumns, sharing: u), s,
      Matrix(rows: vRows, columns: vectors == .none ? 0 : n, sharing: vt)
    )
  }

  /// The eigenvalues, rising, of a symmetric matrix, and its eigenvectors as columns.
  ///
  /// - Throws: `LAPACKError`, `MemoryRefused`, `Interrupted`.
  package static func eigenvalues(_ a: Matrix) throws -> (values: Buffer, vectors: Matrix) {
    precondition(a.rows == a.columns)
    let n = a.rows
    try requireSize(n)
    let (values, vectors) = (Buffer(zeros: n), try workCopy(a))
    if n > 0 {
      let info = try run(flops: 9 * Double(n) * Double(n) * Double(n), vectors.count) {
        svm_lapack_eigenvalues(Int32(n), vectors.pointer, values.pointer)
      }
      if info > 0 { throw LAPACKError.notConverged }
    }
    return (values, Matrix(rows: n, columns: n, sharing: vectors))
  }

  /// The X of least norm that makes ‖A X − B‖ least. Singular values below ε·max(m, n) times the
  /// largest count as 0.
  ///
  /// - Throws: `LAPACKError`, `MemoryRefused`, `Interrupted`.
  package static func leastSquares(_ a: Matrix, _ b: Matrix) throws -> Matrix {
    precondition(a.rows == b.rows)
    let (m, n, k) = (a.rows, a.columns, b.columns)
    try requireSize(min(m, n))
    try MemoryLimit.require(rows: max(m, n), columns: k, bytesPerEntry: 16)
    let x = Buffer(zeros: n * k)
    guard m > 0, n > 0, k > 0 else { return Matrix(rows: n, columns: k, sharing: x) }
    let work = try workCopy(a)
    let right = Buffer(zeros: max(m, n) * k)
    try right.pointer.copy(from: b.buffer.pointer, count: m * k)
    let condition = Double.ulpOfOne * Double(max(m, n))
    let flops = 4 * Double(m) * Double(n) * Double(min(m, n) + k)
    let info = try run(flops: flops, work.count, right.count) {
      let s = UnsafeMutablePointer<Double>.allocate(capacity: min(m, n))
      defer { s.deallocate() }
      return svm_lapack_least_squares(
        Int32(m), Int32(n), Int32(k), work.pointer, right.pointer, s, condition)
    }
    if info > 0 { throw LAPACKError.notConverged }
    try x.pointer.copy(from: right.pointer, count: n * k)
    return Matrix(rows: n, columns: k, sharing: x)
  }

  /// Operations that take less than a millisecond, and are not worth a thread.
  private static let fewFlops = 5e5

  /// Runs a routine, on a thread of its own where that takes long. It must change nothing but
  /// memory that nobody else reads, of these numbers of entries.
  private static func run<Result: Sendable>(
    flops: Double, _ counts: Int..., body: @escaping @Sendable () -> Result
  ) throws -> Result {
    guard svm_lapack_is_there() == 1 else { throw LAPACKError.missing }
    // The rows are copied to columns and back.
    try MemoryLimit.require(bytes: counts.reduce(0) { $0 + 8 * Double($1) })
    let result = try Abandonable.run(isLong: flops > fewFlops, body)
    if let info = result as? Int32, info < 0 { throw LAPACKError.noMemory }
    return result
  }

  /// A copy that a routine may overwrite.
  private static func workCopy(_ a: Matrix) throws -> Buffer {
    guard a.rows < 1 << 31, a.columns < 1 << 31 else { throw LAPACKError.tooLarge }
    try MemoryLimit.require(rows: a.rows, columns: a.columns, bytesPerEntry: 8)
    let copy = Buffer(uninitialized: a.count)
    try copy.pointer.copy(from: a.buffer.pointer, count: a.count)
    return copy
  }

  /// Refuses orders for which the routines' counts of their own memory would not fit 32 bits.
  private static func requireSize(_ order: Int) throws {
    guard order <= 16_000 else { throw LAPACKError.tooLarge }
  }
}

/// What LAPACK can't do.
public enum LAPACKError: Error, Sendable {
  /// The library is not installed.
  case missing
  /// The matrix has no inverse.
  case singular
  /// The iterations don't come to an end.
  case notConverged
  /// There are too many rows or columns.
  case tooLarge
  /// Memory ran short on the way.
  case noMemory
}
