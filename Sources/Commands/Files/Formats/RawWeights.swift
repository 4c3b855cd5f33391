import LinearAlgebra
import SVMEngine

/// A model's weights for raw features, as other programs want them: what is subtracted and scaled
/// is multiplied into them.
///
///     w′ = σ∘w,  b′ = b − Σ μσw
struct RawWeights {
  /// D×K; D×1 for a binary model.
  let weights: Matrix
  /// b′ of each column.
  let intercepts: [Double]

  init(_ model: LinearClassifier) {
    let preparation = model.preparation
    let W = model.weights
    let (D, K) = (W.rows - (preparation.hasBias ? 1 : 0), W.columns)
    var weights = Matrix(rows: D, columns: K)
    intercepts = (0..<K).map { j in
      var b = preparation.hasBias ? W[D, j] : model.bias
      for d in 0..<D {
        let w = W[d, j] * (preparation.scale?[d] ?? 1)
        weights[d, j] = w
        b -= w * (preparation.mean?[d] ?? 0)
      }
      return b
    }
    self.weights = weights
  }

  /// A row of D weights for each class; a binary model decides as −f and f do.
  var ofEachClass: [[Double]] {
    let rows = (0..<weights.columns).map { j in (0..<weights.rows).map { weights[$0, j] } }
    return rows.count == 1 ? [rows[0].map { -$0 }, rows[0]] : rows
  }

  /// The intercept of each class.
  var interceptsOfEachClass: [Double] {
    intercepts.count == 1 ? [-intercepts[0], intercepts[0]] : intercepts
  }
}
