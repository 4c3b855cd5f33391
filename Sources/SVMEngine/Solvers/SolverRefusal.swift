/// Why a solver can't take an objective, and which can: from what solvers say that they require.
enum SolverRefusal {
  /// A loss that lacks what a solver requires.
  static func loss(
    _ solver: String, _ loss: any ScoreLoss, _ requirements: SolverRequirements
  ) -> EngineError {
    guard case .dualForm(let couplings) = requirements.loss else {
      return hasKinks(solver, loss)
    }
    guard let structure = loss.structure, structure.margin.dualForm != nil else {
      return needsDualForm(solver, loss)
    }
    guard couplings.contains(structure.coupling) else {
      guard let reduction = structure.reduction else { return needsDualForm(solver, loss) }
      return EngineError(
        .option,
        "solver '\(solver)' takes the reductions \(reductions(couplings)), not \(reduction)",
        help: "use \(solvers(for: loss, unsmoothed: true))")
    }
    return EngineError(
      .option,
      "'\(loss.name)' is not convex: a maximum over wrong classes needs a loss that never rises")
  }

  /// Kinks that can't be smoothed.
  private static func hasKinks(_ solver: String, _ loss: any ScoreLoss) -> EngineError {
    if loss.isConvex {
      return EngineError(
        .option, "solver '\(solver)' can't take '\(loss.name)', whose kinks it can't smooth",
        help: "use \(solvers(for: loss))")
    }
    return EngineError(
      .option, "solver '\(solver)' can't take '\(loss.name)', which has kinks and is not convex",
      help: "it takes all others; for this one use \(solvers(for: loss))")
  }

  private static func needsDualForm(_ solver: String, _ loss: any ScoreLoss) -> EngineError {
    EngineError(
      .option, "solver '\(solver)' can't take '\(loss.name)'",
      help: "it takes \(dualLosses); or use \(solvers(for: loss))")
  }

  /// A penalty with kinks, where a multiple of Σ W² is required.
  static func penaltyHasKinks(_ solver: String, _ penalty: any Penalty) -> EngineError {
    EngineError(
      .option, "solver '\(solver)' needs an l2 penalty, and \(penalty.description) has kinks",
      help: "use \(option: "penalty", "l2"), half-l2 or \(option: "C"); "
        + "or \(option: "solver", "fista")")
  }

  /// A bias that the penalty leaves out.
  static func freeBias(_ solver: String, isApart: Bool) -> EngineError {
    EngineError(
      .option, "solver '\(solver)' needs a bias that is part of the penalty",
      help: isApart
        ? "\(.addBias), as LIBLINEAR's -B 1; then b stays 0"
        : "leave out \(option: "regularize-bias", "false"), or use \(option: "solver", "lbfgs")")
  }

  /// The losses whose conjugate is a parabola on a box.
  static var dualLosses: String {
    LossCatalog.catalog.entries.filter { entry in
      if case .margin(let loss) = try? entry.make(given: [:]) { return loss.dualForm != nil }
      return false
    }.map(\.name).joined(separator: ", ")
  }

  /// The reductions with one of these couplings, the simplest first: "binary and one-vs-rest".
  private static func reductions(_ couplings: Set<MarginCoupling>) -> String {
    let names = ReductionCatalog.catalog.entries.reversed().filter { entry in
      (try? entry.make(given: [:])).map { couplings.contains($0.coupling) } ?? false
    }.map(\.name)
    return names.count < 2
      ? names.joined()
      : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }

  /// Solvers that take a loss, those that know most of it first.
  ///
  /// - Parameter unsmoothed: leaves out those that would have to smooth kinks.
  private static func solvers(for loss: any ScoreLoss, unsmoothed: Bool = false) -> Advice {
    var names = SolverCatalog.catalog.entries.reversed().filter { entry in
      guard case .minimizes(let solver) = try? entry.make(given: [:]) else { return false }
      if unsmoothed && solver.requirements.loss == .smoothable && !loss.isSmooth { return false }
      return solver.requirements.allow(loss)
    }.map(\.name)
    if names.isEmpty { names = [Pegasos.entry.name, GradientDescent.batchEntry.name] }
    return .anyOf(names.map { ("solver", $0) })
  }
}
