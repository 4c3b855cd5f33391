import LinearAlgebra

/// Runs that see the same batches, made as one: their weights stand side by side, and each batch is
/// read once for all of them. Every run has the bits that it would have alone. A single run is a
/// group of one.
///
/// Only one thread at a time works on a group.
final class TrainingGroup: @unchecked Sendable {
  private let runs: [TrainingRun]
  private let data: TrainingData
  private let updatesBefore: Int
  private var batches: BatchSource
  /// The weights of the running ones side by side, row by row, where there are several.
  private var wide = Buffer(zeros: 0)
  private var width = 0
  /// The running ones, and the first column of each in `wide`.
  private var active: [(run: TrainingRun, offset: Int)] = []

  /// TrainingRuns with equal batches, precision and iteration; one that `isAlone` is.
  init(_ runs: [TrainingRun], _ data: TrainingData) {
    self.runs = runs
    self.data = data
    let first = runs[0]
    batches = BatchSource(
      first.options, usesWholeSet: first.form.usesWholeSet, rowCount: data.features.rows)
    updatesBefore = runs.reduce(0) { $0 + $1.iteration }
    arrange()
  }

  /// Whether every run has ended.
  var isDone: Bool { active.isEmpty }

  /// Updates made since the group was formed, of all runs together.
  var updatesMade: Int { runs.reduce(0) { $0 + $1.iteration } - updatesBefore }

  /// Updates that all runs together make.
  var updatesPlanned: Int { runs.reduce(0) { $0 + $1.total } - updatesBefore }

  /// The last loss of the first run that goes on.
  var lastLoss: Double { (active.first?.run ?? runs[0]).lastLoss }

  /// Up to `count` updates of every run that goes on.
  ///
  /// - Throws: `Interrupted`; the runs stand as of their last finished update.
  func advance(_ count: Int) throws {
    for _ in 0..<count {
      if isDone { return }
      try step()
      var hasLeaver = false
      for (run, _) in active {
        if case .running = run.state { try run.validate() }
        if case .running = run.state { continue }
        hasLeaver = true
        try close(run)
      }
      if hasLeaver { arrange() }
    }
  }

  /// Ends the runs that go on, because the person wishes it.
  func stop() throws {
    for (run, _) in active {
      if case .running = run.state { run.state = .finished(.interrupted) }
      try close(run)
    }
    active = []
  }

  /// What an ended run still needs.
  private func close(_ run: TrainingRun) throws {
    run.checkWeights(data)
    if case .finished = run.state {
      try run.conclude()
      try run.validate(always: true)
    }
  }

  /// One update of every running run.
  private func step() throws {
    if active[0].run.isMinimization {
      try active[0].run.minimize(data)
      return
    }
    let t = active[0].run.iteration
    let rows = batches.rows(t)
    if let rows, active[0].run.isLazy {
      active[0].run.updateLazily(rows, data)
      return
    }
    let parts = active.map { run, offset in
      FusedEngine.Part(
        objective: run.objective, columns: offset..<offset + run.columns,
        bias: run.bias)
    }
    let only = active.count == 1 ? active[0].run : nil
    let rowCount = active[0].run.rows
    let weights = only?.weights ?? Matrix(rows: rowCount, columns: width, sharing: wide)
    let batch = rows?.count ?? data.features.rows
    let step = only?.nextStep(batch: batch)
    let sums = try FusedEngine.sums(
      parts, weights, data.features, data.labels, rows: rows,
      precision: active[0].run.options.precision, finish: step?.take)
    if let only {
      if let step {
        only.conclude(
          step, lossSum: sums.losses[0], biasSum: sums.biasGradients[0], data)
      }
      return
    }
    let (active, data, width, wide) = (active, data, weights.columns, wide)
    Parallel.forEach(active.count) { p in
      let (run, offset) = active[p]
      sums.gradient.withEntries {
        run.update(
          lossSum: sums.losses[p], $0, width: width, offset: offset,
          biasSum: sums.biasGradients[p], batch: batch, data)
      }
      run.place(in: wide, offset: offset, width: width)
    }
  }

  /// Puts the running runs' weights side by side.
  private func arrange() {
    var offset = 0
    active = []
    for run in runs {
      guard case .running = run.state else { continue }
      active.append((run, offset))
      offset += run.columns
    }
    width = offset
    guard active.count > 1 else { return }
    wide = Buffer(zeros: active[0].run.rows * width)
    for (run, first) in active { run.place(in: wide, offset: first, width: width) }
  }
}

extension TrainingRun {
  /// Writes W into its columns of a wide matrix.
  func place(in wide: Buffer, offset: Int, width: Int) {
    for d in 0..<rows {
      let target = wide.pointer + d * width + offset
      let source = parameters.pointer + d * columns
      for j in 0..<columns { target[j] = source[j] }
    }
  }
}
