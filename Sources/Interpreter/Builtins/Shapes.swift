import LinearAlgebra
import Text

/// Functions that tell or change shapes, or combine arrays.
extension Builtins {
  static let shapes: [BuiltinFunction] = [
    BuiltinFunction(
      "shape", [.required("x")], usage: "shape(x)", summary: "Rows and columns, as a vector.",
      examples: ["shape(zeros(2, 3))"]
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      return .vector(x.rank == 1 ? [Double(x.columns)] : [Double(x.rows), Double(x.columns)])
    },
    BuiltinFunction(
      "len", [.required("x")], usage: "len(x)",
      summary: "Number of entries, rows, items, keys, characters or samples.",
      examples: ["len([1, 2, 3])"]
    ) { arguments, _ in
      switch arguments[0] {
      case .array(let x): return .number(Double(x.rank == 1 ? x.columns : x.rows))
      case .list(let box), .tuple(let box): return .number(Double(box.items.count))
      case .dictionary(let box): return .number(Double(box.count))
      case .string(let box): return .number(Double(try LongText.count(box.text)))
      case .object(let box) where box.object.fieldNames.contains("n"):
        return try box.object.field("n")
      case let value: throw Failure("\(article(value.typeName)) has no length")
      }
    },
    BuiltinFunction(
      "size", [.required("x")], usage: "size(x)", summary: "Number of entries.",
      examples: ["size(zeros(2, 3))"]
    ) { arguments, _ in .number(Double(try arguments[0].array("x").count)) },
    BuiltinFunction(
      "reshape", [.required("x"), .required("shape")], usage: "reshape(x, shape)",
      summary: "The same entries in another shape; one size may be -1.",
      examples: ["reshape(range(6), [2, 3])"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      var sizes = try arguments[1].vector("shape").entries
      if let free = sizes.firstIndex(of: -1) {
        let rest = sizes.enumerated().reduce(1.0) { $1.offset == free ? $0 : $0 * $1.element }
        guard rest > 0, (Double(x.count) / rest).rounded() == Double(x.count) / rest else {
          throw Failure(
            "\(x.count) entries can't be arranged in rows of \(NumberText.shortest(rest))")
        }
        sizes[free] = Double(x.count) / rest
      }
      let shape = try Shape([.vector(sizes)], "reshape")
      guard shape.rows * shape.columns == x.count else {
        throw Failure(
          "\(x.count) entries don't fit the shape "
            + sizes.map { NumberText.shortest($0) }.joined(separator: "×"))
      }
      return .array(x.reshaped(rank: shape.rank, rows: shape.rows, columns: shape.columns))
    },
    BuiltinFunction(
      "ravel", [.required("x")], usage: "ravel(x)",
      summary: "The rows of a matrix one after the other, as a vector.",
      examples: ["ravel([[1, 2], [3, 4]])"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      return .array(x.reshaped(rank: 1, rows: 1, columns: x.count))
    },
    BuiltinFunction(
      "hstack", [.variadic("arrays")], usage: "hstack(a, b, …)",
      summary: "Arrays side by side; vectors one after the other.",
      examples: ["hstack([1, 2], [3])"],
      result: .array
    ) { arguments, _ in
      let parts = try parts(arguments[0], "hstack")
      if parts.allSatisfy({ $0.rank == 1 }) { return .array(try joined(parts)) }
      guard parts.allSatisfy({ $0.rank == 2 && $0.rows == parts[0].rows }) else {
        throw Failure(
          "'hstack' needs matrices with one number of rows, not " + shapesText(parts))
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
      return .array(result)
    },
    BuiltinFunction(
      "vstack", [.variadic("arrays")], usage: "vstack(a, b, …)",
      summary: "Arrays one below the other; a vector is one row.",
      examples: ["vstack([1, 2], [3, 4])"],
      result: .array
    ) { arguments, _ in
      let parts = try parts(arguments[0], "vstack")
      guard parts.allSatisfy({ $0.columns == parts[0].columns }) else {
        throw Failure("'vstack' needs one number of columns, not " + shapesText(parts))
      }
      let rows = parts.reduce(0) { $0 + $1.rows }
      return .array(
        try joined(parts).reshaped(rank: 2, rows: rows, columns: parts[0].columns))
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
      try MemoryLimit.require(bytes: Double(x.count) * Double(times) * 8)
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
      "enumerate", [.required("values")], usage: "enumerate(values)",
      summary: "Pairs of a number from 0 on and a value, for loops.",
      examples: ["enumerate([5, 6])"]
    ) { arguments, _ in
      let values = try items(of: arguments[0])
      return .list(
        try ListBox(
          checkingDepthOf: Interruption.map(values.count, costEach: 128) {
            .tuple([.number(Double($0)), values[$0]])
          }))
    },
    BuiltinFunction(
      "zip", [.variadic("values")], usage: "zip(a, b, …)",
      summary: "The first values together, then the second ones, up to the shortest, for loops.",
      examples: ["zip([1, 2], [3, 4])"]
    ) { arguments, _ in
      let columns = try arguments[0].items.map { try items(of: $0) }
      let count = columns.map(\.count).min() ?? 0
      return .list(
        try ListBox(
          checkingDepthOf: Interruption.map(count, costEach: 64 * (columns.count + 1)) { i in
            .tuple(columns.map { $0[i] })
          }))
    },
  ]

  /// The values that a loop over the argument `values` visits.
  private static func items(of values: Value) throws -> Items {
    guard let items = try Items(values) else {
      throw Failure(
        "'values' must be a vector, matrix, list or string, not \(article(values.typeName))")
    }
    return items
  }

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
  private static func joined(_ parts: [NumericArray]) throws -> NumericArray {
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

  /// The arguments of a stacking function: arrays, one list of arrays, or the rows of one matrix.
  private static func parts(_ value: Value, _ function: String) throws -> [NumericArray] {
    var values = value.items
    if values.count == 1, case .list(let box) = values[0] { values = box.items }
    if values.count == 1, case .array(let matrix) = values[0], matrix.rank == 2 {
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
