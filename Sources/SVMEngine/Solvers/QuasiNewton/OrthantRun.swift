import LinearAlgebra

/// L-BFGS for f + l1 Σ|w|, f smooth: each step stays in one orthant, where the penalty is linear.
///
///     ◇_i = g_i + l1 sign(w_i), or where w_i = 0 the nearest to 0 of g_i + [−l1, l1]
///     d = −H◇, without the entries that point against −◇
///     W ← π(W + αd), entries that would change their sign become 0
///     J(W′) ≤ J(W) + c₁ ◇·(W′ − W)
///
/// ◇ is the subgradient of least norm: J(W) − J* ≤ ‖◇‖²/(2μ) where J is strongly convex.
///
/// Andrew and Gao, Scalable training of L1-regularized log-linear models, ICML 2007.
final class OrthantRun: Minimization {
  private let problem: MinimizationProblem
  private let tolerance: Double
  private let l1: Double
  /// ∇f, with the smooth part of R.
  private let gradient: Buffer
  private var objective = Double.nan
  private var pairs = LimitedMemory()

  init(_ problem: MinimizationProblem, tolerance: Double) {
    self.problem = problem
    self.tolerance = tolerance
    l1 = problem.objective.penalty.l1Coefficient
    gradient = Buffer(zeros: problem.parameters.count)
  }

  var state: SavedState {
    SavedState(
      "lbfgs with l1", ["objective": [objective], "gradient": gradient.array],
      parts: [pairs.state])
  }

  func restore(_ state: SavedState) throws {
    try state.require("lbfgs with l1", parts: 1)
    objective = try state.number("objective")
    gradient.fill(try state.array("gradient", count: gradient.count))
    try pairs.restore(state.parts[0], count: gradient.count)
  }

  func start() throws -> Certificate {
    objective = try value(at: problem.parameters, gradient)
    return certificate(pseudoGradient())
  }

  /// J at a point, and the smooth part of its gradient.
  private func value(at point: Buffer, _ gradient: Buffer) throws -> Double {
    let loss = try problem.dataLoss(at: point, gradient: gradient)
    let c = problem.objective.penalty.l2Coefficient
    Parallel.forEachBlock(of: problem.penalizedCount, costEach: 1) {
      for i in $0 { gradient.pointer[i] += c * point.pointer[i] }
    }
    return loss + problem.penalty(at: point)
  }

  /// ◇, the subgradient of least norm.
  private func pseudoGradient() -> Buffer {
    let result = Buffer(uninitialized: gradient.count)
    let (gradient, problem, l1) = (gradient, problem, l1)
    result.forEachPart {
      for i in $0 {
        let (g, w) = (gradient.pointer[i], problem.parameters.pointer[i])
        let strength = i < problem.penalizedCount ? l1 : 0
        if w != 0 {
          result.pointer[i] = w > 0 ? g + strength : g - strength
        } else {
          result.pointer[i] = g > strength ? g - strength : g < -strength ? g + strength : 0
        }
      }
    }
    return result
  }

  private func certificate(_ pseudo: Buffer) -> Certificate {
    if problem.provesEachIteration {
      let gap = pseudo.dot(pseudo) / (2 * problem.objective.penalty.l2Coefficient)
      return Certificate(
        objective: objective, gap: gap, isConverged: gap <= tolerance * abs(objective))
    }
    guard pseudo.isZero else { return Certificate(objective: objective) }
    // For a convex loss this is the optimum, else a stationary point.
    let isConvex = problem.objective.loss.isConvex
    return Certificate(
      objective: objective, gap: isConvex ? 0 : nil, isConverged: isConvex, isSettled: !isConvex)
  }

  func iterate(_ t: Int) throws -> Certificate {
    let pseudo = pseudoGradient()
    guard !pseudo.isZero else { return certificate(pseudo) }
    var pairs = pairs
    var found = try search(try pairs.direction(against: pseudo), pseudo, isFirst: pairs.isEmpty)
    if found == nil, !pairs.isEmpty {
      pairs = LimitedMemory()
      found = try search(try pairs.direction(against: pseudo), pseudo, isFirst: true)
    }
    guard let found else {
      var certificate =
        try problem.lateCertificate(
          of: objective, previous: objective, at: problem.parameters, tolerance: tolerance,
          iteration: 9) ?? certificate(pseudo)
      certificate.isStuck = true
      self.pairs = pairs
      return certificate
    }
    let late = try problem.lateCertificate(
      of: found.objective, previous: objective, at: found.point, tolerance: tolerance,
      iteration: t)
    // Nothing throws from here on.
    pairs.append(
      from: problem.parameters, to: found.point, gradients: gradient, found.gradient)
    self.pairs = pairs
    problem.parameters.copy(found.point)
    gradient.copy(found.gradient)
    objective = found.objective
    let next = pseudoGradient()
    return next.isZero ? certificate(next) : late ?? certificate(next)
  }

  /// A point along d, projected onto the orthant, with sufficient decrease of J; nil where there is
  /// none.
  private func search(
    _ d: Buffer, _ pseudo: Buffer, isFirst: Bool
  ) throws -> (point: Buffer, gradient: Buffer, objective: Double)? {
    d.forEachPart {
      for i in $0 where d.pointer[i] * pseudo.pointer[i] >= 0 { d.pointer[i] = 0 }
    }
    var step = isFirst ? min(1, 1 / pseudo.dot(pseudo).squareRoot()) : 1
    let point = Buffer(uninitialized: d.count)
    let gradient = Buffer(uninitialized: d.count)
    for _ in 0..<60 {
      let (length, problem) = (step, problem)
      let slope = blockSum(over: d.count) { range in
        var slope = 0.0
        for i in range {
          let w = problem.parameters.pointer[i]
          var new = w + length * d.pointer[i]
          if i < problem.penalizedCount {
            let side = w != 0 ? w : -pseudo.pointer[i]
            if new * side <= 0 { new = 0 }
          }
          point.pointer[i] = new
          slope += pseudo.pointer[i] * (new - w)
        }
        return slope
      }
      guard slope < 0 else { return nil }
      let value = try value(at: point, gradient)
      if value <= objective + 1e-4 * slope { return (point, gradient, value) }
      step *= 0.5
    }
    return nil
  }
}
