import LinearAlgebra

/// A penalty R(W): the price of large weights. It never depends on the number of samples.
public protocol Penalty: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// R of the weights.
  func value(_ weights: UnsafeBufferPointer<Double>) -> Double
  /// Adds ∇R to `gradient`, entry by entry: of all weights, or of any part of them.
  func addGradient(
    _ weights: UnsafeBufferPointer<Double>, to gradient: UnsafeMutableBufferPointer<Double>)
  /// The factor c of the part c·W of ∇R: how fast a step shrinks the weights, and the modulus of
  /// strong convexity.
  var l2Coefficient: Double { get }
  /// The factor of Σ |W| in R; 0 where R is smooth. Every R is l1 Σ |W| + ½ c Σ W², with c the
  /// l2Coefficient.
  var l1Coefficient: Double { get }
  /// The name and the numbers in force, as a report prints them: "l2 (λ = 25000)".
  var description: String { get }
}

extension Penalty {
  /// 0, where a penalty does not say otherwise.
  public var l1Coefficient: Double { 0 }

  /// R of the weights; ∇R is added to `gradient`.
  public func value(
    _ weights: UnsafeBufferPointer<Double>,
    addingGradientTo gradient: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let all = UncheckedSendable((weights, gradient))
    Parallel.forEachBlock(of: weights.count, costEach: 1) { part in
      let (weights, gradient) = all.value
      addGradient(
        UnsafeBufferPointer(rebasing: weights[part]),
        to: UnsafeMutableBufferPointer(rebasing: gradient[part]))
    }
    return value(weights)
  }

  /// The proximal map of R, in place: the minimizer of R(w) + ‖w − v‖²/(2t), entry by entry.
  ///
  ///     sign(v) max(|v| − t·l1, 0) / (1 + t·c)
  public func applyProximalMap(_ weights: UnsafeMutableBufferPointer<Double>, step t: Double) {
    let threshold = t * l1Coefficient
    let factor = 1 / (1 + t * l2Coefficient)
    guard let first = weights.baseAddress else { return }
    let w = UncheckedSendable(first)
    Parallel.forEachBlock(of: weights.count, costEach: 1) {
      for i in $0 {
        let v = w.value[i]
        let rest = abs(v) - threshold
        w.value[i] = rest <= 0 ? 0 : (v < 0 ? -rest : rest) * factor
      }
    }
  }
}
