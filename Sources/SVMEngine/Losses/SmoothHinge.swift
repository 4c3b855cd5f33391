/// The hinge with a parabola of width γ in place of its kink; at Δ = 1 Zhang's quadratic smoothing.
///
///     u = Δ − a:  φ = u²/(2γ) where 0 ≤ u ≤ γ;  u − γ/2 above;  0 below
///     φ′ = −u/γ;  −1;  0
///
/// Shalev-Shwartz and Zhang, Stochastic dual coordinate ascent methods, JMLR 14 (2013).
public struct SmoothHinge: MarginLoss {
  /// The required margin Δ.
  public let delta: Double
  /// The width γ of the parabola.
  public let gamma: Double

  /// The smooth hinge with margin Δ and width γ.
  public init(delta: Double = 1, gamma: Double = 1) {
    self.delta = delta
    self.gamma = gamma
  }

  public var name: String { "smooth-hinge" }

  public func value(_ a: Double) -> Double {
    let u = delta - a
    if u <= 0 { return 0 }
    return u >= gamma ? u - gamma / 2 : u * u / (2 * gamma)
  }

  public func derivative(_ a: Double) -> Double {
    let u = delta - a
    if u <= 0 { return 0 }
    return u >= gamma ? -1 : -u / gamma
  }

  public var dualForm: DualForm? { DualForm(delta: delta, upper: 1, curvature: gamma) }
}

extension SmoothHinge {
  static let entry = CatalogEntry<LossForm>(
    "smooth-hinge", summary: "A hinge whose kink is a parabola of width gamma.",
    formula: """
      u = Δ − a: φ = u²/(2γ) for 0 ≤ u ≤ γ; u − γ/2 above; 0 below
      φ′ = −u/γ; −1; 0
      """,
    reference: "Shalev-Shwartz and Zhang, JMLR 14 (2013)",
    options: [.delta, OptionDescription("gamma", "width of the parabola", default: 1, .positive)]
  ) { .margin(SmoothHinge(delta: $0["delta"], gamma: $0["gamma"])) }
}
