/// Why a solver can't take an objective, and which can.
enum SolverRefusal {
  /// For methods that need a derivative everywhere.
  static func needsSmoothLoss(_ solver: String, _ loss: any ScoreLoss) -> EngineError {
    EngineError(
      .option, "solver '\(solver)' needs a loss without kinks, and '\(loss.name)' has some",
      help: "it takes \(smoothLosses); or use \(solversFor(loss))")
  }

  /// For methods of the dual.
  static func needsDualForm(_ solver: String, _ loss: any ScoreLoss) -> EngineError {
    EngineError(
      .option, "solver '\(solver)' can't take '\(loss.name)'",
      help: "it takes \(dualLosses); or use \(solversFor(loss))")
  }

  /// The losses without kinks, as a list of words.
  private static var smoothLosses: String {
    list { form in
      switch form {
      case .margin(let loss): loss.isSmooth
      case .scores(let loss): loss.isSmooth
      case .costs: false
      }
    }
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
    if loss.isSmooth { names += ["lbfgs", "fista"] }
    if !loss.isSmooth { names += ["pegasos", "sgd"] }
    return names.map { "solver=\($0)" }.joined(separator: " or ")
  }
}
