/// The squared hinge, continued as a line below −1: robust against outliers. It is 4 times the
/// smooth hinge with γ = 2.
///
///     φ(a) = max(0, 1 − a)² for a ≥ −1;  −4a below
///     φ′(a) = −2 max(0, 1 − a);  −4
///
/// Zhang, Statistical behavior of convex risk minimization, Annals of Statistics 32 (2004).
public struct ModifiedHuber: MarginLoss {
  /// The loss has no options.
  public init() {}

  public var name: String { "modified-huber" }

  public func value(_ a: Double) -> Double {
    if a >= 1 { return 0 }
    return a < -1 ? -4 * a : (1 - a) * (1 - a)
  }

  public func derivative(_ a: Double) -> Double {
    if a >= 1 { return 0 }
    return a < -1 ? -4 : -2 * (1 - a)
  }

  public var dualForm: DualForm? { DualForm(delta: 1, upper: 4, curvature: 0.5) }
}

extension ModifiedHuber {
  static let entry = CatalogEntry<LossForm>(
    "modified-huber", .margin(ModifiedHuber()),
    summary: "The squared hinge that goes on as a line.",
    formula: """
      φ(a) = max(0, 1 − a)² for a ≥ −1; −4a below
      φ′(a) = −2 max(0, 1 − a); −4
      """,
    reference:
      "Zhang, Statistical behavior of convex risk minimization, Annals of Statistics 32 (2004)")
}
