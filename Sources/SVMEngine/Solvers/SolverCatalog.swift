/// What a name of the solver catalog stands for. Solvers that are not a rule of updates with a given
/// step get a case of their own.
public enum SolverForm: Sendable {
  /// One gradient, one update, again and again.
  case updates(any UpdateRule)
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
      GradientDescent.wholeSetEntry,
    ])
}
