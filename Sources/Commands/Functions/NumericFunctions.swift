import Text
import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine

extension EngineFunctions {
  static let numerics: [BuiltinFunction] = [
    BuiltinFunction(
      "margins", [.required("W"), .required("X"), .optional("y"), .optional("delta")],
      usage: "margins(W, X, y, delta=1)",
      summary: "max(0, s_j − s_y + Δ) of every sample and class, N×K, and 0 at y.",
      examples: ["margins([[1, 0], [0, 1]], [[3, 4]], [0])"],
      result: .array
    ) { arguments, session in
      let layout = session.layout
      let W = layout.convert(try matrix(arguments[0], "W"))
      let delta = arguments[3].isMissing ? 1 : try arguments[3].number("delta")
      guard delta.isFinite, delta >= 0 else {
        throw Failure("'delta' must be at least 0, not \(NumberText.shortest(delta))")
      }
      let (X, labels) = try featuresAndLabels(arguments[1], arguments[2], W, layout)
      try X.checkShape(of: W, in: layout)
      let scores = try Products.scores(X, W, precision: .double)
      return .array(
        NumericArray(layout.convert(try hingeMargins(scores, labels: labels, delta: delta))))
    },
    BuiltinFunction(
      "relative_error", [.required("a"), .required("b")], usage: "relative_error(a, b)",
      summary: "|a − b| / (|a| + |b|), entry by entry, and 0 where both are 0.",
      examples: ["relative_error(1, 1.1)"]
    ) { arguments, _ in
      if case .array(let a) = arguments[0], case .array(let b) = arguments[1] {
        guard a.rank == b.rank else {
          throw Failure(
            "a is \(article(arguments[0].typeAndShape)), "
              + "and b \(article(arguments[1].typeAndShape))"
          )
        }
        return .array(shaped(try relativeError(a.matrix, b.matrix), like: a))
      }
      return .number(
        relativeError(try arguments[0].number("a"), try arguments[1].number("b")))
    },
    BuiltinFunction(
      "numerical_gradient", [.required("f"), .required("W"), .optional("h")],
      usage: "numerical_gradient(f, W, h=1e-5)",
      summary: "The gradient of a function of W by centered differences: two calls for each entry. "
        + "Of several values that it returns, the first counts.",
      examples: ["fn f(W) { return sum(W * W) }\nnumerical_gradient(f, [1, 2])"],
      result: .array
    ) { arguments, session in
      guard case .function(let function) = arguments[0] else {
        throw Failure("'f' must be a function, not \(article(arguments[0].typeAndShape))")
      }
      let W = try arguments[1].array("W")
      let h = arguments[2].isMissing ? 1e-5 : try arguments[2].number("h")
      func value(at point: Matrix) throws -> Double {
        var result = try session.call(function, [.array(shaped(point, like: W))])
        if case .tuple(let box) = result { result = box.items.first ?? .none }
        guard let number = result.asNumber else {
          throw Failure(
            "'\(function.name)' must return a number, not \(article(result.typeAndShape))")
        }
        return number
      }
      let gradient = try numericalGradient(value, at: W.matrix, step: h)
      return .array(shaped(gradient, like: W))
    },
    BuiltinFunction(
      "prox_elastic_net", [.required("v"), .optional("step"), .optional("l1"), .optional("l2")],
      usage: "prox_elastic_net(v, step=1, l1=0, l2=0)",
      summary: "sign(v) max(|v| − step·l1, 0) / (1 + step·l2), entry by entry.",
      examples: ["prox_elastic_net([3, -0.2], step=1, l1=0.5)"]
    ) { arguments, _ in
      let v = try arguments[0].array("v")
      func option(_ i: Int, _ name: String, _ usual: Double) throws -> Double {
        arguments[i].isMissing ? usual : try arguments[i].number(name)
      }
      let result = try proxElasticNet(
        v.matrix, step: try option(1, "step", 1), l1: try option(2, "l1", 0),
        l2: try option(3, "l2", 0))
      if case .array = arguments[0] { return .array(shaped(result, like: v)) }
      return .number(result[0, 0])
    },
  ]

  /// Features and labels, from a dataset, or from a matrix X and a vector y.
  private static func featuresAndLabels(
    _ X: Value, _ y: Value, _ W: Matrix, _ layout: Layout
  ) throws -> (Features, [Int]) {
    if case .object(let box) = X, let data = box.object as? Dataset {
      guard y.isMissing else { throw Failure("a dataset has its labels: leave out 'y'") }
      try data.checkColumns(of: W, in: layout)
      return (data.features, data.labels)
    }
    guard !y.isMissing else { throw Failure("labels are needed: give 'y', or a dataset") }
    return (
      Features(DoubleMatrix(layout.convert(try matrix(X, "X")))), try labels(y, classes: W.columns)
    )
  }

  private static func shaped(_ matrix: Matrix, like array: NumericArray) -> NumericArray {
    NumericArray(matrix).reshaped(rank: array.rank, rows: array.rows, columns: array.columns)
  }
}
