/// The requirements of a solver on an objective. Solvers state them, so that a refusal can name
/// what would help, and solvers without these requirements.
public struct SolverRequirements: Sendable, Equatable {
  /// The requirement on the loss.
  public enum Loss: Sendable, Equatable {
    /// A loss that is smooth, or has kinks that `KinkSmoothing` smooths. That needs a strongly
    /// convex penalty on all parameters.
    case smoothable
    /// A `DualForm`, and margins with one of these couplings.
    case dualForm(Set<MarginCoupling>)
  }

  /// A requirement that an objective can lack.
  enum Lack: Sendable {
    case loss, smoothPenalty, strongConvexity, penalizedBias
  }

  /// The requirement on the loss.
  public var loss: Loss
  /// Whether the penalty must be a positive multiple of Σ W².
  public var needsL2Penalty: Bool
  /// Whether the penalty must cover the bias.
  public var needsPenalizedBias: Bool
  /// Whether loss and penalty may both have kinks.
  public var takesKinksOfBoth: Bool

  /// The requirement on the loss, and no other by default.
  public init(
    _ loss: Loss, needsL2Penalty: Bool = false, needsPenalizedBias: Bool = false,
    takesKinksOfBoth: Bool = true
  ) {
    self.loss = loss
    self.needsL2Penalty = needsL2Penalty
    self.needsPenalizedBias = needsPenalizedBias
    self.takesKinksOfBoth = takesKinksOfBoth
  }

  /// Whether the solver takes a loss.
  public func allow(_ loss: any ScoreLoss) -> Bool {
    switch self.loss {
    case .smoothable: loss.isSmooth || KinkSmoothing.Terms(loss) != nil
    case .dualForm(let couplings):
      loss.structure.map {
        loss.isConvex && $0.margin.dualForm != nil && couplings.contains($0.coupling)
      } ?? false
    }
  }

  /// Whether the solver has to smooth a loss.
  func smooth(_ loss: any ScoreLoss) -> Bool { self.loss == .smoothable && !loss.isSmooth }

  /// The requirements that an objective lacks, the most serious first; empty where the solver takes
  /// it.
  ///
  /// - Parameter penalizesAll: whether the penalty covers every parameter, b too.
  func lacks(of objective: Objective, penalizesAll: Bool) -> [Lack] {
    let smooths = smooth(objective.loss)
    var lacks: [Lack] = []
    if !allow(objective.loss) { lacks.append(.loss) }
    if objective.penalty.l1Coefficient > 0, needsL2Penalty || smooths && !takesKinksOfBoth {
      lacks.append(.smoothPenalty)
    }
    if objective.penalty.l2Coefficient == 0, needsL2Penalty || smooths {
      lacks.append(.strongConvexity)
    }
    if !penalizesAll, needsPenalizedBias || smooths { lacks.append(.penalizedBias) }
    return lacks
  }
}

extension Minimizer {
  /// The problem, with its kinks smoothed where the loss has some.
  ///
  /// - Throws: as `checkRequirements`; `MemoryRefused`.
  func smoothed(_ problem: MinimizationProblem) throws -> MinimizationProblem {
    try checkRequirements(problem)
    guard !problem.objective.loss.isSmooth else { return problem }
    guard let smoothing = try KinkSmoothing(problem) else {
      throw SolverRefusal(self, problem).error(.loss)
    }
    var problem = problem
    problem.smoothing = smoothing
    return problem
  }

  /// Checks the requirements of the solver.
  ///
  /// - Throws: `EngineError` where the problem lacks one.
  func checkRequirements(_ problem: MinimizationProblem) throws {
    let refusal = SolverRefusal(self, problem)
    if let lack = refusal.lacks.first { throw refusal.error(lack) }
  }
}
