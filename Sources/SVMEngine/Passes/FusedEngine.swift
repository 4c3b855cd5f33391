import LinearAlgebra

/// One pass over X for loss and gradient together, for one objective or for several side by side.
enum FusedEngine {
  /// One of the objectives that share a pass.
  struct Part: Sendable {
    /// The objective of this part.
    let objective: Objective
    /// Its columns of the wide weight matrix.
    let columns: Range<Int>
    /// b of the binary reduction.
    let bias: Double
  }

  /// The sums of every part, for the D×K weights of all parts side by side.
  ///
  /// Losses of single samples are stored, and summed in the order of the samples at the end. So the
  /// sums have the same bits for any number of threads, and whatever other parts share the pass.
  static func sums(
    _ parts: [Part], _ W: Matrix, _ X: Features, _ labels: [Int], rows: [Int]?,
    precision: Precision,
    finish: Products.Finish? = nil
  ) throws -> PassSums {
    let count = rows?.count ?? X.rows
    let width = W.columns
    let losses = Buffer(uninitialized: count * parts.count)
    let subgradient = Buffer(uninitialized: count * parts.count)
    let gradient = try Products.pass(X, W, rows: rows, precision: precision, finish: finish) {
      positions, scores in
      for (p, part) in parts.enumerated() {
        let loss = part.objective.loss
        let weights = part.objective.classWeights
        for (r, position) in positions.enumerated() {
          let label = labels[rows?[position] ?? position]
          let row = UnsafeMutableBufferPointer(
            start: scores + r * width + part.columns.lowerBound, count: part.columns.count)
          if part.bias != 0 {
            for j in 0..<row.count { row[j] += part.bias }
          }
          var sampleLoss = loss.replaceBySubgradient(row, label: label)
          if let c = weights?[label] {
            sampleLoss *= c
            for j in 0..<row.count { row[j] *= c }
          }
          losses.pointer[p * count + position] = sampleLoss
          subgradient.pointer[p * count + position] = row[0]
        }
      }
    }
    let total = { (buffer: Buffer, p: Int) -> Double in
      sum(UnsafeBufferPointer(start: buffer.pointer + p * count, count: count))
    }
    return PassSums(
      losses: parts.indices.map { total(losses, $0) }, gradient: gradient,
      biasGradients: parts.indices.map { total(subgradient, $0) })
  }
}
