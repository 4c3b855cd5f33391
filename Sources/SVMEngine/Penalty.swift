/// A penalty R(W): the price of large weights. It never depends on the number of samples.
public protocol Penalty: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// R of the weights; ∇R is added to `gradient`, entry by entry.
  func value(
    _ weights: UnsafeBufferPointer<Double>,
    addingGradientTo gradient: UnsafeMutableBufferPointer<Double>
  ) -> Double
  /// The factor c of the part c·W of ∇R: how fast a step shrinks the weights, and the modulus of
  /// strong convexity.
  var shrinkage: Double { get }
  /// The factor of Σ |W| in R; 0 where R is smooth. Every R is l1 Σ |W| + ½ c Σ W², with c the
  /// shrinkage.
  var magnitudeWeight: Double { get }
  /// The name and the numbers in force, as a report prints them: "l2 (λ = 25000)".
  var description: String { get }
}

extension Penalty {
  /// 0, where a penalty does not say otherwise.
  public var magnitudeWeight: Double { 0 }

  /// The proximal map of R, in place: the minimiser of R(w) + ‖w − v‖²/(2t), entry by entry.
  ///
  ///     sign(v) max(|v| − t·l1, 0) / (1 + t·c)
  public func applyProximalMap(_ weights: UnsafeMutableBufferPointer<Double>, step t: Double) {
    let threshold = t * magnitudeWeight
    let factor = 1 / (1 + t * shrinkage)
    for i in 0..<weights.count {
      let v = weights[i]
      let rest = abs(v) - threshold
      weights[i] = rest <= 0 ? 0 : (v < 0 ? -rest : rest) * factor
    }
  }
}

/// Σ w², in eight running sums that are added in a fixed order.
func sumOfSquares(_ weights: UnsafeBufferPointer<Double>) -> Double {
  laneSum(weights) { $0 * $0 }
}

/// Σ |w|, in eight running sums that are added in a fixed order.
func sumOfMagnitudes(_ weights: UnsafeBufferPointer<Double>) -> Double {
  laneSum(weights) { w in
    w.replacing(with: -w, where: w .< SIMD8<Double>(repeating: 0))
  }
}

/// Σ x, in eight running sums that are added in a fixed order.
func sum(_ values: UnsafeBufferPointer<Double>) -> Double {
  laneSum(values) { $0 }
}

/// Eight running sums of `term` over the entries: eight times shorter chains of additions, and the
/// same bits on every machine.
@inline(__always)
private func laneSum(
  _ values: UnsafeBufferPointer<Double>, _ term: (SIMD8<Double>) -> SIMD8<Double>
) -> Double {
  guard let base = values.baseAddress else { return 0 }
  var lanes = SIMD8<Double>(repeating: 0)
  let whole = values.count / 8 * 8
  var i = 0
  while i < whole {
    let chunk = UnsafeRawPointer(base + i).loadUnaligned(as: SIMD8<Double>.self)
    lanes += term(chunk)
    i += 8
  }
  if i < values.count {
    var rest = SIMD8<Double>(repeating: 0)
    for lane in 0..<(values.count - i) { rest[lane] = base[i + lane] }
    lanes += term(rest)
  }
  let low = lanes.lowHalf + lanes.highHalf
  return (low[0] + low[2]) + (low[1] + low[3])
}
