/// What a solver requires of an objective. Solvers state it, so that a refusal can name those that
/// do without.
public struct SolverRequirements: Sendable, Equatable {
  /// What is required of the loss.
  public enum Loss: Sendable, Equatable {
    /// A derivative everywhere, or kinks that `KinkSmoothing` takes care of.
    case smoothable
    /// A `DualForm`, and margins that are coupled in one of these ways.
    case dualForm(Set<MarginCoupling>)
  }

  /// What is required of the loss.
  public var loss: Loss
  /// Whether the penalty must be a positive multiple of Σ W².
  public var needsL2Penalty: Bool
  /// Whether the penalty must cover the bias.
  public var needsPenalizedBias: Bool

  /// Nothing but what is required of the loss, unless more is said.
  public init(_ loss: Loss, needsL2Penalty: Bool = false, needsPenalizedBias: Bool = false) {
    self.loss = loss
    self.needsL2Penalty = needsL2Penalty
    self.needsPenalizedBias = needsPenalizedBias
  }

  /// Whether a loss is one that the solver takes.
  public func allow(_ loss: any ScoreLoss) -> Bool {
    switch self.loss {
    case .smoothable: loss.isSmooth || KinkSmoothing.Terms(loss) != nil
    case .dualForm(let couplings):
      loss.structure.map {
        loss.isConvex && $0.margin.dualForm != nil && couplings.contains($0.coupling)
      } ?? false
    }
  }
}

extension Minimizer {
  /// The problem with its kinks made smooth where it has some; throws as `checkRequirements`.
  func smoothed(_ problem: MinimizationProblem) throws -> MinimizationProblem {
    try checkRequirements(problem)
    var problem = problem
    if !problem.objective.loss.isSmooth {
      problem.smoothing = try KinkSmoothing(problem, for: self)
    }
    return problem
  }

  /// Throws where the problem lacks what the solver requires.
  func checkRequirements(_ problem: MinimizationProblem) throws {
    let objective = problem.objective
    if requirements.needsL2Penalty {
      guard objective.penalty.l1Coefficient == 0 else {
        throw SolverRefusal.penaltyHasKinks(name, objective.penalty)
      }
      _ = try objective.strongConvexity(neededBy: "solver '\(name)'")
    }
    if requirements.needsPenalizedBias && !problem.penalizesAll {
      throw SolverRefusal.freeBias(name, isApart: problem.hasOwnBias)
    }
    guard requirements.allow(objective.loss) else {
      throw SolverRefusal.loss(name, objective.loss, requirements)
    }
  }
}
