import LinearAlgebra

/// Training with every combination of listed options, and choosing the best.
public enum Tuning {
  /// One combination and what came of it.
  public struct Member: Sendable {
    /// Its options.
    public let options: TrainingOptions
    /// Why it has no model, where its loss was no longer finite.
    public let divergence: Diverged?
    /// The share of the validation rows that it predicts; nil where it diverged or was not reached.
    public let validationAccuracy: Double?
    /// The share of the training rows that it predicts; nil where there is no validation accuracy.
    public let trainingAccuracy: Double?
    /// The last loss of its history; nil where there is none.
    public let loss: Double?
    /// Updates made.
    public let iterations: Int
  }

  /// All combinations, in order.
  public struct Result: Sendable {
    /// One row for each combination.
    public let members: [Member]
    /// The row with the first strictly best validation accuracy; nil where every one diverged.
    public let best: Int?
    /// Its model.
    public let model: LinearClassifier?
    /// Whether the person stopped it: rows then stand where they were.
    public let wasInterrupted: Bool
  }

  /// Every combination of one item of each list, the last list running fastest.
  public static func combinations<T>(_ lists: [[T]]) -> [[T]] {
    lists.reduce([[]]) { prefixes, items in
      prefixes.flatMap { prefix in items.map { prefix + [$0] } }
    }
  }

  /// Trains every member; those that share their batches in one pass over the data. Each has the
  /// same bits as the same run alone.
  ///
  /// - Parameters:
  ///   - progress: updates made of all members', and the loss of one of them.
  /// - Throws: `EngineError` for options or data that can't be used, before anything runs.
  public static func run(
    _ data: TrainingData, _ options: [TrainingOptions], validation: TrainingData,
    progress: TrainingProgress? = nil,
    isInterrupted: () -> Bool = { Interruption.isRequested }
  ) throws -> Result {
    guard !options.isEmpty else {
      throw EngineError(.option, "there is nothing to try: every list of options is empty")
    }
    let trainees = try options.map { options in
      // Accuracies in between would be thrown away.
      try Trainee(data, options, validation: nil)
    }
    try checkValidation(validation, data)
    let total = trainees.reduce(0) { $0 + $1.total }
    var done = 0
    var wasInterrupted = false
    for group in groups(of: trainees, rowCount: data.features.rows) {
      if wasInterrupted { break }
      let before = done
      let report: TrainingProgress? = progress.map { progress in
        { step, _, loss in progress(before + step, total, loss) }
      }
      wasInterrupted = try TrainingGroup(group, data)
        .run(progress: report, isInterrupted: isInterrupted)
      done += group.reduce(0) { $0 + $1.total }
    }
    return try conclude(trainees, data, validation, wasInterrupted: wasInterrupted)
  }

  /// Widest wide product: past this the weights no longer stay in the cache.
  private static let widest = 40

  /// Members that share their batches, in order, as many as go into one product.
  private static func groups(of trainees: [Trainee], rowCount: Int) -> [[Trainee]] {
    struct Key: Hashable {
      let batches: BatchSource.Kind
      let precision: Precision
    }
    var order: [Key] = []
    var byKey: [Key: [Trainee]] = [:]
    for trainee in trainees {
      let key = Key(
        batches: BatchSource.kind(
          trainee.options, usesWholeSet: trainee.rule.usesWholeSet),
        precision: trainee.options.precision)
      if byKey[key] == nil { order.append(key) }
      byKey[key, default: []].append(trainee)
    }
    return order.flatMap { key -> [[Trainee]] in
      var groups: [[Trainee]] = []
      var width = 0
      for trainee in byKey[key] ?? [] {
        if groups.isEmpty || width + trainee.columns > widest {
          groups.append([])
          width = 0
        }
        groups[groups.count - 1].append(trainee)
        width += trainee.columns
      }
      return groups
    }
  }

  private static func checkValidation(_ validation: TrainingData, _ data: TrainingData) throws {
    try validation.check()
    guard validation.classCount == data.classCount else {
      throw EngineError(
        .data,
        "the validation data have \(validation.classCount) classes, and the training data "
          + "\(data.classCount)")
    }
    guard validation.features.preparation == data.features.preparation else {
      throw EngineError(
        .data, "the validation data are prepared in another way than the training data",
        help: "prepare the whole split: `d = center d`")
    }
  }

  private static func conclude(
    _ trainees: [Trainee], _ data: TrainingData, _ validation: TrainingData, wasInterrupted: Bool
  ) throws -> Result {
    var members: [Member] = []
    var best: Int?
    var bestAccuracy = -Double.infinity
    for (index, trainee) in trainees.enumerated() {
      var divergence: Diverged?
      var accuracy: Double?
      var trainingAccuracy: Double?
      if case .diverged(let reason) = trainee.state {
        divergence = reason
      } else if trainee.iteration > 0 {
        let model = trainee.model(data)
        let reached = try model.accuracy(validation.features, labels: validation.labels)
        accuracy = reached
        trainingAccuracy = try model.accuracy(data.features, labels: data.labels)
        if reached > bestAccuracy {
          bestAccuracy = reached
          best = index
        }
      }
      members.append(
        Member(
          options: trainee.options, divergence: divergence, validationAccuracy: accuracy,
          trainingAccuracy: trainingAccuracy, loss: trainee.history.loss.last,
          iterations: trainee.iteration))
    }
    var model: LinearClassifier?
    if let best {
      model = trainees[best].model(data)
      model?.validation = validation
    }
    return Result(members: members, best: best, model: model, wasInterrupted: wasInterrupted)
  }
}
