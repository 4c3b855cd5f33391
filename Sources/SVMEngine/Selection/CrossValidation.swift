import LinearAlgebra

extension Tuning {
  /// For each fold, trains every member on the other folds and measures it on this one. Then trains
  /// the best member on everything.
  ///
  /// Folds are stratified: each has the classes in the proportions of the whole, as nearly as
  /// possible. A member's accuracies and loss are means over the folds. A member that diverges in a
  /// fold counts as diverged, and so does one that only diverges on everything: the next best is
  /// then trained.
  ///
  /// Kohavi, A study of cross-validation and bootstrap for accuracy estimation and model selection,
  /// IJCAI 1995.
  ///
  /// - Throws: `EngineError` for options or data that can't be used; `MemoryRefused`,
  ///   `Interrupted`.
  public static func run(
    _ data: TrainingData, _ options: [TrainingOptions], folds: Int,
    progress: TrainingProgress? = nil,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> Result {
    try resume(
      TuningState(data, options, folds: folds), progress: progress, isInterrupted: isInterrupted)
  }

  static func crossValidate(
    _ start: TuningState, _ begun: TuningState.Folds, _ progress: TrainingProgress?,
    _ keeper: TuningKeeper?, _ isInterrupted: @escaping () -> Bool
  ) throws -> Result {
    var (state, folds) = (start, begun)
    let (data, options) = (state.data, state.options)
    guard folds.count >= 2, folds.count <= data.labels.count else {
      throw EngineError(
        .option,
        "'folds' must be from 2 to the number of rows, \(data.labels.count), not \(folds.count)")
    }
    guard options.allSatisfy({ $0.patience == nil && $0.validationEvery == nil }) else {
      throw EngineError(
        .option,
        "with 'folds' the best is trained on all rows: 'patience' and 'val-every' have none left",
        help: "give \(option: "val") in the place of \(option: "folds"), or leave them out")
    }
    let assignment = stratifiedFolds(data.labels, classes: data.classCount, folds: folds.count)
    let steps = start.updatesLeft
    while folds.finished < folds.count {
      let (fold, done, before) = (folds.finished, steps - state.updatesLeft, state)
      let measured = try data.selecting(assignment.indices.filter { assignment[$0] == fold })
      let result = try search(
        TuningState(
          data: try data.selecting(assignment.indices.filter { assignment[$0] != fold }),
          options: options, choice: .validation(measured), runs: state.runs), measured,
        progress.map { tell in { step, _, loss in tell(done + step, steps, loss) } },
        keeper.map { keep in
          { inner in keep { conclude(before.with(inner().state?.runs ?? before.runs)) } }
        }, isInterrupted)
      if let stopped = result.state { return conclude(state.with(stopped.runs)) }
      for (i, member) in result.members.enumerated() { folds.sums[i].add(member) }
      folds.finished += 1
      state = TuningState(data, options, folds: folds)
    }
    while true {
      let scored = conclude(state, isStopped: false)
      guard let best = scored.best else { return scored }
      func stopped(with model: LinearClassifier) -> TuningState {
        var left = folds
        left.final = model.withoutData
        return TuningState(data, options, folds: left)
      }
      let keeper = keeper.map { keep -> TrainingKeeper in
        { model in keep { conclude(stopped(with: model())) } }
      }
      do {
        let model =
          try folds.final.map {
            try Training.resume($0, data: data, keeper: keeper, isInterrupted: isInterrupted)
          }
          ?? Training.run(
            TrainingPlan(data, options[best]), keeper: keeper, isInterrupted: isInterrupted)
        return conclude(
          model.wasInterrupted ? stopped(with: model) : state, model: model,
          isStopped: model.wasInterrupted)
      } catch let divergence as Diverged {
        folds.final = nil
        folds.sums[best].divergence = divergence
        state = TuningState(data, options, folds: folds)
      }
    }
  }

  /// The fold of each row. The rows of a class go to the folds in turn, and each class starts where
  /// the last one ended, so that sizes differ by one at most.
  static func stratifiedFolds(_ labels: [Int], classes: Int, folds: Int) -> [Int] {
    var assignment = [Int](repeating: 0, count: labels.count)
    var next = 0
    for k in 0..<classes {
      for i in labels.indices where labels[i] == k {
        assignment[i] = next
        next = (next + 1) % folds
      }
    }
    return assignment
  }

  /// The result of the folds that are finished.
  private static func conclude(
    _ state: TuningState, model: LinearClassifier? = nil, isStopped: Bool = true
  ) -> Result {
    guard case .folds(let folds) = state.choice else {
      return Result(members: [], best: nil, model: nil)
    }
    let n = Double(folds.finished)
    let members = state.options.indices.map { i in
      let (options, sum) = (state.options[i], folds.sums[i])
      let isKnown = folds.finished > 0 && sum.divergence == nil
      return Member(
        options: options, divergence: sum.divergence,
        validationAccuracy: isKnown ? sum.validation / n : nil,
        trainingAccuracy: isKnown ? sum.training / n : nil, loss: isKnown ? sum.loss / n : nil,
        iterations: max(sum.iterations, state.runs[i].iterations))
    }
    var best: Int?
    for (i, member) in members.enumerated() {
      guard let accuracy = member.validationAccuracy else { continue }
      if accuracy > best.flatMap({ members[$0].validationAccuracy }) ?? -1 { best = i }
    }
    return Result(members: members, best: best, model: model, state: isStopped ? state : nil)
  }
}

extension TrainingData {
  /// The rows with these numbers; K stays the same.
  ///
  /// - Throws: `Interrupted`.
  func selecting(_ rows: [Int]) throws -> TrainingData {
    TrainingData(
      features: try features.selecting(rows),
      labels: try Interruption.map(rows.count, costEach: 4) { labels[rows[$0]] }, classes: classes,
      columns: columns)
  }
}
