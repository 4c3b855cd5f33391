/// The magnitudes of the weights: many become exactly 0 with a proximal solver.
///
///     R(W) = λ Σ |W|        ∇R = λ sign(W), 0 at 0
///
/// Tibshirani, Regression l2Coefficient and selection via the lasso, JRSS B 58 (1996).
public struct L1: Penalty {
  /// λ.
  public let strength: Double

  /// λ Σ |W|.
  public init(_ strength: Double) { self.strength = strength }

  /// "l1".
  public var name: String { "l1" }
  /// 0: no part of ∇R grows with W.
  public var l2Coefficient: Double { 0 }
  /// λ.
  public var l1Coefficient: Double { strength }
  /// With its λ.
  public var description: String { "l1 (λ = \(plain(strength)))" }

  /// λ Σ |W|.
  public func value(_ weights: UnsafeBufferPointer<Double>) -> Double {
    strength * sumOfMagnitudes(weights)
  }

  /// Adds λ sign(W).
  public func addGradient(
    _ weights: UnsafeBufferPointer<Double>, to gradient: UnsafeMutableBufferPointer<Double>
  ) {
    addSigns(weights, times: strength, to: gradient)
  }
}

/// gradient += factor · sign(weights), where sign(0) is 0.
func addSigns(
  _ weights: UnsafeBufferPointer<Double>, times factor: Double,
  to gradient: UnsafeMutableBufferPointer<Double>
) {
  guard let w = weights.baseAddress, let g = gradient.baseAddress else { return }
  for i in 0..<weights.count {
    g[i] += w[i] > 0 ? factor : w[i] < 0 ? -factor : w[i] * factor
  }
}

extension L1 {
  static let entry = CatalogEntry<any Penalty>(
    "l1", summary: "The sum of magnitudes; reg is λ.",
    formula: "R = λ Σ |W|    ∇R = λ sign(W), 0 at 0",
    reference: "Tibshirani, Regression l2Coefficient and selection via the lasso, JRSS B 58 (1996)",
    options: [.strength]
  ) { L1($0["reg"]) }
}
