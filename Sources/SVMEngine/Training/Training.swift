import LinearAlgebra

/// Called after each update with the updates made, their number in all, and the last loss. Whoever
/// shows it decides how often.
public typealias TrainingProgress = (_ step: Int, _ total: Int, _ loss: Double) -> Void

/// Fitting a linear classifier.
public enum Training {
  /// Minimizes the objective that the options choose.
  ///
  /// The person's wish to stop is answered here: the model as of the last finished update is
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
    let run = try TrainingRun(data, options, validation: validation)
    return try finish(run, data, progress, isInterrupted)
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
        help: "a model that was read from a file does not: give the data as `on=`")
    }
    guard model.options.patience == nil else {
      throw EngineError(
        .option, "the model has the weights of its best validation accuracy, not its last ones",
        help: "train anew with more `iters`, or without `patience`")
    }
    if let iterations, iterations < 1 {
      throw EngineError(.option, "'iters' must be 1 or above, not \(iterations)")
    }
    let planned = model.options.totalIterations
    let remaining = planned > model.iteration ? planned - model.iteration : planned
    let (total, overflow) = model.iteration.addingReportingOverflow(iterations ?? remaining)
    guard !overflow else { throw EngineError(.option, "'iters' is too large") }
    let run = try TrainingRun(
      resuming: model, until: total, data, validation: validation ?? model.validation)
    return try finish(run, data, progress, isInterrupted)
  }

  private static func finish(
    _ run: TrainingRun, _ data: TrainingData, _ progress: TrainingProgress?,
    _ isInterrupted: @escaping () -> Bool
  ) throws -> LinearClassifier {
    let group = TrainingGroup([run], data)
    try TrainingRounds(groups: [group], progress: progress, isInterrupted: isInterrupted).run()
    switch run.state {
    case .diverged(let divergence): throw divergence
    case .running, .finished: return run.model(data)
    }
  }

  /// What should be said before a run with these options starts.
  public static func warning(
    _ data: TrainingData, _ options: TrainingOptions
  ) throws -> DivergenceWarning? {
    let objective = try options.makeObjective(data)
    guard case .updates(var rule) = try options.solverForm() else { return nil }
    try rule.prepare(for: objective, data)
    return DivergenceWarning(
      rule, try options.stepSchedule(rule, objective), rate: options.learningRate, objective)
  }

  /// Whether a run from zero weights does not move, because every slope is 0 where all scores are
  /// equal: so with Δ = 0, where all margins stand exactly at the kink.
  ///
  /// - Returns: one sentence, or nil.
  public static func stationaryRemark(
    _ data: TrainingData, _ options: TrainingOptions
  ) throws -> String? {
    guard case .updates = try options.solverForm() else { return nil }
    switch options.startingWeights {
    case .normal(let scale): if scale != 0 { return nil }
    case .matrix(let matrix): if matrix.entries.contains(where: { $0 != 0 }) { return nil }
    }
    let loss = try options.makeObjective(data).loss
    let classes = data.classCount
    for y in 0..<classes {
      let zeros = [Double](repeating: 0, count: loss.columns(classes: classes))
      if loss.textbook(zeros, label: y).subgradient.contains(where: { $0 != 0 }) { return nil }
    }
    return "at zero weights every margin stands exactly at the kink of '\(loss.name)', where its "
      + "slope is 0: the weights will not move"
  }
}
