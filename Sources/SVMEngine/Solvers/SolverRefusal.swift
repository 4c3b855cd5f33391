/// Why a solver can't take an objective, and which can.
enum SolverRefusal {
  /// For methods that need a derivative everywhere, or a convex loss to make one.
  static func hasKinks(_ solver: String, _ loss: any ScoreLoss) -> EngineError {
    EngineError(
      .option, "solver '\(solver)' can't take '\(loss.name)', which has kinks and is not convex",
      help: "it takes all others; for this one use \(solversFor(loss))")
  }

  /// For methods of the dual.
  static func needsDualForm(_ solver: String, _ loss: any ScoreLoss) -> EngineError {
    EngineError(
      .option, "solver '\(solver)' can't take '\(loss.name)'",
      help: "it takes \(dualLosses); or use \(solversFor(loss))")
  }

  /// The losses whose conjugate is a parabola on a box.
  static var dualLosses: String {
    list { form in
      if case .margin(let loss) = form { return loss.dualForm != nil }
      return false
    }
  }

  private static func list(_ isTaken: (LossForm) -> Bool) -> String {
    LossCatalog.catalog.entries.filter { entry in
      (try? entry.make(given: [:])).map(isTaken) ?? false
    }.map(\.name).joined(separator: ", ")
  }

  /// Solvers that take a loss.
  private static func solversFor(_ loss: any ScoreLoss) -> String {
    var names: [String] = []
    if let reduced = loss as? ReducedLoss, reduced.margin.dualForm != nil {
      names.append("dual")
      if reduced.reduction is Binary || reduced.reduction is OneVsRest { names.append("newton") }
    }
    names += loss.isSmooth || loss.isConvex ? ["lbfgs", "fista"] : ["pegasos", "sgd"]
    return names.map { "solver=\($0)" }.joined(separator: " or ")
  }
}
