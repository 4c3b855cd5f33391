/// The pinball loss with a parabola on each side of its kink.
///
///     u = Δ − a:  φ = H(u) + τ H(−u)
///     H(v) = 0 for v ≤ 0;  v²/(2h) for 0 < v ≤ h;  v − h/2 above
///
/// Zhu, Song, Xiao, Computers and Industrial Engineering 172 (2022), 108630.
public struct HuberizedPinball: MarginLoss {
  /// The required margin Δ.
  public let delta: Double
  /// The slope τ of the loss at large margins.
  public let tau: Double
  /// The width h of the parabolas.
  public let huber: Double

  /// The Huberized pinball loss with margin Δ, slope τ and width h.
  public init(delta: Double = 1, tau: Double = 0.5, huber: Double = 0.5) {
    self.delta = delta
    self.tau = tau
    self.huber = huber
  }

  public var name: String { "huberized-pinball" }

  public func value(_ a: Double) -> Double {
    let u = delta - a
    return huberized(u, huber) + tau * huberized(-u, huber)
  }

  public func derivative(_ a: Double) -> Double {
    let u = delta - a
    return tau * huberizedSlope(-u, huber) - huberizedSlope(u, huber)
  }

  /// u = 0 and u = ±h.
  public var breakpoints: [Double] { [delta, delta - huber, delta + huber] }

  /// True: a sum of two convex functions.
  public var isConvex: Bool { true }

  public var neverRises: Bool { tau == 0 }
}

extension HuberizedPinball {
  static let entry = CatalogEntry<LossForm>(
    "huberized-pinball", summary: "The pinball loss with a parabola on each side of its kink.",
    formula: """
      u = Δ − a: φ = H(u) + τ H(−u)    φ′ = τ H′(−u) − H′(u)
      H(v) = 0 for v ≤ 0; v²/(2h) for 0 < v ≤ h; v − h/2 above
      """,
    reference: "Zhu, Song, Xiao, Computers and Industrial Engineering 172 (2022), 108630",
    options: [
      .delta, .tau, .huber,
    ]
  ) { .margin(HuberizedPinball(delta: $0["delta"], tau: $0["tau"], huber: $0["huber"])) }
}
