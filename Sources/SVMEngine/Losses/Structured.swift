import LinearAlgebra
import Text

/// Margin rescaling: the required margin between two classes is the cost of confusing them.
///
///     L(s, y) = max_j (cost[y, j] + s_j) − s_y        cost: K×K, row = true class, zero diagonal
///     ∂L/∂s = onehot(j*) − onehot(y), j* the arg-max; a tie goes to y, then to the first
///
/// A 0/1 cost gives Crammer–Singer's hinge with Δ = 1. Tsochantaridis, Joachims, Hofmann, Altun,
/// Large margin methods for structured and interdependent output variables, JMLR 6 (2005).
public struct Structured: ScoreLoss {
  /// cost[y, j], K×K.
  public let cost: Matrix

  /// A loss with the cost of each confusion, K×K.
  ///
  /// - Throws: `EngineError` where the matrix is not square, has an entry that is negative or not
  ///   finite, or a diagonal that is not zero.
  public init(cost: Matrix) throws {
    guard cost.rows == cost.columns && cost.rows > 0 else {
      throw EngineError(
        .shape,
        "'cost' must have a row and a column for each class, not \(cost.rows)×\(cost.columns)")
    }
    for i in 0..<cost.rows {
      guard cost[i, i] == 0 else {
        throw EngineError(
          .option,
          "'cost' must be 0 on the diagonal, and row \(i) has "
            + "\(NumberText.shortest(cost[i, i])) there",
          help: "the right class costs nothing")
      }
      for j in 0..<cost.columns where !(cost[i, j] >= 0 && cost[i, j].isFinite) {
        throw EngineError(
          .option,
          "'cost' must be 0 or above, and row \(i), column \(j) is "
            + NumberText.shortest(cost[i, j])
        )
      }
    }
    self.cost = cost
  }

  public var name: String { "structured" }
  /// Checks that the cost has a row for each class.
  public func check(classes: Int) throws {
    guard cost.rows != classes else { return }
    throw EngineError(
      .shape, "'cost' is \(cost.rows)×\(cost.columns), and the data have \(classes) classes")
  }
  /// True: a maximum of lines.
  public var isConvex: Bool { true }
  /// 0, the margin of the term where the arg-max leaves y.
  public var kinks: [Double] { [0] }
  /// The perceptron loss of the least margin, with costs as required margins.
  public var structure: LossStructure? { LossStructure(Perceptron(), .maximum, costs: cost) }

  /// The arg-max of cost + s: y in a tie with it, else the first. A NaN wins at once, so that it is
  /// noticed.
  private func strongest(_ s: UnsafeBufferPointer<Double>, _ y: Int) -> (index: Int, sum: Double) {
    var best = (index: y, sum: s[y])
    if s[y].isNaN { return best }
    for j in 0..<s.count where j != y {
      let sum = cost[y, j] + s[j]
      if sum.isNaN { return (j, sum) }
      if sum > best.sum { best = (j, sum) }
    }
    return best
  }

  /// L(s, y); ∂L/∂s replaces the scores.
  public func replaceBySubgradient(_ s: UnsafeMutableBufferPointer<Double>, label y: Int) -> Double
  {
    let (j, sum) = strongest(UnsafeBufferPointer(s), y)
    let loss = sum - s[y]
    s.update(repeating: 0)
    if j != y {
      s[j] = 1
      s[y] = -1
    }
    return loss
  }

  public func textbook(_ s: [Double], label y: Int) -> (loss: Double, subgradient: [Double]) {
    let (j, sum) = s.withUnsafeBufferPointer { strongest($0, y) }
    var subgradient = [Double](repeating: 0, count: s.count)
    subgradient[j] += 1
    subgradient[y] -= 1
    return (sum - s[y], subgradient)
  }

  /// One term: the arg-max j, with the margin s_y − s_j − cost[y, j].
  public func terms(_ s: [Double], label y: Int) -> [LossTerm] {
    let (j, sum) = s.withUnsafeBufferPointer { strongest($0, y) }
    return [LossTerm(column: j, margin: s[y] - sum, value: sum - s[y], derivative: j == y ? 0 : -1)]
  }
}

extension Structured {
  static let entry = CatalogEntry<LossForm>(
    "structured",
    summary: "Margin rescaling with cost=M, a row to a true class; takes no reduction.",
    formula: "L = max_j (cost[y, j] + s_j) − s_y    ∂L/∂s = onehot(arg-max) − onehot(y)",
    reference: "Tsochantaridis et al., JMLR 6 (2005)"
  ) { _ in .costs { try Structured(cost: $0) } }
}
