/// The hinge: no penalty once the margin reaches Δ.
///
///     φ(a) = max(0, Δ − a)        φ′(a) = −1[a < Δ]
///
/// Cortes and Vapnik, Support-Vector Networks, Machine Learning 20 (1995).
public struct Hinge: MarginLoss {
  /// The required margin Δ.
  public let delta: Double

  /// The hinge with margin Δ.
  public init(delta: Double = 1) { self.delta = delta }

  public var name: String { "hinge" }

  /// max(0, Δ − a).
  @inline(__always)
  public func value(_ a: Double) -> Double {
    let u = delta - a
    return u <= 0 ? 0 : u
  }

  /// −1[Δ − a > 0].
  @inline(__always)
  public func derivative(_ a: Double) -> Double { delta - a > 0 ? -1 : 0 }

  public var dualForm: DualForm? { DualForm(delta: delta, upper: 1) }
}

extension Hinge {
  static let entry = CatalogEntry<LossForm>(
    "hinge", summary: "No penalty once the margin reaches delta; grows linearly below it.",
    formula: "φ(a) = max(0, Δ − a)    φ′(a) = −1[a < Δ]",
    reference: "Cortes and Vapnik, Support-Vector Networks, Machine Learning 20 (1995)",
    options: [.delta]
  ) { .margin(Hinge(delta: $0["delta"])) }
}
