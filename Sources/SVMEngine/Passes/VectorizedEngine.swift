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
    let S = try Products.scores(batch, W, precision: precision)
    let (losses, M) = try slopes(of: objective, S, bias: b, labels)
    let gradient = try Products.gradient(batch, M, precision: precision)
    let db = M.withEntries { entries in
      stride(from: 0, to: entries.count, by: M.columns).reduce(0) { $0 + entries[$1] }
    }
    return PassSums(losses: [losses.reduce(0, +)], gradient: gradient, biasGradients: [db])
  }

  /// The losses of all rows, and the mask of slopes with the shape of `S`. Some rows at a time are
  /// taken, for the looks between them.
  private static func slopes(
    of objective: Objective, _ S: Matrix, bias b: Double, _ labels: [Int]
  ) throws -> (losses: [Double], M: Matrix) {
    let K = S.columns
    var losses: [Double] = []
    losses.reserveCapacity(S.rows)
    let slopes = Buffer(uninitialized: S.count)
    try Interruption.forEachRange(of: S.rows, costEach: 64 * K) { rows in
      var scores = Matrix(
        rows: rows.count, columns: K,
        S.withEntries { Array($0[rows.lowerBound * K..<rows.upperBound * K]) })
      if b != 0 { scores = scores.mapped { _, _, s in s + b } }
      let some = Array(labels[rows])
      var (part, mask) = objective.loss.vectorized(scores, labels: some)
      if let c = objective.classWeights {
        mask = mask.mapped { i, _, m in c[some[i]] * m }
        for i in part.indices { part[i] *= c[some[i]] }
      }
      losses += part
      mask.withEntries { entries in
        guard let base = entries.baseAddress else { return }
        (slopes.pointer + rows.lowerBound * K).update(from: base, count: entries.count)
      }
    }
    return (losses, Matrix(rows: S.rows, columns: K, sharing: slopes))
  }
}
