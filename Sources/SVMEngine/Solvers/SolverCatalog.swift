/// The solvers by name. A new one is one file and one line here.
package enum SolverCatalog {
  /// All of them, in the order of help; the first is the default.
  package static let catalog = Catalog<Solver>(
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
