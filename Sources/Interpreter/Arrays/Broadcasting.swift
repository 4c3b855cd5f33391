import LinearAlgebra

/// An operand of an elementwise operation: a number, or an array whose single row or column is
/// repeated where the other operand has more.
struct BroadcastOperand {
  /// 0 for a number, else the array's rank.
  let rank: Int
  let rows: Int
  let columns: Int
  /// Keeps the entries alive.
  let array: NumericArray?
  private let number: Double

  init(_ number: Double) {
    rank = 0
    rows = 1
    columns = 1
    array = nil
    self.number = number
  }

  init(_ array: NumericArray) {
    rank = array.rank
    rows = array.rows
    columns = array.columns
    self.array = array
    number = 0
  }

  /// The shape as messages show it.
  var shapeText: String {
    switch rank {
    case 0: "a number"
    case 1: "a vector of \(columns)"
    default: "\(rows)×\(columns)"
    }
  }

  /// Calls `body` with a pointer to the entries, or to the number; valid until it returns.
  func withEntries<R>(_ body: (UnsafePointer<Double>) throws -> R) rethrows -> R {
    if let array {
      return try withExtendedLifetime(array) { try body(UnsafePointer(array.pointer)) }
    }
    return try withUnsafePointer(to: number) { try body($0) }
  }
}

/// Elementwise operations, with numpy's rules for different shapes.
enum Broadcasting {
  /// f(a, b) for every entry.
  ///
  /// - Throws: A `Failure` where the shapes don't fit, `MemoryRefused` where memory is short, and
  ///   `Interrupted` when the user interrupts.
  @inline(__always)
  static func map(
    _ a: BroadcastOperand, _ b: BroadcastOperand, sign: String, isMask: Bool,
    _ f: (Double, Double) -> Double
  ) throws -> NumericArray {
    guard
      a.rows == b.rows || a.rows == 1 || b.rows == 1,
      a.columns == b.columns || a.columns == 1 || b.columns == 1
    else {
      throw Failure(
        "the shapes of '\(sign)' don't fit: \(a.shapeText) and \(b.shapeText)",
        help: hint(a, b))
    }
    let rows = a.rows == 1 ? b.rows : a.rows
    let columns = a.columns == 1 ? b.columns : a.columns
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let result =
      max(a.rank, b.rank) == 2
      ? NumericArray(uninitializedRows: rows, columns: columns, isMask: isMask)
      : NumericArray(uninitializedVector: columns, isMask: isMask)
    let out = result.pointer
    try a.withEntries { x in
      try b.withEntries { y in
        let isFlat =
          (a.rank == 0 || (a.rows == rows && a.columns == columns))
          && (b.rank == 0 || (b.rows == rows && b.columns == columns))
        if isFlat {
          try flat(out, x, a.rank == 0, y, b.rank == 0, rows * columns, f)
        } else {
          let xRow = a.rows == 1 ? 0 : a.columns
          let yRow = b.rows == 1 ? 0 : b.columns
          try Interruption.forEachRange(of: rows, costEach: columns) { range in
            for i in range {
              try flat(
                out + i * columns, x + i * xRow, a.columns == 1, y + i * yRow, b.columns == 1,
                columns, f)
            }
          }
        }
      }
    }
    return result
  }

  /// f(x, y) for `count` contiguous entries; a constant operand is one number.
  @inline(__always)
  private static func flat(
    _ out: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, _ xIsConstant: Bool,
    _ y: UnsafePointer<Double>, _ yIsConstant: Bool, _ count: Int,
    _ f: (Double, Double) -> Double
  ) throws {
    try Interruption.forEachRange(of: count) { range in
      switch (xIsConstant, yIsConstant) {
      case (false, false): for i in range { out[i] = f(x[i], y[i]) }
      case (false, true):
        let constant = y[0]
        for i in range { out[i] = f(x[i], constant) }
      case (true, false):
        let constant = x[0]
        for i in range { out[i] = f(constant, y[i]) }
      case (true, true):
        let constant = f(x[0], y[0])
        for i in range { out[i] = constant }
      }
    }
  }

  private static func hint(_ a: BroadcastOperand, _ b: BroadcastOperand) -> String? {
    for (vector, matrix) in [(a, b), (b, a)]
    where vector.rank == 1 && matrix.rank == 2 && vector.columns == matrix.rows {
      return "for one number a row, make it a column: `reshape(v, [\(vector.columns), 1])`"
    }
    return nil
  }
}
