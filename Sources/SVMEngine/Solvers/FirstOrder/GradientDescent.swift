/// Plain steps against the gradient: of a batch (`sgd`) or of the whole data set (`gd`).
///
///     W ← W − η∇
///
/// Problem: J with any loss and penalty. Start: any weights, step sizes η. Result: the last
/// weights, without a proof.
///
/// Robbins and Monro, A stochastic approximation method, Annals of Mathematical Statistics 22
/// (1951).
public struct GradientDescent: UpdateRule {
  /// Whether every gradient is of the whole data set, and not of a batch.
  public let usesWholeSet: Bool

  /// `sgd`, or `gd` where `usesWholeSet`.
  public init(usesWholeSet: Bool) { self.usesWholeSet = usesWholeSet }

  /// "sgd" or "gd".
  public var name: String { usesWholeSet ? "gd" : "sgd" }

  /// W ← W − η∇.
  public mutating func step(count: Int, rate: Double) -> EntryStep { plainStep(rate) }

  public var plainStepRadius: Double? { .infinity }

  /// 2: a step multiplies W by 1 − ηc, and |1 − ηc| > 1 where ηc > 2.
  public var stabilityBound: Double { 2 }
}

/// W ← W − η∇.
func plainStep(_ rate: Double) -> EntryStep {
  { entries, w, g in
    for k in 0..<entries.count { w[k] -= rate * g[k] }
  }
}

extension GradientDescent {
  static let batchEntry = CatalogEntry<Solver>(
    "sgd", .updates(GradientDescent(usesWholeSet: false)),
    summary: "Stochastic gradient descent on random batches.",
    formula: "W ← W − η∇ of a batch", reference: "Robbins and Monro (1951)")

  static let wholeSetEntry = CatalogEntry<Solver>(
    "gd", .updates(GradientDescent(usesWholeSet: true)),
    summary: "Gradient descent on the whole data set.",
    formula: "W ← W − η∇ of the whole data set")
}
