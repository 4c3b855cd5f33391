import LinearAlgebra

/// Accelerated proximal gradient steps, for smooth losses with any penalty: the proximal map
/// handles the kinks of `l1` and `elastic-net`.
///
///     z = prox_{R/L}(y − ∇f(y)/L)                                  f: the data's loss
///     t′ = (1 + √(1 + 4t²))/2,   y′ = z + (t − 1)/t′ (z − W)       FISTA
///     monotone: W′ is the better of z and W,
///               y′ = W′ + t/t′ (z − W′) + (t − 1)/t′ (W′ − W)
///     restart:  t ← 1 where (y − z)·(z − W) > 0
///
/// L doubles until f(z) ≤ f(y) + ∇f(y)·(z − y) + L/2 ‖z − y‖², unless it is given.
///
/// Problem: J = f + R, f smooth, or convex with kinks that `KinkSmoothing` smooths. Start: any
/// weights. Result: weights whose J is proven to be near the minimum where J is strongly convex,
/// since f lies above its tangent at y (`LowerBound`). Where the loss is not convex, a plain
/// proximal step from W is a second candidate. The better one is taken, so that J never rises.
///
/// Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm for linear inverse
/// problems, SIAM J. Imaging Sciences 2 (2009), and Fast gradient-based algorithms for constrained
/// total variation, IEEE Trans. Image Processing 18 (2009), for the monotone form; O'Donoghue and
/// Candès, Adaptive restart for accelerated gradient schemes, Found. Comput. Math. 15 (2015); Li
/// and Lin, Accelerated proximal gradient methods for nonconvex programming, NIPS 2015, for the
/// safeguard.
public struct FISTA: Minimizer {
  /// L; nil to find it by backtracking.
  public let lipschitz: Double?
  /// Whether J must not rise.
  public let isMonotone: Bool
  /// Whether the momentum is dropped where it points uphill.
  public let restarts: Bool

  /// The plain method by default.
  public init(lipschitz: Double? = nil, isMonotone: Bool = false, restarts: Bool = false) {
    self.lipschitz = lipschitz
    self.isMonotone = isMonotone
    self.restarts = restarts
  }

  public var name: String { "fista" }
  public var usualTolerance: Double { 1e-6 }

  public var provesByDuality: Bool { false }

  /// A smooth loss, or kinks that can be smoothed.
  public var requirements: SolverRequirements { SolverRequirements(.smoothable) }

  /// A run of the method.
  ///
  /// - Throws: `EngineError` where the problem lacks a requirement; `MemoryRefused`.
  public func begin(_ problem: MinimizationProblem) throws -> any Minimization {
    Run(self, try smoothed(problem))
  }

  private final class Run: Minimization {
    private let method: FISTA
    private let problem: MinimizationProblem
    private let tolerance: Double
    private let isConvex: Bool
    private let isMonotone: Bool
    /// y, where the next gradient is taken.
    private let ahead: Buffer
    private let gradient: Buffer
    private let candidate: Buffer
    private var t = 1.0
    private var L: Double
    private var hasScale = false
    private var objective = Double.nan
    /// The best lower bound of the optimum.
    private var lowerBound = -Double.infinity

    init(_ method: FISTA, _ problem: MinimizationProblem) {
      self.method = method
      self.problem = problem
      tolerance = problem.tolerance ?? method.usualTolerance
      isConvex = problem.objective.loss.isConvex
      isMonotone = method.isMonotone || !isConvex
      let count = problem.parameters.count
      ahead = Buffer(zeros: count)
      ahead.copy(problem.parameters)
      gradient = Buffer(zeros: count)
      candidate = Buffer(zeros: count)
      L = method.lipschitz ?? 1
      hasScale = method.lipschitz != nil
    }

    var state: SavedState {
      SavedState(
        "fista",
        [
          "ahead": ahead.array, "t": [t], "L": [L], "scale": [hasScale ? 1 : 0],
          "objective": [objective], "bound": [lowerBound],
        ], parts: problem.smoothing.map { [$0.state] } ?? [])
    }

    func restore(_ state: SavedState) throws {
      try state.require("fista", parts: problem.smoothing == nil ? 0 : 1)
      try problem.smoothing?.restore(state.parts[0])
      ahead.fill(try state.array("ahead", count: ahead.count))
      t = try state.number("t")
      L = try state.number("L")
      hasScale = try state.flag("scale")
      objective = try state.number("objective")
      lowerBound = try state.number("bound")
    }

    func start() throws -> Certificate {
      objective = try value(at: problem.parameters)
      guard problem.smoothing != nil else { return Certificate(objective: objective) }
      return Certificate(objective: try trueValue(at: problem.parameters))
    }

    private func value(at point: Buffer) throws -> Double {
      try problem.dataLoss(at: point) + problem.penalty(at: point)
    }

    /// J with the original loss, where a smoothed one is minimized.
    private func trueValue(at point: Buffer) throws -> Double {
      var problem = problem
      problem.smoothing = nil
      return try problem.dataLoss(at: point) + problem.penalty(at: point)
    }

    /// A proximal step from `point`, into `candidate`. Returns J there, the squared length of the
    /// step, and f at `point`.
    private func step(
      from point: Buffer, _ L: inout Double, _ hasScale: inout Bool
    ) throws -> (objective: Double, squaredLength: Double, loss: Double) {
      let f = try problem.dataLoss(at: point, gradient: gradient)
      guard f.isFinite else { return (f, 0, f) }
      func attempt(_ L: Double) throws -> (fits: Bool, loss: Double, squaredLength: Double) {
        candidate.copy(point)
        candidate.add(-1 / L, gradient)
        problem.objective.penalty.applyProximalMap(
          UnsafeMutableBufferPointer(start: candidate.pointer, count: problem.penalizedCount),
          step: 1 / L)
        try Interruption.check()
        let loss = try problem.dataLoss(at: candidate)
        let (candidate, gradient) = (candidate, gradient)
        let (slope, length) = blockSums(over: candidate.count) { range in
          var (slope, length) = (0.0, 0.0)
          for i in range {
            let d = candidate.pointer[i] - point.pointer[i]
            slope += gradient.pointer[i] * d
            length += d * d
          }
          return (slope, length)
        }
        let bound = f + slope + L / 2 * length
        return (loss <= bound + 1e-13 * abs(f), loss, length)
      }
      var tried = try attempt(L)
      if method.lipschitz == nil {
        if !hasScale {
          // The first L may be far too large: halve it until it is too small.
          while tried.fits, L > 1e-300 {
            L /= 2
            tried = try attempt(L)
          }
          hasScale = true
        }
        while !tried.fits, L < 1e300 {
          L *= 2
          tried = try attempt(L)
        }
      }
      return (tried.loss + problem.penalty(at: candidate), tried.squaredLength, f)
    }

    func iterate(_ iteration: Int) throws -> Certificate {
      var (L, hasScale) = (L, hasScale)
      let weights = problem.parameters
      let first = try step(from: ahead, &L, &hasScale)
      var (value, squaredLength) = (first.objective, first.squaredLength)
      guard value.isFinite else { return Certificate(objective: value) }
      var bound = lowerBound
      if problem.smoothing == nil && problem.provesEachIteration {
        bound = max(bound, problem.lowerBound(at: ahead, loss: first.loss, gradient: gradient))
      }
      let z = Buffer(uninitialized: weights.count)
      z.copy(candidate)
      var restarts = false
      if method.restarts {
        let ahead = ahead
        let product = blockSum(over: z.count) { range in
          var sum = 0.0
          for i in range {
            sum += (ahead.pointer[i] - z.pointer[i]) * (z.pointer[i] - weights.pointer[i])
          }
          return sum
        }
        restarts = product > 0
      }
      if !isConvex {
        let plain = try step(from: weights, &L, &hasScale)
        if plain.objective < value {
          z.copy(candidate)
          (value, squaredLength) = (plain.objective, plain.squaredLength)
          restarts = true
        }
      }
      var primal: Double?
      if let smoothing = problem.smoothing {
        primal = try trueValue(at: z)
        bound = max(bound, smoothing.dual(dataGradient: gradient))
      }
      let isBetter = !isMonotone || value <= objective
      let late =
        isBetter
        ? try problem.lateCertificate(
          of: value, previous: objective, at: z, tolerance: tolerance, iteration: iteration)
        : nil
      // Nothing throws from here on.
      lowerBound = bound
      let next = restarts ? 1 : (1 + (1 + 4 * t * t).squareRoot()) / 2
      let (fromCandidate, fromStep) = restarts ? (0.0, 0.0) : (t / next, (t - 1) / next)
      let ahead = ahead
      z.forEachPart { range in
        for i in range {
          let (old, found) = (weights.pointer[i], z.pointer[i])
          let new = isBetter ? found : old
          weights.pointer[i] = new
          ahead.pointer[i] = new + fromCandidate * (found - new) + fromStep * (new - old)
        }
      }
      if !isBetter && restarts { ahead.copy(weights) }
      (self.L, self.hasScale, t) = (L, hasScale, next)
      if isBetter { objective = value }
      if let primal, let smoothing = problem.smoothing {
        // A bound of the suboptimality of the smooth problem: (1/μ + 1/L) ‖L (y − z)‖²/2.
        let mu = problem.objective.penalty.l2Coefficient
        let rest = (1 / mu + 1 / L) * L * L * squaredLength / 2
        let gap = max(primal - lowerBound, 0)
        let isConverged = isBetter && gap <= tolerance * abs(primal)
        if !isConverged && isBetter && smoothing.update(gap: gap, rest: rest) {
          // The smooth problem has changed: the momentum belongs to the old one.
          ahead.copy(weights)
          t = 1
          objective = .infinity
        }
        return Certificate(
          objective: isBetter ? primal : nil, gap: isBetter ? gap : nil, isConverged: isConverged)
      }
      if let late {
        var late = late
        late.isStuck = squaredLength == 0
        return late
      }
      guard isBetter && problem.provesEachIteration else {
        return Certificate(objective: objective, isStuck: squaredLength == 0)
      }
      let gap = max(objective - lowerBound, 0)
      return Certificate(
        objective: objective, gap: gap, isConverged: gap <= tolerance * abs(objective),
        isStuck: squaredLength == 0)
    }
  }
}

extension FISTA {
  static let entry = CatalogEntry<Solver>(
    "fista",
    summary: "Accelerated proximal gradient, for any penalty; kinks of a loss are smoothed.",
    formula: """
      W ← prox_{R/L}(Y − ∇f(Y)/L), Y the weights with momentum
      prox of the elastic net: sign(v) max(|v| − l1/L, 0) / (1 + l2/L)
      """,
    reference: "Beck and Teboulle (2009); O'Donoghue and Candès (2015); Li and Lin (2015)",
    options: [
      OptionDescription(
        "L", "Lipschitz constant of the gradient; found by backtracking where it is 0",
        default: 0, .nonNegative),
      OptionDescription(
        "monotone", "whether the objective may never rise", default: 0, .flag),
      OptionDescription(
        "restart", "whether momentum that points away is given up", default: 0, .flag),
    ]
  ) {
    .minimizes(
      FISTA(
        lipschitz: $0["L"] > 0 ? $0["L"] : nil, isMonotone: $0["monotone"] == 1,
        restarts: $0["restart"] == 1))
  }
}
