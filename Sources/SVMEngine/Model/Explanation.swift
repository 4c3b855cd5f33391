import LinearAlgebra

/// The loss of one sample taken apart: its scores, every margin term, and what each adds to the
/// columns of the gradient.
public struct Explanation: Sendable {
  /// s = Wᵀx + b: K scores, or the one score f.
  public let scores: [Double]
  /// The true class (binary: 0 for −1, 1 for +1).
  public let label: Int
  /// The predicted class.
  public let prediction: Int
  /// The margin terms of the loss; empty for losses without them.
  public let terms: [LossTerm]
  /// The required margin Δ; nil for losses without one.
  public let delta: Double?
  /// The number of terms with a nonzero slope: the violations.
  public let count: Int
  /// The factor c_y of the sample's loss.
  public let classWeight: Double
  /// c_y L(s, y), without penalty.
  public let loss: Double
  /// c_y ∂L/∂s: column j of the gradient gets `subgradient[j]` times x. For the hinge and
  /// Weston–Watkins it is 1 at each violation, and minus their count at y, both times c_y.
  public let subgradient: [Double]
  /// x, prepared: D numbers.
  public let features: [Double]

  /// What the sample adds to column j of the data's gradient, before the division by N: D numbers.
  public func contribution(toColumn j: Int) -> [Double] { features.map { subgradient[j] * $0 } }

  /// What the sample adds to the data's gradient, before the division by N: D×K, x ∂L/∂s.
  ///
  /// - Throws: `MemoryRefused`.
  public func gradient() throws -> Matrix {
    try MemoryLimit.require(rows: features.count, columns: subgradient.count, bytesPerEntry: 8)
    return Matrix(
      rows: features.count, columns: subgradient.count,
      features.flatMap { x in subgradient.map { $0 == 0 ? 0 : $0 * x } })
  }

  /// An explanation from its parts, which are not checked.
  package init(
    scores: [Double], label: Int, prediction: Int, terms: [LossTerm], delta: Double?, count: Int,
    classWeight: Double, loss: Double, subgradient: [Double], features: [Double]
  ) {
    self.scores = scores
    self.label = label
    self.prediction = prediction
    self.terms = terms
    self.delta = delta
    self.count = count
    self.classWeight = classWeight
    self.loss = loss
    self.subgradient = subgradient
    self.features = features
  }

  /// Explains row `sample` of prepared features.
  ///
  /// - Throws: `EngineError` where there is no such row, or W, features or label don't fit.
  public init(
    _ weights: Matrix, bias: Double = 0, _ features: Features, label: Int, sample: Int,
    _ loss: any ScoreLoss, delta: Double? = nil, classWeight: Double = 1
  ) throws {
    guard sample >= 0 && sample < features.rows else {
      throw EngineError(
        .option, "there is no sample \(sample): the data have rows 0…\(features.rows - 1)")
    }
    try loss.checkShapes(weights, features)
    try Labels.check([label], classes: loss.isBinary ? 2 : weights.columns)
    let x = features.row(sample)
    var s = [Double](repeating: bias, count: weights.columns)
    weights.withEntries { W in
      for d in x.indices {
        for j in s.indices { s[j] += x[d] * W[d * s.count + j] }
      }
    }
    let own = loss.textbook(s, label: label)
    self.classWeight = classWeight
    self.loss = classWeight * own.loss
    subgradient = classWeight == 1 ? own.subgradient : own.subgradient.map { classWeight * $0 }
    terms = loss.terms(s, label: label)
    count = terms.count { $0.derivative != 0 }
    self.delta = delta
    self.label = label
    self.features = x
    scores = s
    prediction =
      LinearClassifier.decide(
        Matrix(rows: 1, columns: s.count, s), isBinary: loss.isBinary)[0]
  }
}
