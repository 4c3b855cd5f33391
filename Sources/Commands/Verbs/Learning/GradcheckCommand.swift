import Datasets
import Interpreter
import LinearAlgebra
import Text
import SVMEngine

/// `gradcheck LOSS at=W on=DATA`.
struct GradcheckCommand: Command {
  static let name = "gradcheck"
  static let summary = "Compare a gradient with centered differences, entry by entry."
  static let discussion = """
    LOSS is `svm_loss`, or a function of yours of (W, X, y, reg) that returns the loss and the \
    gradient. An entry that misses is looked at: a sample whose margin changes sign within ±h (a \
    kink of the loss) or the rounding of a large loss explain it, or the gradient is wrong.

    It reports, and returns `.passed`: kinks and round-off pass. Where one of the known mistakes \
    explains all wrong entries and contradicts no right one, it is named, and is `.cause`. Always \
    in double.

    With reduction=binary the labels are −1 and +1, as in the formulas, and b is a parameter like \
    the others: of `svm_loss`, and of a function of yours that has a parameter `b` and returns \
    loss, dw and db. A vector stays a vector. A function that has a parameter of the name of an \
    option, as `delta`, gets what is given for it. The last line says what it was called with.
    """
  static let examples: [Example] = [
    """
    d = synth blobs n=50 d=3 classes=4 seed=1
    W = randn(d.d, d.k) * 0.01
    g = gradcheck svm_loss at=W on=d reg=50
    print g.passed
    → true
    """
  ]
  static let group = CommandGroup.learning

  @Operand("The function.") var loss: FunctionArgument
  @Option(required: "The weights.") var at: WeightsArgument
  @Option(required: "Rows to compute the loss on.") var on: Dataset
  @Option("Strength λ of the penalty, as the function gets it.", .nonNegative) var reg: Double?
  @Option("Entries to check: a number, or all.") var samples = SamplesArgument(.count(10))
  @Option("Half the distance of the two points.", .positive) var h = 1e-5
  @Option("Relative error from which an entry is looked at.", .positive) var tolerance = 1e-4
  @Option("Seed of its own, in the place of the statement's stream.") var seed: SeedArgument?
  @Option("b of the binary reduction.", .finite, name: "b") var bias = 0.0
  @OptionGroup var objective: ObjectiveParameters

  static func outline(operand: Value?, options: Set<String>) -> Value? {
    .object(GradcheckReport.outline)
  }

  func run(in session: Session) throws -> Output {
    let isEngine = loss.function === session.catalog.function(named: "svm_loss")
    let options = try objective.made(reg: reg)
    let hasB = options.isBinary && (isEngine || loss.function.parameterNames.contains("b"))
    let weights = at.weights(
      in: session.layout, isBinary: options.isBinary, features: on.features.columns)
    if isEngine, !options.isBinary { try on.checkColumns(of: weights, in: session.layout) }
    // More columns are an error, which is reported later.
    let takesB = hasB && weights.columns == 1
    let objective = try options.objective(
      classes: on.classCount, labels: on.labels, hasBiasRow: on.features.preparation.hasBias)
    var stream =
      seed.map { RandomStream(seed: $0.seed, key: "gradcheck", count: 0) }
      ?? session.random.child("gradcheck")
    let call = isEngine ? nil : try GradcheckCall(self, in: session, weights, takesB: takesB)
    let function = call?.function() ?? engine(objective, takesB: takesB)
    // The kinks are those of the engine's loss; for another function, they are a guess.
    let kinks = try? KinkFinder(objective, weights, bias: bias, on.features, labels: on.labels)
    let check = try GradientCheck(
      function, at: takesB ? Self.joined(weights, bias) : weights,
      hasBiasRow: takesB || on.features.preparation.hasBias, samples: samples.samples, step: h,
      tolerance: tolerance, stream: &stream, kinks: kinks,
      setting: GradientSetting(objective, bias: bias, on.features, labels: on.labels))
    let report = GradcheckReport(
      check: check, classes: on.classes, isTheirs: !isEngine,
      rowOfB: takesB ? weights.rows : nil, isVector: at.isVector || takesB,
      layout: session.layout, callText: call?.text)
    return Output(.object(report))
  }

  /// The engine's loss. With `takesB`, the last row of the point is b.
  private func engine(_ objective: Objective, takesB: Bool) -> GradientCheck.Function {
    { point in
      let (W, b) = takesB ? Self.parted(point) : (point, bias)
      let value = try objective.value(W, bias: b, on.features, labels: on.labels)
      return (
        value.loss, takesB ? Self.joined(value.gradient, value.biasGradient) : value.gradient
      )
    }
  }

  /// The column, with b as one more row.
  static func joined(_ column: Matrix, _ b: Double) -> Matrix {
    Matrix(rows: column.count + 1, columns: 1, column.entries + [b])
  }

  /// The column without its last row, and b, the last row.
  static func parted(_ point: Matrix) -> (column: Matrix, b: Double) {
    let rows = point.rows - 1
    return (Matrix(rows: rows, columns: 1, Array(point.entries.prefix(rows))), point[rows, 0])
  }
}
