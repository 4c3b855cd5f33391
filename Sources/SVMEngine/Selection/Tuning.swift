import LinearAlgebra

/// Training with every combination of listed options, and the choice of the best one.
public enum Tuning {
  /// One combination and its results.
  public struct Member: Sendable {
    /// The options of its run.
    public let options: TrainingOptions
    /// Why it diverged; nil where it did not.
    public let divergence: Diverged?
    /// The share of correct predictions on the validation rows; nil where it diverged, was not
    /// reached, or was interrupted and is not known.
    public let validationAccuracy: Double?
    /// The share of correct predictions on the training rows; nil as `validationAccuracy`.
    public let trainingAccuracy: Double?
    /// The last loss of its history, or with folds its mean over them; nil where there is none.
    public let loss: Double?
    /// The number of updates made; with folds the most in one of them.
    public let iterations: Int

    /// A member from its parts.
    package init(
      options: TrainingOptions, divergence: Diverged?, validationAccuracy: Double?,
      trainingAccuracy: Double?, loss: Double?, iterations: Int
    ) {
      self.options = options
      self.divergence = divergence
      self.validationAccuracy = validationAccuracy
      self.trainingAccuracy = trainingAccuracy
      self.loss = loss
      self.iterations = iterations
    }
  }

  /// All combinations, in order.
  public struct Result: Sendable {
    /// A member for each combination.
    public let members: [Member]
    /// The index of the first member with the best validation accuracy; nil where no member has
    /// one.
    public let best: Int?
    /// The model of `best`; nil where there is none, and where cross-validation was stopped.
    public let model: LinearClassifier?
    /// How far it had come when the user stopped it, for `resume`: members then have the results
    /// so far. Nil for a complete search.
    public let state: TuningState?

    /// Whether the user stopped it.
    public var wasInterrupted: Bool { state != nil }

    /// A result from its parts.
    package init(
      members: [Member], best: Int?, model: LinearClassifier?, state: TuningState? = nil
    ) {
      self.members = members
      self.best = best
      self.model = model
      self.state = state
    }
  }

  /// Every combination of one item of each list; the last list varies fastest.
  public static func combinations<T>(_ lists: [[T]]) -> [[T]] {
    lists.reduce([[]]) { prefixes, items in
      prefixes.flatMap { prefix in items.map { prefix + [$0] } }
    }
  }

  /// Trains every member. Members with the same batches share passes over the data; each still has
  /// the same bits as a run alone.
  ///
  /// - Parameters:
  ///   - progress: gets the updates of all members together, and the loss of one of them.
  /// - Throws: `EngineError` for options or data that can't be used, before any update;
  ///   `MemoryRefused`, `Interrupted`.
  public static func run(
    _ data: TrainingData, _ options: [TrainingOptions], validation: TrainingData,
    progress: TrainingProgress? = nil,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> Result {
    try resume(
      TuningState(data, options, validation: validation), progress: progress,
      isInterrupted: isInterrupted)
  }

  /// Goes on with a search as if it had never stopped, with the same bits; or begins one.
  ///
  /// - Parameter keeper: may keep the result so far, from which `resume` goes on.
  /// - Throws: as `run`.
  public static func resume(
    _ state: TuningState, progress: TrainingProgress? = nil, keeper: TuningKeeper? = nil,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> Result {
    guard !state.options.isEmpty else {
      throw EngineError(.option, "there is nothing to try: every list of options is empty")
    }
    switch state.choice {
    case .validation(let validation):
      return try search(state, validation, progress, keeper, isInterrupted)
    case .folds(let folds):
      return try crossValidate(state, folds, progress, keeper, isInterrupted)
    }
  }

  /// Trains every member to its end, and measures it.
  static func search(
    _ state: TuningState, _ validation: TrainingData, _ progress: TrainingProgress?,
    _ keeper: TuningKeeper?, _ isInterrupted: @escaping () -> Bool
  ) throws -> Result {
    let data = state.data
    let candidates = try zip(state.runs, state.options).map {
      try Candidate($0, data, $1, validation)
    }
    try validation.check(against: data)
    let wasInterrupted = try TrainingRounds(
      groups: groups(of: candidates.compactMap(\.run)), progress: progress,
      isInterrupted: {
        keeper? { conclude(candidates, state, validation, isStopped: true) { _, _ in nil } }
        return isInterrupted()
      }
    ).run()
    // After an interruption, only where nobody waits for it.
    func evaluates(_ part: TrainingData) -> Bool {
      !wasInterrupted
        || LastLook.mayCost(
          candidates.reduce(0) {
            $0 + ($1.run.map { LastLook.cost(part.features, columns: $0.plan.columns) } ?? 0)
          })
    }
    let (evaluatesValidation, evaluatesTraining) = (evaluates(validation), evaluates(data))
    return try conclude(candidates, state, validation, isStopped: wasInterrupted) { model, part in
      switch part {
      case .validation:
        evaluatesValidation
          ? try model.accuracy(validation.features, labels: validation.labels) : nil
      case .training:
        evaluatesTraining ? try model.accuracy(data.features, labels: data.labels) : nil
      }
    }
  }

  /// Groups of runs with the same batches, precision and iteration.
  private static func groups(of runs: [TrainingRun]) -> [TrainingGroup] {
    struct Key: Hashable {
      let batches: BatchSource.Kind
      let precision: Precision
      let iteration: Int
    }
    var order: [Key] = []
    var byKey: [Key: [TrainingRun]] = [:]
    var alone: [TrainingRun] = []
    for run in runs {
      guard run.sharedSteps != nil else {
        alone.append(run)
        continue
      }
      let key = Key(
        batches: run.plan.batches, precision: run.plan.options.precision,
        iteration: run.iteration)
      if byKey[key] == nil { order.append(key) }
      byKey[key, default: []].append(run)
    }
    return alone.map { TrainingGroup([$0]) }
      + order.flatMap { key -> [TrainingGroup] in
        let sharing = byKey[key] ?? []
        let size = groupSize(sharing, precision: key.precision)
        return stride(from: 0, to: sharing.count, by: size).map { first in
          TrainingGroup(Array(sharing[first..<min(first + size, sharing.count)]))
        }
      }
  }

  /// The number of runs in a group. Their weights should fit in the cache, and every core should
  /// have groups of its own. The results do not depend on it.
  private static func groupSize(_ sharing: [TrainingRun], precision: Precision) -> Int {
    let plan = sharing[0].plan
    let bytes = plan.rows * plan.columns * (precision == .single ? 4 : 8)
    let fitting = max(1, 500_000 / max(bytes, 1))
    let forAllCores = max(1, sharing.count / (2 * Parallel.threads))
    return min(fitting, forAllCores)
  }

  /// The rows that a model is measured on.
  private enum Part { case training, validation }

  /// The results of all members. `accuracy` gives nil where it is not taken.
  private static func conclude(
    _ candidates: [Candidate], _ state: TuningState, _ validation: TrainingData,
    isStopped: Bool, _ accuracy: (LinearClassifier, Part) throws -> Double?
  ) rethrows -> Result {
    var members: [Member] = []
    var runs: [TuningState.Run] = []
    var best: (index: Int, accuracy: Double)?
    for (index, candidate) in candidates.enumerated() {
      let outcome = candidate.outcome
      if isStopped { runs.append(outcome.withoutData) }
      var (divergence, model): (Diverged?, LinearClassifier?)
      switch outcome {
      case .waiting: break
      case .diverged(let reason): divergence = reason
      case .model(let trained): model = trained
      }
      let validated = try model.flatMap { try accuracy($0, .validation) ?? $0.knownAccuracy }
      members.append(
        Member(
          options: state.options[index], divergence: divergence, validationAccuracy: validated,
          trainingAccuracy: try model.flatMap { try accuracy($0, .training) },
          loss: divergence?.lastFinite?.loss ?? model?.history.loss.last,
          iterations: divergence?.iteration ?? model?.iteration ?? 0))
      if let validated, validated > best?.accuracy ?? -.infinity { best = (index, validated) }
    }
    var model: LinearClassifier?
    if let best, case .model(let winner) = candidates[best.index].outcome {
      model = winner
      model?.data = state.data
      model?.validation = validation
    }
    return Result(
      members: members, best: best?.index, model: model,
      state: isStopped
        ? TuningState(
          data: state.data, options: state.options, choice: state.choice, runs: runs) : nil)
  }
}

/// A combination in a search.
private enum Candidate {
  case run(TrainingRun)
  /// It had ended before the search was resumed.
  case ended(TuningState.Run)

  init(
    _ state: TuningState.Run, _ data: TrainingData, _ options: TrainingOptions,
    _ validation: TrainingData
  ) throws {
    // Intermediate accuracies are only computed where needed: each costs a product.
    let isAsked = options.patience != nil || options.validationEvery != nil
    let validation = isAsked ? validation : nil
    switch state {
    case .waiting:
      self = .run(try TrainingRun(TrainingPlan(data, options, validation: validation)))
    case .model(let model) where model.wasInterrupted:
      let plan = try TrainingPlan(
        resuming: model, until: options.totalIterations, data, validation: validation)
      self = .run(try TrainingRun(plan, resuming: model))
    case .model, .diverged: self = .ended(state)
    }
  }

  /// Its run; nil where it has ended before.
  var run: TrainingRun? { if case .run(let run) = self { run } else { nil } }

  /// How far it has come.
  var outcome: TuningState.Run {
    switch self {
    case .ended(let outcome): return outcome
    case .run(let run):
      if case .diverged(let reason) = run.state { return .diverged(reason) }
      return run.iteration > 0 ? .model(run.model()) : .waiting
    }
  }
}

extension LinearClassifier {
  /// The validation accuracy of its weights, where that was taken in its run.
  fileprivate var knownAccuracy: Double? {
    if bestIteration != nil { return history.validationAccuracy.max() }
    return history.validationIteration.last == iteration ? history.validationAccuracy.last : nil
  }
}
