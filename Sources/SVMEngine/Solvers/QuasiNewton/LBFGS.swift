import LinearAlgebra

/// Quasi-Newton steps from the last ten changes of weights and gradient, for smooth objectives.
///
///     d = −H∇J, H from the pairs s = W′ − W, q = ∇J′ − ∇J by the two-loop recursion
///     W′ = W + αd,   J(W′) ≤ J(W) + c₁ α ∇J·d,   |∇J(W′)·d| ≤ c₂ |∇J·d|
///
/// Problem: J smooth, or convex with a loss whose kinks `KinkSmoothing` smooths. Start: any
/// weights. Result: weights whose J is proven to be near the minimum where J is strongly convex
/// with modulus μ: J(W) − J* ≤ ‖∇J‖²/(2μ); with a free b, by `LowerBound`. Penalties with kinks
/// (`l1`, `elastic-net`) are minimized orthant by orthant (`OrthantRun`).
///
/// Liu and Nocedal, On the limited memory BFGS method for large scale optimization, Math.
/// Programming 45 (1989); Nocedal and Wright, Numerical Optimization, 2nd ed., Algorithm 7.4, and
/// Algorithms 3.5 and 3.6 with bisection; the acceptance of steps below the rounding of J after
/// Hager and Zhang, SIAM J. Optimization 16 (2005).
public struct LBFGS: Minimizer {
  /// The method.
  public init() {}

  public var name: String { "lbfgs" }
  public var usualTolerance: Double { 1e-6 }

  public var provesByDuality: Bool { false }

  /// A smooth loss, or kinks that can be smoothed where the penalty has none.
  public var requirements: SolverRequirements {
    SolverRequirements(.smoothable, takesKinksOfBoth: false)
  }

  /// A run of the method.
  ///
  /// - Throws: `EngineError` where the problem lacks a requirement; `MemoryRefused`.
  public func begin(_ problem: MinimizationProblem) throws -> any Minimization {
    let problem = try smoothed(problem)
    if problem.objective.penalty.l1Coefficient > 0 {
      return OrthantRun(problem, tolerance: problem.tolerance ?? usualTolerance)
    }
    return Run(problem, tolerance: problem.tolerance ?? usualTolerance)
  }

  private final class Run: Minimization {
    private let problem: MinimizationProblem
    private let tolerance: Double
    private let gradient: Buffer
    private var objective = Double.nan
    private var pairs = LimitedMemory()

    init(_ problem: MinimizationProblem, tolerance: Double) {
      self.problem = problem
      self.tolerance = tolerance
      gradient = Buffer(zeros: problem.parameters.count)
    }

    var state: SavedState {
      SavedState(
        "lbfgs", ["objective": [objective], "gradient": gradient.array],
        parts: [pairs.state] + (problem.smoothing.map { [$0.state] } ?? []))
    }

    func restore(_ state: SavedState) throws {
      try state.require("lbfgs", parts: problem.smoothing == nil ? 1 : 2)
      objective = try state.number("objective")
      gradient.fill(try state.array("gradient", count: gradient.count))
      try pairs.restore(state.parts[0], count: gradient.count)
      try problem.smoothing?.restore(state.parts[1])
    }

    func start() throws -> Certificate {
      objective = try problem.value(at: problem.parameters, gradient: gradient)
      return certificate()
    }

    private func certificate() -> Certificate {
      let mu = problem.objective.penalty.l2Coefficient
      if let smoothing = problem.smoothing {
        // The dual needs G, and ∇J = G + μW.
        let G = Buffer(uninitialized: gradient.count)
        G.copy(gradient)
        G.add(-mu, problem.parameters)
        let primal = smoothing.trueLoss + problem.penalty(at: problem.parameters)
        let gap = max(primal - smoothing.dual(dataGradient: G), 0)
        return Certificate(objective: primal, gap: gap, isConverged: gap <= tolerance * abs(primal))
      }
      if problem.provesEachIteration {
        let gap = gradient.dot(gradient) / (2 * mu)
        return Certificate(
          objective: objective, gap: gap, isConverged: gap <= tolerance * abs(objective))
      }
      if gradient.isZero {
        // For a convex loss this is the optimum, else a stationary point.
        let isConvex = problem.objective.loss.isConvex
        return Certificate(
          objective: objective, gap: isConvex ? 0 : nil, isConverged: isConvex,
          isSettled: !isConvex)
      }
      return Certificate(objective: objective)
    }

    func iterate(_ iteration: Int) throws -> Certificate {
      guard let smoothing = problem.smoothing else { return try move(iteration) }
      // A trial point leaves its own β behind, and multipliers may have moved.
      let before = (smoothing.state, gradient.array, objective, pairs)
      do {
        return try move(iteration)
      } catch {
        try smoothing.restore(before.0)
        gradient.fill(before.1)
        (objective, pairs) = (before.2, before.3)
        throw error
      }
    }

    private func move(_ iteration: Int) throws -> Certificate {
      try smoothAnew()
      guard !gradient.isZero else {
        // A smoothed loss gets new multipliers in the next iteration.
        return certificate()
      }
      var pairs = pairs
      var found = try search(try pairs.direction(against: gradient), isFirst: pairs.isEmpty)
      if found == nil, !pairs.isEmpty {
        pairs = LimitedMemory()
        found = try search(try pairs.direction(against: gradient), isFirst: true)
      }
      guard let found else {
        var certificate =
          try problem.lateCertificate(
            of: objective, previous: objective, at: problem.parameters, tolerance: tolerance,
            iteration: 9) ?? certificate()
        certificate.isStuck = true
        self.pairs = pairs
        return certificate
      }
      let late = try problem.lateCertificate(
        of: found.objective, previous: objective, at: found.point, tolerance: tolerance,
        iteration: iteration)
      // Nothing throws from here on.
      pairs.append(
        from: problem.parameters, to: found.point, gradients: gradient, found.gradient)
      self.pairs = pairs
      problem.parameters.copy(found.point)
      gradient.copy(found.gradient)
      objective = found.objective
      return gradient.isZero ? certificate() : late ?? certificate()
    }

    /// Moves the multipliers of a smoothed loss once the smooth problem is nearly solved.
    private func smoothAnew() throws {
      guard let smoothing = problem.smoothing else { return }
      let width = smoothing.width
      let certificate = certificate()
      let rest = gradient.dot(gradient) / (2 * problem.objective.penalty.l2Coefficient)
      guard let gap = certificate.gap, smoothing.update(gap: gap, rest: rest) else { return }
      objective = try problem.value(at: problem.parameters, gradient: gradient)
      if smoothing.width < width { pairs = LimitedMemory() }
    }

    private struct Point {
      let point: Buffer
      let gradient: Buffer
      let objective: Double
      let slope: Double
    }

    /// A step along d that satisfies the strong Wolfe conditions. Where none is found, the last one
    /// with sufficient decrease; nil where there is none either.
    private func search(_ d: Buffer, isFirst: Bool) throws -> Point? {
      let slope = gradient.dot(d)
      guard slope < 0 else { return nil }
      let (c1, c2) = (1e-4, 0.9)
      let J = objective
      // Smaller differences of J are rounding errors: then slopes decide.
      let noise = 1e-14 * abs(J)
      func at(_ step: Double) throws -> Point {
        let point = Buffer(uninitialized: d.count)
        point.copy(problem.parameters)
        point.add(step, d)
        let gradient = Buffer(uninitialized: d.count)
        let value = try problem.value(at: point, gradient: gradient)
        return Point(point: point, gradient: gradient, objective: value, slope: gradient.dot(d))
      }
      func isLow(_ p: Point, _ step: Double) -> Bool {
        p.objective <= J + c1 * step * slope
          || (p.objective <= J + noise && p.slope <= (2 * c1 - 1) * slope)
      }
      // Some step in [low, high] satisfies the conditions.
      var (low, high) = (0.0, Double.infinity)
      var step = isFirst ? min(1, 1 / gradient.dot(gradient).squareRoot()) : 1
      var best: Point?
      for _ in 0..<60 {
        let p = try at(step)
        if !p.objective.isFinite || !isLow(p, step) {
          high = step
        } else if p.slope < c2 * slope {
          best = p
          low = step
        } else if p.slope > -c2 * slope {
          best = p
          high = step
        } else {
          return p
        }
        step = high.isInfinite ? 4 * low : (low + high) / 2
        if high - low <= 1e-14 * high { break }
      }
      // The last trial has left its β, and certificates are of the point that is taken.
      if problem.smoothing != nil {
        let gradient = Buffer(uninitialized: d.count)
        _ = try problem.value(at: best?.point ?? problem.parameters, gradient: gradient)
      }
      return best
    }
  }
}

extension LBFGS {
  static let entry = CatalogEntry<Solver>(
    "lbfgs", .minimizes(LBFGS()),
    summary: "Quasi-Newton steps from the last ten gradients; kinks of a loss are smoothed.",
    formula: "W ← W − αH∇J, H from the last 10 changes of W and ∇J, α by the Wolfe conditions",
    reference: "Liu and Nocedal, Math. Programming 45 (1989)")
}
