import LinearAlgebra

/// Runs that see the same batches, made as one: their weights stand side by side, and each batch is
/// read once for all of them. Every run has the bits that it would have alone. A single run is a
/// group of one.
final class TrainingGroup {
  private let trainees: [Trainee]
  private let data: TrainingData
  private var batches: BatchSource
  /// The weights of the running ones side by side, row by row, where there are several.
  private var wide = Buffer(zeros: 0)
  private var width = 0
  /// The running ones, and the first column of each in `wide`.
  private var active: [(trainee: Trainee, offset: Int)] = []

  /// Trainees with equal batches, precision and iteration.
  init(_ trainees: [Trainee], _ data: TrainingData) {
    self.trainees = trainees
    self.data = data
    let first = trainees[0]
    batches = BatchSource(
      first.options, usesWholeSet: first.rule.usesWholeSet, rowCount: data.features.rows)
  }

  /// Runs all to their end. Updates made are reported as their sum over the runs.
  ///
  /// - Returns: whether the person stopped it; the wish is then forgotten.
  @discardableResult
  func run(progress: TrainingProgress?, isInterrupted: () -> Bool) throws -> Bool {
    let first = trainees.map(\.iteration)
    let total = zip(trainees, first).reduce(0) { $0 + $1.0.total - $1.1 }
    arrange()
    while !active.isEmpty {
      if isInterrupted() { return try interrupted() }
      do {
        try step()
        for (trainee, _) in active {
          if case .finished = trainee.state { trainee.checkWeights(data) }
          if case .finished = trainee.state {
            try trainee.validate(always: true)
          } else if case .running = trainee.state {
            try trainee.validate()
          }
        }
      } catch is Interrupted {
        return try interrupted()
      }
      if let progress {
        let done = zip(trainees, first).reduce(0) { $0 + $1.0.iteration - $1.1 }
        progress(done, total, active[0].trainee.lastLoss)
      }
      let hasLeaver = active.contains {
        if case .running = $0.trainee.state { return false }
        return true
      }
      if hasLeaver { arrange() }
    }
    return false
  }

  /// One update of every running trainee.
  private func step() throws {
    let t = active[0].trainee.iteration
    let rows = batches.rows(t)
    let parts = active.map { trainee, offset in
      FusedEngine.Part(
        objective: trainee.objective, columns: offset..<offset + trainee.columns,
        bias: trainee.bias)
    }
    let only = active.count == 1 ? active[0].trainee : nil
    let rowCount = active[0].trainee.rows
    let weights = only?.weights ?? Matrix(rows: rowCount, columns: width, sharing: wide)
    let sums = try FusedEngine.sums(
      parts, weights, data.features, data.labels, rows: rows,
      precision: active[0].trainee.options.precision)
    let batch = rows?.count ?? data.features.rows
    let (active, data, width, wide) = (active, data, weights.columns, wide)
    let update: @Sendable (Int) -> Void = { p in
      let (trainee, offset) = active[p]
      sums.gradient.withEntries {
        trainee.update(
          lossSum: sums.losses[p], $0, width: width, offset: offset,
          biasSum: sums.biasGradients[p], batch: batch, data)
      }
      if active.count > 1 { trainee.place(in: wide, offset: offset, width: width) }
    }
    if only != nil { update(0) } else { try Parallel.forEach(active.count, update) }
  }

  /// Puts the running trainees' weights side by side.
  private func arrange() {
    var offset = 0
    active = []
    for trainee in trainees {
      guard case .running = trainee.state else { continue }
      active.append((trainee, offset))
      offset += trainee.columns
    }
    width = offset
    guard active.count > 1 else { return }
    wide = Buffer(zeros: active[0].trainee.rows * width)
    for (trainee, first) in active { trainee.place(in: wide, offset: first, width: width) }
  }

  private func interrupted() throws -> Bool {
    Interruption.clear()
    for (trainee, _) in active {
      if case .running = trainee.state { trainee.state = .finished(.interrupted) }
      trainee.checkWeights(data)
      if case .finished = trainee.state { try trainee.validate(always: true) }
    }
    active = []
    return true
  }
}

extension Trainee {
  /// Writes W into its columns of a wide matrix.
  func place(in wide: Buffer, offset: Int, width: Int) {
    for d in 0..<rows {
      let target = wide.pointer + d * width + offset
      let source = parameters.pointer + d * columns
      for j in 0..<columns { target[j] = source[j] }
    }
  }
}
