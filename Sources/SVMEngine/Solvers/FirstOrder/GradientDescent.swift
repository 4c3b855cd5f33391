/// Plain steps against the gradient: of a batch (`sgd`) or of the whole data set (`gd`).
///
///     W ← W − η∇
///
/// Problem: J with any loss and penalty. Given: weights to start from, step sizes η. Returned: the
/// last weights; nothing is proven.
///
/// Robbins and Monro, A stochastic approximation method, Annals of Mathematical Statistics 22
/// (1951).
public struct GradientDescent: UpdateRule {
  /// Whether every gradient is of the whole data set.
  public let usesWholeSet: Bool

  /// `sgd`, or `gd` where `usesWholeSet`.
  public init(usesWholeSet: Bool) { self.usesWholeSet = usesWholeSet }

  /// "sgd" or "gd".
  public var name: String { usesWholeSet ? "gd" : "sgd" }

  /// W ← W − η∇.
  public mutating func step(count: Int, rate: Double) -> EntryStep { plainStep(rate) }

  public var plainStepRadius: Double? { .infinity }

  /// W is multiplied by 1 − ηc each time: |1 − ηc| > 1 where ηc > 2.
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
