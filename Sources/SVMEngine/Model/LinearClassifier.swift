import LinearAlgebra

/// A trained linear classifier: scores are X W (binary: X w + b), and the largest one wins.
public struct LinearClassifier: Sendable {
  /// W, D×K; D×1 for the binary reduction. The last row is the bias where `preparation.hasBias`.
  public var weights: Matrix
  /// b of the binary reduction, else 0.
  public var bias: Double
  /// The labels of the classes as they were in the data.
  public var classes: [String]
  /// The names of the features that it keeps of raw ones, where they had some.
  public var columns: [String]?
  /// The options of its run.
  public var options: TrainingOptions
  /// The preparation of raw features that the model expects.
  public var preparation: Preparation
  /// The history of its run.
  public var history = History()
  /// Updates made so far.
  public var iteration = 0
  /// The number of updates after which the weights were best; nil where the last ones are kept.
  public var bestIteration: Int?
  /// The solver's state, from which `resume` continues with the same bits.
  public package(set) var solverState: SavedState?
  /// Where the best weights were kept: the last ones, and what the next look depends on.
  package var stoppingState: SavedState?
  /// What the solver knew of the objective at the end, where it minimizes the whole problem: J, and
  /// how far it may be above its least value.
  public var certificate: Certificate?
  /// How the run ended.
  public var ending = Ending.complete
  /// The training data, for `resume`; not saved with the model.
  public var data: TrainingData?
  /// The validation data, for `resume`; not saved with the model.
  public var validation: TrainingData?

  /// How a run ended.
  public enum Ending: String, Sendable, Equatable {
    /// All updates were made.
    case complete
    /// The gap, a bound of the distance from the minimum, is within the tolerance.
    case converged
    /// The objective changes by less than the tolerance, without a bound of its distance from the
    /// minimum.
    case settled
    /// No step makes progress in this precision.
    case stuck
    /// The validation accuracy no longer rose.
    case patience
    /// The user stopped it.
    case interrupted
  }

  /// A classifier from its parts, as when it is read from a file.
  public init(
    weights: Matrix, bias: Double = 0, classes: [String], options: TrainingOptions,
    preparation: Preparation
  ) {
    self.weights = weights
    self.bias = bias
    self.classes = classes
    self.options = options
    self.preparation = preparation
  }

  /// K, the number of classes.
  public var classCount: Int { classes.count }
  /// The columns of raw features, those that it does not use among them.
  public var rawColumns: Int {
    preparation.selection?.rawColumns ?? weights.rows - (preparation.hasBias ? 1 : 0)
  }
  /// Whether it has one weight vector for two classes.
  public var isBinary: Bool { options.objective.isBinary }
  /// Whether the user stopped its run.
  public var wasInterrupted: Bool { ending == .interrupted }
  /// Whether the last row of W is the bias.
  public var hasBiasRow: Bool { preparation.hasBias }

  /// Scores of the features, N×K; N×1 for the binary reduction. The missing part of the model's
  /// preparation is applied.
  ///
  /// - Throws: `EngineError` where the columns don't fit, or the data are prepared in another way;
  ///   `MemoryRefused`, `Interrupted`.
  public func scores(_ features: Features) throws -> Matrix {
    try rawScores(prepared(features))
  }

  /// Scores of a matrix, N×K, which is taken as prepared unless `raw`.
  ///
  /// - Throws: `EngineError` where the columns don't fit, `MemoryRefused`, `Interrupted`.
  public func scores(_ matrix: Matrix, raw: Bool) throws -> Matrix {
    let features = Features(DoubleMatrix(matrix))
    return try raw ? scores(features) : rawScores(features)
  }

  /// Class numbers: the first arg-max; for the binary reduction 1 where f > 0.
  ///
  /// - Throws: as `scores`.
  public func predict(_ features: Features) throws -> [Int] {
    let features = try prepared(features)
    var predictions: [Int] = []
    predictions.reserveCapacity(features.rows)
    // Some rows at a time, since the scores may take more memory than sparse features do.
    for start in stride(from: 0, to: features.rows, by: 1 << 16) {
      let block = features.selecting(start..<min(start + (1 << 16), features.rows))
      predictions += Self.decide(try rawScores(block), isBinary: isBinary)
    }
    return predictions
  }

  /// The share of rows whose prediction is the label.
  ///
  /// - Throws: as `scores`; `EngineError` where labels and rows differ in number, or there are
  ///   none.
  public func accuracy(_ features: Features, labels: [Int]) throws -> Double {
    try Metrics.accuracy(predict(features), labels)
  }

  /// Class numbers of scores, N×K or N×1 where `isBinary`.
  public static func decide(_ scores: Matrix, isBinary: Bool) -> [Int] {
    if isBinary { return scores.entries.map { $0 > 0 ? 1 : 0 } }
    return scores.withEntries { entries in
      (0..<scores.rows).map { i in
        var best = 0
        for j in 0..<scores.columns
        where entries[i * scores.columns + j] > entries[i * scores.columns + best] { best = j }
        return best
      }
    }
  }

  /// `features` with the missing part of the model's preparation.
  ///
  /// - Throws: `EngineError` where the columns don't fit, or the data are prepared in another way.
  public func prepared(_ features: Features) throws -> Features {
    let have = features.preparation
    guard have != preparation else { return features }
    func refuse(_ what: String) -> EngineError {
      EngineError(
        .data, "the data are \(what) in another way than those that the model learned from",
        help: "give it the data as they were loaded: a model prepares them itself")
    }
    if have.selection != nil && have.selection != preparation.selection {
      throw refuse("reduced to some features")
    }
    if have.fill != nil && have.fill != preparation.fill { throw refuse("filled") }
    if have.mean != nil && have.mean != preparation.mean { throw refuse("centered") }
    if have.scale != nil && have.scale != preparation.scale { throw refuse("scaled") }
    if have.hasBias && !preparation.hasBias {
      throw EngineError(
        .data, "the data have a bias column, and those that the model learned from had none")
    }
    let kept = weights.rows - (preparation.hasBias ? 1 : 0)
    let expected = have.selection == nil ? preparation.selection?.rawColumns ?? kept : kept
    guard features.rawColumns == expected else {
      throw EngineError(
        .shape, "the model takes \(expected) features, and the data have \(features.rawColumns)")
    }
    var result = features.with(Preparation(selection: have.selection, fill: have.fill))
    var copies = StorageCopies(of: [])
    if let selection = preparation.selection, have.selection == nil {
      result = try result.taking(columns: selection.columns, sharing: &copies)
    }
    if let fill = preparation.fill, have.fill == nil {
      result = try result.filling(with: fill, sharing: &copies)
    }
    return result.with(preparation)
  }

  private func rawScores(_ features: Features) throws -> Matrix {
    try features.checkShape(of: weights)
    let scores = try Products.scores(features, weights, precision: options.precision)
    return bias == 0 ? scores : scores.mapped { _, _, s in s + bias }
  }
}
