import LinearAlgebra
import Text

/// Where a run's weights start.
public enum InitialWeights: Sendable, Equatable {
  /// A number times standard normal draws; 0 for zeros.
  case normal(Double)
  /// Given weights, in the shape of W.
  case matrix(Matrix)
}

/// Everything that decides a run besides the data: the same options on the same data give the same
/// bits.
///
/// ```swift
/// var options = TrainingOptions(ObjectiveOptions(Hinge(), OneVsRest(), penalty: L2(1e-4)))
/// options.solver = .dual
/// options.tolerance = 1e-6
/// ```
public struct TrainingOptions: Sendable {
  /// What is minimized.
  public var objective: ObjectiveOptions
  /// How the weights are found.
  public var solver = Solver.sgd
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
  /// How the step size changes.
  public var schedule: any Schedule = Constant()
  /// Where to stop, relative to the objective: at a duality gap or a bound of the distance from the
  /// optimum for solvers that have one, else when the objective changes by less; only with the
  /// whole set.
  public var tolerance: Double?
  /// Updates between two looks at the validation accuracy; nil for once an epoch.
  public var validationEvery: Int?
  /// How many validation accuracies in a row may be no better than the best before the run stops
  /// and keeps the weights of the best; nil to make all updates and keep the last.
  public var patience: Int?
  /// What the products compute in.
  public var precision = Precision.double
  /// What initial weights and batches are drawn from.
  public var seed: UInt64 = 0

  /// The defaults: 100 steps of sgd.
  public init(_ objective: ObjectiveOptions = ObjectiveOptions()) { self.objective = objective }

  /// Updates in all, with the default filled in.
  public var totalIterations: Int {
    iterations ?? (solver.knowsWhenDone ? 1000 : batches?.count ?? 100)
  }

  /// Where the weights start, with the solver's own choice filled in.
  public var startingWeights: InitialWeights {
    initialWeights ?? .normal(solver.startsAtZero ? 0 : 0.001)
  }

  /// Throws where a number makes no sense, before anything is computed.
  func check(rows: Int) throws {
    func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
      if !condition { throw EngineError(.option, message()) }
    }
    try require(
      learningRate > 0 && learningRate.isFinite,
      "'lr' must be above 0, not \(NumberText.shortest(learningRate))")
    try require(
      totalIterations >= 1, "'iters' must be 1 or above, not \(totalIterations)")
    try require(batchSize >= 1, "'batch' must be 1 or above, not \(batchSize)")
    if let tolerance {
      try require(
        tolerance > 0 && tolerance.isFinite,
        "'tolerance' must be above 0, not \(NumberText.shortest(tolerance))")
      try require(
        solver.usesWholeSet,
        "'tolerance' needs a solver that sees the whole set, and '\(solver.name)' sees batches")
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
        scale.isFinite && scale >= 0,
        "'init' must be 0 or above, or a matrix, not \(NumberText.shortest(scale))")
    }
    guard let batches else { return }
    try require(
      !solver.usesWholeSet,
      "'batches' is for solvers that see batches, and '\(solver.name)' sees the whole set")
    try require(!batches.isEmpty, "'batches' has no rows")
    try require(
      totalIterations <= batches.count,
      "'batches' has \(batches.count) rows, and 'iters' is \(totalIterations)")
    for (t, batch) in batches.enumerated() {
      try require(!batch.isEmpty, "batch \(t) of 'batches' is empty")
      for row in batch where row < 0 || row >= rows {
        throw EngineError(
          .option, "batch \(t) of 'batches' has row \(row), and the data have \(rows) rows")
      }
    }
  }
}
