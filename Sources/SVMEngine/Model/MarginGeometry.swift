import LinearAlgebra

/// Where the samples of a binary problem lie about the margin: the strip of width 2Δ/‖w‖ on whose
/// edges y f = Δ.
///
/// Cortes and Vapnik, Support-Vector Networks, Machine Learning 20 (1995).
public struct MarginGeometry: Sendable, Equatable {
  /// Δ.
  public let delta: Double
  /// ‖w‖, without the bias.
  public let norm: Double
  /// Samples looked at.
  public let count: Int
  /// Those inside of the strip or beyond it, ξ = Δ − y f > 0, further in than the edge is wide.
  public let slackCount: Int
  /// Those of them on the wrong side of the plane, y f ≤ 0.
  public let wrongCount: Int
  /// Those on an edge, |y f − Δ| ≤ `edge`·Δ.
  public let edgeCount: Int

  /// How wide an edge is, as a share of Δ: solvers stop a little before the optimum.
  public static let edge = 1e-3

  /// 2Δ/‖w‖, or 2/‖w‖ at Δ = 1; infinite where w is zero.
  public var width: Double { 2 * delta / norm }
  /// Samples that the plane would miss: those with slack, and those on an edge.
  public var supportVectorCount: Int { slackCount + edgeCount }

  /// ‖w‖ and Δ alone.
  ///
  /// - Returns: nil where there is no margin: another reduction than binary, or a loss without a Δ.
  public init?(_ model: LinearClassifier) {
    self.init(model, margins: [])
  }

  /// Of the samples of prepared or raw features.
  ///
  /// - Returns: nil as above.
  /// - Throws: `EngineError` where the features don't fit the model.
  public init?(_ model: LinearClassifier, _ data: TrainingData) throws {
    guard model.isBinary else { return nil }
    let f = try model.scores(data.features).entries
    self.init(model, margins: zip(f, data.labels).map { $1 == 1 ? $0 : -$0 })
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
