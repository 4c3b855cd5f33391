import Glibc
import LinearAlgebra
import Text

/// Order statistics, counts in bins, and how variables vary together.
extension Builtins {
  static let statistics: [BuiltinFunction] = [
    BuiltinFunction(
      "median", [.required("x"), .optional("axis"), .optional("keepdims")],
      usage: "median(x, axis=none, keepdims=false)",
      summary: "The middle entry in order, or the mean of the two; nan where there is one.",
      examples: ["median([3, 1, 2])"]
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      return try reduced(
        x, axis: try arguments[1].axis(rank: x.rank),
        keepsDimensions: try arguments[2].flag("keepdims", orElse: false)
      ) { line in
        let sorted = try SortedLine(line)
        guard sorted.count > 0, !sorted.hasNaN else { return .nan }
        let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
        return low == high ? low : (low + high) / 2
      }
    },
    quantile("percentile", "The value that q percent of the entries don't exceed", 100, "25"),
    quantile("quantile", "The value that a share q of the entries does not exceed", 1, "0.25"),
    BuiltinFunction(
      "histogram", [.required("x"), .optional("bins"), .optional("range")],
      usage: "histogram(x, bins=10, range=none)",
      summary: "How many entries lie in each bin, and the edges; the last bin has both its ends.",
      examples: ["histogram([1, 2, 2, 5], bins=4)"]
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let edges = try binEdges(of: x, bins: arguments[1], range: arguments[2])
      let bins = edges.count - 1
      let counts = NumericArray(uninitializedVector: bins)
      try counts.pointer.fill(0, count: bins)
      let (first, last) = (edges.pointer[0], edges.pointer[bins])
      try Interruption.forEachRange(of: x.count, costEach: 16) { range in
        for entry in UnsafeBufferPointer(start: x.pointer + range.lowerBound, count: range.count)
        where entry >= first && entry <= last {
          let bin = Searching.place(of: entry, in: edges, fromRight: true) - 1
          counts.pointer[min(bin, bins - 1)] += 1
        }
      }
      return .tuple([.array(counts), .array(edges)])
    },
    BuiltinFunction(
      "cov", [.required("x"), .optional("y"), .optional("rowvar"), .optional("ddof")],
      usage: "cov(x, y=none, rowvar=true, ddof=1)",
      summary: "The covariances of the rows, or of the columns with rowvar=false.",
      examples: ["cov([[1, 2, 4], [3, 1, 1]])"]
    ) { arguments, _ in
      let ddof = arguments[3].isMissing ? 1 : try arguments[3].number("ddof")
      let covariances = try covariances(arguments, ddof: ddof)
      return covariances.count == 1
        ? .number(covariances.pointer[0]) : .array(covariances)
    },
    BuiltinFunction(
      "corrcoef", [.required("x"), .optional("y"), .optional("rowvar")],
      usage: "corrcoef(x, y=none, rowvar=true)",
      summary: "The correlations of the rows, or of the columns with rowvar=false.",
      examples: ["corrcoef([1, 2, 4], [3, 1, 1])"]
    ) { arguments, _ in
      let c = try covariances(arguments, ddof: 1)
      let n = c.rows
      let deviations = try Interruption.map(n) { c.pointer[$0 * n + $0].squareRoot() }
      guard n != 1 else { return .number(c.pointer[0] / c.pointer[0]) }
      let result = try c.copy()
      try Interruption.forEachRange(of: n, costEach: 4 * n) { rows in
        for i in rows {
          for j in 0..<n {
            let r = c.pointer[i * n + j] / deviations[i] / deviations[j]
            result.pointer[i * n + j] = r.isNaN ? r : min(max(r, -1), 1)
          }
        }
      }
      return .array(result)
    },
  ]

  /// A function of the entry at a place q / whole of the way through the sorted entries.
  private static func quantile(
    _ name: String, _ summary: String, _ whole: Double, _ example: String
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, [.required("x"), .required("q"), .optional("axis"), .optional("keepdims")],
      usage: "\(name)(x, q, axis=none, keepdims=false)",
      summary: "\(summary), between entries by their distance.",
      examples: ["\(name)([1, 2, 4, 8], \(example))"]
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let axis = try arguments[2].axis(rank: x.rank)
      let keeps = try arguments[3].flag("keepdims", orElse: false)
      let shares = try arguments[1].vector("q").entries.map { q in
        guard q >= 0, q <= whole else {
          throw Failure(
            "'q' must be from 0 to \(NumberText.shortest(whole)), not \(NumberText.shortest(q))")
        }
        return q / whole
      }
      if arguments[1].asNumber != nil, let share = shares.first {
        return try reduced(x, axis: axis, keepsDimensions: keeps) {
          try SortedLine($0).quantile(share)
        }
      }
      guard !keeps else { throw Failure("'keepdims' is for one 'q', not for several") }
      let lines = axis == nil ? x.reshaped(rank: 1, rows: 1, columns: x.count) : x
      let result = try Lines.map(lines, axis: axis ?? 0, to: shares.count) { line, target in
        let sorted = try SortedLine(Line(line, lines.length(of: axis ?? 0), 1))
        for (i, share) in shares.enumerated() { target[i] = sorted.quantile(share) }
      }
      return .array(axis == 1 && x.rank == 2 ? try Arithmetic.transposed(result) : result)
    }
  }

  /// The edges of a histogram: those given, or `bins` equal steps over the range of the entries.
  private static func binEdges(
    of x: NumericArray, bins: Value, range: Value
  ) throws -> NumericArray {
    if case .array = bins {
      let edges = try bins.vector("bins")
      let rises = try Interruption.allSatisfy(max(edges.count - 1, 0)) {
        edges.pointer[$0] <= edges.pointer[$0 + 1]
      }
      guard edges.count > 1, rises else {
        throw Failure("'bins' must be a count, or two edges or more in rising order")
      }
      return edges
    }
    let count = bins.isMissing ? 10 : try bins.whole("bins", atLeast: 1)
    try MemoryLimit.require(rows: count, columns: 2, bytesPerEntry: 8)
    var (low, high) = (0.0, 1.0)
    if range.isMissing {
      if x.count > 0 {
        let line = Line(x.pointer, x.count, 1)
        low = try line.extreme("histogram") { $0 < $1 }.value
        high = try line.extreme("histogram") { $0 > $1 }.value
      }
    } else {
      let ends =
        try range.items.count == 2
        ? range.items.map { try $0.number("range") }
        : range.vector("range").entries
      guard ends.count == 2, ends[0] <= ends[1] else {
        throw Failure("'range' must be two numbers, the smaller one first")
      }
      (low, high) = (ends[0], ends[1])
    }
    guard low.isFinite, high.isFinite else {
      throw Failure(
        "the bins of a histogram can't go from \(NumberText.shortest(low)) "
          + "to \(NumberText.shortest(high))", help: "`x[isfinite(x)]` leaves out nan and inf")
    }
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let edges = NumericArray(uninitializedVector: count + 1)
    let step = (high - low) / Double(count)
    try Interruption.forEachRange(of: count) { range in
      for i in range { edges.pointer[i] = low + Double(i) * step }
    }
    edges.pointer[count] = high
    return edges
  }

  /// Σₖ (xᵢₖ − x̄ᵢ)(xⱼₖ − x̄ⱼ) / (n − ddof) of the rows of x, or of its columns, and of y as one
  /// more.
  private static func covariances(_ arguments: [Value], ddof: Double) throws -> NumericArray {
    let isByRow = try arguments[2].flag("rowvar", orElse: true)
    func variables(_ value: Value, _ name: String) throws -> NumericArray {
      let array = try value.array(name)
      if array.rank == 1 { return array.reshaped(rank: 2, rows: 1, columns: array.count) }
      return isByRow ? array : try Arithmetic.transposed(array)
    }
    var x = try variables(arguments[0], "x")
    let hasOther: Bool = if case .none = arguments[1] { false } else { !arguments[1].isMissing }
    if hasOther {
      let y = try variables(arguments[1], "y")
      guard y.columns == x.columns else {
        throw Failure("'x' has \(x.columns) observations of each variable, and 'y' \(y.columns)")
      }
      x = try stacked([x, y])
    }
    let n = x.columns
    let centered = try Lines.map(x, axis: 1, to: n) { line, target in
      let mean = try Line(line, n, 1).mean
      try Interruption.forEachRange(of: n) { range in
        for i in range { target[i] = line[i] - mean }
      }
    }
    try MemoryLimit.require(rows: x.rows, columns: x.rows, bytesPerEntry: 8)
    let products = NumericArray(
      try centered.matrix.product(with: Arithmetic.transposed(centered).matrix))
    let divisor = max(Double(n) - ddof, 0)
    try Interruption.forEachRange(of: products.count) { range in
      for i in range { products.pointer[i] /= divisor }
    }
    return products
  }
}

/// The entries of a line in rising order.
private struct SortedLine {
  private let entries: NumericArray
  /// Whether an entry is nan.
  let hasNaN: Bool
  var count: Int { entries.count }

  init(_ line: Line) throws {
    try MemoryLimit.require(rows: line.count, columns: 2, bytesPerEntry: 8)
    let copy = NumericArray(uninitializedVector: line.count)
    try Interruption.forEachRange(of: line.count) { range in
      for i in range { copy.pointer[i] = line[i] }
    }
    entries = NumericArray(uninitializedVector: line.count)
    try NumberOrder.sort(copy.pointer, to: entries.pointer, line.count)
    // Those that are nan come last.
    hasNaN = line.count > 0 && entries.pointer[line.count - 1].isNaN
  }

  subscript(i: Int) -> Double { entries.pointer[i] }

  /// The entry at place share·(n − 1), between two by their distance; nan of none, and where an
  /// entry is nan.
  func quantile(_ share: Double) -> Double {
    guard count > 0, !hasNaN else { return .nan }
    let place = share * Double(count - 1)
    let i = min(Int(place), count - 1)
    let rest = place - Double(i)
    let (low, high) = (self[i], self[min(i + 1, count - 1)])
    // From the nearer end, as numpy does, so that the ends are met exactly.
    return low == high
      ? low : rest < 0.5 ? low + (high - low) * rest : high - (high - low) * (1 - rest)
  }
}
