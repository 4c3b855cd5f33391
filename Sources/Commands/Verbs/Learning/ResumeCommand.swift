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

    With the table of a `tune` that was interrupted it trains what is left of the combinations.
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
  static let goesOn = true

  @Operand("The model, or the table of an interrupted `tune`.") var model: ResumableArgument
  @Option("Further updates.", .atLeastOne) var iters: Int?
  @Option("What it learned from, where the model does not know: it was read from a file.")
  var on: Dataset?
  @Option("Rows to take the validation accuracy on.") var val: Dataset?
  @Option("Updates in all after which it stops as by Ctrl-C.", .atLeastOne) var stopAfter: Int?

  static func outline(operand: Value?, options: Set<String>) -> Value? {
    operand ?? .object(LinearClassifier.outline)
  }

  func run(in session: Session) throws -> Output {
    switch model {
    case .model(let model): return try resume(model, in: session)
    case .search(let table, let state):
      let given = [
        ("iters", iters != nil), ("on", on != nil), ("val", val != nil),
        ("stop-after", stopAfter != nil),
      ]
      if let (option, _) = given.first(where: \.1) {
        throw Failure(
          "'\(option)' is for a model: a table goes on with what it was begun with",
          parameter: option)
      }
      return try TuningReport.output(state, table.varied, title: "resume", in: session)
    }
  }

  private func resume(_ model: LinearClassifier, in session: Session) throws -> Output {
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
