import LinearAlgebra

/// Functions that put entries in other places.
extension Builtins {
  static let rearranging: [BuiltinFunction] = [
    BuiltinFunction(
      "flip", [.required("x"), .optional("axis")], usage: "flip(x, axis=none)",
      summary: "The other way round: rows with axis=0, columns with axis=1, else both.",
      examples: ["flip([1, 2, 3])", "flip([[1, 2], [3, 4]], axis=1)"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let axis = try arguments[1].axis(rank: x.rank)
      let turnsRows = x.rank == 2 && axis != 1
      let turnsColumns = x.rank == 1 || axis != 0
      return .array(
        try rearranged(
          x, row: { turnsRows ? x.rows - 1 - $0 : $0 },
          column: { turnsColumns ? x.columns - 1 - $0 : $0 }))
    },
    BuiltinFunction(
      "roll", [.required("x"), .required("shift"), .optional("axis")],
      usage: "roll(x, shift, axis=none)",
      summary: "Entries moved on by shift places, those beyond the end to the start.",
      examples: ["roll([1, 2, 3, 4], 1)"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let shift = try arguments[1].whole("shift")
      let axis = try arguments[2].axis(rank: x.rank)
      guard x.count > 0 else { return .array(x) }
      func source(_ i: Int, _ count: Int) -> Int {
        let place = (i - shift % count) % count
        return place < 0 ? place + count : place
      }
      guard let axis, x.rank == 2 else {
        let flat = try x.reshaped(rank: 1, rows: 1, columns: x.count)
          .gathered(x.count) { source($0, x.count) }
        return .array(flat.reshaped(rank: x.rank, rows: x.rows, columns: x.columns))
      }
      return .array(
        try rearranged(
          x, row: { axis == 0 ? source($0, x.rows) : $0 },
          column: { axis == 1 ? source($0, x.columns) : $0 }))
    },
    BuiltinFunction(
      "diag", [.required("x"), .optional("k")], usage: "diag(x, k=0)",
      summary: "The diagonal of a matrix, or a matrix with this diagonal; k above the main one.",
      examples: ["diag([[1, 2], [3, 4]])", "diag([1, 2])"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let k = arguments[1].isMissing ? 0 : try arguments[1].whole("k")
      guard x.rank == 1 else { return .array(try diagonal(of: x, k)) }
      guard abs(k) < 1 << 31 else { throw Failure("'k' is out of range: \(k)") }
      let n = x.count + abs(k)
      let result = try Shape([.number(Double(n)), .number(Double(n))], "diag").zeros()
      try Interruption.forEachRange(of: x.count, costEach: 8) { range in
        for i in range { result.pointer[(i + max(-k, 0)) * n + i + max(k, 0)] = x.pointer[i] }
      }
      return .array(result)
    },
  ]

  /// The matrix with entry (row(i), column(j)) at place (i, j).
  private static func rearranged(
    _ x: NumericArray, row: (Int) -> Int, column: (Int) -> Int
  ) throws -> NumericArray {
    try MemoryLimit.require(rows: x.rows, columns: x.columns, bytesPerEntry: 8)
    let result = NumericArray(uninitializedLike: x, isMask: x.isMask)
    try Interruption.forEachRange(of: x.rows, costEach: 2 * x.columns) { rows in
      for i in rows {
        let (source, target) = (x.pointer + row(i) * x.columns, result.pointer + i * x.columns)
        try Interruption.forEachRange(of: x.columns, costEach: 2) { columns in
          for j in columns { target[j] = source[column(j)] }
        }
      }
    }
    return result
  }

  /// The entries (i, i + k) of a matrix.
  static func diagonal(of x: NumericArray, _ k: Int) throws -> NumericArray {
    let (top, left) = (k < 0 ? max(k, -x.rows).magnitude : 0, min(max(k, 0), x.columns))
    let count = min(x.rows - Int(top), x.columns - left)
    return try x.gathered(count) { (Int(top) + $0) * x.columns + left + $0 }
  }
}
