import LinearAlgebra

/// Functions that join arrays, or copies of one.
extension Builtins {
  static let joining: [BuiltinFunction] = [
    BuiltinFunction(
      "hstack", [.variadic("arrays")], usage: "hstack(a, b, …)",
      summary: "Arrays side by side; vectors one after the other.",
      examples: ["hstack([1, 2], [3])"],
      result: .array
    ) { arguments, _ in
      .array(try sideBySide(parts(arguments[0].items, "hstack"), "hstack"))
    },
    BuiltinFunction(
      "vstack", [.variadic("arrays")], usage: "vstack(a, b, …)",
      summary: "Arrays one below the other; a vector is one row.",
      examples: ["vstack([1, 2], [3, 4])"],
      result: .array
    ) { arguments, _ in
      .array(try stacked(parts(arguments[0].items, "vstack"), "vstack"))
    },
    BuiltinFunction(
      "concatenate", [.required("arrays"), .optional("axis")],
      usage: "concatenate(arrays, axis=0)",
      summary: "The arrays of a list one after the other: below with axis=0, beside with axis=1.",
      examples: ["concatenate([[1, 2], [3, 4]])", "concatenate([eye(2), ones(2, 2)], axis=1)"],
      result: .array
    ) { arguments, _ in
      if case .array = arguments[1] {
        throw Failure(
          "'axis' must be a number, not \(article(arguments[1].typeAndShape))",
          help: "the arrays stand in one list: `concatenate([a, b])`")
      }
      let parts = try parts([arguments[0]], "concatenate")
      if case .none = arguments[1] { return .array(try joined(parts)) }
      let rank = parts[0].rank
      guard parts.allSatisfy({ $0.rank == rank }) else {
        throw Failure(
          "'concatenate' needs vectors or matrices, not both: " + shapesText(parts),
          help: "`vstack(a, b)` takes a vector as one row")
      }
      let axis = try arguments[1].axis(rank: rank) ?? 0
      if rank == 1 { return .array(try joined(parts)) }
      return .array(
        axis == 0
          ? try stacked(parts, "concatenate") : try sideBySide(parts, "concatenate"))
    },
    BuiltinFunction(
      "stack", [.required("arrays"), .optional("axis")], usage: "stack(arrays, axis=0)",
      summary: "The vectors of a list as the rows of a matrix, or as its columns with axis=1.",
      examples: ["stack([[1, 2], [3, 4]], axis=1)"],
      result: .array
    ) { arguments, _ in
      let parts = try parts([arguments[0]], "stack")
      guard parts.allSatisfy({ $0.rank == 1 && $0.count == parts[0].count }) else {
        throw Failure(
          "'stack' needs vectors of one length, not \(shapesText(parts))",
          help: "`concatenate(arrays)` joins matrices")
      }
      let rows = try stacked(parts, "stack")
      return .array(
        try arguments[1].axis(rank: 2) == 1 ? try Arithmetic.transposed(rows) : rows)
    },
    BuiltinFunction(
      "repeat", [.required("x"), .required("times"), .optional("axis")],
      usage: "repeat(x, times, axis=none)",
      summary: "Each entry, row (axis=0) or column (axis=1) n times in a row.",
      examples: ["repeat([1, 2], 3)"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let times = try arguments[1].whole("times", atLeast: 0)
      let axis = try arguments[2].axis(rank: x.rank)
      try MemoryLimit.require(bytes: Double(max(x.rows, 1) * max(x.columns, 1)) * Double(times) * 8)
      let result = try repeated(x, times, isRows: axis == 0 && x.rank == 2)
      guard let axis, x.rank == 2 else { return .array(result) }
      return .array(
        result.reshaped(
          rank: 2, rows: axis == 0 ? x.rows * times : x.rows,
          columns: axis == 1 ? x.columns * times : x.columns))
    },
    BuiltinFunction(
      "append", [.required("list"), .required("x")], usage: "append(list, x)",
      summary: "A longer list or vector; neither is changed.", examples: ["append([1, 2], 3)"]
    ) { arguments, _ in
      switch (arguments[0], arguments[1]) {
      case (.array(let vector), .number(let x)) where vector.rank == 1 && !vector.isMask:
        return .array(try joined([vector, NumericArray(vector: [x])]))
      case (.list, let x):
        return .list(try ListBox(checkingDepthOf: longer(arguments[0], by: x)))
      case (.array(let vector), let x) where vector.rank == 1:
        return .list(try ListBox(checkingDepthOf: longer(arguments[0], by: x)))
      case (let value, _):
        throw Failure(
          "'list' must be a list or vector, not \(article(value.typeAndShape))",
          help: "`vstack(M, row)` gives a longer matrix")
      }
    },
    BuiltinFunction(
      "tile", [.required("x"), .required("reps")], usage: "tile(x, reps)",
      summary: "Copies of x side by side, or reps[0] below and reps[1] beside one another.",
      examples: ["tile([1, 2], 3)", "tile([1, 2], [2, 1])"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let counts = try pairOfCounts(arguments[1], "reps", one: { [1, $0] })
      let isVector = x.rank == 1 && arguments[1].asNumber != nil
      let (down, beside) = (counts[0], counts[1])
      try MemoryLimit.require(
        bytes: Double(max(x.rows, 1)) * Double(max(x.columns, 1)) * Double(max(down, 1))
          * Double(max(beside, 1)) * 8)
      let (rows, columns) = (x.rows * down, x.columns * beside)
      let result = NumericArray(uninitializedRows: rows, columns: columns, isMask: x.isMask)
      try Interruption.forEachRange(of: rows, costEach: columns) { range in
        for i in range {
          let source = x.pointer + (i % max(x.rows, 1)) * x.columns
          let target = result.pointer + i * columns
          try Interruption.forEachRange(of: beside, costEach: x.columns) { copies in
            for c in copies { try (target + c * x.columns).copy(from: source, count: x.columns) }
          }
        }
      }
      return .array(
        isVector ? result.reshaped(rank: 1, rows: 1, columns: columns) : result)
    },
    BuiltinFunction(
      "pad", [.required("x"), .required("widths"), .optional("value")],
      usage: "pad(x, widths, value=0)",
      summary: "A border of one value: a width, (before, after), or a pair for each axis.",
      examples: ["pad([1, 2], 1)", "pad(ones(2, 2), [[1, 0], [0, 2]], value=9)"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let value = arguments[2].isMissing ? 0 : try arguments[2].number("value")
      let (vertical, horizontal) = try borders(arguments[1], rank: x.rank)
      let rows = x.rows + vertical[0] + vertical[1]
      let columns = x.columns + horizontal[0] + horizontal[1]
      try MemoryLimit.require(rows: max(rows, 1), columns: max(columns, 1), bytesPerEntry: 8)
      let result =
        x.rank == 1
        ? NumericArray(uninitializedVector: columns)
        : NumericArray(uninitializedRows: rows, columns: columns)
      try result.pointer.fill(value, count: result.count)
      try Interruption.forEachRange(of: x.rows, costEach: x.columns) { range in
        for i in range {
          let target = result.pointer + (i + vertical[0]) * columns + horizontal[0]
          try target.copy(from: x.pointer + i * x.columns, count: x.columns)
        }
      }
      return .array(result)
    },
    BuiltinFunction(
      "meshgrid", [.required("x"), .required("y")], usage: "meshgrid(x, y)",
      summary: "The coordinates of a grid: x in every row of one matrix, y in every column.",
      examples: ["X, Y = meshgrid([1, 2, 3], [10, 20])"]
    ) { arguments, _ in
      let (x, y) = (try arguments[0].array("x"), try arguments[1].array("y"))
      func grid(_ entry: (Int, Int) -> Double) throws -> Value {
        try MemoryLimit.require(rows: y.count, columns: x.count, bytesPerEntry: 8)
        let result = NumericArray(uninitializedRows: y.count, columns: x.count)
        try Interruption.forEachRange(of: y.count, costEach: x.count) { rows in
          for i in rows {
            let row = result.pointer + i * x.count
            try Interruption.forEachRange(of: x.count) { columns in
              for j in columns { row[j] = entry(i, j) }
            }
          }
        }
        return .array(result)
      }
      return .tuple([try grid { _, j in x.pointer[j] }, try grid { i, _ in y.pointer[i] }])
    },
  ]

  /// The items of a list or vector, and one more.
  private static func longer(_ value: Value, by x: Value) throws -> [Value] {
    let items = try items(of: value)
    return try Interruption.map(items.count + 1) { $0 < items.count ? items[$0] : x }
  }

  /// Each entry, or each row, `times` times in a row, as a vector.
  private static func repeated(
    _ x: NumericArray, _ times: Int, isRows: Bool
  ) throws -> NumericArray {
    let unit = isRows ? x.columns : 1
    let result = NumericArray(uninitializedVector: x.count * times)
    try Interruption.forEachRange(of: isRows ? x.rows : x.count, costEach: unit * times) { units in
      for u in units {
        let (source, target) = (x.pointer + u * unit, result.pointer + u * unit * times)
        if unit == 1 {
          try target.fill(source[0], count: times)
        } else {
          try Interruption.forEachRange(of: times, costEach: unit) { copies in
            for t in copies { try (target + t * unit).copy(from: source, count: unit) }
          }
        }
      }
    }
    return result
  }

  /// The entries of arrays one after the other, as a vector.
  static func joined(_ parts: [NumericArray]) throws -> NumericArray {
    let count = parts.reduce(0) { $0 + $1.count }
    try MemoryLimit.require(rows: count, columns: 1, bytesPerEntry: 8)
    let result = NumericArray(uninitializedVector: count)
    var target = result.pointer
    try Interruption.forEachRange(of: parts.count, costEach: count / max(parts.count, 1)) { range in
      for part in parts[range] {
        try target.copy(from: part.pointer, count: part.count)
        target += part.count
      }
    }
    return result
  }

  /// Matrices with one number of rows side by side; vectors one after the other.
  private static func sideBySide(
    _ parts: [NumericArray], _ function: String
  ) throws -> NumericArray {
    if parts.allSatisfy({ $0.rank == 1 }) { return try joined(parts) }
    guard parts.allSatisfy({ $0.rank == 2 && $0.rows == parts[0].rows }) else {
      throw Failure(
        "'\(function)' needs matrices with one number of rows, not " + shapesText(parts))
    }
    let columns = parts.reduce(0) { $0 + $1.columns }
    try MemoryLimit.require(rows: parts[0].rows, columns: columns, bytesPerEntry: 8)
    let result = NumericArray(uninitializedRows: parts[0].rows, columns: columns)
    try Interruption.forEachRange(of: result.rows, costEach: columns) { rows in
      for i in rows {
        var target = result.pointer + i * columns
        for part in parts {
          try target.copy(from: part.pointer + i * part.columns, count: part.columns)
          target += part.columns
        }
      }
    }
    return result
  }

  /// Arrays with one number of columns one below the other; a vector is one row.
  static func stacked(
    _ parts: [NumericArray], _ function: String = "vstack"
  ) throws -> NumericArray {
    guard parts.allSatisfy({ $0.columns == parts[0].columns }) else {
      throw Failure("'\(function)' needs one number of columns, not " + shapesText(parts))
    }
    let rows = parts.reduce(0) { $0 + $1.rows }
    return try joined(parts).reshaped(rank: 2, rows: rows, columns: parts[0].columns)
  }

  /// Two counts: one number in the form that `one` gives it, or a vector or tuple of two.
  private static func pairOfCounts(
    _ value: Value, _ name: String, one: (Int) -> [Int]
  ) throws -> [Int] {
    if value.asNumber != nil { return one(try value.whole(name, atLeast: 0)) }
    var items = value.items
    if case .array(let array) = value, array.rank == 1 {
      items = try array.entries.map { .number($0) }
    }
    guard items.count == 2 else {
      throw Failure(
        "'\(name)' must be one or two whole numbers, not \(article(value.typeAndShape))")
    }
    return try items.map { try $0.whole(name, atLeast: 0) }
  }

  /// What `pad` adds above and below, and at the left and right.
  private static func borders(
    _ widths: Value, rank: Int
  ) throws -> (vertical: [Int], horizontal: [Int]) {
    var axes = [widths]
    if case .array(let matrix) = widths, matrix.rank == 2 {
      axes = (0..<min(matrix.rows, 3)).map { .array(matrix.row($0)) }
    } else if case .tuple(let box) = widths, box.items.contains(where: { $0.asNumber == nil }) {
      axes = box.items
    }
    let pairs = try axes.map { try pairOfCounts($0, "widths", one: { [$0, $0] }) }
    guard pairs.count == 1 || pairs.count == rank else {
      throw Failure(
        "'widths' has \(pairs.count) pairs, for \(rank == 1 ? "a vector" : "a matrix")",
        help: "one pair for each axis: `pad(M, [[1, 1], [2, 2]])`")
    }
    return rank == 1 ? ([0, 0], pairs[0]) : (pairs[0], pairs[pairs.count - 1])
  }

  /// The arguments of a joining function: arrays, one list or tuple of arrays, or the rows of one
  /// matrix.
  private static func parts(_ given: [Value], _ function: String) throws -> [NumericArray] {
    var values = given
    if values.count == 1 {
      switch values[0] {
      case .list(let box), .tuple(let box): values = box.items
      default: break
      }
    }
    if values.count == 1, case .array(let matrix) = values[0], matrix.rank == 2, matrix.rows > 0 {
      return try Interruption.map(matrix.rows, costEach: 64) { matrix.row($0) }
    }
    guard !values.isEmpty else { throw Failure("'\(function)' needs at least one array") }
    return try values.map { try $0.array("arrays") }
  }

  private static func shapesText(_ parts: [NumericArray]) -> String {
    parts.map { $0.rank == 1 ? "\($0.columns)" : "\($0.rows)×\($0.columns)" }
      .joined(separator: ", ")
  }
}
