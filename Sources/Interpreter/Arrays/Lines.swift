import LinearAlgebra

/// The lines of an array along an axis: a vector itself, the columns of a matrix (axis 0), or its
/// rows (axis 1).
enum Lines {
  /// Replaces each line by one of `length` entries.
  ///
  /// - Parameter f: Reads a line, and writes all entries of the new one.
  /// - Throws: `MemoryRefused`, `Interrupted`; the errors of `f`.
  static func map(
    _ x: NumericArray, axis: Int, to length: Int, isMask: Bool = false,
    _ f: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) throws -> Void
  ) throws -> NumericArray {
    if axis == 0, x.rank == 2 {
      let rows = try map(Arithmetic.transposed(x), axis: 1, to: length, isMask: isMask, f)
      return try Arithmetic.transposed(rows)
    }
    try MemoryLimit.require(rows: x.rows, columns: length, bytesPerEntry: 8)
    let result =
      x.rank == 1
      ? NumericArray(uninitializedVector: length, isMask: isMask)
      : NumericArray(uninitializedRows: x.rows, columns: length, isMask: isMask)
    try Interruption.forEachRange(of: x.rows, costEach: 8 * (x.columns + length)) { rows in
      for i in rows { try f(x.pointer + i * x.columns, result.pointer + i * length) }
    }
    return result
  }
}

extension NumericArray {
  /// The number of entries of its lines along an axis.
  func length(of axis: Int) -> Int { rank == 2 && axis == 0 ? rows : columns }
}
