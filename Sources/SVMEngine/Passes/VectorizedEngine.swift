import LinearAlgebra

/// The matrix form: S = XW, the mask M of slopes from S, and XᵀM.
enum VectorizedEngine {
  /// Two products with the loss between them.
  static func sums(
    _ objective: Objective, _ W: Matrix, bias b: Double, _ X: Features, _ y: [Int], rows: [Int]?,
    precision: Precision
  ) throws -> PassSums {
    let batch = try rows.map { try X.selecting($0) } ?? X
    let labels = rows.map { rows in rows.map { y[$0] } } ?? y
    var S = try Products.scores(batch, W, precision: precision)
    if b != 0 { S = S.mapped { _, _, s in s + b } }
    var (losses, M) = objective.loss.vectorized(S, labels: labels)
    if let c = objective.classWeights {
      M = M.mapped { i, _, m in c[labels[i]] * m }
      for i in losses.indices { losses[i] *= c[labels[i]] }
    }
    let gradient = try Products.gradient(batch, M, precision: precision)
    let db = M.withEntries { entries in
      stride(from: 0, to: entries.count, by: M.columns).reduce(0) { $0 + entries[$1] }
    }
    return PassSums(losses: [losses.reduce(0, +)], gradient: gradient, biasGradients: [db])
  }
}
