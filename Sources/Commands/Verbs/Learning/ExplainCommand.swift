import Datasets
import Interpreter
import LinearAlgebra
import Text
import SVMEngine

/// `explain MODEL on=DATA sample=0`.
struct ExplainCommand: Command {
  static let name = "explain"
  static let summary = "Take the loss of one sample apart, term by term, as in the lecture notes."
  static let discussion = """
    Scores, each margin term, the indicator, the count, the loss, and what each term adds to which \
    column of the gradient. Of a model the loss is the one that it was trained with; of a matrix W \
    it is the one that the options name.
    """
  static let examples: [Example] = [
    """
    d = dataset([[1]], [0], classes=["cat", "car", "frog"])
    e = explain [[13, -7, 11]] on=d sample=0 delta=10
    print e.loss e.count
    → 8 1
    """
  ]
  static let group = CommandGroup.learning

  @Operand("A model, or W.") var model: ModelOrWeights
  @Option(required: "The data.") var on: Dataset
  @Option("Which row.", .nonNegative) var sample = 0
  @Option("b of the binary reduction.", .finite, name: "b") var bias = 0.0
  @OptionGroup var objective: ObjectiveParameters

  static func outline(operand: Value?, options: Set<String>) -> Value? {
    .object(ExplanationReport.outline)
  }

  func run(in session: Session) throws -> Output {
    let weights: Matrix
    let features: Features
    let options: ObjectiveOptions
    var b = bias
    var geometry: MarginGeometry?
    var on = self.on
    switch model {
    case .model(let model):
      on = try on.numbered(by: model.classes, of: "the model")
      weights = model.weights
      b = model.bias
      geometry = MarginGeometry(model)
      features = try model.prepared(model.features(of: on))
      options = model.options.objective
    case .weights(let matrix):
      options = try objective.made(reg: nil)
      weights =
        options.isBinary && matrix.rows == 1 && on.features.columns != 1
        ? matrix.transposed : matrix
      features = on.features
    }
    guard sample < on.count else {
      throw Failure(
        "there is no sample \(sample): the data have \(Quantity.count(on.count, "row"))",
        parameter: "sample")
    }
    let choice = options.choice
    let lossEntry = try LossCatalog.catalog.entry(choice.loss)
    let delta = lossEntry.options.first { $0.name == "delta" }.map {
      choice.numbers["delta"] ?? $0.defaultValue ?? 1
    }
    let explanation = try Explanation(
      weights, bias: b, features, label: on.labels[sample], sample: sample, options.loss,
      delta: delta)
    let report = ExplanationReport(
      explanation: explanation, sample: sample, classes: on.classes, lossName: options.loss.name,
      structure: options.loss.structure,
      geometry: geometry)
    return Output(.object(report))
  }
}
