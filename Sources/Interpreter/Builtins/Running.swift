import LinearAlgebra

/// Functions that go along an array, entry after entry.
extension Builtins {
  static let running: [BuiltinFunction] = [
    running("cumsum", "Running sums", "cumsum([1, 2, 3])") { $0 + $1 },
    running("cumprod", "Running products", "cumprod([1, 2, 3])") { $0 * $1 },
    BuiltinFunction(
      "diff", [.required("x"), .optional("n"), .optional("axis")], usage: "diff(x, n=1, axis=-1)",
      summary: "Each entry less the one before it, n times over.", examples: ["diff([1, 4, 9])"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let times = arguments[1].isMissing ? 1 : try arguments[1].whole("n", atLeast: 0)
      let axis = try arguments[2].axis(rank: x.rank) ?? x.rank - 1
      var result = x
      for _ in 0..<min(times, x.length(of: axis)) {
        let length = result.length(of: axis) - 1
        result = try Lines.map(result, axis: axis, to: length) { line, target in
          try Interruption.forEachRange(of: length) { range in
            for i in range { target[i] = line[i + 1] - line[i] }
          }
        }
      }
      return .array(result)
    },
  ]

  /// A function that combines each entry with the result for the one before it.
  private static func running(
    _ name: String, _ summary: String, _ example: String,
    _ f: @escaping @Sendable (Double, Double) -> Double
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, [.required("x"), .optional("axis")], usage: "\(name)(x, axis=none)",
      summary: "\(summary); of all entries as a vector where no axis is given.",
      examples: [example],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let axis = try arguments[1].axis(rank: x.rank)
      let isFlat = axis == nil || x.rank == 1
      let lines = isFlat ? x.reshaped(rank: 1, rows: 1, columns: x.count) : x
      let result = try lines.copy(isMask: false)
      let goesDown = axis == 0 && !isFlat
      try Interruption.forEachRange(of: lines.rows, costEach: lines.columns) { rows in
        for i in rows where !goesDown || i > 0 {
          let row = result.pointer + i * lines.columns
          let before = row - (goesDown ? lines.columns : 1)
          try Interruption.forEachRange(of: lines.columns) { columns in
            for j in columns where goesDown || j > 0 { row[j] = f(before[j], row[j]) }
          }
        }
      }
      return .array(result)
    }
  }
}
