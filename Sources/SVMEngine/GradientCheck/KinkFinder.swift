import LinearAlgebra

/// Finds the samples whose loss changes its formula between W − h and W + h.
///
/// When one entry of row d and column j of W moves by ±h, only score j of each sample moves, by
/// ±h·x_d: no product is needed beyond the scores at W.
public struct KinkFinder: Sendable {
  /// A margin that crosses a breakpoint of φ.
  public struct Kink: Sendable, Equatable {
    /// The row of the data.
    public let sample: Int
    /// The class in the margin.
    public let column: Int

    /// The kink of a sample and a class.
    package init(sample: Int, column: Int) {
      self.sample = sample
      self.column = column
    }
  }

  private let loss: any ScoreLoss
  private let features: Features
  private let labels: [Int]
  private let classWeights: [Double]?
  private let scores: Matrix
  private let scale: Double

  /// A finder for an objective at W, D×K, on N rows. O(N·D·K).
  ///
  /// - Throws: `EngineError` where shapes or labels don't fit, `MemoryRefused`, `Interrupted`.
  public init(
    _ objective: Objective, _ weights: Matrix, bias: Double = 0, _ features: Features,
    labels: [Int]
  ) throws {
    try objective.checkShapes(weights, features, labels: labels, rows: nil)
    loss = objective.loss
    self.features = features
    self.labels = labels
    classWeights = objective.classWeights
    let scores = try Products.scores(features, weights, precision: .double)
    self.scores = bias == 0 ? scores : scores.mapped { _, _, s in s + bias }
    scale = objective.dataScale(batch: features.rows, total: features.rows)
  }

  /// The kink with the largest effect on an entry of W, and a bound of the joint effect of all
  /// kinks on the difference quotient; nil where none is crossed. Row D is b of the binary
  /// reduction.
  func search(row: Int, column: Int, step h: Double) throws -> (kink: Kink, effect: Double)? {
    var strongest: (kink: Kink, effect: Double)?
    var total = 0.0
    for i in 0..<features.rows {
      try Interruption.check()
      let x = row == features.columns ? 1 : features.row(i)[row]
      if x == 0 { continue }
      var below = scores.withEntries {
        Array($0[i * scores.columns..<(i + 1) * scores.columns])
      }
      var above = below
      above[column] += h * x
      below[column] -= h * x
      guard let crossing = crossedColumn(below, above, label: labels[i]) else { continue }
      let jump =
        loss.textbook(above, label: labels[i]).subgradient[column]
        - loss.textbook(below, label: labels[i]).subgradient[column]
      let effect = abs(jump * x) * (classWeights?[labels[i]] ?? 1) * scale
      total += effect
      if effect > (strongest?.effect ?? 0) {
        strongest = (Kink(sample: i, column: crossing), effect)
      }
    }
    return strongest.map { ($0.kink, total) }
  }

  /// The class of the first term whose margin crosses a breakpoint between two score rows. Where a
  /// maximum changes its class, the new one; nil where nothing is crossed.
  private func crossedColumn(_ below: [Double], _ above: [Double], label: Int) -> Int? {
    let low = loss.terms(below, label: label)
    let high = loss.terms(above, label: label)
    for (a, b) in zip(low, high) {
      if a.column != b.column { return b.column }
      for breakpoint in loss.breakpoints
      where (a.margin < breakpoint) != (b.margin < breakpoint)
        || (a.margin > breakpoint) != (b.margin > breakpoint)
      {
        return a.column
      }
    }
    return nil
  }
}
