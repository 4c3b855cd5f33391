/// What a name of the solver catalog stands for.
public enum SolverForm: Sendable {
  /// One gradient, one update, again and again, with the step sizes of a schedule.
  case updates(any UpdateRule)
  /// Iterations on the whole problem that choose their own steps and know when they are done.
  case minimizes(any Minimizer)

  /// Whether every gradient is of the whole data set.
  var usesWholeSet: Bool {
    switch self {
    case .updates(let rule): rule.usesWholeSet
    case .minimizes: true
    }
  }
}

/// The solvers by name. A new one is one file and one line here.
public enum SolverCatalog {
  /// All of them, in the order of help; the first is the default.
  public static let catalog = Catalog<SolverForm>(
    "solver",
    [
      GradientDescent.batchEntry,
      Momentum.entry,
      Momentum.nesterovEntry,
      Adam.entry,
      Pegasos.entry,
      GradientDescent.wholeSetEntry,
      FISTA.entry,
      LBFGS.entry,
      NewtonMethod.entry,
      DualCoordinateDescent.entry,
    ])
}
