/// The square of the weights, without a factor ½: the assignment's since 2017.
///
///     R(W) = λ Σ W²        ∇R = 2λW
public struct L2: Penalty {
  /// λ.
  public let strength: Double

  /// λ Σ W².
  public init(_ strength: Double) { self.strength = strength }

  /// "l2".
  public var name: String { "l2" }
  /// 2λ.
  public var l2Coefficient: Double { 2 * strength }
  /// With its λ.
  public var description: String { "l2 (λ = \(plain(strength)))" }

  /// λ Σ W².
  public func value(_ weights: UnsafeBufferPointer<Double>) -> Double {
    strength * sumOfSquares(weights)
  }

  /// Adds 2λW.
  public func addGradient(
    _ weights: UnsafeBufferPointer<Double>, to gradient: UnsafeMutableBufferPointer<Double>
  ) {
    addScaled(weights, by: 2 * strength, to: gradient)
  }
}

/// gradient += factor · weights.
func addScaled(
  _ weights: UnsafeBufferPointer<Double>, by factor: Double,
  to gradient: UnsafeMutableBufferPointer<Double>
) {
  guard let w = weights.baseAddress, let g = gradient.baseAddress else { return }
  for i in 0..<weights.count { g[i] += factor * w[i] }
}

extension L2 {
  static let entry = CatalogEntry<any Penalty>(
    "l2", summary: "The sum of squares, without ½; reg is λ.",
    formula: "R = λ Σ W²    ∇R = 2λW",
    reference: "assignment 1 of CS231n since 2017; Hoerl and Kennard, Technometrics 12 (1970)",
    options: [.strength]
  ) { L2($0["reg"]) }
}
