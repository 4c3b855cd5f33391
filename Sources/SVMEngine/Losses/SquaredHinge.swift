/// The squared hinge, without a factor ½: smooth, and harder on large violations.
///
///     φ(a) = max(0, Δ − a)²        φ′(a) = −2 max(0, Δ − a)
///
/// The L2-SVM of Cortes and Vapnik (1995), in the scaling of LIBLINEAR.
public struct SquaredHinge: MarginLoss {
  /// The required margin Δ.
  public let delta: Double

  /// The squared hinge with margin Δ.
  public init(delta: Double = 1) { self.delta = delta }

  public var name: String { "squared-hinge" }

  /// max(0, Δ − a)².
  @inline(__always)
  public func value(_ a: Double) -> Double {
    let u = delta - a
    return u <= 0 ? 0 : u * u
  }

  /// −2 max(0, Δ − a).
  @inline(__always)
  public func derivative(_ a: Double) -> Double {
    let u = delta - a
    return u <= 0 ? 0 : -2 * u
  }

  public var dualForm: DualForm? { DualForm(delta: delta, upper: .infinity, curvature: 0.5) }
}

extension SquaredHinge {
  static let entry = CatalogEntry<LossForm>(
    "squared-hinge", summary: "The hinge squared: smooth, and harder on large violations.",
    formula: "φ(a) = max(0, Δ − a)²    φ′(a) = −2 max(0, Δ − a)",
    reference: "Cortes and Vapnik, Support-Vector Networks, Machine Learning 20 (1995)",
    options: [.delta]
  ) { .margin(SquaredHinge(delta: $0["delta"])) }
}
