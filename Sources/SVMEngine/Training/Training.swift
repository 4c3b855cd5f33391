import LinearAlgebra

/// Called after each update with the updates made, their number in all, and the last loss. Whoever
/// shows it decides how often.
public typealias TrainingProgress = (_ step: Int, _ total: Int, _ loss: Double) -> Void

/// Fitting a linear classifier.
public enum Training {
  /// Minimizes the objective that the options choose.
  ///
  /// The user's wish to stop is answered here: the model as of the last finished update is
  /// returned, its `ending` is `.interrupted`, and the wish is forgotten.
  ///
  /// - Parameters:
  ///   - validation: for `history.validationAccuracy`, once an epoch unless the options say
  ///     otherwise.
  ///   - isInterrupted: looked at before each update.
  /// - Throws: `EngineError` for options or data that can't be used; `Diverged` when the loss is no
  ///   longer finite.
  public static func run(
    _ data: TrainingData, _ options: TrainingOptions, validation: TrainingData? = nil,
    progress: TrainingProgress? = nil,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> LinearClassifier {
    try run(
      TrainingPlan(data, options, validation: validation), progress: progress,
      isInterrupted: isInterrupted)
  }

  /// The same for a plan that was made before, to look at what should be said first.
  public static func run(
    _ plan: TrainingPlan, progress: TrainingProgress? = nil,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> LinearClassifier {
    try finish(TrainingRun(plan), progress, isInterrupted)
  }

  /// Goes on with a model as if its run had never stopped, to the same bits.
  ///
  /// - Parameters:
  ///   - iterations: further updates; nil for those that its run still lacks, or as many again
  ///     where it lacks none.
  ///   - data: what it learned from, where the model does not know (it was read from a file).
  /// - Returns: the model; its history goes on where it stopped.
  public static func resume(
    _ model: LinearClassifier, iterations: Int? = nil, data: TrainingData? = nil,
    validation: TrainingData? = nil, progress: TrainingProgress? = nil,
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
    return try finish(TrainingRun(plan, resuming: model), progress, isInterrupted)
  }

  /// Updates in all after a model was resumed; see `resume`.
  ///
  /// - Throws: `EngineError` where that is no number.
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
    _ run: TrainingRun, _ progress: TrainingProgress?, _ isInterrupted: @escaping () -> Bool
  ) throws -> LinearClassifier {
    try TrainingRounds(
      groups: [TrainingGroup([run])], progress: progress, isInterrupted: isInterrupted
    ).run()
    if case .diverged(let divergence) = run.state { throw divergence }
    return run.model()
  }
}
