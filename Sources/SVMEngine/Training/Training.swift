import LinearAlgebra

/// Called during a run with the updates made, their total, and the last loss.
public typealias TrainingProgress = (_ step: Int, _ total: Int, _ loss: Double) -> Void

/// Called before each update with what gives the model so far, which takes a copy of it.
public typealias TrainingKeeper = (_ model: () -> LinearClassifier) -> Void

/// The training of linear classifiers.
public enum Training {
  /// Minimizes the objective of the options.
  ///
  /// A request to stop is handled here: the run ends after its last finished update, with the
  /// ending `.interrupted`, and the request is cleared.
  ///
  /// - Parameters:
  ///   - validation: rows for `history.validationAccuracy`, once an epoch unless the options say
  ///     otherwise.
  ///   - isInterrupted: called before each update.
  /// - Throws: `EngineError` for options or data that can't be used; `Diverged` when the loss is no
  ///   longer finite; `MemoryRefused`; `Interrupted` for a request while the run is set up, which
  ///   is then not cleared, or a second one during the final evaluation.
  public static func run(
    _ data: TrainingData, _ options: TrainingOptions, validation: TrainingData? = nil,
    progress: TrainingProgress? = nil,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> LinearClassifier {
    try run(
      TrainingPlan(data, options, validation: validation), progress: progress,
      isInterrupted: isInterrupted)
  }

  /// The same for a plan, whose warning may be of interest before the run.
  ///
  /// - Parameter keeper: may keep the model so far; `resume` goes on from it to the same bits.
  public static func run(
    _ plan: TrainingPlan, progress: TrainingProgress? = nil, keeper: TrainingKeeper? = nil,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> LinearClassifier {
    try finish(TrainingRun(plan), progress, keeper, isInterrupted)
  }

  /// Resumes the run of a model as if it had never stopped, with the same bits.
  ///
  /// - Parameters:
  ///   - iterations: the number of further updates; nil for the rest of its run, or as many as its
  ///     run had where none are left.
  ///   - data: the training data, for a model that was read from a file and has none.
  /// - Returns: the model, with a history that continues the old one.
  /// - Throws: as `run`; `EngineError` where there are no data or they don't fit the model, and for
  ///   a model that was trained with `patience`.
  public static func resume(
    _ model: LinearClassifier, iterations: Int? = nil, data: TrainingData? = nil,
    validation: TrainingData? = nil, progress: TrainingProgress? = nil,
    keeper: TrainingKeeper? = nil,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> LinearClassifier {
    guard let data = data ?? model.data else {
      throw EngineError(
        .data, "the model does not know the data that it learned from",
        help: "a model that was read from a file does not: give the data as \(option: "on")")
    }
    if model.ending == .patience {
      throw EngineError(
        .option, "the run has ended: its validation accuracy no longer rose",
        help: "train anew with more \(option: "patience")")
    }
    guard model.options.patience == nil || model.stoppingState != nil else {
      throw EngineError(
        .option, "the model has the weights of its best validation accuracy, not its last ones",
        help: "a model that was read from a file has lost these: train anew")
    }
    let plan = try TrainingPlan(
      resuming: model, until: try total(resuming: model, iterations: iterations), data,
      validation: validation ?? model.validation)
    return try finish(TrainingRun(plan, resuming: model), progress, keeper, isInterrupted)
  }

  /// The total number of updates after a model is resumed; see `resume`.
  ///
  /// - Throws: `EngineError` where `iterations` is below 1, or the total overflows.
  public static func total(resuming model: LinearClassifier, iterations: Int? = nil) throws -> Int {
    if let iterations, iterations < 1 {
      throw EngineError(.option, "'iters' must be 1 or above, not \(iterations)")
    }
    let planned = model.options.totalIterations
    let remaining = planned > model.iteration ? planned - model.iteration : planned
    let (total, overflow) = model.iteration.addingReportingOverflow(iterations ?? remaining)
    guard !overflow else { throw EngineError(.option, "'iters' is too large") }
    return total
  }

  private static func finish(
    _ run: TrainingRun, _ progress: TrainingProgress?, _ keeper: TrainingKeeper?,
    _ isInterrupted: @escaping () -> Bool
  ) throws -> LinearClassifier {
    try TrainingRounds(
      groups: [TrainingGroup([run])], progress: progress,
      isInterrupted: {
        keeper? { run.model() }
        return isInterrupted()
      }
    ).run()
    if case .diverged(let divergence) = run.state { throw divergence }
    return run.model()
  }
}
