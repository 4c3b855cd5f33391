import LinearAlgebra

/// One binary problem for each class: the true class's score should be high, every other one low.
///
///     L(s, y) = φ(s_y) + Σ_{j≠y} φ(−s_j)
///     ∂L/∂s_y = φ′(s_y);   ∂L/∂s_j = −φ′(−s_j) for j ≠ y
///
/// Rifkin and Klautau, In defense of one-vs-all classification, JMLR 5 (2004).
public struct OneVsRest: Reduction {
  /// The reduction has no options.
  public init() {}

  public var name: String { "one-vs-rest" }
  /// A binary problem for each class.
  public var coupling: MarginCoupling { .separate }

  public func replaceBySubgradient(
    _ s: UnsafeMutableBufferPointer<Double>, label y: Int, _ loss: any MarginLoss
  ) -> Double {
    for j in 0..<s.count where j != y { s[j] = 0 - s[j] }
    let sum = loss.replaceByDerivatives(s)
    for j in 0..<s.count where j != y { s[j] = 0 - s[j] }
    return sum
  }

  public func textbook(
    _ s: [Double], label y: Int, _ loss: any MarginLoss
  ) -> (loss: Double, subgradient: [Double]) {
    var sum = 0.0
    var subgradient = [Double](repeating: 0, count: s.count)
    for j in 0..<s.count {
      if j == y {
        sum += loss.value(s[j])
        subgradient[j] = loss.derivative(s[j])
      } else {
        sum += loss.value(-s[j])
        subgradient[j] = 0 - loss.derivative(-s[j])
      }
    }
    return (sum, subgradient)
  }

  /// Margins of all rows, their losses and slopes.
  public func vectorized(
    _ S: Matrix, labels y: [Int], _ loss: any MarginLoss
  ) -> (losses: [Double], subgradient: Matrix) {
    let A = S.mapped { i, j, s in j == y[i] ? s : 0 - s }
    let values = A.mapped { _, _, a in loss.value(a) }
    return (
      values.rowSums(),
      A.mapped { i, j, a in j == y[i] ? loss.derivative(a) : 0 - loss.derivative(a) }
    )
  }

  /// s_y, and −s_j of every wrong class.
  public func margins(_ s: [Double], label y: Int) -> [(column: Int, margin: Double)] {
    s.indices.map { ($0, $0 == y ? s[$0] : 0 - s[$0]) }
  }
}

extension OneVsRest {
  static let entry = CatalogEntry<any Reduction>(
    "one-vs-rest", OneVsRest(), summary: "One binary problem for each class.",
    formula: "L = φ(s_y) + Σ_{j≠y} φ(−s_j)    ∂L/∂s: φ′(s_y) at y, −φ′(−s_j) at j ≠ y",
    reference: "Rifkin and Klautau, JMLR 5 (2004)")
}
