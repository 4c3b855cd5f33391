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
    guard folds >= 2, folds <= data.labels.count else {
      throw EngineError(
        .option, "'folds' must be from 2 to the number of rows, \(data.labels.count), not \(folds)")
    }
    guard options.allSatisfy({ $0.patience == nil && $0.validationEvery == nil }) else {
      throw EngineError(
        .option,
        "with 'folds' the best is trained on all rows: 'patience' and 'val-every' have none left",
        help: "give \(option: "val") in the place of \(option: "folds"), or leave them out")
    }
    let assignment = stratifiedFolds(data.labels, classes: data.classCount, folds: folds)
    let steps = options.reduce(0) { $0 + $1.totalIterations } * folds
    var sums = [Sums](repeating: Sums(), count: options.count)
    var finished = 0
    for fold in 0..<folds {
      let done = steps / folds * fold
      let result = try run(
        try data.selecting(assignment.indices.filter { assignment[$0] != fold }), options,
        validation: try data.selecting(assignment.indices.filter { assignment[$0] == fold }),
        progress: progress.map { tell in { step, _, loss in tell(done + step, steps, loss) } },
        isInterrupted: isInterrupted)
      if result.wasInterrupted {
        return conclude(options, sums, folds: finished, model: nil, wasInterrupted: true)
      }
      for (i, member) in result.members.enumerated() { sums[i].add(member) }
      finished += 1
    }
    while true {
      let scored = conclude(options, sums, folds: folds, model: nil, wasInterrupted: false)
      guard let best = scored.best else { return scored }
      do {
        let model = try Training.run(data, options[best], isInterrupted: isInterrupted)
        return conclude(
          options, sums, folds: folds, model: model, wasInterrupted: model.wasInterrupted)
      } catch let divergence as Diverged {
        sums[best].divergence = divergence
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

  /// The sums over the folds of one member.
  private struct Sums {
    var validation = 0.0
    var training = 0.0
    var loss = 0.0
    var iterations = 0
    var divergence: Diverged?

    mutating func add(_ member: Member) {
      if divergence == nil { divergence = member.divergence }
      validation += member.validationAccuracy ?? 0
      training += member.trainingAccuracy ?? 0
      loss += member.loss ?? 0
      iterations = max(iterations, member.iterations)
    }
  }

  private static func conclude(
    _ options: [TrainingOptions], _ sums: [Sums], folds: Int, model: LinearClassifier?,
    wasInterrupted: Bool
  ) -> Result {
    let n = Double(folds)
    let members = zip(options, sums).map { options, sum in
      let isKnown = folds > 0 && sum.divergence == nil
      return Member(
        options: options, divergence: sum.divergence,
        validationAccuracy: isKnown ? sum.validation / n : nil,
        trainingAccuracy: isKnown ? sum.training / n : nil, loss: isKnown ? sum.loss / n : nil,
        iterations: sum.iterations)
    }
    var best: Int?
    for (i, member) in members.enumerated() {
      guard let accuracy = member.validationAccuracy else { continue }
      if accuracy > best.flatMap({ members[$0].validationAccuracy }) ?? -1 { best = i }
    }
    return Result(members: members, best: best, model: model, wasInterrupted: wasInterrupted)
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
