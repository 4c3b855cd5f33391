/// Sorting and counting.
extension Builtins {
  static let ordering: [BuiltinFunction] = [
    BuiltinFunction(
      "sort", [.required("x")], usage: "sort(x)",
      summary: "The entries in rising order, nan last; each row of a matrix by itself.",
      examples: ["sort([3, 1, 2])"]
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let result = x.copy()
      for i in 0..<x.rows {
        let row = UnsafeMutableBufferPointer(
          start: result.pointer + i * x.columns, count: x.columns)
        let sorted = row.sorted { precedes($0, $1) }
        _ = row.update(from: sorted)
      }
      return .array(result)
    },
    BuiltinFunction(
      "argsort", [.required("x")], usage: "argsort(x)",
      summary: "The places of the entries in rising order; equal ones stay in order.",
      examples: ["argsort([3, 1, 2])"]
    ) { arguments, _ in
      let x = try arguments[0].vector("x").entries
      let order = x.indices.sorted { a, b in
        precedes(x[a], x[b]) || (!precedes(x[b], x[a]) && a < b)
      }
      return .vector(order.map { Double($0) })
    },
    BuiltinFunction(
      "unique", [.required("x")], usage: "unique(x)",
      summary: "The different entries in rising order.", examples: ["unique([2, 1, 2])"]
    ) { arguments, _ in
      let sorted = try arguments[0].array("x").entries.sorted { precedes($0, $1) }
      var result: [Double] = []
      for x in sorted where result.last.map({ $0 != x && !($0.isNaN && x.isNaN) }) ?? true {
        result.append(x)
      }
      return .vector(result)
    },
    BuiltinFunction(
      "bincount", [.required("x"), .optional("minlength")], usage: "bincount(x, minlength=0)",
      summary: "How often each whole number from 0 on occurs.", examples: ["bincount([0, 2, 2])"]
    ) { arguments, _ in
      let x = try arguments[0].vector("x").entries
      let least = arguments[1].isMissing ? 0 : try arguments[1].whole("minlength", atLeast: 0)
      var counts = [Double](repeating: 0, count: 0)
      let places = try x.map { try Value.number($0).whole("x", atLeast: 0) }
      let count = max(least, (places.max() ?? -1) + 1)
      _ = try Shape([.number(Double(count))], "bincount")
      counts = [Double](repeating: 0, count: count)
      for place in places { counts[place] += 1 }
      return .vector(counts)
    },
  ]

  /// Rising order with nan last.
  private static func precedes(_ a: Double, _ b: Double) -> Bool {
    b.isNaN ? !a.isNaN : a < b
  }
}
