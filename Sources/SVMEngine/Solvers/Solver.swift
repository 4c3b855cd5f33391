/// The method that finds the weights.
public enum Solver: Sendable {
  /// Updates by one gradient each, with the step sizes of a schedule.
  case updates(any UpdateRule)
  /// Iterations on the whole problem, which choose their own steps and know when to stop.
  case minimizes(any Minimizer)

  /// Its name in the catalog.
  public var name: String {
    switch self {
    case .updates(let rule): rule.name
    case .minimizes(let minimizer): minimizer.name
    }
  }

  /// Whether every gradient is of the whole data set, and not of a batch.
  public var usesWholeSet: Bool {
    switch self {
    case .updates(let rule): rule.usesWholeSet
    case .minimizes: true
    }
  }

  /// Whether it takes a learning rate and a schedule.
  public var takesSteps: Bool {
    if case .updates(let rule) = self { return rule.ownSchedule == nil }
    return false
  }

  /// Whether it minimizes the whole problem, and knows when to stop.
  public var knowsWhenDone: Bool {
    if case .minimizes = self { return true }
    return false
  }

  /// Whether its gap for a loss is a duality gap, and not another bound: that of a loss that it
  /// smooths is one.
  public func provesByDuality(for loss: any ScoreLoss) -> Bool {
    guard case .minimizes(let minimizer) = self else { return false }
    return minimizer.provesByDuality || minimizer.requirements.smooth(loss)
  }

  /// Whether the weights start at zero by default.
  public var startsAtZero: Bool {
    switch self {
    case .updates(let rule): rule.startsAtZero
    case .minimizes: true
    }
  }
}

extension Solver {
  /// Stochastic gradient descent on random batches.
  public static let sgd = Solver.updates(GradientDescent(usesWholeSet: false))
  /// Gradient descent on the whole data set.
  public static let gd = Solver.updates(GradientDescent(usesWholeSet: true))
  /// Limited-memory quasi-Newton steps on the whole problem.
  public static let lbfgs = Solver.minimizes(LBFGS())
  /// Accelerated proximal steps on the whole problem.
  public static let fista = Solver.minimizes(FISTA())
  /// Semismooth Newton steps, for binary and one-vs-rest.
  public static let newton = Solver.minimizes(NewtonMethod())
  /// Dual coordinate descent, for losses with a dual form.
  public static let dual = Solver.minimizes(DualCoordinateDescent())
}
