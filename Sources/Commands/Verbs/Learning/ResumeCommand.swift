import Datasets
import Interpreter
import Text
import SVMEngine

/// `resume MODEL`.
struct ResumeCommand: Command {
  static let name = "resume"
  static let summary = "Go on with a training run as if it had never stopped."
  static let discussion = """
    Without `iters=` it makes the updates that the run still lacks, or as many again where it was \
    complete. The result has the same bits as one long run.
    """
  static let examples: [Example] = [
    """
    d = synth blobs n=90 d=2 classes=3 seed=1
    m = train d iters=20 batch=10 seed=2
    a = train d iters=10 batch=10 seed=2
    a = resume a iters=10
    print norm(a.W - m.W)
    → 0
    """
  ]
  static let group = CommandGroup.learning

  @Operand("The model.") var model: LinearClassifier
  @Option("Further updates.", .atLeastOne) var iters: Int?
  @Option("What it learned from, where the model does not know: it was read from a file.")
  var on: Dataset?
  @Option("Rows to take the validation accuracy on.") var val: Dataset?
  @Option("Updates in all after which it stops as by Ctrl-C.", .atLeastOne) var stopAfter: Int?

  static func outline(operand: Value?, options: Set<String>) -> Value? {
    operand ?? .object(LinearClassifier.outline)
  }

  func run(in session: Session) throws -> Output {
    let watch = Stopwatch()
    let planned = model.options.totalIterations
    let lacking = planned > model.iteration ? planned - model.iteration : planned
    let total = model.iteration.addingReportingOverflow(iters ?? lacking).partialValue
    let stop = PlannedStop(
      after: stopAfter, from: model.iteration, session.progressing("resume", total: total))
    defer { session.progress?.end() }
    func numbered(_ data: Dataset?) throws -> TrainingData? {
      try data?.numbered(by: model.classes, of: "the model").trainingData
    }
    let longer = try Training.resume(
      model, iterations: iters, data: try numbered(on), validation: try numbered(val),
      progress: stop.progress, keeper: session.modelKeeper, isInterrupted: stop.isDue)
    session.progress?.end()
    return TrainingReport.output(
      longer, from: model.iteration, seconds: watch.seconds, of: total,
      isStopPlanned: stop.hasCome)
  }
}
