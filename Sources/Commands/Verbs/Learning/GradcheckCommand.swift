import Datasets
import Interpreter
import LinearAlgebra
import Notebooks
import SVMEngine

/// `gradcheck LOSS at=W on=DATA`.
struct GradcheckCommand: Command {
  static let name = "gradcheck"
  static let summary = "Compare a gradient with centred differences, entry by entry."
  static let discussion = """
    LOSS is `svm_loss`, or a function of yours of (W, X, y, reg) that returns the loss and the \
    gradient. An entry that misses is looked at: a sample whose margin changes sign within ±h (a \
    kink of the loss) or the rounding of a large loss explain it, or the gradient is wrong.

    It reports, and returns `.passed`: kinks and round-off pass. Always in double.
    """
  static let examples = [
    Example(
      "d = synth blobs n=50 d=3 classes=4 seed=1\nW = randn(d.d, d.k) * 0.01\n"
        + "g = gradcheck svm_loss at=W on=d reg=50\nprint g.passed", shows: "true")
  ]
  static let group = CommandGroup.learning

  @Operand("The function.") var loss: FunctionArgument
  @Option(required: "The weights.") var at: Matrix
  @Option(required: "Rows to compute the loss on.") var on: Dataset
  @Option("Strength λ of the penalty, as the function gets it.", .nonNegative) var reg: Double?
  @Option("Entries to check: a number, or all.") var samples = SamplesArgument(.count(10))
  @Option("Half the distance of the two points.", .positive) var h = 1e-5
  @Option("Relative error from which an entry is looked at.", .positive) var tolerance = 1e-4
  @Option("Seed of its own, in the place of the statement's stream.") var seed: SeedArgument?
  @Option("b of the binary reduction.", .finite, name: "b") var bias = 0.0
  @OptionGroup var objective: ObjectiveOptions

  func run(in session: Session) throws -> Output {
    let isEngine = loss.function === session.catalog.function(named: "svm_loss")
    let options = objective.lossOptions(reg: reg)
    let weights = options.isBinary && at.rows == 1 && on.features.columns != 1 ? at.transposed : at
    let objective = try options.objective(
      classes: on.classCount, labels: on.labels, hasBiasRow: on.features.preparation.hasBias)
    var stream =
      seed.map { RandomStream(seed: $0.seed, key: "gradcheck", count: 0) }
      ?? session.random.child("gradcheck")
    let function: GradientCheck.Function
    if isEngine {
      function = { W in
        let value = try objective.value(W, bias: bias, on.features, labels: on.labels)
        return (value.loss, value.gradient)
      }
    } else {
      function = try theirs(session, shapedAs: at)
    }
    // What is known of the kinks is the engine's loss; of another function it is a guess.
    let kinks = try? KinkFinder(objective, weights, bias: bias, on.features, labels: on.labels)
    let check = try GradientCheck(
      function, at: isEngine ? weights : at, hasBiasRow: on.features.preparation.hasBias,
      samples: samples.samples, step: h, tolerance: tolerance, stream: &stream, kinks: kinks)
    let report = GradcheckReport(check: check, classes: on.classes, isTheirs: !isEngine)
    return Output(.object(report), report: report.shown(on: session.display))
  }

  /// The person's function of (W, X, y, reg), as the check calls it.
  private func theirs(_ session: Session, shapedAs at: Matrix) throws -> GradientCheck.Function {
    let function = loss.function
    // Prepared once: every call gets the same arrays.
    let X = Value.array(NumericArray(try on.features.matrix()))
    let y = Value.vector(on.labels.map { Double($0) })
    let parameters = function.parameterNames.count
    return { W in
      var arguments: [Value] = [.array(NumericArray(W)), X, y, .number(reg ?? 0)]
      if parameters == 3 {
        guard reg == nil || reg == 0 else {
          throw Failure(
            "'\(function.name)' takes no reg", help: "leave out `reg=`", parameter: "reg")
        }
        arguments.removeLast()
      }
      let result = try session.call(function, arguments)
      guard case .tuple(let box) = result, box.items.count >= 2 else {
        throw Failure(
          "'\(function.name)' must return the loss and the gradient, not "
            + article(result.typeAndShape), help: "as in `return loss, dW`", parameter: "loss")
      }
      guard let loss = box.items[0].asNumber else {
        throw Failure(
          "the loss that '\(function.name)' returns must be a number, not "
            + article(box.items[0].typeAndShape), parameter: "loss")
      }
      guard case .array(let gradient) = box.items[1] else {
        throw Failure(
          "the gradient that '\(function.name)' returns must be a matrix, not "
            + article(box.items[1].typeAndShape), parameter: "loss")
      }
      return (loss, gradient.matrix)
    }
  }
}
