import Glibc
import LinearAlgebra

/// Functions of numbers, applied to every entry of an array.
extension Builtins {
  static let elementwise: [BuiltinFunction] = [
    function("abs", "The absolute value.", "abs(-2)") { abs($0) },
    function("exp", "eˣ.", "exp(0)") { exp($0) },
    function("log", "The natural logarithm; -inf at 0, nan below.", "log(1)") { log($0) },
    function("log10", "The logarithm to base 10.", "log10(1000)") { log10($0) },
    function("sqrt", "The square root; nan below 0.", "sqrt(9)") { $0.squareRoot() },
    function("sign", "-1, 0 or 1.", "sign(-3)") { $0.isNaN ? .nan : $0 > 0 ? 1 : $0 < 0 ? -1 : 0 },
    function("floor", "The largest whole number that is not larger.", "floor(2.7)") {
      $0.rounded(.down)
    },
    function("ceil", "The smallest whole number that is not smaller.", "ceil(2.1)") {
      $0.rounded(.up)
    },
    BuiltinFunction(
      "round", [.required("x"), .optional("decimals")], usage: "round(x, decimals=0)",
      summary: "To the nearest, halves to the even one.", examples: ["round(2.567, 2)"]
    ) { arguments, _ in
      let decimals = arguments[1].isMissing ? 0 : try arguments[1].whole("decimals")
      let factor = pow(10, Double(min(max(decimals, -308), 308)))
      return try map(arguments[0]) { x in
        let scaled = x * factor
        return scaled.isFinite ? scaled.rounded(.toNearestOrEven) / factor : x
      }
    },
    BuiltinFunction(
      "clip", [.required("x"), .required("low"), .required("high")], usage: "clip(x, low, high)",
      summary: "Entries below low become low, above high become high.",
      examples: ["clip([1, 5], 2, 4)"]
    ) { arguments, _ in
      let raised = try pair("clip", arguments[0], arguments[1]) { $0.isNaN || $0 >= $1 ? $0 : $1 }
      return try pair("clip", raised, arguments[2]) { $0.isNaN || $0 <= $1 ? $0 : $1 }
    },
    BuiltinFunction(
      "maximum", [.required("a"), .required("b")], usage: "maximum(a, b)",
      summary: "The larger one, entry by entry.", examples: ["maximum(0, [-1, 2])"]
    ) { arguments, _ in
      try pair("maximum", arguments[0], arguments[1]) { $0.isNaN || $0 >= $1 ? $0 : $1 }
    },
    BuiltinFunction(
      "minimum", [.required("a"), .required("b")], usage: "minimum(a, b)",
      summary: "The smaller one, entry by entry.", examples: ["minimum(0, [-1, 2])"]
    ) { arguments, _ in
      try pair("minimum", arguments[0], arguments[1]) { $0.isNaN || $0 <= $1 ? $0 : $1 }
    },
    BuiltinFunction(
      "where", [.required("mask"), .optional("a"), .optional("b")], usage: "where(mask, a, b)",
      summary:
        "a where the mask is true, b elsewhere; the places that are true where both are left out.",
      examples: ["where([1, 2, 3] > 1, 1, 0)"]
    ) { arguments, _ in
      if arguments[1].isMissing && arguments[2].isMissing {
        let places = try arguments[0].vector("mask").nonzeroPlaces()
        let result = NumericArray(uninitializedVector: places.count)
        try Interruption.forEachRange(of: places.count) { range in
          for i in range { result.pointer[i] = Double(places[i]) }
        }
        return .array(result)
      }
      guard !arguments[1].isMissing, !arguments[2].isMissing else {
        throw Failure("'where' needs both values, or neither")
      }
      return try chosen(arguments[0], arguments[1], arguments[2])
    },
    function("isnan", "True where an entry is not a number.", "isnan(nan)", givesTruth: true) {
      $0.isNaN ? 1 : 0
    },
    function(
      "isfinite", "True where an entry is neither infinite nor nan.", "isfinite(1)",
      givesTruth: true
    ) {
      $0.isFinite ? 1 : 0
    },
  ]

  private static func function(
    _ name: String, _ summary: String, _ example: String, givesTruth: Bool = false,
    _ f: @escaping @Sendable (Double) -> Double
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, [.required("x")], usage: "\(name)(x)", summary: summary, examples: [example]
    ) { arguments, _ in try map(arguments[0], givesTruth: givesTruth, f) }
  }

  /// f of a number, or of every entry.
  static func map(
    _ value: Value, givesTruth: Bool = false, _ f: (Double) -> Double
  ) throws -> Value {
    if let number = value.asNumber {
      let result = f(number)
      return givesTruth ? .bool(result != 0) : .number(result)
    }
    let x = try value.array("x")
    try MemoryLimit.require(rows: x.rows, columns: x.columns, bytesPerEntry: 8)
    let result = NumericArray(uninitializedLike: x, isMask: givesTruth)
    try Interruption.forEachRange(of: x.count, costEach: 4) { range in
      for i in range { result.pointer[i] = f(x.pointer[i]) }
    }
    return .array(result)
  }

  /// f of two numbers, or entry by entry with broadcasting.
  private static func pair(
    _ name: String, _ a: Value, _ b: Value, isMask: Bool = false, _ f: (Double, Double) -> Double
  ) throws -> Value {
    guard let x = Arithmetic.operand(a), let y = Arithmetic.operand(b) else {
      throw Failure(
        "'\(name)' needs numbers or arrays, "
          + "not \(article(a.typeAndShape)) and \(article(b.typeAndShape))"
      )
    }
    let result = try Broadcasting.map(x, y, sign: name, isMask: isMask, f)
    return x.rank == 0 && y.rank == 0 ? .number(result.pointer[0]) : .array(result)
  }

  /// a where the mask is not 0, b elsewhere; all three are broadcast.
  private static func chosen(_ mask: Value, _ a: Value, _ b: Value) throws -> Value {
    // The shape of the result, and the mask in it.
    let whole = try pair("where", try pair("where", mask, a) { m, _ in m }, b) { m, _ in m }
    guard case .array(let places) = whole else { return whole.asNumber != 0 ? a : b }
    guard case .array(let kept) = try pair("where", whole, a, { _, x in x }),
      case .array(let others) = try pair("where", whole, b, { _, x in x })
    else { return whole }
    let result = NumericArray(uninitializedLike: places)
    try Interruption.forEachRange(of: result.count) { range in
      for i in range {
        result.pointer[i] = places.pointer[i] != 0 ? kept.pointer[i] : others.pointer[i]
      }
    }
    return .array(result)
  }
}
