import LinearAlgebra

/// Sorting and counting.
extension Builtins {
  static let ordering: [BuiltinFunction] = [
    BuiltinFunction(
      "sort", [.required("x")], usage: "sort(x)",
      summary: "The entries in rising order, nan last; each row of a matrix by itself.",
      examples: ["sort([3, 1, 2])"],
      result: .array
    ) { arguments, _ in .array(try sorted(try arguments[0].array("x"))) },
    BuiltinFunction(
      "argsort", [.required("x")], usage: "argsort(x)",
      summary: "The places of the entries in rising order; equal ones stay in order.",
      examples: ["argsort([3, 1, 2])"],
      result: .array
    ) { arguments, _ in .array(try order(of: try arguments[0].vector("x"))) },
    BuiltinFunction(
      "unique", [.required("x")], usage: "unique(x)",
      summary: "The different entries in rising order.", examples: ["unique([2, 1, 2])"]
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let sorted = try sorted(x.reshaped(rank: 1, rows: 1, columns: x.count))
      let entries = sorted.pointer
      let firsts = try Places.all(below: sorted.count) { i in
        i == 0 || (entries[i] != entries[i - 1] && !(entries[i].isNaN && entries[i - 1].isNaN))
      }
      return .array(try sorted.gathered(firsts.count, isMask: false) { firsts[$0] })
    },
    BuiltinFunction(
      "bincount", [.required("x"), .optional("minlength")], usage: "bincount(x, minlength=0)",
      summary: "How often each whole number from 0 on occurs.", examples: ["bincount([0, 2, 2])"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].vector("x")
      let least = arguments[1].isMissing ? 0 : try arguments[1].whole("minlength", atLeast: 0)
      var largest = -1
      try Interruption.forEachRange(of: x.count, costEach: 4) { range in
        for i in range {
          largest = max(largest, try Value.number(x.pointer[i]).whole("x", atLeast: 0))
        }
      }
      let counts = try Shape([.number(Double(max(least, largest + 1)))], "bincount").array()
      try counts.pointer.fill(0, count: counts.count)
      try Interruption.forEachRange(of: x.count, costEach: 8) { range in
        for i in range { counts.pointer[Int(x.pointer[i])] += 1 }
      }
      return .array(counts)
    },
  ]

  /// The entries of each row in rising order, nan last.
  private static func sorted(_ x: NumericArray) throws -> NumericArray {
    try MemoryLimit.require(rows: x.rows, columns: x.columns, bytesPerEntry: 8)
    let result = NumericArray(uninitializedLike: x, isMask: x.isMask)
    try Interruption.forEachRange(of: x.rows, costEach: 8 * x.columns) { rows in
      for i in rows {
        let start = i * x.columns
        try NumberOrder.sort(x.pointer + start, to: result.pointer + start, x.columns)
      }
    }
    return result
  }

  /// The places of the entries of a vector in rising order, nan last.
  private static func order(of x: NumericArray) throws -> NumericArray {
    let placed = try NumberOrder.placed(x.pointer, x.count)
    try MemoryLimit.require(rows: x.count, columns: 1, bytesPerEntry: 8)
    let result = NumericArray(uninitializedVector: x.count)
    try Interruption.forEachRange(of: x.count) { range in
      for i in range { result.pointer[i] = Double(placed.pointer[i].place) }
    }
    return result
  }
}
