import LinearAlgebra

/// The textbook form: one sample after the other, one feature after the other, in double.
enum NaiveEngine {
  /// For each sample i: s = Wᵀx_i, its loss and ∂L/∂s from the formula, and x_i (∂L/∂s)ᵀ added to
  /// the gradient.
  static func sums(
    _ objective: Objective, _ W: Matrix, bias b: Double, _ X: Features, _ y: [Int], rows: [Int]?
  ) throws -> PassSums {
    let D = W.rows
    let K = W.columns
    var loss = 0.0
    var dW = Matrix(rows: D, columns: K)
    var db = 0.0
    for i in rows ?? Array(0..<X.rows) {
      try Interruption.check()
      let x = X.row(i)
      var s = [Double](repeating: b, count: K)
      W.withEntries { W in
        for d in 0..<D {
          for j in 0..<K { s[j] += x[d] * W[d * K + j] }
        }
      }
      let c = objective.classWeights?[y[i]] ?? 1
      let (sampleLoss, subgradient) = objective.loss.textbook(s, label: y[i])
      loss += c * sampleLoss
      dW.withMutableEntries { dW in
        for d in 0..<D {
          for j in 0..<K { dW[d * K + j] += c * subgradient[j] * x[d] }
        }
      }
      db += c * subgradient[0]
    }
    return PassSums(losses: [loss], gradient: dW, biasGradients: [db])
  }
}
