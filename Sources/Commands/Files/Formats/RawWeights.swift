import Interpreter
import LinearAlgebra
import SVMEngine

/// A model's weights for raw features, as other programs want them: what is subtracted and scaled
/// is multiplied into them, and columns that it does not use have zeros.
///
///     w′ = σ∘w,  b′ = b − Σ μσw
struct RawWeights {
  /// D×K; D×1 for a binary model.
  let weights: Matrix
  /// b′ of each column.
  let intercepts: [Double]

  /// The weights of a model; nil where it fills in missing values, which no weights can do.
  init?(_ model: LinearClassifier) {
    let preparation = model.preparation
    guard preparation.fill == nil else { return nil }
    let W = model.weights
    let (kept, K) = (W.rows - (preparation.hasBias ? 1 : 0), W.columns)
    var weights = Matrix(rows: model.rawColumns, columns: K)
    intercepts = (0..<K).map { j in
      var b = preparation.hasBias ? W[kept, j] : model.bias
      for d in 0..<kept {
        let w = W[d, j] * (preparation.scale?[d] ?? 1)
        weights[preparation.selection?.columns[d] ?? d, j] = w
        b -= w * (preparation.mean?[d] ?? 0)
      }
      return b
    }
    self.weights = weights
  }

  /// The error of a format of weights alone.
  static let unfit = Failure(
    "the model fills in missing values, which this format can't say",
    help: "`.npz` and `.json` hold the whole model", parameter: "to")

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
