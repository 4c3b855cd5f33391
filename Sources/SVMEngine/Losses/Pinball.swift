/// The pinball loss: margins above Δ cost as well, with slope τ.
///
///     u = Δ − a:  φ = u for u ≥ 0, −τu for u < 0
///     φ′ = −1 for u > 0, τ for u < 0
///
/// Huang, Shi, Suykens, Support vector machine classifier with pinball loss, PAMI 36 (2014).
public struct Pinball: MarginLoss {
  /// The required margin Δ.
  public let delta: Double
  /// The slope τ of the loss at margins above Δ.
  public let tau: Double

  /// The pinball loss with margin Δ and slope τ.
  public init(delta: Double = 1, tau: Double = 0.5) {
    self.delta = delta
    self.tau = tau
  }

  public var name: String { "pinball" }

  public func value(_ a: Double) -> Double {
    let u = delta - a
    return u < 0 ? -tau * u : u
  }

  public func derivative(_ a: Double) -> Double {
    let u = delta - a
    return u > 0 ? -1 : u < 0 ? tau : 0
  }

  public var dualForm: DualForm? { DualForm(delta: delta, lower: -tau, upper: 1) }
}

extension Pinball {
  static let entry = CatalogEntry<LossForm>(
    "pinball", summary: "Margins larger than delta cost as well, tau as much.",
    formula: """
      u = Δ − a: φ = u for u ≥ 0, −τu for u < 0
      φ′ = −1 for u > 0, τ for u < 0
      """,
    reference:
      "Huang, Shi, Suykens, Support vector machine classifier with pinball loss, PAMI 36 (2014)",
    options: [
      .delta, .tau,
    ]
  ) { .margin(Pinball(delta: $0["delta"], tau: $0["tau"])) }
}
