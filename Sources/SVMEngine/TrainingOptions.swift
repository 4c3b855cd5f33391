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
  /// What is minimised. Its `numbers` also hold those of the solver and the schedule.
  public var objective = LossOptions()
  /// A name of `SolverCatalog`.
  public var solver = "sgd"
  /// η₀.
  public var learningRate = 1e-3
  /// Updates in all; nil for as many as `batches` has rows, else 100.
  public var iterations: Int?
  /// Samples in a batch.
  public var batchSize = 200
  /// Whether batches are drawn with replacement; if not, every epoch is shuffled and goes through
  /// all samples once.
  public var replaces = true
  /// Given batches: row numbers, one batch to a row.
  public var batches: [[Int]]?
  /// Where the weights start.
  public var initialWeights = InitialWeights.normal(0.001)
  /// A name of `ScheduleCatalog`.
  public var schedule = "constant"
  /// Stop when the objective's relative change is below; only with the whole set.
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
  public var totalIterations: Int { iterations ?? batches?.count ?? 100 }

  /// The solver's rule.
  func updateRule() throws -> any UpdateRule {
    switch try SolverCatalog.catalog.entry(solver).make(given: objective.numbers) {
    case .updates(let rule): return rule
    }
  }

  /// The schedule; for `pegasos` with the strong convexity of the penalty.
  func stepSchedule(_ objective: Objective) throws -> any Schedule {
    let made = try ScheduleCatalog.catalog.entry(schedule).make(given: self.objective.numbers)
    guard made is PegasosSchedule else { return made }
    let convexity = objective.penalty.shrinkage
    guard convexity > 0 else {
      throw EngineError(
        .option,
        "schedule 'pegasos' needs a strongly convex penalty, and \(objective.penalty.description) "
          + "is not", help: "use penalty=l2 with reg above 0, or another schedule")
    }
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
      let rule = try updateRule()
      try require(
        rule.usesWholeSet,
        "'tolerance' needs a solver that sees the whole set, and '\(rule.name)' sees batches")
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
