import LinearAlgebra

extension LinearClassifier {
  /// The support vectors among the training data: as `supportVectors(among:)`.
  ///
  /// - Throws: as that; `EngineError` where the model does not know its training data.
  public func supportVectors() throws -> [Int] {
    guard let data else {
      throw EngineError(
        .data, "the model does not know the data that it learned from, nor its support vectors",
        help: "a model that was read from a file does not: train it here")
    }
    return try supportVectors(among: data)
  }

  /// The row numbers of the samples that hold W in its place, because a margin of theirs is
  /// violated or on its edge.
  ///
  ///     binary         y f                ≤ Δ (1 + ε)
  ///     one-vs-rest    s_y or one −s_j    ≤ Δ (1 + ε)
  ///     other          one s_y − s_j      ≤ Δ (1 + ε)
  ///
  /// ε is `MarginGeometry.edge`, 0.001, because solvers stop short of the optimum. At the optimum
  /// these are the samples with α > 0, and those on an edge by chance. They are found by one pass
  /// over the data at each call, and cost a run nothing.
  ///
  /// - Throws: `EngineError` where the loss has no margin beyond which a sample has no effect, or
  ///   the features don't fit; `MemoryRefused`, `Interrupted`.
  public func supportVectors(among data: TrainingData) throws -> [Int] {
    guard let structure = options.objective.loss.structure, let form = structure.margin.dualForm,
      form.lower == 0, form.delta > 0 || structure.costs != nil
    else {
      throw EngineError(
        .option,
        "'\(options.objective.loss.name)' has no margin beyond which a sample has no effect, and "
          + "so it has no support vectors",
        help: "losses with a margin are hinge and squared-hinge: \(option: "loss", "hinge")")
    }
    let required = RequiredMargins(delta: form.delta, structure, isBinary: isBinary)
    let weights = try options.objective.classWeights.resolved(
      classes: data.classCount, labels: data.labels)
    let features = try prepared(data.features)
    var rows: [Int] = []
    // Some rows at a time, since the scores may take more memory than sparse features do.
    for start in stride(from: 0, to: features.rows, by: 1 << 14) {
      let end = min(start + (1 << 14), features.rows)
      let scores = try self.scores(features.selecting(start..<end))
      scores.withEntries { entries in
        for i in start..<end where weights.map({ $0[data.labels[i]] > 0 }) ?? true {
          let row = entries[(i - start) * scores.columns..<(i - start + 1) * scores.columns]
          let s = UnsafeBufferPointer(rebasing: row)
          if required.areMissed(by: s, label: data.labels[i]) { rows.append(i) }
        }
      }
    }
    return rows
  }
}

/// The margins that a loss requires of a row of scores.
private struct RequiredMargins {
  private let delta: Double
  private let costs: Matrix?
  private let isBinary: Bool
  private let areSeparate: Bool

  init(delta: Double, _ structure: LossStructure, isBinary: Bool) {
    self.delta = delta
    costs = structure.costs
    self.isBinary = isBinary
    areSeparate = structure.coupling == .separate
  }

  /// Whether one of them is violated or on its edge.
  func areMissed(by s: UnsafeBufferPointer<Double>, label y: Int) -> Bool {
    let limit = delta * (1 + MarginGeometry.edge)
    if isBinary { return (y == 1 ? s[0] : -s[0]) <= limit }
    if areSeparate { return s.indices.contains { ($0 == y ? s[y] : -s[$0]) <= limit } }
    guard let costs else { return s.indices.contains { $0 != y && s[y] - s[$0] <= limit } }
    return s.indices.contains {
      $0 != y && s[y] - s[$0] <= costs[y, $0] * (1 + MarginGeometry.edge)
    }
  }
}
