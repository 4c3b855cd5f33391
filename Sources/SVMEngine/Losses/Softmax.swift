import Glibc

/// The cross-entropy of the softmax. The largest score is subtracted first, so that nothing
/// overflows.
///
///     L(s, y) = log Σ_j e^(s_j − max s) − (s_y − max s)        ∂L/∂s = p − onehot(y)
///
/// Lecture notes of CS231n, Softmax classifier.
public struct Softmax: ScoreLoss {
  /// The loss has no options.
  public init() {}

  public var name: String { "softmax" }
  /// True: the logarithm of a sum of exponentials.
  public var isConvex: Bool { true }

  /// L(s, y); ∂L/∂s replaces the scores.
  public func replaceBySubgradient(_ s: UnsafeMutableBufferPointer<Double>, label y: Int) -> Double
  {
    var largest = -Double.infinity
    for j in 0..<s.count where s[j] > largest { largest = s[j] }
    let correct = s[y] - largest
    var sum = 0.0
    for j in 0..<s.count {
      let e = exp(s[j] - largest)
      s[j] = e
      sum += e
    }
    for j in 0..<s.count { s[j] /= sum }
    s[y] -= 1
    return log(sum) - correct
  }

  /// The formula: exponentials, their sum, −log p_y.
  public func textbook(_ s: [Double], label y: Int) -> (loss: Double, subgradient: [Double]) {
    let largest = s.max() ?? 0
    let exponentials = s.map { exp($0 - largest) }
    let sum = exponentials.reduce(0, +)
    var subgradient = exponentials.map { $0 / sum }
    subgradient[y] -= 1
    return (log(sum) - (s[y] - largest), subgradient)
  }
}

extension Softmax {
  static let entry = CatalogEntry<LossForm>(
    "softmax", .scores(Softmax()),
    summary: "Cross-entropy of the softmax of the score row; takes no reduction.",
    formula: """
      L = log Σ_j e^(s_j − max s) − (s_y − max s) = −log p_y
      ∂L/∂s = p − onehot(y), p_j = e^(s_j) / Σ_k e^(s_k)
      """,
    reference: "lecture notes of CS231n, softmax classifier")
}
