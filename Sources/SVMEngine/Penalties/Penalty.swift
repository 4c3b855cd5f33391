import LinearAlgebra
import Text

/// A coefficient of a penalty: the value of an option times a factor.
public struct PenaltyCoefficient: Sendable, Equatable {
  /// The option's name.
  public let option: String
  /// The option's value.
  public let strength: Double
  /// The factor of the option's value: 2 for `l2`.
  public let factor: Double

  /// factor · strength.
  public init(_ option: String, _ strength: Double, times factor: Double = 1) {
    self.option = option
    self.strength = strength
    self.factor = factor
  }

  /// The coefficient.
  public var value: Double { factor * strength }
  /// The coefficient in formulas: "2·reg".
  public var text: String { factor == 1 ? option : "\(NumberText.shortest(factor))·\(option)" }
}

/// A penalty R(W) on large weights. It never depends on the number of samples.
///
///     R(W) = a Σ |W| + ½ c Σ W²        ∇R = a sign(W) + c W,   sign(0) = 0
///
/// A penalty has a name and two coefficients; all else follows.
public protocol Penalty: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// a; nil where R is smooth.
  var magnitudes: PenaltyCoefficient? { get }
  /// c; nil where R is not strongly convex.
  var squares: PenaltyCoefficient? { get }
}

extension Penalty {
  /// Nil by default.
  public var magnitudes: PenaltyCoefficient? { nil }
  /// Nil by default.
  public var squares: PenaltyCoefficient? { nil }
  /// a; 0 where R is smooth.
  public var l1Coefficient: Double { magnitudes?.value ?? 0 }
  /// c, the modulus of strong convexity; a step η shrinks the weights by 1 − ηc.
  public var l2Coefficient: Double { squares?.value ?? 0 }

  /// The name with the values of its options, for reports: "l2 (λ = 25000)".
  public var description: String {
    let numbers = [magnitudes, squares].compactMap { coefficient in
      coefficient.map {
        "\($0.option == "reg" ? "λ" : $0.option) = \(NumberText.shortest($0.strength))"
      }
    }
    return numbers.isEmpty ? name : "\(name) (\(numbers.joined(separator: ", ")))"
  }

  /// R of the given weights.
  public func value(_ weights: UnsafeBufferPointer<Double>) -> Double {
    switch (magnitudes, squares) {
    case (let a?, let c?):
      a.value * sumOfMagnitudes(weights) + 0.5 * c.value * sumOfSquares(weights)
    case (let a?, nil): a.value * sumOfMagnitudes(weights)
    case (nil, let c?): 0.5 * c.value * sumOfSquares(weights)
    case (nil, nil): 0
    }
  }

  /// Adds ∇R to `gradient`, entry by entry. The weights may be any part of W.
  public func addGradient(
    _ weights: UnsafeBufferPointer<Double>, to gradient: UnsafeMutableBufferPointer<Double>
  ) {
    guard let w = weights.baseAddress, let g = gradient.baseAddress else { return }
    if let a = magnitudes?.value {
      for i in 0..<weights.count { g[i] += w[i] > 0 ? a : w[i] < 0 ? -a : w[i] * a }
    }
    if let c = squares?.value {
      for i in 0..<weights.count { g[i] += c * w[i] }
    }
  }

  /// R of the given weights; ∇R is added to `gradient`, on all cores.
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
