import LinearAlgebra

/// How the samples of a binary problem lie relative to the margin, the strip of width 2Δ/‖w‖ with
/// edges y f = Δ.
///
/// Cortes and Vapnik, Support-Vector Networks, Machine Learning 20 (1995).
public struct MarginGeometry: Sendable, Equatable {
  /// Δ.
  public let delta: Double
  /// ‖w‖, without the bias.
  public let norm: Double
  /// Number of samples.
  public let count: Int
  /// Samples with slack: y f < Δ(1 − `edge`), inside of the strip or on the wrong side of it.
  public let slackCount: Int
  /// Samples on the wrong side of the plane, y f ≤ 0.
  public let wrongCount: Int
  /// Samples on an edge, |y f − Δ| ≤ `edge`·Δ.
  public let edgeCount: Int

  /// Half the width of an edge, relative to Δ. It is not 0, since solvers stop short of the
  /// optimum.
  public static let edge = 1e-3

  /// 2Δ/‖w‖; infinite where w is zero.
  public var width: Double { 2 * delta / norm }
  /// Support vectors: samples with slack, and those on an edge.
  public var supportVectorCount: Int { slackCount + edgeCount }

  /// The geometry without samples.
  ///
  /// - Returns: nil where there is no margin: for a model that is not binary, or a loss without Δ >
  ///   0.
  public init?(_ model: LinearClassifier) {
    self.init(model, margins: [])
  }

  /// The geometry with samples, whose features are prepared or raw.
  ///
  /// - Returns: nil as above.
  /// - Throws: `EngineError` where the features don't fit the model, `MemoryRefused`,
  ///   `Interrupted`.
  public init?(_ model: LinearClassifier, _ data: TrainingData) throws {
    guard model.isBinary else { return nil }
    let f = try model.scores(data.features).entries
    self.init(model, margins: zip(f, data.labels).map { $1 == 1 ? $0 : -$0 })
  }

  /// A geometry from its parts, which are not checked.
  package init(
    delta: Double, norm: Double, count: Int, slackCount: Int, wrongCount: Int, edgeCount: Int
  ) {
    self.delta = delta
    self.norm = norm
    self.count = count
    self.slackCount = slackCount
    self.wrongCount = wrongCount
    self.edgeCount = edgeCount
  }

  private init?(_ model: LinearClassifier, margins: [Double]) {
    guard model.isBinary,
      let delta = model.options.objective.loss.structure?.margin.dualForm?.delta, delta > 0
    else { return nil }
    self.delta = delta
    let rows = model.weights.rows - (model.hasBiasRow ? 1 : 0)
    norm = model.weights.withEntries { entries in
      sumOfSquares(UnsafeBufferPointer(rebasing: entries[..<rows])).squareRoot()
    }
    count = margins.count
    slackCount = margins.count { $0 < delta * (1 - Self.edge) }
    wrongCount = margins.count { $0 <= 0 }
    edgeCount = margins.count { abs($0 - delta) <= delta * Self.edge }
  }
}
