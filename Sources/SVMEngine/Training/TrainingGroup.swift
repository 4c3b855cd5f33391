import LinearAlgebra

/// Runs with the same batches, executed together: their weights are side by side, and each batch is
/// read once for all. Every run has the same bits as alone. A single run is a group of one.
///
/// Only one thread at a time uses a group.
final class TrainingGroup: @unchecked Sendable {
  private let runs: [TrainingRun]
  private let updatesBefore: Int
  private var batches: BatchSource
  /// The weights of the active runs side by side, D rows; used where there are several.
  private var wide = Buffer(zeros: 0)
  private var width = 0
  /// The active runs, and the first column of each in `wide`.
  private var active: [(run: TrainingRun, offset: Int)] = []

  /// A group of runs with equal data, batches, precision and iteration. Several runs need
  /// `sharedSteps`.
  init(_ runs: [TrainingRun]) {
    self.runs = runs
    let plan = runs[0].plan
    batches = BatchSource(plan.batches, rowCount: plan.data.features.rows)
    updatesBefore = UpdateCount.sum(runs.map(\.iteration))
    arrange()
  }

  /// Whether every run has ended.
  var isDone: Bool { active.isEmpty }

  /// The number of updates of all runs since the group was formed.
  var updatesMade: Int { UpdateCount.sum(runs.map(\.iteration)) - updatesBefore }

  /// The number of updates that all runs still had to make when the group was formed.
  var updatesPlanned: Int { UpdateCount.sum(runs.map(\.plan.total)) - updatesBefore }

  /// The last loss of the first active run.
  var lastLoss: Double { (active.first?.run ?? runs[0]).lastLoss }

  /// Makes up to `count` updates of every active run.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`. The parameters of each run are then those of its
  ///   last finished update.
  func advance(_ count: Int) throws {
    // Where a look that was due was stopped, it is made before the runs go on.
    try look()
    for _ in 0..<count {
      if isDone { return }
      try step()
      try look()
    }
  }

  /// Takes the validation accuracies that are due, and concludes the runs that have ended.
  private func look() throws {
    var hasLeaver = false
    for (run, _) in active {
      if case .running = run.state { try run.validate() }
      if case .running = run.state { continue }
      hasLeaver = true
      try run.conclude()
    }
    if hasLeaver { arrange() }
  }

  /// The cost of a last look at the weights of the active runs.
  var costToConclude: Int { active.reduce(0) { $0 + $1.run.costToConclude } }

  /// Ends the active runs at the user's request.
  ///
  /// - Parameter evaluates: whether there is a last look at their weights, which a second request
  ///   ends, too. The models are without it otherwise.
  func stop(evaluates: Bool) throws {
    for (run, _) in active {
      run.interrupt()
      guard evaluates else { continue }
      do { try run.conclude() } catch is Interrupted {}
    }
    active = []
  }

  /// One update of every active run.
  private func step() throws {
    let rows = try batches.rows(active[0].run.iteration)
    if let rows { active[0].run.plan.data.features.willNeed(rows) }
    if active.count == 1 {
      try active[0].run.update(rows: rows)
    } else {
      try sharedStep(rows)
    }
  }

  /// One update of every active run, in one pass over the batch.
  private func sharedStep(_ rows: [Int]?) throws {
    let plan = active[0].run.plan
    let parts = active.map { run, offset in
      FusedEngine.Part(
        objective: run.plan.objective, columns: offset..<offset + run.plan.columns, bias: run.bias)
    }
    let sums = try FusedEngine.sums(
      parts, Matrix(rows: plan.rows, columns: width, sharing: wide), plan.data.features,
      plan.data.labels, rows: rows, precision: plan.options.precision)
    let batch = rows?.count ?? plan.data.features.rows
    let (active, width, wide) = (active, width, wide)
    Parallel.forEach(active.count) { p in
      let (run, offset) = active[p]
      let update = sums.gradient.withEntries {
        run.sharedSteps?.update(
          run.iteration, lossSum: sums.losses[p], $0, width: width, offset: offset,
          biasSum: sums.biasGradients[p], batch: batch)
      }
      if let update { run.close(update) }
      run.place(in: wide, offset: offset, width: width)
    }
  }

  /// Collects the active runs, and copies their weights side by side.
  private func arrange() {
    var offset = 0
    active = []
    for run in runs {
      guard case .running = run.state else { continue }
      active.append((run, offset))
      offset += run.plan.columns
    }
    width = offset
    guard active.count > 1 else { return }
    wide = Buffer(zeros: active[0].run.plan.rows * width)
    for (run, first) in active { run.place(in: wide, offset: first, width: width) }
  }
}

extension TrainingRun {
  /// Writes W into its columns of a wide matrix.
  func place(in wide: Buffer, offset: Int, width: Int) {
    let columns = plan.columns
    for d in 0..<plan.rows {
      let target = wide.pointer + d * width + offset
      let source = parameters.pointer + d * columns
      for j in 0..<columns { target[j] = source[j] }
    }
  }
}
