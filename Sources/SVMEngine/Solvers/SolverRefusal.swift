/// Why a solver can't take a problem, and what helps, derived from the requirements of all solvers.
struct SolverRefusal {
  private let solver: any Minimizer
  private let objective: Objective
  private let penalizesAll: Bool
  private let hasOwnBias: Bool
  /// The requirements that the problem lacks; empty where the solver takes it.
  let lacks: [SolverRequirements.Lack]

  init(_ solver: any Minimizer, _ problem: MinimizationProblem) {
    self.solver = solver
    objective = problem.objective
    penalizesAll = problem.penalizesAll
    hasOwnBias = problem.hasOwnBias
    lacks = solver.requirements.lacks(of: objective, penalizesAll: penalizesAll)
  }

  /// The refusal for one of them; its advice covers all.
  func error(_ lack: SolverRequirements.Lack) -> EngineError {
    let name = solver.name
    let penalty = objective.penalty.description
    let smooths = solver.requirements.smooth(objective.loss)
    let reason = smooths ? " for '\(objective.loss.name)', which has kinks" : ""
    let sentence =
      switch lack {
      case .loss: lossSentence
      case .smoothPenalty:
        smooths
          ? "solver '\(name)' takes kinks of the loss or of the penalty, not both: "
            + "\(objective.loss.name) and \(penalty) have some"
          : "solver '\(name)' needs an l2 penalty, and \(penalty) has kinks"
      case .strongConvexity:
        "solver '\(name)' needs a strongly convex penalty\(reason)"
          + "\(smooths ? ";" : ", and") \(penalty) is not"
      case .penalizedBias: "solver '\(name)' needs a bias that is part of the penalty\(reason)"
      }
    return EngineError(.option, sentence, help: lack == .loss ? solversAdvice : changesAdvice)
  }

  private var lossSentence: String {
    let (name, loss) = (solver.name, objective.loss)
    guard case .dualForm(let couplings) = solver.requirements.loss else {
      let why = loss.isConvex ? "whose kinks it can't smooth" : "which has kinks and is not convex"
      return "solver '\(name)' can't take '\(loss.name)', \(why)"
    }
    guard let structure = loss.structure, structure.margin.dualForm != nil else {
      return "solver '\(name)' can't take '\(loss.name)'"
    }
    guard couplings.contains(structure.coupling) else {
      let taken = "takes the reductions \(Self.reductions(couplings))"
      return "solver '\(name)' \(taken), not \(structure.reduction ?? loss.name)"
    }
    return
      "'\(loss.name)' is not convex: a maximum over wrong classes needs a loss that never rises"
  }

  private var solversAdvice: Advice {
    guard case .dualForm = solver.requirements.loss,
      objective.loss.structure?.margin.dualForm == nil
    else { return "use \(solvers)" }
    return "it takes \(Self.dualLosses); or use \(solvers)"
  }

  /// What to change for this solver, or another that takes the problem as it is.
  private var changesAdvice: Advice {
    var changes: [Advice] = []
    if lacks.contains(.smoothPenalty) || lacks.contains(.strongConvexity) {
      changes.append(
        objective.penalty.strongConvexityAdvice(
          takesKinks: !lacks.contains(.smoothPenalty), isAlone: lacks.count == 1))
    }
    if lacks.contains(.penalizedBias) {
      changes.append(
        hasOwnBias
          ? "\(.addBias), as LIBLINEAR's -B 1 (b then stays 0)"
          : "leave out \(option: "regularize-bias", "false")")
    }
    let all = changes.dropFirst().reduce(changes[0]) { "\($0), and \($1)" }
    return "\(all); or use \(solvers)"
  }

  /// Solvers that take the problem, the most specialized first. Those that know when to stop are
  /// preferred, and among these those that need not smooth the loss.
  private var solvers: Advice {
    let minimizers = SolverCatalog.catalog.entries.reversed().compactMap { entry in
      if case .minimizes(let solver) = try? entry.make(given: [:]) { return solver }
      return nil
    }.filter { $0.requirements.lacks(of: objective, penalizesAll: penalizesAll).isEmpty }
    let exact = minimizers.filter { !$0.requirements.smooth(objective.loss) }
    var names = (exact.isEmpty ? minimizers : exact).map(\.name)
    if names.isEmpty {
      names = [GradientDescent.batchEntry.name]
      if objective.penalty.l2Coefficient > 0 { names.insert(Pegasos.entry.name, at: 0) }
    }
    return .anyOf(names.map { ("solver", $0) })
  }

  /// The losses whose conjugate is a parabola on a box.
  private static var dualLosses: String {
    LossCatalog.catalog.entries.filter { entry in
      if case .margin(let loss) = try? entry.make(given: [:]) { return loss.dualForm != nil }
      return false
    }.map(\.name).joined(separator: ", ")
  }

  /// The names of the reductions with these couplings, the simplest first: "binary and
  /// one-vs-rest".
  private static func reductions(_ couplings: Set<MarginCoupling>) -> String {
    let names = ReductionCatalog.catalog.entries.reversed().filter { entry in
      (try? entry.make(given: [:])).map { couplings.contains($0.coupling) } ?? false
    }.map(\.name)
    return names.count < 2
      ? names.joined()
      : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }
}

extension Penalty {
  /// Advice that makes the penalty strongly convex.
  ///
  /// - Parameters:
  ///   - takesKinks: whether the penalty may keep an l1 part.
  ///   - isAlone: whether nothing else has to change; the advice then names alternatives.
  func strongConvexityAdvice(takesKinks: Bool, isAlone: Bool) -> Advice {
    if let squares, takesKinks || l1Coefficient == 0 {
      let change: Advice = "give \(option: squares.option) a value above 0"
      return isAlone && squares.option == "reg" ? "\(change), or \(option: "C")" : change
    }
    // The same `reg` works for l2.
    if l1Coefficient > 0, magnitudes?.option == "reg" { return "use \(option: "penalty", "l2")" }
    let others = [magnitudes, squares].compactMap { $0?.option }.filter { $0 != "reg" }
    let place =
      others.isEmpty ? "" : " in place of \(others.map { "'\($0)'" }.joined(separator: " and "))"
    return "use \(option: "penalty", "l2") with a 'reg' above 0\(place)"
  }
}
