/// A margin function φ as a maximum over its dual variable β:
///
///     φ(a) = max { β (Δ − a) − ½ κ β² : lower ≤ β ≤ upper }
///
/// Its conjugate is a parabola on a box, which is all that solvers of the dual need.
///
/// | φ | box | κ |
/// |---|---|---|
/// | hinge | 0 … 1 | 0 |
/// | perceptron (Δ = 0) | 0 … 1 | 0 |
/// | pinball | −τ … 1 | 0 |
/// | smooth-hinge | 0 … 1 | γ |
/// | rennie-srebro (Δ = 1) | 0 … 1 | 1 |
/// | squared-hinge | 0 … ∞ | ½ |
/// | modified-huber (Δ = 1) | 0 … 4 | ½ |
public struct DualForm: Sendable, Equatable {
  /// Δ.
  public let delta: Double
  /// The least β.
  public let lower: Double
  /// The largest β; may be infinite where κ > 0.
  public let upper: Double
  /// κ.
  public let curvature: Double

  /// The form with margin Δ, box [`lower`, `upper`] and curvature κ ≥ 0.
  public init(delta: Double, lower: Double = 0, upper: Double, curvature: Double = 0) {
    self.delta = delta
    self.lower = lower
    self.upper = upper
    self.curvature = curvature
  }

  /// The margins at which φ has no derivative: Δ, where the best β jumps from bound to bound.
  public var kinks: [Double] { curvature == 0 && lower < upper ? [delta] : [] }

  /// The margins at which the best β reaches or leaves a bound.
  public var breakpoints: [Double] {
    if curvature == 0 { return kinks }
    return [delta - curvature * upper, delta - curvature * lower].filter(\.isFinite)
  }

  /// φ(a), the value at the best β.
  public func value(_ a: Double) -> Double {
    let u = delta - a
    let beta: Double
    if curvature > 0 {
      beta = min(max(u / curvature, lower), upper)
    } else {
      beta = u > 0 ? upper : lower
    }
    return beta * u - 0.5 * curvature * beta * beta
  }
}
