import Glibc
import LinearAlgebra

/// Functions that create arrays.
extension Builtins {
  static let creation: [BuiltinFunction] = [
    BuiltinFunction(
      "zeros", [.variadic("shape")], usage: "zeros(shape)", summary: "An array of zeros.",
      examples: ["zeros(2, 3)", "zeros([1, 2, 3].shape)"],
      result: .array
    ) { arguments, _ in .array(try Shape(arguments[0].items, "zeros").zeros()) },
    BuiltinFunction(
      "ones", [.variadic("shape")], usage: "ones(shape)", summary: "An array of ones.",
      examples: ["ones(3)"],
      result: .array
    ) { arguments, _ in try Shape(arguments[0].items, "ones").filled { _ in 1 } },
    BuiltinFunction(
      "full", [.required("shape"), .required("value")], usage: "full(shape, value)",
      summary: "An array with one value everywhere.", examples: ["full([2, 3], 7)"],
      result: .array
    ) { arguments, _ in
      let value = try arguments[1].number("value")
      return try Shape([arguments[0]], "full").filled { _ in value }
    },
    alike("zeros_like", "Zeros in the shape of x.", "zeros_like([[1, 2], [3, 4]])", 0),
    alike("ones_like", "Ones in the shape of x.", "ones_like([5, 6])", 1),
    BuiltinFunction(
      "full_like", [.required("x"), .required("value")], usage: "full_like(x, value)",
      summary: "One value everywhere in the shape of x.", examples: ["full_like([5, 6], 7)"]
    ) { arguments, _ in
      let value = try arguments[1].number("value")
      return try map(arguments[0]) { _ in value }
    },
    BuiltinFunction(
      "eye", [.required("n"), .optional("columns")], usage: "eye(n, columns=n)",
      summary: "The identity matrix.",
      examples: ["eye(3)"],
      result: .array
    ) { arguments, _ in
      let n = try arguments[0].whole("n", atLeast: 0)
      let columns = arguments[1].isMissing ? n : try arguments[1].whole("columns", atLeast: 0)
      return try Shape([.number(Double(n)), .number(Double(columns))], "eye").filled {
        $0 / columns == $0 % columns ? 1 : 0
      }
    },
    BuiltinFunction(
      "range", [.required("start"), .optional("stop"), .optional("step")],
      usage: "range(start, stop, step=1)",
      summary: "Whole numbers from start up to, not including, stop; from 0 where one is given.",
      examples: ["range(5)", "range(2, 10, 3)"]
    ) { arguments, _ in
      try steps(arguments) { Double(try $0.whole($1)) }
    },
    BuiltinFunction(
      "arange", [.required("start"), .optional("stop"), .optional("step")],
      usage: "arange(start, stop, step=1)",
      summary: "Numbers from start up to, not including, stop, in equal steps.",
      examples: ["arange(0, 1, 0.25)"],
      result: .array
    ) { arguments, _ in
      try steps(arguments) { try $0.number($1) }
    },
    BuiltinFunction(
      "linspace", [.required("start"), .required("stop"), .optional("num")],
      usage: "linspace(start, stop, num=50)",
      summary: "Equally spaced numbers, both ends included.",
      examples: ["linspace(0, 1, 5)"],
      result: .array
    ) { arguments, _ in try spaced(arguments) { $0 } },
    BuiltinFunction(
      "logspace", [.required("start"), .required("stop"), .optional("num")],
      usage: "logspace(start, stop, num=50)",
      summary: "Powers of ten with equally spaced exponents, both ends included.",
      examples: ["logspace(-2, 2, 5)"],
      result: .array
    ) { arguments, _ in try spaced(arguments) { pow(10, $0) } },
  ]

  /// A function that fills the shape of its argument.
  private static func alike(
    _ name: String, _ summary: String, _ example: String, _ value: Double
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, [.required("x")], usage: "\(name)(x)", summary: summary, examples: [example]
    ) { arguments, _ in try map(arguments[0]) { _ in value } }
  }

  /// Numbers in equal steps from `start` up to, not including, `stop`; from 0 if only one is given.
  private static func steps(
    _ arguments: [Value], _ read: (Value, String) throws -> Double
  ) throws -> Value {
    let first = try read(arguments[0], "start")
    let start = arguments[1].isMissing ? 0 : first
    let stop = arguments[1].isMissing ? first : try read(arguments[1], "stop")
    let step = arguments[2].isMissing ? 1 : try read(arguments[2], "step")
    guard step != 0 else { throw Failure("'step' can't be 0") }
    let count = ((stop - start) / step).rounded(.up)
    guard !count.isNaN else { throw Failure("start, stop and step must be finite numbers") }
    try MemoryLimit.require(bytes: max(count, 0) * 8)
    return try Shape([.number(max(count, 0))], "arange").filled { start + Double($0) * step }
  }

  private static func spaced(_ arguments: [Value], _ f: (Double) -> Double) throws -> Value {
    let start = try arguments[0].number("start")
    let stop = try arguments[1].number("stop")
    let count = arguments[2].isMissing ? 50 : try arguments[2].whole("num", atLeast: 0)
    let step = count > 1 ? (stop - start) / Double(count - 1) : 0
    return try Shape([.number(Double(count))], "linspace").filled {
      f(count > 1 && $0 == count - 1 ? stop : start + Double($0) * step)
    }
  }
}

extension Value {
  /// The items of a tuple or list; none of `.undefined`; the value itself for other types.
  var items: [Value] {
    switch self {
    case .tuple(let box), .list(let box): box.items
    case .undefined: []
    default: [self]
    }
  }
}
