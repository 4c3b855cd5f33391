import LinearAlgebra
import Text

/// |n − a| / (|n| + |a|), and 0 where both are 0.
public func relativeError(_ a: Double, _ b: Double) -> Double {
  a == b ? 0 : abs(a - b) / (abs(a) + abs(b))
}

/// The relative error of every entry, in the shape of a and b.
///
/// - Throws: `EngineError` where the shapes differ.
public func relativeError(_ a: Matrix, _ b: Matrix) throws -> Matrix {
  guard a.rows == b.rows && a.columns == b.columns else {
    throw EngineError(
      .shape, "a is \(a.rows)×\(a.columns), and b is \(b.rows)×\(b.columns)")
  }
  return try Abandonable.run(isLong: a.isLong) {
    b.withEntries { b in
      a.mapped { i, j, x in relativeError(x, b[i * a.columns + j]) }
    }
  }
}

/// The slope of f in one entry of W by centered differences, (f(w + h) − f(w − h)) / 2h. The entry
/// is restored afterwards, to the bit.
func centeredDifference(
  _ W: inout Matrix, row: Int, column: Int, step h: Double, _ f: (Matrix) throws -> Double
) rethrows -> (slope: Double, above: Double, below: Double) {
  let saved = W[row, column]
  defer { W[row, column] = saved }
  W[row, column] = saved + h
  let above = try f(W)
  W[row, column] = saved - h
  let below = try f(W)
  // The actual step: w ± h is rounded.
  let distance = (saved + h) - (saved - h)
  return ((above - below) / (distance > 0 ? distance : 2 * h), above, below)
}

/// The gradient of f at W, D×K, by centered differences: 2·D·K calls of f.
///
/// - Throws: `EngineError` where h is not above 0 and finite; `Interrupted`; what `f` throws.
public func numericalGradient(
  _ f: (Matrix) throws -> Double, at W: Matrix, step h: Double = 1e-5
) throws -> Matrix {
  try checkStep(h)
  var point = W
  var gradient = Matrix(rows: W.rows, columns: W.columns)
  for i in 0..<W.rows {
    for j in 0..<W.columns {
      try Interruption.check()
      gradient[i, j] = try centeredDifference(&point, row: i, column: j, step: h, f).slope
    }
  }
  return gradient
}

func checkStep(_ h: Double) throws {
  guard h > 0 && h.isFinite else {
    throw EngineError(.option, "'h' must be above 0, not \(NumberText.shortest(h))")
  }
}

/// The proximal map of the elastic net, entry by entry, with t = `step`:
///
///     sign(v) max(|v| − t·l1, 0) / (1 + t·l2)
///
/// - Throws: `EngineError` where `step`, `l1` or `l2` is negative or not finite.
public func proxElasticNet(_ v: Matrix, step t: Double, l1: Double, l2: Double) throws -> Matrix {
  for (name, value) in [("step", t), ("l1", l1), ("l2", l2)]
  where !(value >= 0 && value.isFinite) {
    throw EngineError(.option, "'\(name)' must be 0 or above, not \(NumberText.shortest(value))")
  }
  return try Abandonable.run(isLong: v.isLong) {
    v.mapped { _, _, v in
      let shrunk = abs(v) - t * l1
      let magnitude = shrunk <= 0 ? 0 : shrunk / (1 + t * l2)
      return v < 0 ? 0 - magnitude : magnitude
    }
  }
}

/// The hinge margins of scores N×K, in the same shape: max(0, s_j − s_y + Δ), and 0 at y.
///
/// - Throws: `EngineError` where scores and labels don't fit, or there are none.
public func hingeMargins(_ scores: Matrix, labels y: [Int], delta: Double = 1) throws -> Matrix {
  try checkScores(scores, labels: y)
  return try Abandonable.run(isLong: scores.isLong) {
    let correct = scores.picking(y)
    return scores.mapped { i, j, s in
      let margin = s - correct[i] + delta
      return j == y[i] || margin <= 0 ? 0 : margin
    }
  }
}

/// The mean loss of scores N×K (N×1 for a binary loss), and its gradient in the scores, which
/// includes the factor 1/N. `classWeights` has K numbers.
///
/// - Throws: `EngineError` where scores and labels don't fit, or there are none.
public func scoreLoss(
  _ scores: Matrix, labels y: [Int], _ loss: any ScoreLoss, classWeights: [Double]? = nil
) throws -> (loss: Double, gradient: Matrix) {
  let isBinary = loss.isBinary
  try checkScores(scores, labels: y, classes: isBinary ? 2 : nil)
  if isBinary && scores.columns != 1 {
    throw EngineError(.shape, "'binary' takes one score a sample, not \(scores.columns)")
  }
  return try Abandonable.run(isLong: scores.isLong) {
    var (losses, subgradient) = loss.vectorized(scores, labels: y)
    if let c = classWeights {
      for i in losses.indices { losses[i] *= c[y[i]] }
    }
    let n = Double(scores.rows)
    subgradient = subgradient.mapped { i, _, g in (classWeights?[y[i]] ?? 1) * g / n }
    return (losses.reduce(0, +) / n, subgradient)
  }
}

extension Matrix {
  /// Whether work on all entries takes long enough to be worth a thread that can be left alone.
  var isLong: Bool { count > 1 << 17 }
}

private func checkScores(_ scores: Matrix, labels y: [Int], classes: Int? = nil) throws {
  guard scores.rows == y.count else {
    throw EngineError(.shape, "there are \(y.count) labels for \(scores.rows) rows of scores")
  }
  guard scores.rows > 0 && scores.columns > 0 else {
    throw EngineError(.data, "there are no scores")
  }
  try Labels.check(y, classes: classes ?? scores.columns)
}
