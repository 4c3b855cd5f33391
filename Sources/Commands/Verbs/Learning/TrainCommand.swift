import Datasets
import Interpreter
import LinearAlgebra
import Text
import SVMEngine

/// `train DATA`.
struct TrainCommand: Command {
  static let name = "train"
  static let summary = "Fit a linear classifier."
  static let discussion = """
    Minimizes the mean loss of the samples plus the penalty, and returns the model: `.W`, \
    `.history`, `.classes`, `.support`, the row numbers of the support vectors; it predicts raw \
    data, too. Interrupted, it returns what there is, and \
    `resume` goes on.

    `val=` adds the validation accuracy to the history, once an epoch; with `patience=` the run \
    stops when it no longer rises, and the best weights are kept. `solver=dual tolerance=1e-3` and \
    others that minimize the whole problem end with a proof of how near the optimum is. A step \
    that is too long for the penalty is warned of, and so is a loss that has risen; one that is no \
    longer finite ends the run with an error.
    """
  static let examples: [Example] = [
    """
    iris = load "iris"
    iris = standardize iris
    iris = add-bias iris
    m = train iris lr=0.1 iters=300 batch=50 seed=1
    print (accuracy(m, iris) > 0.9)
    → true
    """
  ]
  static let group = CommandGroup.learning

  @Operand("Rows to learn from.") var data: Dataset
  @OptionGroup var training: TrainingParameters
  @Option("Rows to take the validation accuracy on.") var val: Dataset?
  @Option("Updates after which it stops as by Ctrl-C; `resume` goes on.", .atLeastOne)
  var stopAfter: Int?

  static func outline(operand: Value?, options: Set<String>) -> Value? {
    .object(LinearClassifier.outline)
  }

  func run(in session: Session) throws -> Output {
    let options = try training.options(
      seed: session.random.child("train").seedNumber(), in: session.layout)
    try DataWarnings.check(training: data, in: session)
    let watch = Stopwatch()
    let validation = try val?.numbered(by: data.classes, of: "the training data")
    let plan = try TrainingPlan(data.trainingData, options, validation: validation?.trainingData)
    if let warning = plan.warning { session.warn(warning.description, help: warning.help) }
    if let remark = plan.stationaryRemark { session.warn(remark) }
    let stop = PlannedStop(
      after: stopAfter, session.progressing("train", total: plan.total))
    defer { session.progress?.end() }
    let model = try Training.run(
      plan, progress: stop.progress, keeper: session.modelKeeper, isInterrupted: stop.isDue)
    session.progress?.end()
    if let rise = try RisingLoss(model, on: data.features) {
      session.warn(rise.message, help: rise.help)
    }
    return TrainingReport.output(
      model, seconds: watch.seconds, of: plan.total, isStopPlanned: stop.hasCome)
  }
}

extension RandomStream {
  /// The number that the stream would draw next, as a seed. The stream does not advance.
  func seedNumber() -> UInt64 {
    var stream = self
    return stream.nextUInt64()
  }
}
