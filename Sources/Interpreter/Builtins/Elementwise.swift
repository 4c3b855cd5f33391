import Glibc
import LinearAlgebra

/// Functions of numbers, applied to every entry of an array.
extension Builtins {
  static let elementwise: [BuiltinFunction] = [
    function("abs", "The absolute value.", "abs(-2)") { abs($0) },
    function("exp", "eˣ.", "exp(0)") { exp($0) },
    function("log", "The natural logarithm; -inf at 0, nan below.", "log(1)") { log($0) },
    function("log2", "The logarithm to base 2.", "log2(8)") { log2($0) },
    function("log1p", "log(1 + x), exact where x is small.", "log1p(1e-20)") { log1p($0) },
    function("expm1", "eˣ - 1, exact where x is small.", "expm1(1e-20)") { expm1($0) },
    function("log10", "The logarithm to base 10.", "log10(1000)") { log10($0) },
    function("sqrt", "The square root; nan below 0.", "sqrt(9)") { $0.squareRoot() },
    function("square", "x².", "square([1, 2, 3])") { $0 * $0 },
    function("sin", "The sine of an angle in radians.", "sin(pi / 2)") { sin($0) },
    function("cos", "The cosine of an angle in radians.", "cos(pi)") { cos($0) },
    function("tan", "The tangent of an angle in radians.", "tan(pi / 4)") { tan($0) },
    function("tanh", "The hyperbolic tangent.", "tanh(0.5)") { tanh($0) },
    function("sign", "-1, 0 or 1.", "sign(-3)") { $0.isNaN ? .nan : $0 > 0 ? 1 : $0 < 0 ? -1 : 0 },
    function("floor", "The largest whole number that is not larger.", "floor(2.7)") {
      $0.rounded(.down)
    },
    function("trunc", "The whole number next to it, towards 0.", "trunc(-2.7)") {
      $0.rounded(.towardZero)
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
      "arctan2", [.required("y"), .required("x")], usage: "arctan2(y, x)",
      summary: "The angle of the point (x, y), from -π to π.", examples: ["arctan2(1, -1)"]
    ) { arguments, _ in try pair("arctan2", arguments[0], arguments[1]) { atan2($0, $1) } },
    BuiltinFunction(
      "power", [.required("a"), .required("b")], usage: "power(a, b)",
      summary: "a to the b, as `a ** b`.", examples: ["power(2, [1, 2, 3])"]
    ) { arguments, _ in try Arithmetic.binary(.power, arguments[0], arguments[1]) },
    BuiltinFunction(
      "mod", [.required("a"), .required("b")], usage: "mod(a, b)",
      summary: "The rest of a division, with the sign of b, as `a % b`.", examples: ["mod(-7, 3)"]
    ) { arguments, _ in try Arithmetic.binary(.remainder, arguments[0], arguments[1]) },
    function("isnan", "True where an entry is not a number.", "isnan(nan)", givesTruth: true) {
      $0.isNaN ? 1 : 0
    },
    function("isinf", "True where an entry is inf or -inf.", "isinf(1 / 0)", givesTruth: true) {
      $0.isInfinite ? 1 : 0
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
    _ value: Value, givesTruth: Bool = false, _ f: (Double) throws -> Double
  ) throws -> Value {
    if let number = value.asNumber {
      let result = try f(number)
      return givesTruth ? .bool(result != 0) : .number(result)
    }
    let x = try value.array("x")
    try MemoryLimit.require(rows: x.rows, columns: x.columns, bytesPerEntry: 8)
    let result = NumericArray(uninitializedLike: x, isMask: givesTruth)
    try Interruption.forEachRange(of: x.count, costEach: 4) { range in
      for i in range { result.pointer[i] = try f(x.pointer[i]) }
    }
    return .array(result)
  }

  /// f of two numbers, or entry by entry with broadcasting.
  static func pair(
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
}
