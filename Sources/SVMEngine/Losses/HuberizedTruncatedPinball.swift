/// The Huberized pinball loss, bounded on both sides: κ bounds the loss of violations, s that of
/// large margins. Not convex.
///
///     u = Δ − a:  φ = H(u) − H(u − κ) + τ [H(−u) − H(−u − s)]
///     H(v) = 0 for v ≤ 0;  v²/(2h) for 0 < v ≤ h;  v − h/2 above
///
/// This project's definition, a C¹ family after Zhu, Song, Xiao, Computers and Industrial
/// Engineering 172 (2022), 108630, whose own formula is behind a paywall. As κ, s → ∞ it is the
/// Huberized pinball; with τ = 0 besides, the Huberized hinge; as h → 0 with κ = ∞ Shen's truncated
/// pinball.
public struct HuberizedTruncatedPinball: MarginLoss {
  /// The required margin Δ.
  public let delta: Double
  /// The slope τ of the loss at large margins.
  public let tau: Double
  /// The width h of the parabolas.
  public let huber: Double
  /// The width in −u over which large margins raise the loss; may be infinite.
  public let s: Double
  /// The width in u over which violations raise the loss; may be infinite.
  public let kappa: Double

  /// The loss with margin Δ, slope τ, parabolas of width h, and the widths s and κ.
  public init(
    delta: Double = 1, tau: Double = 0.5, huber: Double = 0.5, s: Double = 1, kappa: Double = 2
  ) {
    self.delta = delta
    self.tau = tau
    self.huber = huber
    self.s = s
    self.kappa = kappa
  }

  public var name: String { "huberized-truncated-pinball" }

  public func value(_ a: Double) -> Double {
    let u = delta - a
    let violation = huberized(u, huber) - huberized(u - kappa, huber)
    return violation + tau * (huberized(-u, huber) - huberized(-u - s, huber))
  }

  public func derivative(_ a: Double) -> Double {
    let u = delta - a
    let violation = huberizedSlope(u, huber) - huberizedSlope(u - kappa, huber)
    return tau * (huberizedSlope(-u, huber) - huberizedSlope(-u - s, huber)) - violation
  }

  /// Where a parabola begins or ends.
  public var breakpoints: [Double] {
    [0, huber, kappa, kappa + huber, -huber, -s, -s - huber].map { delta - $0 }
      .filter(\.isFinite)
  }

  /// Whether neither side is bounded.
  public var isConvex: Bool { kappa == .infinity && (s == .infinity || tau == 0) }
  public var neverRises: Bool { tau == 0 }
}

extension HuberizedTruncatedPinball {
  static let entry = CatalogEntry<LossForm>(
    "huberized-truncated-pinball",
    summary: "The Huberized pinball loss, bounded on both sides; not convex.",
    formula: """
      u = Δ − a: φ = H(u) − H(u − κ) + τ [H(−u) − H(−u − s)]
      φ′ = τ [H′(−u) − H′(−u − s)] − H′(u) + H′(u − κ)
      H(v) = 0 for v ≤ 0; v²/(2h) for 0 < v ≤ h; v − h/2 above
      """,
    reference:
      "this project's, after Zhu, Song, Xiao (2022), 108630, whose formula is behind a paywall",
    options: [
      .delta, .tau, .huber,
      OptionDescription(
        "s", "where the price of large margins ends", default: 1, .positiveOrInfinite),
      OptionDescription(
        "kappa", "where the price of violations ends", default: 2, .positiveOrInfinite),
    ]
  ) {
    .margin(
      HuberizedTruncatedPinball(
        delta: $0["delta"], tau: $0["tau"], huber: $0["huber"], s: $0["s"], kappa: $0["kappa"]))
  }
}
