import LinearAlgebra

/// Reductions over all entries, or along one axis.
extension Builtins {
  static let reductions: [BuiltinFunction] = [
    reduction("sum", "Σ of the entries; 0 of none.", "sum([1, 2, 3])") { try $0.sum },
    reduction("mean", "The arithmetic mean; nan of none.", "mean([1, 2, 6])") { try $0.mean },
    reduction("std", "The standard deviation, divided by n.", "std([1, 3])") {
      try $0.variance.squareRoot()
    },
    reduction("var", "The variance, divided by n.", "var([1, 3])") { try $0.variance },
    reduction("min", "The smallest entry; nan where there is one.", "min([3, 1, 2])") {
      try $0.extreme("min") { $0 < $1 }.value
    },
    reduction("max", "The largest entry; nan where there is one.", "max([3, 1, 2])") {
      try $0.extreme("max") { $0 > $1 }.value
    },
    reduction("argmin", "Where the smallest entry is, the first of equals.", "argmin([3, 1, 2])") {
      Double(try $0.extreme("argmin") { $0 < $1 }.place)
    },
    reduction("argmax", "Where the largest entry is, the first of equals.", "argmax([3, 1, 2])") {
      Double(try $0.extreme("argmax") { $0 > $1 }.place)
    },
    reduction("any", "True where an entry is not 0.", "any([1, 2] > 1)", givesTruth: true) { line in
      try Interruption.allSatisfy(line.count) { line[$0] == 0 } ? 0 : 1
    },
    reduction("all", "True where no entry is 0.", "all([1, 2] > 1)", givesTruth: true) { line in
      try Interruption.allSatisfy(line.count) { line[$0] != 0 } ? 1 : 0
    },
    reduction("norm", "The Euclidean (Frobenius) norm √Σx².", "norm([3, 4])") { line in
      // Scaled by the largest entry, so that squares neither overflow nor vanish.
      var largest = 0.0
      try Interruption.forEachRange(of: line.count) { range in
        largest = range.reduce(largest) { Swift.max($0, abs(line[$1])) }
      }
      guard largest > 0, largest.isFinite else { return try line.sum.isNaN ? .nan : largest }
      if largest < 1e150 && largest > 1e-150 {
        return try ArrayReduction.pairwise(0, line.count) { line[$0] * line[$0] }.squareRoot()
      }
      let scaled = try ArrayReduction.pairwise(0, line.count) {
        (line[$0] / largest) * (line[$0] / largest)
      }
      return largest * scaled.squareRoot()
    },
    BuiltinFunction(
      "cumsum", [.required("x"), .optional("axis")], usage: "cumsum(x, axis=none)",
      summary: "Running sums; of all entries as a vector where no axis is given.",
      examples: ["cumsum([1, 2, 3])"],
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
            for j in columns where goesDown || j > 0 { row[j] += before[j] }
          }
        }
      }
      return .array(result)
    },
    BuiltinFunction(
      "dot", [.required("a"), .required("b")], usage: "dot(a, b)",
      summary: "The matrix product, as `a @ b`.", examples: ["dot([1, 2], [3, 4])"]
    ) { arguments, _ in
      if arguments[0].asNumber != nil || arguments[1].asNumber != nil {
        return try Arithmetic.binary(.multiply, arguments[0], arguments[1])
      }
      return try Arithmetic.binary(.matrixProduct, arguments[0], arguments[1])
    },
  ]

  /// A built-in function that applies `f` to the whole array, to each column (axis 0) or to each
  /// row (axis 1).
  private static func reduction(
    _ name: String, _ summary: String, _ example: String, givesTruth: Bool = false,
    _ f: @escaping @Sendable (Line) throws -> Double
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, [.required("x"), .optional("axis"), .optional("keepdims")],
      usage: "\(name)(x, axis=none, keepdims=false)", summary: summary, examples: [example]
    ) { arguments, _ in
      let x = try plainArray(arguments[0])
      let keeps = try arguments[2].flag("keepdims", orElse: false)
      let axis: Int?
      do {
        axis = try arguments[1].axis(rank: x.rank)
      } catch var failure as Failure where name == "min" || name == "max" {
        failure.help = "entry by entry, of two, it is `\(name)imum(a, b)`"
        throw failure
      }
      guard let axis, x.rank == 2 else {
        let result = try f(Line(x.pointer, x.count, 1))
        if keeps {
          let array = NumericArray(vector: [result], isMask: givesTruth)
          return .array(array.reshaped(rank: x.rank, rows: 1, columns: 1))
        }
        return givesTruth ? .bool(result != 0) : .number(result)
      }
      let count = axis == 0 ? x.columns : x.rows
      let result = NumericArray(uninitializedVector: count, isMask: givesTruth)
      if axis == 0 && name == "sum" {
        try sumRows(x, into: result)
      } else {
        try Interruption.forEachRange(of: count, costEach: axis == 0 ? x.rows : x.columns) {
          lines in
          for i in lines {
            result.pointer[i] = try f(
              axis == 0
                ? Line(x.pointer + i, x.rows, x.columns)
                : Line(x.pointer + i * x.columns, x.columns, 1))
          }
        }
      }
      guard keeps else { return .array(result) }
      return .array(
        result.reshaped(
          rank: 2, rows: axis == 0 ? 1 : count, columns: axis == 0 ? count : 1))
    }
  }

  /// The sum of the rows, added row after row so that memory is read in order.
  private static func sumRows(_ x: NumericArray, into result: NumericArray) throws {
    let (columns, sums) = (x.columns, result.pointer)
    try sums.fill(0, count: columns)
    try Interruption.forEachRange(of: x.rows, costEach: columns) { rows in
      for i in rows {
        let row = x.pointer + i * columns
        try Interruption.forEachRange(of: columns) { range in
          for j in range { sums[j] += row[j] }
        }
      }
    }
  }

  /// An array, or a list of numbers and truth values as a vector, so that `any([true, false])`
  /// works.
  private static func plainArray(_ value: Value) throws -> NumericArray {
    if case .list(let box) = value {
      let items = box.items
      let numbers = NumericArray(uninitializedVector: items.count)
      let areNumbers = try Interruption.allSatisfy(items.count, costEach: 4) { i in
        guard let number = items[i].asNumber else { return false }
        numbers.pointer[i] = number
        return true
      }
      if areNumbers { return numbers }
    }
    return try value.array("x")
  }
}

/// Entries at a constant stride: a row, a column, or a whole array. The array must outlive it.
struct Line {
  private let pointer: UnsafePointer<Double>
  let count: Int
  private let stride: Int

  init(_ pointer: UnsafePointer<Double>, _ count: Int, _ stride: Int) {
    self.pointer = pointer
    self.count = count
    self.stride = stride
  }

  subscript(i: Int) -> Double { pointer[i * stride] }

  var sum: Double { get throws { try ArrayReduction.sum(pointer, count, stride: stride) } }
  var mean: Double { get throws { try sum / Double(count) } }

  /// Σ(x − mean)² / n, in two passes.
  var variance: Double {
    get throws {
      let mean = try mean
      let squares = try ArrayReduction.pairwise(0, count) { (self[$0] - mean) * (self[$0] - mean) }
      return squares / Double(count)
    }
  }

  /// The first extreme entry, or the first nan where there is one.
  func extreme(
    _ name: String, _ isBetter: (Double, Double) -> Bool
  ) throws -> (value: Double, place: Int) {
    guard count > 0 else { throw Failure("'\(name)' of no entries") }
    var place = 0
    var best = self[0]
    try Interruption.forEachRange(of: count) { range in
      if best.isNaN { return }
      for i in range {
        let x = self[i]
        if x.isNaN || isBetter(x, best) {
          (best, place) = (x, i)
          if x.isNaN { return }
        }
      }
    }
    return (best, place)
  }
}
