import LinearAlgebra

/// Where a run's weights start.
public enum InitialWeights: Sendable, Equatable {
  /// A number times standard normal draws; 0 for zeros.
  case normal(Double)
  /// Given weights, in the shape of W.
  case matrix(Matrix)
}

/// Everything that decides a run besides the data: the same options on the same data give the same
/// bits.
public struct TrainingOptions: Sendable, Equatable {
  /// What is minimized. Its `numbers` also hold those of the solver and the schedule.
  public var objective = LossOptions()
  /// A name of `SolverCatalog`.
  public var solver = "sgd"
  /// η₀.
  public var learningRate = 1e-3
  /// Updates in all; nil for as many as `batches` has rows, else 100; 1 000 for solvers that know
  /// when they are done.
  public var iterations: Int?
  /// Samples in a batch.
  public var batchSize = 200
  /// Whether batches are drawn with replacement; if not, every epoch is shuffled and goes through
  /// all samples once.
  public var replaces = true
  /// Given batches: row numbers, one batch to a row.
  public var batches: [[Int]]?
  /// Where the weights start; nil for what the solver begins with: zeros, or 0.001 times standard
  /// normal draws for those that walk along gradients of batches.
  public var initialWeights: InitialWeights?
  /// A name of `ScheduleCatalog`.
  public var schedule = "constant"
  /// Where to stop, relative to the objective: at a duality gap or a bound of the distance from the
  /// optimum for solvers that have one, else when the objective changes by less; only with the
  /// whole set.
  public var tolerance: Double?
  /// Updates between two looks at the validation accuracy; nil for once an epoch.
  public var validationEvery: Int?
  /// Stop when so many validation accuracies in a row are no better than the best, and keep the
  /// weights of the best; nil to make all updates and keep the last.
  public var patience: Int?
  /// What the products compute in.
  public var precision = Precision.double
  /// What initial weights and batches are drawn from.
  public var seed: UInt64 = 0

  /// The defaults of `train`: reg 1e-5 where none is given.
  public init() { objective.defaultStrength = 1e-5 }

  /// Updates in all, with the default filled in.
  public var totalIterations: Int {
    if let iterations { return iterations }
    if case .minimizes = try? solverForm() { return 1000 }
    return batches?.count ?? 100
  }

  /// Where the weights start, with the solver's own choice filled in.
  public var startingWeights: InitialWeights {
    if let initialWeights { return initialWeights }
    switch try? solverForm() {
    case .minimizes: return .normal(0)
    case .updates(let rule) where rule.startsAtZero: return .normal(0)
    default: return .normal(0.001)
    }
  }

  /// Whether the solver walks along gradients, with `learningRate` and a schedule.
  public var takesSteps: Bool {
    if case .updates(let rule) = try? solverForm() { return rule.ownSchedule == nil }
    return false
  }

  /// Whether the solver sees batches.
  public var takesBatches: Bool { (try? solverForm())?.usesWholeSet == false }

  /// Whether the solver minimizes the whole problem, and knows when it is done.
  public var knowsWhenDone: Bool {
    if case .minimizes = try? solverForm() { return true }
    return false
  }

  /// Whether `dual` works on a problem that `newton` takes, too: where classes can't be separated,
  /// it needs far fewer iterations.
  public var newtonMayBeFaster: Bool {
    solver == "dual" && (objective.reduction == "binary" || objective.reduction == "one-vs-rest")
  }

  /// Whether the solver's proof is a dual objective.
  public var provesByDuality: Bool {
    if case .minimizes(let minimizer) = try? solverForm() { return minimizer.provesByDuality }
    return false
  }

  /// The solver, with its numbers.
  func solverForm() throws -> SolverForm {
    try SolverCatalog.catalog.entry(solver).make(given: objective.numbers)
  }

  /// The step sizes: the rule's own, or those of the schedule that was chosen.
  func stepSchedule(_ rule: any UpdateRule, _ objective: Objective) throws -> any Schedule {
    if let own = rule.ownSchedule {
      guard schedule == "constant" || schedule == own.name else {
        throw EngineError(
          .option, "solver '\(rule.name)' has its own step sizes and takes no schedule",
          help: "leave out `schedule=\(schedule)`, or take another solver")
      }
      return own
    }
    let made = try ScheduleCatalog.catalog.entry(schedule).make(given: self.objective.numbers)
    guard made is PegasosSchedule else { return made }
    let convexity = try objective.strongConvexity(neededBy: "schedule 'pegasos'")
    return PegasosSchedule(strongConvexity: convexity)
  }

  /// The objective for these data.
  func makeObjective(_ data: TrainingData) throws -> Objective {
    let others =
      try SolverCatalog.catalog.entry(solver).options
      + ScheduleCatalog.catalog.entry(schedule).options
    return try objective.objective(
      classes: data.classCount, labels: data.labels,
      hasBiasRow: data.features.preparation.hasBias, alsoTaken: others)
  }

  /// Throws where a number makes no sense, before anything is computed.
  func check(_ data: TrainingData) throws {
    func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
      if !condition { throw EngineError(.option, message()) }
    }
    try require(
      learningRate > 0 && learningRate.isFinite, "'lr' must be above 0, not \(plain(learningRate))")
    try require(
      totalIterations >= 1, "'iters' must be 1 or above, not \(totalIterations)")
    try require(batchSize >= 1, "'batch' must be 1 or above, not \(batchSize)")
    if let tolerance {
      try require(
        tolerance > 0 && tolerance.isFinite, "'tolerance' must be above 0, not \(plain(tolerance))")
      try require(
        try solverForm().usesWholeSet,
        "'tolerance' needs a solver that sees the whole set, and '\(solver)' sees batches")
    }
    if knowsWhenDone && schedule != "constant" {
      throw EngineError(
        .option, "solver '\(solver)' chooses its own steps and takes no schedule",
        help: "leave out `schedule=\(schedule)`")
    }
    if let validationEvery {
      try require(
        validationEvery >= 1, "'val-every' must be 1 or above, not \(validationEvery)")
    }
    if let patience {
      try require(patience >= 1, "'patience' must be 1 or above, not \(patience)")
    }
    if case .normal(let scale) = initialWeights {
      try require(
        scale.isFinite && scale >= 0, "'init' must be 0 or above, or a matrix, not \(plain(scale))")
    }
    if let batches {
      try require(
        try !solverForm().usesWholeSet,
        "'batches' is for solvers that see batches, and '\(solver)' sees the whole set")
      try require(!batches.isEmpty, "'batches' has no rows")
      try require(
        totalIterations <= batches.count,
        "'batches' has \(batches.count) rows, and 'iters' is \(totalIterations)")
      for (t, rows) in batches.enumerated() {
        try require(!rows.isEmpty, "batch \(t) of 'batches' is empty")
        for row in rows where row < 0 || row >= data.features.rows {
          throw EngineError(
            .option,
            "batch \(t) of 'batches' has row \(row), and the data have \(data.features.rows) rows")
        }
      }
    }
  }
}
