import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine
import Text

/// What a model of two classes says of two features, in the numbers that the data have.
///
///     f = w·x + b;   with a weight vector for each class w = w₁ − w₀
struct DecisionPlane {
  /// The slopes of f along the two features.
  let slopes: [Double]
  /// f where both are 0.
  let level: Double
  /// Δ, the f of the margins; nil where the loss has no margin, or one for each class's own score.
  let margin: Double?
  /// The class of each row, as the model numbers them.
  let labels: [Int]
  /// The row numbers of the support vectors; none where the loss has no margin.
  let support: [Int]

  /// - Throws: A `Failure` where there are not two classes and two features; `EngineError` where
  ///   the data don't fit the model; `MemoryRefused`, `Interrupted`.
  init(_ model: LinearClassifier, _ data: Dataset) throws {
    let features = data.features
    let count = features.columns - (features.preparation.hasBias ? 1 : 0)
    guard model.classCount == 2, count == 2,
      model.weights.rows - (model.hasBiasRow ? 1 : 0) == 2
    else {
      let what =
        model.classCount == 2
        ? Quantity.count(count, "feature")
        : Quantity.count(model.classCount, "class", plural: "classes")
      throw Failure(
        "a line is drawn between 2 classes of 2 features, and here are \(what)",
        help: model.classCount == 2
          ? "train it on two features: `keep` takes them out of the data"
          : "`plot-ascii` of the data alone draws the points",
        parameter: "values")
    }
    let own = try data.numbered(by: model.classes, of: "the model")
    let prepared = try model.prepared(own.features).preparation
    let W = model.weights
    func weight(_ row: Int) -> Double { model.isBinary ? W[row, 0] : W[row, 1] - W[row, 0] }
    var slopes = [weight(0), weight(1)]
    var level = model.isBinary ? model.bias : 0
    if model.hasBiasRow { level += weight(2) }
    // f of the numbers as the data have them: what the model does beyond that goes into f.
    let have = features.preparation
    for j in 0..<2 {
      let scale = have.scale == nil ? prepared.scale?[j] ?? 1 : 1
      let mean = have.mean == nil ? prepared.mean?[j] ?? 0 : 0
      // Scaled by the data, but not centered: the mean is of raw numbers.
      let unit = have.scale?[j] ?? 1
      slopes[j] *= scale
      level -= slopes[j] * mean * unit
    }
    self.slopes = slopes
    self.level = level
    labels = own.labels
    let structure = model.options.objective.loss.structure
    let form = structure?.margin.dualForm
    let hasMargin = form.map { $0.lower == 0 && $0.delta > 0 } ?? false
    margin =
      hasMargin && (model.isBinary || structure?.coupling != .separate) ? form?.delta : nil
    support = hasMargin ? try model.supportVectors(among: own.trainingData) : []
  }
}
