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
    /// Whether the user stopped it: members then have the results so far.
    public let wasInterrupted: Bool

    /// A result from its parts.
    package init(
      members: [Member], best: Int?, model: LinearClassifier?, wasInterrupted: Bool
    ) {
      self.members = members
      self.best = best
      self.model = model
      self.wasInterrupted = wasInterrupted
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
    guard !options.isEmpty else {
      throw EngineError(.option, "there is nothing to try: every list of options is empty")
    }
    let runs = try options.map { options in
      // Intermediate accuracies are only computed where needed: each costs a product.
      let isAsked = options.patience != nil || options.validationEvery != nil
      return try TrainingRun(
        TrainingPlan(data, options, validation: isAsked ? validation : nil))
    }
    try validation.check(against: data)
    let wasInterrupted = try TrainingRounds(
      groups: groups(of: runs), progress: progress, isInterrupted: isInterrupted
    ).run()
    return try conclude(runs, data, validation, wasInterrupted: wasInterrupted)
  }

  /// Groups of runs with the same batches and precision.
  private static func groups(of runs: [TrainingRun]) -> [TrainingGroup] {
    struct Key: Hashable {
      let batches: BatchSource.Kind
      let precision: Precision
    }
    var order: [Key] = []
    var byKey: [Key: [TrainingRun]] = [:]
    var alone: [TrainingRun] = []
    for run in runs {
      guard run.sharedSteps != nil else {
        alone.append(run)
        continue
      }
      let key = Key(batches: run.plan.batches, precision: run.plan.options.precision)
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

  private static func conclude(
    _ runs: [TrainingRun], _ data: TrainingData, _ validation: TrainingData, wasInterrupted: Bool
  ) throws -> Result {
    var members: [Member] = []
    var best: Int?
    var bestAccuracy = -Double.infinity
    // After an interruption, only where nobody waits for it.
    func evaluates(_ part: TrainingData) -> Bool {
      !wasInterrupted
        || LastLook.mayCost(
          runs.reduce(0) { $0 + LastLook.cost(part.features, columns: $1.plan.columns) })
    }
    let (evaluatesValidation, evaluatesTraining) = (evaluates(validation), evaluates(data))
    for (index, run) in runs.enumerated() {
      var divergence: Diverged?
      var accuracy: Double?
      var trainingAccuracy: Double?
      if case .diverged(let reason) = run.state {
        divergence = reason
      } else if run.iteration > 0 {
        let model = run.model()
        accuracy =
          evaluatesValidation
          ? try model.accuracy(validation.features, labels: validation.labels)
          : run.knownAccuracy
        if evaluatesTraining {
          trainingAccuracy = try model.accuracy(data.features, labels: data.labels)
        }
        if let accuracy, accuracy > bestAccuracy {
          bestAccuracy = accuracy
          best = index
        }
      }
      members.append(
        Member(
          options: run.plan.options, divergence: divergence, validationAccuracy: accuracy,
          trainingAccuracy: trainingAccuracy, loss: run.history.loss.last,
          iterations: run.iteration))
    }
    var model: LinearClassifier?
    if let best {
      model = runs[best].model()
      model?.validation = validation
    }
    return Result(members: members, best: best, model: model, wasInterrupted: wasInterrupted)
  }
}
