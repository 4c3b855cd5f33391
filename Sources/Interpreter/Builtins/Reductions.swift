import LinearAlgebra

/// Reductions over all entries, or along one axis.
extension Builtins {
  static let reductions: [BuiltinFunction] = [
    reduction("sum", "Σ of the entries; 0 of none.", "sum([1, 2, 3])") { try $0.sum },
    reduction("mean", "The arithmetic mean; nan of none.", "mean([1, 2, 6])") { try $0.mean },
    spread("std", "The standard deviation; its squares are divided by n - ddof.", "std([1, 3])") {
      $0.squareRoot()
    },
    spread("var", "The variance; its squares are divided by n - ddof.", "var([1, 3])") { $0 },
    reduction("prod", "The product of the entries; 1 of none.", "prod([2, 3, 4])") { line in
      var product = 1.0
      try Interruption.forEachRange(of: line.count) { range in
        for i in range { product *= line[i] }
      }
      return product
    },
    reduction("nansum", "Σ of the entries that are not nan.", "nansum([1, nan, 3])") { line in
      try ArrayReduction.pairwise(0, line.count) { line[$0].isNaN ? 0 : line[$0] }
    },
    reduction("nanmean", "The mean of the entries that are not nan.", "nanmean([1, nan, 3])") {
      line in
      let sum = try ArrayReduction.pairwise(0, line.count) { line[$0].isNaN ? 0 : line[$0] }
      return sum / (try ArrayReduction.pairwise(0, line.count) { line[$0].isNaN ? 0 : 1 })
    },
    reduction("count_nonzero", "How many entries are not 0.", "count_nonzero([1, 0, 2] > 0)") {
      line in try ArrayReduction.pairwise(0, line.count) { line[$0] != 0 ? 1 : 0 }
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
      let x = try arguments[0].array("x")
      let keeps = try arguments[2].flag("keepdims", orElse: false)
      let axis = try arguments[1].axis(rank: x.rank)
      if name == "sum", axis == 0, x.rank == 2 {
        let sums = NumericArray(uninitializedVector: x.columns)
        try sumRows(x, into: sums)
        return .array(keeps ? sums.reshaped(rank: 2, rows: 1, columns: x.columns) : sums)
      }
      return try reduced(x, axis: axis, keepsDimensions: keeps, givesTruth: givesTruth, f)
    }
  }

  /// A reduction of the variance Σ(x − mean)² / (n − ddof).
  private static func spread(
    _ name: String, _ summary: String, _ example: String,
    _ f: @escaping @Sendable (Double) -> Double
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, [.required("x"), .optional("axis"), .optional("keepdims"), .optional("ddof")],
      usage: "\(name)(x, axis=none, keepdims=false, ddof=0)", summary: summary,
      examples: [example]
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let keeps = try arguments[2].flag("keepdims", orElse: false)
      let ddof = arguments[3].isMissing ? 0 : try arguments[3].number("ddof")
      return try reduced(
        x, axis: try arguments[1].axis(rank: x.rank), keepsDimensions: keeps
      ) { f(try $0.variance(ddof: ddof)) }
    }
  }

  /// f of the whole array, of each column (axis 0) or of each row (axis 1).
  static func reduced(
    _ x: NumericArray, axis: Int?, keepsDimensions keeps: Bool, givesTruth: Bool = false,
    _ f: (Line) throws -> Double
  ) throws -> Value {
    guard let axis, x.rank == 2 else {
      let result = try f(Line(x.pointer, x.count, 1))
      if keeps {
        let array = NumericArray(vector: [result], isMask: givesTruth)
        return .array(array.reshaped(rank: x.rank, rows: 1, columns: 1))
      }
      return givesTruth ? .bool(result != 0) : .number(result)
    }
    let count = axis == 0 ? x.columns : x.rows
    try MemoryLimit.require(rows: count, columns: 1, bytesPerEntry: 8)
    let result = NumericArray(uninitializedVector: count, isMask: givesTruth)
    try Interruption.forEachRange(of: count, costEach: axis == 0 ? x.rows : x.columns) { lines in
      for i in lines {
        result.pointer[i] = try f(
          axis == 0
            ? Line(x.pointer + i, x.rows, x.columns)
            : Line(x.pointer + i * x.columns, x.columns, 1))
      }
    }
    guard keeps else { return .array(result) }
    return .array(
      result.reshaped(rank: 2, rows: axis == 0 ? 1 : count, columns: axis == 0 ? count : 1))
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

  /// Σ(x − mean)² / (n − ddof), in two passes; nan or inf where n is not above ddof.
  func variance(ddof: Double) throws -> Double {
    let mean = try mean
    let squares = try ArrayReduction.pairwise(0, count) { (self[$0] - mean) * (self[$0] - mean) }
    return squares / max(Double(count) - ddof, 0)
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
