import Text
import Datasets
import Interpreter
import SVMEngine

/// `evaluate MODEL on=DATA`.
struct EvaluateCommand: Command {
  static let name = "evaluate"
  static let summary = "Measure a model: accuracy, precision, recall, F1, confusion matrix."
  static let discussion = """
    Of two classes also the areas under the ROC curve and under the precision–recall curve \
    (average precision), class 1 being the positive one. The model prepares raw data itself, and \
    finds its classes by name: the data may lack some, or have them in another order.
    """
  static let examples: [Example] = [
    """
    d = synth blobs n=90 d=2 classes=3 seed=1
    m = train d lr=0.1 iters=50 batch=30
    e = evaluate m on=d
    print (e.accuracy > 0.5)
    → true
    """
  ]
  static let group = CommandGroup.learning

  @Operand("The model.") var model: LinearClassifier
  @Option(required: "Rows to measure it on.") var on: Dataset

  static func outline(operand: Value?, options: Set<String>) -> Value? {
    .object(EvaluationReport.outline)
  }

  func run(in session: Session) throws -> Output {
    let data = try on.numbered(by: model.classes, of: "the model")
    let evaluation = try Evaluation(model, on: model.features(of: data), labels: data.labels)
    return Output(
      .object(
        EvaluationReport(
          evaluation: evaluation, classes: data.classes, counts: data.classCounts)))
  }
}
