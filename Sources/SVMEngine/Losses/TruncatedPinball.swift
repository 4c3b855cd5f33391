/// The pinball loss with a bound τs on the side of large margins, which makes it sparse again. Not
/// convex, except in the limit s = ∞, the pinball loss.
///
///     u = Δ − a:  φ = max((1 + τ)u, 0) − max(τ(u + s), 0) + τs
///     that is u for u ≥ 0;  −τu for −s ≤ u < 0;  τs below
///
/// Shen, Niu, Qi, Tian, SVM classifier with truncated pinball loss, Pattern Recognition 68 (2017).
public struct TruncatedPinball: MarginLoss {
  /// The required margin Δ.
  public let delta: Double
  /// The slope τ of the loss at margins above Δ.
  public let tau: Double
  /// The width in −u over which large margins raise the loss; may be infinite.
  public let s: Double

  /// The truncated pinball loss with margin Δ, slope τ and width s.
  public init(delta: Double = 1, tau: Double = 0.5, s: Double = 1) {
    self.delta = delta
    self.tau = tau
    self.s = s
  }

  public var name: String { "truncated-pinball" }

  public func value(_ a: Double) -> Double {
    let u = delta - a
    if u >= 0 { return u }
    return u < -s ? tau * s : -tau * u
  }

  public func derivative(_ a: Double) -> Double {
    let u = delta - a
    if u > 0 { return -1 }
    return u < 0 && u > -s ? tau : 0
  }

  /// u = 0 and u = −s.
  public var kinks: [Double] { [delta, delta + s].filter(\.isFinite) }

  /// That of the pinball where s = ∞, or of the hinge where τ = 0; nil otherwise, since the loss is
  /// not convex.
  public var dualForm: DualForm? {
    s == .infinity || tau == 0 ? Pinball(delta: delta, tau: tau).dualForm : nil
  }
}

extension TruncatedPinball {
  static let entry = CatalogEntry<LossForm>(
    "truncated-pinball",
    summary: "The pinball loss whose price for large margins ends at tau·s; not convex.",
    formula: """
      u = Δ − a: φ = max((1 + τ)u, 0) − max(τ(u + s), 0) + τs
      φ′ = −1 for u > 0, τ for −s < u < 0, 0 for u < −s
      """,
    reference:
      "Shen, Niu, Qi, Tian, SVM classifier with truncated pinball loss, "
      + "Pattern Recognition 68 (2017)",
    options: [
      .delta, .tau,
      OptionDescription("s", "where the price ends", default: 1, .positiveOrInfinite),
    ]
  ) { .margin(TruncatedPinball(delta: $0["delta"], tau: $0["tau"], s: $0["s"])) }
}
