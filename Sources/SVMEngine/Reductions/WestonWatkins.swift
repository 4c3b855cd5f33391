import LinearAlgebra

/// Every wrong class is compared with the true one, and all violations count.
///
///     L(s, y) = Σ_{j≠y} φ(s_y − s_j)
///     ∂L/∂s_j = −φ′(s_y − s_j) for j ≠ y;   ∂L/∂s_y = Σ_{j≠y} φ′(s_y − s_j)
///
/// With the hinge: 1[s_j − s_y + Δ > 0] at j, and minus the count of those at y.
/// Weston and Watkins, Support vector machines for multi-class pattern recognition, ESANN 1999.
public struct WestonWatkins: Reduction {
  /// The reduction has no options.
  public init() {}

  public var name: String { "weston-watkins" }
  /// The margins of the wrong classes, added up.
  public var coupling: MarginCoupling { .pairs }

  /// Computes the margins in place, then φ over the classes before y and after it.
  public func replaceBySubgradient(
    _ s: UnsafeMutableBufferPointer<Double>, label y: Int, _ loss: any MarginLoss
  ) -> Double {
    let correct = s[y]
    for j in 0..<s.count { s[j] = correct - s[j] }
    var sum = loss.replaceByDerivatives(UnsafeMutableBufferPointer(rebasing: s[..<y]))
    sum += loss.replaceByDerivatives(UnsafeMutableBufferPointer(rebasing: s[(y + 1)...]))
    s[y] = 0
    var total = 0.0
    for j in 0..<s.count {
      total += s[j]
      s[j] = 0 - s[j]
    }
    s[y] = total
    return sum
  }

  /// The loop of the lecture notes.
  public func textbook(
    _ s: [Double], label y: Int, _ loss: any MarginLoss
  ) -> (loss: Double, subgradient: [Double]) {
    var sum = 0.0
    var subgradient = [Double](repeating: 0, count: s.count)
    for j in 0..<s.count {
      if j == y { continue }
      let a = s[y] - s[j]
      sum += loss.value(a)
      subgradient[j] -= loss.derivative(a)
      subgradient[y] += loss.derivative(a)
    }
    return (sum, subgradient)
  }

  /// Margins of all rows, and the mask of slopes, whose negated row sums go to the true column.
  public func vectorized(
    _ S: Matrix, labels y: [Int], _ loss: any MarginLoss
  ) -> (losses: [Double], subgradient: Matrix) {
    let correct = S.picking(y)
    let A = S.mapped { i, _, s in correct[i] - s }
    let values = A.mapped { i, j, a in j == y[i] ? 0 : loss.value(a) }
    let mask = A.mapped { i, j, a in j == y[i] ? 0 : 0 - loss.derivative(a) }
    let counts = mask.rowSums()
    return (values.rowSums(), mask.mapped { i, j, m in j == y[i] ? 0 - counts[i] : m })
  }

  /// s_y − s_j of every wrong class.
  public func margins(_ s: [Double], label y: Int) -> [(column: Int, margin: Double)] {
    s.indices.filter { $0 != y }.map { ($0, s[y] - s[$0]) }
  }
}

extension WestonWatkins {
  static let entry = CatalogEntry<any Reduction>(
    "weston-watkins", WestonWatkins(),
    summary: "Every wrong class is compared with the true one; violations add.",
    formula: "L = Σ_{j≠y} φ(s_y − s_j)    ∂L/∂s: −φ′ at j ≠ y, Σ φ′ at y",
    reference: "Weston and Watkins, ESANN 1999")
}
