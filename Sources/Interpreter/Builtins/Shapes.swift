import LinearAlgebra
import Text

/// Functions that tell or change shapes, and values for loops.
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
      "reshape", [.required("x"), .required("shape"), .optional("columns")],
      usage: "reshape(x, shape)",
      summary: "The same entries in another shape; one size may be -1.",
      examples: ["reshape(range(6), [2, 3])", "reshape(range(6), 2, -1)"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      var sizes = try sizes(arguments[1], arguments[2])
      if let free = sizes.firstIndex(of: -1), sizes.count <= 2 {
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
      "transpose", [.required("x")], usage: "transpose(x)",
      summary: "Rows and columns exchanged, as `x.T`.", examples: ["transpose([[1, 2], [3, 4]])"],
      result: .array
    ) { arguments, _ in try Arithmetic.transpose(try arguments[0].array("x")) },
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

  /// The sizes of a new shape: a number, a vector, list or tuple of them, or two numbers.
  private static func sizes(_ shape: Value, _ columns: Value) throws -> [Double] {
    guard columns.isMissing else {
      return [try shape.number("shape"), try columns.number("columns")]
    }
    if case .tuple(let box) = shape { return try box.items.map { try $0.number("shape") } }
    return try shape.vector("shape").entries
  }

  /// The values that a loop over the argument `values` visits.
  static func items(of values: Value) throws -> Items {
    guard let items = try Items(values) else {
      throw Failure(
        "'values' must be a vector, matrix, list or string, not \(article(values.typeName))")
    }
    return items
  }
}
