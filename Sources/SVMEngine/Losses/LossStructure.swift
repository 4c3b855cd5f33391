import LinearAlgebra

/// How the margins of one score row are coupled. It decides the form of the dual.
public enum MarginCoupling: Sendable, Hashable {
  /// Each score has a margin of its own, φ(s_y) and φ(−s_j): one binary problem to a column.
  case separate
  /// Each wrong class is compared with the true one, φ(s_y − s_j), and the losses add up.
  case pairs
  /// Only the least margin s_y − s_j counts.
  case maximum
  /// Anything else. Solvers only know values and subgradients.
  case other
}

/// The parts of a loss of the score row, for solvers that need more than its subgradients.
public struct LossStructure: Sendable {
  /// φ.
  public let margin: any MarginLoss
  /// How the margins are coupled.
  public let coupling: MarginCoupling
  /// The reduction's name; nil for a loss without a reduction.
  public let reduction: String?
  /// The required margin of each pair of classes in place of Δ, K×K, row = true class; nil where Δ
  /// is the same for all.
  public let costs: Matrix?

  /// φ, and the coupling of its margins.
  public init(
    _ margin: any MarginLoss, _ coupling: MarginCoupling, reduction: String? = nil,
    costs: Matrix? = nil
  ) {
    self.margin = margin
    self.coupling = coupling
    self.reduction = reduction
    self.costs = costs
  }

  /// Whether the slope at the true class is minus the number of violations: the hinge, summed over
  /// the wrong classes.
  public var countsViolations: Bool { coupling == .pairs && isHinge }

  /// Whether φ(a) = max(0, Δ − a).
  public var isHinge: Bool {
    guard let form = margin.dualForm else { return false }
    return form.curvature == 0 && form.lower == 0 && form.upper == 1
  }
}
