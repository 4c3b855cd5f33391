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
    Scores, each margin term, the indicator (of smooth losses the slope −φ′), the count, the loss, \
    and what each term adds to which column of the gradient, in symbols and in numbers: \
    `.gradient` has them all. At an exact kink the interval of subgradients is shown, and which \
    one is taken. Of a model the loss is the one that it was trained with; of a matrix W it is the \
    one that the options name. Class weights count; the penalty is no part of one sample's loss.
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
      if let option = objective.given.first?.name ?? (bias == 0 ? nil : "b") {
        throw Failure(
          "a model has the loss that it was trained with, and takes no "
            + "'\(option.replacingUnderscores)'",
          help: "leave it out, or explain a matrix of weights",
          parameter: option.replacingUnderscores)
      }
      on = try on.numbered(by: model.classes, of: "the model")
      weights = model.weights
      b = model.bias
      geometry = MarginGeometry(model)
      features = try model.prepared(model.features(of: on))
      options = model.options.objective
    case .weights(let given):
      try refusePenalty()
      options = try objective.made(reg: nil)
      weights = given.weights(
        in: session.layout, isBinary: options.isBinary, features: on.features.columns)
      features = on.features
      try features.checkShape(of: weights, in: session.layout)
      if !options.isBinary { try on.checkColumns(of: weights, in: session.layout) }
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
      delta: delta,
      classWeight: try options.classWeights.resolved(
        classes: on.classCount, labels: on.labels)?[on.labels[sample]] ?? 1)
    let report = ExplanationReport(
      explanation: explanation, sample: sample, classes: on.classes, objective: options,
      featureNames: on.featureNames, hasBiasRow: features.preparation.hasBias,
      layout: session.layout, geometry: geometry)
    return Output(.object(report))
  }

  /// - Throws: A `Failure` for an option of the penalty, which one sample's loss does not have.
  private func refusePenalty() throws {
    let others = ["penalty", "C", "regularize_bias"]
    guard
      let option = objective.given.map(\.name).first(where: {
        others.contains($0) || ObjectiveParameters.penaltyNames.contains($0)
      })?.replacingUnderscores
    else { return }
    throw Failure(
      "one sample's loss has no penalty, and '\(option)' belongs to it",
      help: "leave out `\(option)=`", parameter: option)
  }
}
