import LinearAlgebra

/// Only the strongest wrong class is compared with the true one.
///
///     L(s, y) = φ(s_y − max_{j≠y} s_j)
///     ∂L/∂s: φ′ at y, −φ′ at the first arg-max of the wrong classes
///
/// Crammer and Singer, On the algorithmic implementation of multiclass kernel-based vector
/// machines, JMLR 2 (2001).
public struct CrammerSinger: Reduction {
  /// The reduction has no options.
  public init() {}

  public var name: String { "crammer-singer" }
  /// The least margin.
  public var coupling: MarginCoupling { .maximum }

  /// The first arg-max of the wrong classes; nil where there is none. A NaN wins at once, so that
  /// it is noticed.
  static func strongest(_ s: UnsafeBufferPointer<Double>, not y: Int) -> Int? {
    var best: Int?
    for j in 0..<s.count where j != y {
      if s[j].isNaN { return j }
      guard let leader = best else {
        best = j
        continue
      }
      if s[j] > s[leader] { best = j }
    }
    return best
  }

  public func replaceBySubgradient(
    _ s: UnsafeMutableBufferPointer<Double>, label y: Int, _ loss: any MarginLoss
  ) -> Double {
    let rival = Self.strongest(UnsafeBufferPointer(s), not: y)
    let a = rival.map { s[y] - s[$0] }
    s.update(repeating: 0)
    guard let rival, let a else { return 0 }
    let slope = loss.derivative(a)
    s[y] = slope
    s[rival] = 0 - slope
    return loss.value(a)
  }

  /// The largest wrong score, then φ of one margin.
  public func textbook(
    _ s: [Double], label y: Int, _ loss: any MarginLoss
  ) -> (loss: Double, subgradient: [Double]) {
    var subgradient = [Double](repeating: 0, count: s.count)
    var rival = -1
    for j in 0..<s.count where j != y {
      if rival < 0 || s[j] > s[rival] || s[j].isNaN { rival = j }
    }
    if rival < 0 { return (0, subgradient) }
    let a = s[y] - s[rival]
    subgradient[y] = loss.derivative(a)
    subgradient[rival] = 0 - loss.derivative(a)
    return (loss.value(a), subgradient)
  }

  /// Arg-max over the wrong classes of every row, then one margin to a row.
  public func vectorized(
    _ S: Matrix, labels y: [Int], _ loss: any MarginLoss
  ) -> (losses: [Double], subgradient: Matrix) {
    guard S.columns > 1 else {
      return ([Double](repeating: 0, count: S.rows), Matrix(rows: S.rows, columns: S.columns))
    }
    let rivals = S.withEntries { entries in
      (0..<S.rows).map { i in
        Self.strongest(
          UnsafeBufferPointer(rebasing: entries[i * S.columns..<(i + 1) * S.columns]), not: y[i])
          ?? 0
      }
    }
    let correct = S.picking(y)
    let rival = S.picking(rivals)
    let a = zip(correct, rival).map { $0 - $1 }
    let subgradient = S.mapped { i, j, _ in
      j == y[i] ? loss.derivative(a[i]) : j == rivals[i] ? 0 - loss.derivative(a[i]) : 0
    }
    return (a.map { loss.value($0) }, subgradient)
  }

  /// s_y − max of the wrong classes.
  public func margins(_ s: [Double], label y: Int) -> [(column: Int, margin: Double)] {
    let rival = s.withUnsafeBufferPointer { Self.strongest($0, not: y) }
    return rival.map { [($0, s[y] - s[$0])] } ?? []
  }
}

extension CrammerSinger {
  static let entry = CatalogEntry<any Reduction>(
    "crammer-singer", CrammerSinger(),
    summary: "Only the strongest wrong class is compared with the true one.",
    formula: "L = φ(s_y − max_{j≠y} s_j)    ∂L/∂s: φ′ at y, −φ′ at the first arg-max wrong class",
    reference: "Crammer and Singer, JMLR 2 (2001)")
}
