import LinearAlgebra
import Text

/// The initial weights of a run.
public enum InitialWeights: Sendable, Equatable {
  /// Standard normal draws times a factor; 0 for zeros.
  case normal(Double)
  /// Given weights, in the shape of W.
  case matrix(Matrix)
}

/// The options of a run. The same options on the same data give the same bits.
///
/// ```swift
/// var options = TrainingOptions(ObjectiveOptions(Hinge(), OneVsRest(), penalty: L2(1e-4)))
/// options.solver = .dual
/// options.tolerance = 1e-6
/// ```
public struct TrainingOptions: Sendable {
  /// What is minimized.
  public var objective: ObjectiveOptions
  /// The method that finds the weights.
  public var solver = Solver.sgd
  /// η₀, the learning rate of the schedule.
  public var learningRate = 1e-3
  /// The number of updates; nil for the number of `batches`, else 100, or 1000 for solvers that
  /// know when to stop.
  public var iterations: Int?
  /// The number of samples in a batch.
  public var batchSize = 200
  /// Whether batches are drawn with replacement. Otherwise every epoch is shuffled and visits each
  /// sample once.
  public var replaces = true
  /// Batches given as row numbers; nil to draw them.
  public var batches: [[Int]]?
  /// The initial weights. Nil for the solver's default: zeros for Pegasos and solvers that know
  /// when to stop, else standard normal draws times 0.001.
  public var initialWeights: InitialWeights?
  /// The schedule of the step size.
  public var schedule: any Schedule = Constant()
  /// When to stop, relative to the objective: at this gap for solvers that prove one, else at a
  /// smaller change of the objective. Only for solvers on the whole set; nil for their default, or
  /// none for `gd`.
  public var tolerance: Double?
  /// The number of updates between two validation accuracies; nil for an epoch.
  public var validationEvery: Int?
  /// The number of validation accuracies in a row that may be no better than the best, before the
  /// run stops. The model then has the best weights. Nil to make all updates and keep the last
  /// weights.
  public var patience: Int?
  /// The precision of the products.
  public var precision = Precision.double
  /// The seed of initial weights and batches.
  public var seed: UInt64 = 0

  /// The default options: 100 steps of SGD.
  public init(_ objective: ObjectiveOptions = ObjectiveOptions()) { self.objective = objective }

  /// `iterations`, with the default filled in.
  public var totalIterations: Int {
    iterations ?? (solver.knowsWhenDone ? 1000 : batches?.count ?? 100)
  }

  /// `initialWeights`, with the solver's default filled in.
  public var startingWeights: InitialWeights {
    initialWeights ?? .normal(solver.startsAtZero ? 0 : 0.001)
  }

  /// Checks the options before anything is computed.
  ///
  /// - Throws: `EngineError` for a value out of range, or options that exclude each other.
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
