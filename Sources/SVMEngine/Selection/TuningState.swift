/// Called between updates with what gives the result of a search so far, which takes copies of all
/// models.
public typealias TuningKeeper = (_ result: () -> Tuning.Result) -> Void

/// How far a search has come: what `Tuning.resume` goes on from.
public struct TuningState: Sendable {
  /// How far the run of a combination has come. With folds, that is its run of one of them.
  package enum Run: Sendable {
    /// No update was made.
    case waiting
    /// Its model, which was interrupted where updates are left. The data are those of the search.
    case model(LinearClassifier)
    case diverged(Diverged)
  }

  /// What the best combination is chosen by.
  package enum Choice: Sendable {
    case validation(TrainingData)
    case folds(Folds)
  }

  /// How far cross-validation has come.
  package struct Folds: Sendable {
    package let count: Int
    /// The number of folds that every combination is finished with.
    package var finished = 0
    /// The sums over these, of each combination.
    package var sums: [FoldSums]
    /// The model of the best combination on all rows, where its training was interrupted.
    package var final: LinearClassifier?

    /// Folds from their parts.
    package init(
      count: Int, finished: Int = 0, sums: [FoldSums], final: LinearClassifier? = nil
    ) {
      self.count = count
      self.finished = finished
      self.sums = sums
      self.final = final
    }
  }

  /// The sums over folds of one combination.
  package struct FoldSums: Sendable {
    package var validation = 0.0
    package var training = 0.0
    package var loss = 0.0
    /// The most updates in a fold.
    package var iterations = 0
    package var divergence: Diverged?

    /// The sums over no folds.
    package init() {}

    mutating func add(_ member: Tuning.Member) {
      if divergence == nil { divergence = member.divergence }
      validation += member.validationAccuracy ?? 0
      training += member.trainingAccuracy ?? 0
      loss += member.loss ?? 0
      iterations = max(iterations, member.iterations)
    }
  }

  package let data: TrainingData
  package let options: [TrainingOptions]
  package let choice: Choice
  package let runs: [Run]

  /// A state from its parts.
  package init(data: TrainingData, options: [TrainingOptions], choice: Choice, runs: [Run]) {
    self.data = data
    self.options = options
    self.choice = choice
    self.runs = runs
  }

  /// A search that has not begun, with rows to choose by.
  public init(_ data: TrainingData, _ options: [TrainingOptions], validation: TrainingData) {
    self.init(
      data: data, options: options, choice: .validation(validation),
      runs: [Run](repeating: .waiting, count: options.count))
  }

  /// A search that has not begun, with folds to choose by.
  public init(_ data: TrainingData, _ options: [TrainingOptions], folds: Int) {
    self.init(
      data, options,
      folds: Folds(count: folds, sums: [FoldSums](repeating: FoldSums(), count: options.count)))
  }

  /// A search at the beginning of a fold.
  init(_ data: TrainingData, _ options: [TrainingOptions], folds: Folds) {
    self.init(
      data: data, options: options, choice: .folds(folds),
      runs: [Run](repeating: .waiting, count: options.count))
  }

  /// The state with other runs.
  func with(_ runs: [Run]) -> TuningState {
    TuningState(data: data, options: options, choice: choice, runs: runs)
  }

  /// The folds that every combination is finished with, and all; nil without cross-validation.
  public var folds: (finished: Int, count: Int)? {
    if case .folds(let folds) = choice { (folds.finished, folds.count) } else { nil }
  }

  /// The number of updates that all runs still have to make; with folds, without those on all rows.
  public var updatesLeft: Int {
    let present = UpdateCount.sum(zip(runs, options).map { $0.updatesLeft($1) })
    guard case .folds(let folds) = choice else { return present }
    guard folds.finished < folds.count else { return 0 }
    let all = UpdateCount.sum(options.map(\.totalIterations))
    let later = UpdateCount.product(folds.count - folds.finished - 1, all)
    return UpdateCount.sum([present, later])
  }
}

extension TuningState.Run {
  fileprivate func updatesLeft(_ options: TrainingOptions) -> Int {
    switch self {
    case .waiting: options.totalIterations
    case .model(let model):
      model.wasInterrupted && model.iteration < options.totalIterations
        ? options.totalIterations - model.iteration : 0
    case .diverged: 0
    }
  }

  /// The number of updates made.
  var iterations: Int {
    switch self {
    case .waiting: 0
    case .model(let model): model.iteration
    case .diverged(let reason): reason.iteration
    }
  }

  /// Without the data of the model.
  var withoutData: TuningState.Run {
    if case .model(let model) = self { .model(model.withoutData) } else { self }
  }
}

extension LinearClassifier {
  /// The model without the data for `resume`.
  var withoutData: LinearClassifier {
    var model = self
    (model.data, model.validation) = (nil, nil)
    return model
  }
}
