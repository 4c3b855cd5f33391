/// The pinball loss whose price for large margins ends at τs: sparse again. Not convex, but for the
/// limit s = ∞, which is the pinball loss.
///
///     u = Δ − a:  φ = max((1 + τ)u, 0) − max(τ(u + s), 0) + τs
///     that is u for u ≥ 0;  −τu for −s ≤ u < 0;  τs below
///
/// Shen, Niu, Qi, Tian, SVM classifier with truncated pinball loss, Pattern Recognition 68 (2017).
public struct TruncatedPinball: MarginLoss {
  /// The margin Δ that is asked for.
  public let delta: Double
  /// The price τ of a margin that is larger than Δ.
  public let tau: Double
  /// Where the price ends, in −u; may be infinite.
  public let s: Double

  /// The truncated pinball loss with margin Δ, price τ and end s.
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

  /// u = 0 and u = −s, where the price ends.
  public var kinks: [Double] { [delta, delta + s].filter(\.isFinite) }

  /// That of the pinball, or of the hinge, which the loss is where the price never ends or is 0; it
  /// is not convex otherwise.
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
