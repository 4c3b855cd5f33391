import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine
import Synchronization

/// The engine's functions in expressions: losses and gradients, scores and predictions.
enum EngineFunctions {
  /// The functions, in the order in which they are listed.
  static let all: [BuiltinFunction] = losses + marginFunctions + predictions + numerics
}

/// Options of `svm_loss`, in the order of its arguments after X and y.
struct SVMLossOptions: ParameterGroup {
  @Option("Strength λ of the penalty.", .nonNegative) var reg: Double?
  @OptionGroup var objective: ObjectiveParameters
  @Option("b of the binary reduction.", .finite, name: "b") var bias: Double?
  @Option("Which of the three ways to the same numbers.") var engine = Engine.fused
  @Option("What the products compute in.") var precision = Precision.double
  @Option("Whether samples are rows or columns of X.") var layout = Layout.rows
  private let resolved = Resolved()

  /// The objective that the options stand for, made at the first call: those of a loop share them.
  ///
  /// - Throws: As `ObjectiveParameters.made`.
  func made() throws -> ObjectiveOptions {
    if let known = resolved.options.withLock({ $0 }) { return known }
    let made = try objective.made(reg: reg)
    resolved.options.withLock { $0 = made }
    return made
  }

  private final class Resolved: Sendable {
    let options = Mutex<ObjectiveOptions?>(nil)
  }
}

/// Options of `score_loss`.
struct ScoreLossOptions: ParameterGroup {
  @OptionGroup var objective: ObjectiveParameters
}

extension EngineFunctions {
  static let losses: [BuiltinFunction] = [
    .withOptions(
      "svm_loss", [.required("W"), .required("X"), .optional("y")], of: SVMLossOptions.self,
      usage: "svm_loss(W, X, y, reg=0, loss=\"hinge\", reduction=\"weston-watkins\", delta=1, …)",
      summary: "Mean loss and its gradient: `loss, dW`; a dataset has X and y. "
        + "`help train` lists the options, written with `_` for `-`.",
      examples: [
        "W = zeros(3, 2)\nloss, dW = svm_loss(W, [[1, 2, 3], [4, 5, 6]], [0, 1], reg=0.1)"
      ]
    ) { arguments, options, _ in
      try svmLoss(arguments, options)
    },
    .withOptions(
      "score_loss", [.required("S"), .required("y")], of: ScoreLossOptions.self,
      usage: "score_loss(S, y, loss=\"hinge\", reduction=\"weston-watkins\", delta=1, …)",
      summary: "Mean loss of rows of scores, and its gradient with respect to them.",
      examples: ["loss, dS = score_loss([[13, -7, 11]], [0], delta=10)"]
    ) { arguments, options, session in
      let lossOptions = try options.objective.made(reg: nil)
      guard lossOptions.choice.penalty == nil, lossOptions.sumWeight == nil else {
        throw Failure("'score_loss' has no weights, and so no penalty and no C")
      }
      let S = try scoreMatrix(
        arguments[0], isBinary: lossOptions.isBinary, layout: session.layout)
      let labels = try labels(
        arguments[1], classes: S.columns, isBinary: lossOptions.isBinary)
      let objective = try lossOptions.objective(
        classes: lossOptions.isBinary ? 2 : S.columns, labels: labels, hasBiasRow: false)
      let result = try scoreLoss(
        S, labels: labels, objective.loss, classWeights: objective.classWeights)
      return .tuple([
        .number(result.loss),
        .array(shaped(result.gradient, like: arguments[0], layout: session.layout)),
      ])
    },
  ]

  private static func svmLoss(_ arguments: [Value], _ options: SVMLossOptions) throws -> Value {
    let lossOptions = try options.made()
    guard options.bias == nil || lossOptions.isBinary else {
      throw Failure("'b' belongs to the binary reduction", help: "give reduction=\"binary\"")
    }
    let layout = options.layout
    let isVector: Bool
    var W: Matrix
    let given = try arguments[0].array("W")
    isVector = given.rank == 1
    // A vector is the one column of the binary reduction.
    W =
      isVector
      ? try given.reshaped(rank: 2, rows: given.count, columns: 1).matrix
      : layout.convert(try given.matrix)
    let features: Features
    let labels: [Int]
    let classes: Int
    if case .object(let box) = arguments[1], let data = box.object as? Dataset {
      guard arguments[2].isMissing else {
        throw Failure("a dataset has its labels: leave out 'y'")
      }
      (features, labels, classes) = (data.features, data.labels, data.classCount)
      if lossOptions.isBinary, W.rows == 1, features.columns != 1 { W = W.transposed }
      if !lossOptions.isBinary { try data.checkColumns(of: W, in: layout) }
    } else {
      guard !arguments[2].isMissing else { throw Failure("'svm_loss' needs 'y'") }
      let X = layout.convert(try matrix(arguments[1], "X"))
      features = Features(DoubleMatrix(X))
      if lossOptions.isBinary, W.rows == 1, features.columns != 1 { W = W.transposed }
      classes = lossOptions.isBinary ? 2 : W.columns
      labels = try self.labels(arguments[2], classes: classes, isBinary: lossOptions.isBinary)
    }
    try features.checkShape(of: W, in: layout)
    // Of a bare matrix X, the last column is the bias, if an option exempts the bias from the
    // penalty.
    let isBare = if case .object = arguments[1] { false } else { true }
    let objective = try lossOptions.objective(
      classes: classes, labels: labels,
      hasBiasRow: isBare || features.preparation.hasBias)
    let value = try objective.value(
      W, bias: options.bias ?? 0, features, labels: labels, engine: options.engine,
      precision: options.precision)
    let gradient = NumericArray(isVector ? value.gradient : layout.convert(value.gradient))
    let dW =
      isVector
      ? gradient.reshaped(rank: 1, rows: 1, columns: gradient.count)
      : gradient.rows == given.rows
        ? gradient : gradient.reshaped(rank: 2, rows: given.rows, columns: given.columns)
    return .tuple(
      [.number(value.loss), .array(dW)]
        + (lossOptions.isBinary ? [.number(value.biasGradient)] : []))
  }

  // MARK: Arguments

  /// A matrix; a vector is one row.
  static func matrix(_ value: Value, _ name: String) throws -> Matrix {
    try value.array(name).matrix
  }

  /// Scores, N×K. A vector is one row; with the binary reduction, it is one column.
  private static func scoreMatrix(_ value: Value, isBinary: Bool, layout: Layout) throws -> Matrix {
    let array = try value.array("S")
    if array.rank == 1 {
      return isBinary
        ? try array.reshaped(rank: 2, rows: array.count, columns: 1).matrix : try array.matrix
    }
    return layout.convert(try array.matrix)
  }

  /// Labels: class numbers, or −1 and +1 for the binary reduction.
  static func labels(_ value: Value, classes: Int, isBinary: Bool = false) throws -> [Int] {
    let vector = try value.vector("y").entries
    return isBinary
      ? try Labels.signs(vector) : try Labels.classNumbers(vector, classes: classes)
  }

  private static func shaped(_ matrix: Matrix, like value: Value, layout: Layout) -> NumericArray {
    guard case .array(let given) = value, given.rank == 1 else {
      return NumericArray(layout.convert(matrix))
    }
    let array = NumericArray(matrix)
    return array.reshaped(rank: 1, rows: 1, columns: array.count)
  }
}
