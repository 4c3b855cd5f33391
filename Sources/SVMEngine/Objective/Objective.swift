import LinearAlgebra

/// The three implementations of an objective, which agree up to rounding.
public enum Engine: String, Sendable, CaseIterable {
  /// The loops of the lecture notes, in double.
  case naive
  /// The matrix form: mask, minus the row sums, XᵀM / N.
  case vectorized
  /// One pass over X for loss and gradient together.
  case fused
}

/// The value of an objective and its gradient.
public struct ObjectiveValue: Sendable {
  /// J = `dataLoss` + R.
  public let loss: Double
  /// The mean of the samples' losses; with C, C times their sum.
  public let dataLoss: Double
  /// R(W).
  public let penalty: Double
  /// ∇J, in the shape of W.
  public let gradient: Matrix
  /// ∂J/∂b for the binary reduction; without meaning for others.
  public let biasGradient: Double
}

/// What training minimizes:
///
///     J(W) = (1/N) Σ_i c_{y_i} L(s_i, y_i) + R(W),   S = X W (binary: f = X w + b)
///
/// Mean over samples, sum over classes; R is never divided by N. With C (`sumWeight`), LIBLINEAR's
/// form ½‖W‖² + C Σ_i L_i: a batch of n rows then counts C·N/n times its sum.
public struct Objective: Sendable {
  /// L.
  public var loss: any ScoreLoss
  /// R.
  public var penalty: any Penalty
  /// c, one number for each class; nil where all are 1.
  public var classWeights: [Double]?
  /// Whether R leaves out the last row of W, the bias.
  public var sparesLastRow: Bool
  /// C of LIBLINEAR's form; nil for the mean.
  public var sumWeight: Double?

  /// An objective of the mean loss unless `sumWeight` is given.
  public init(
    loss: any ScoreLoss, penalty: any Penalty = NoPenalty(), classWeights: [Double]? = nil,
    sparesLastRow: Bool = false, sumWeight: Double? = nil
  ) {
    self.loss = loss
    self.penalty = penalty
    self.classWeights = classWeights
    self.sparesLastRow = sparesLastRow
    self.sumWeight = sumWeight
  }

  /// J and ∇J of `weights` D×K on the samples `rows` of X N×D; all of them where nil.
  ///
  /// - Parameters:
  ///   - bias: b of the binary reduction.
  ///   - labels: the class of each row of X, 0…K−1 (binary: 0 for −1, 1 for +1).
  ///   - precision: of the two products; `naive` always uses double.
  /// - Throws: `EngineError` where shapes, labels or rows don't fit; `MemoryRefused`,
  ///   `Interrupted`.
  public func value(
    _ weights: Matrix, bias: Double = 0, _ features: Features, labels: [Int], rows: [Int]? = nil,
    engine: Engine = .fused, precision: Precision = .double
  ) throws -> ObjectiveValue {
    try checkShapes(weights, features, labels: labels, rows: rows)
    let sums: PassSums
    switch engine {
    case .naive:
      sums = try NaiveEngine.sums(self, weights, bias: bias, features, labels, rows: rows)
    case .vectorized:
      sums = try VectorizedEngine.sums(
        self, weights, bias: bias, features, labels, rows: rows, precision: precision)
    case .fused:
      let part = FusedEngine.Part(objective: self, columns: 0..<weights.columns, bias: bias)
      sums = try FusedEngine.sums(
        [part], weights, features, labels, rows: rows, precision: precision)
    }
    let scale = dataScale(batch: rows?.count ?? features.rows, total: features.rows)
    var gradient = sums.gradient
    let penalty = gradient.withMutableEntries { entries in
      for i in 0..<entries.count { entries[i] *= scale }
      return weights.withEntries { addPenalty($0, columns: weights.columns, gradient: entries) }
    }
    let dataLoss = sums.losses[0] * scale
    return ObjectiveValue(
      loss: dataLoss + penalty, dataLoss: dataLoss, penalty: penalty, gradient: gradient,
      biasGradient: sums.biasGradients[0] * scale)
  }

  /// The factor of the sum over a batch: 1/n, or C·N/n.
  func dataScale(batch: Int, total: Int) -> Double {
    guard let sumWeight else { return 1 / Double(batch) }
    return batch == total ? sumWeight : sumWeight * Double(total) / Double(batch)
  }

  /// R of the weights, D×K row by row; ∇R is added to `gradient`.
  func addPenalty(
    _ weights: UnsafeBufferPointer<Double>, columns: Int,
    gradient: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let count = sparesLastRow ? max(weights.count - columns, 0) : weights.count
    return penalty.value(
      UnsafeBufferPointer(rebasing: weights[..<count]),
      addingGradientTo: UnsafeMutableBufferPointer(rebasing: gradient[..<count]))
  }

  /// The modulus of strong convexity of R.
  ///
  /// - Throws: `EngineError` where R is not strongly convex; it names `user`, which needs that.
  func strongConvexity(neededBy user: String) throws -> Double {
    guard penalty.l2Coefficient > 0 else {
      throw EngineError(
        .option,
        "\(user) needs a strongly convex penalty, and \(penalty.description) is not",
        help: penalty.strongConvexityAdvice(takesKinks: true, isAlone: true))
    }
    return penalty.l2Coefficient
  }

  /// Checks that W, X, labels and rows fit together.
  ///
  /// - Throws: `EngineError` where they don't.
  func checkShapes(
    _ weights: Matrix, _ features: Features, labels: [Int], rows: [Int]?
  ) throws {
    try loss.checkShapes(weights, features)
    guard labels.count == features.rows else {
      throw EngineError(
        .shape, "there are \(labels.count) labels for \(features.rows) rows")
    }
    guard features.rows > 0 && rows?.isEmpty != true else {
      throw EngineError(.data, "the data have no rows")
    }
    try Labels.check(labels, classes: loss.isBinary ? 2 : weights.columns)
    for row in rows ?? [] where row < 0 || row >= features.rows {
      throw EngineError(.data, "there is no row \(row) in data of \(features.rows) rows")
    }
  }
}

/// Sums over samples, not yet scaled or penalized.
struct PassSums {
  /// Σ c L of each objective that shares the pass.
  var losses: [Double]
  /// Xᵀ G, with G = c ∂L/∂s.
  var gradient: Matrix
  /// Σ of the first column of G of each objective: ∂/∂b for a binary one, unused for others.
  var biasGradients: [Double]
}
