import LinearAlgebra

/// One run in progress: its weights, its solver's memory and its history.
///
/// Only the group that runs it touches it, and never from two threads at once.
final class TrainingRun: @unchecked Sendable {
  /// Where it stands.
  enum State {
    case running
    case finished(LinearClassifier.Ending)
    case diverged(Diverged)
  }

  let options: TrainingOptions
  let objective: Objective
  let form: SolverForm
  let validation: TrainingData?
  /// Updates until which it runs.
  let total: Int
  /// The length that schedules know: as it was planned, also where the run is resumed.
  let planned: Int
  let rows: Int
  let columns: Int
  /// W row by row, then b where it is trained.
  let parameters: Buffer
  /// The gradient of a run beside others.
  private lazy var sharedGradient = Buffer(uninitialized: rows * columns)
  /// How gradients move the weights; nil where a minimization does.
  private let steps: GradientSteps?
  /// Takes the steps in their place where they can be lazy; `parameters` are then behind.
  private let lazySteps: LazySteps?
  /// The run of a minimizer.
  private let minimization: (any Minimization)?
  /// What it last knew of the objective.
  private(set) var certificate: Certificate?
  var history = History()
  var iteration = 0
  var state = State.running
  var lastLoss = Double.nan
  /// Where the best weights are kept.
  private var stopping: EarlyStopping?
  private let hasOwnBias: Bool
  private let validationEvery: Int

  /// A run from its initial weights.
  convenience init(
    _ data: TrainingData, _ options: TrainingOptions, validation: TrainingData?
  ) throws {
    try self.init(data, options, validation: validation, until: options.totalIterations)
    switch options.startingWeights {
    case .normal(let scale):
      if scale == 0 { break }
      var stream = RandomStream(seed: options.seed, key: "weights", count: 0)
      for i in 0..<rows * columns { parameters.pointer[i] = scale * stream.normal() }
    case .matrix(let matrix):
      guard matrix.rows == rows && matrix.columns == columns else {
        throw EngineError(
          .shape,
          "'init' is \(matrix.rows)×\(matrix.columns), and the weights are \(rows)×\(columns)")
      }
      fill(matrix)
    }
    lazySteps?.begin()
    if let minimization {
      record(try minimization.start(), data)
      if iteration == 0, lastLoss == 0, certificate?.gap == 0 { state = .finished(.converged) }
    }
  }

  /// A run that goes on from a model.
  convenience init(
    resuming model: LinearClassifier, until total: Int, _ data: TrainingData,
    validation: TrainingData?
  ) throws {
    try self.init(data, model.options, validation: validation, until: total)
    guard model.weights.rows == rows && model.weights.columns == columns else {
      throw EngineError(
        .shape,
        "the model's weights are \(model.weights.rows)×\(model.weights.columns), "
          + "and the data need \(rows)×\(columns)")
    }
    guard data.features.preparation == model.preparation else {
      throw EngineError(
        .data, "the data are prepared in another way than those that the model learned from")
    }
    if let batches = options.batches, total > batches.count {
      throw EngineError(
        .option,
        "'batches' has \(batches.count) rows, \(model.iteration) are used, and "
          + "\(total - model.iteration) more updates were asked for")
    }
    fill(model.weights)
    if hasOwnBias { parameters.pointer[rows * columns] = model.bias }
    if let lazySteps {
      lazySteps.begin()
      if !model.solverMemory.isEmpty { lazySteps.state = model.solverMemory }
    } else {
      steps?.memory = model.solverMemory
    }
    iteration = model.iteration
    history = model.history
    lastLoss = history.loss.last ?? .nan
    if let minimization {
      certificate = model.certificate
      if model.solverMemory.isEmpty {
        record(try minimization.start(), data)
      } else {
        minimization.memory = model.solverMemory
      }
    }
    // The accuracy that was taken because the run stopped there.
    if validation != nil, let last = history.validationIteration.last, last % validationEvery != 0 {
      history.validationIteration.removeLast()
      history.validationAccuracy.removeLast()
    }
  }

  private init(
    _ data: TrainingData, _ options: TrainingOptions, validation: TrainingData?, until total: Int
  ) throws {
    try data.check()
    try options.check(data)
    try validation?.check()
    if let validation, validation.classCount != data.classCount {
      throw EngineError(
        .data,
        "the validation data have \(validation.classCount) classes, and the training data "
          + "\(data.classCount)")
    }
    if let validation, validation.features.preparation != data.features.preparation {
      throw EngineError(
        .data, "the validation data are prepared in another way than the training data",
        help: "prepare the whole split: `d = center d`")
    }
    guard options.patience == nil || validation != nil else {
      throw EngineError(
        .option, "'patience' needs rows to take the validation accuracy on",
        help: "give them as `val=`")
    }
    self.options = options
    self.validation = validation
    self.total = total
    planned = options.totalIterations
    objective = try options.makeObjective(data)
    form = try options.solverForm()
    rows = data.features.columns
    columns = objective.loss.columns(classes: data.classCount)
    hasOwnBias = options.objective.isBinary && !data.features.preparation.hasBias
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 4 * 8)
    let count = rows * columns + (hasOwnBias ? 1 : 0)
    parameters = Buffer(zeros: count)
    let source = BatchSource(
      options, usesWholeSet: form.usesWholeSet, rowCount: data.features.rows)
    validationEvery = options.validationEvery ?? source.epochLength
    stopping = options.patience.map { EarlyStopping(patience: $0) }
    switch form {
    case .updates(let rule):
      let steps = try GradientSteps(
        rule, options, objective, data, parameters, columns: columns, planned: planned)
      self.steps = steps
      lazySteps = try LazySteps(
        steps, objective, data, parameters, columns: columns,
        batchSize: options.batches?.first?.count ?? options.batchSize)
      minimization = nil
    case .minimizes(let minimizer):
      (steps, lazySteps) = (nil, nil)
      minimization = try minimizer.begin(
        MinimizationProblem(
          objective: objective, data: data, precision: options.precision, parameters: parameters,
          hasOwnBias: hasOwnBias, tolerance: options.tolerance, seed: options.seed))
    }
  }

  /// b.
  var bias: Double { hasOwnBias ? parameters.pointer[rows * columns] : 0 }

  /// W, sharing storage: for reading until the next update.
  var weights: Matrix { Matrix(rows: rows, columns: columns, sharing: parameters) }

  /// The step of the next update; nil where a minimization makes it.
  func nextStep(batch: Int) -> GradientSteps.Step? { steps?.step(iteration, batch: batch) }

  /// An update whose sums stand in the columns `offset`… of `width`, beside those of other runs.
  func update(
    lossSum: Double, _ sums: UnsafeBufferPointer<Double>, width: Int, offset: Int,
    biasSum: Double, batch: Int, _ data: TrainingData
  ) {
    guard let step = nextStep(batch: batch) else { return }
    let g = sharedGradient.pointer
    for d in 0..<rows {
      for j in 0..<columns { g[d * columns + j] = sums[d * width + offset + j] }
    }
    step.take(0..<rows * columns, g)
    conclude(step, lossSum: lossSum, biasSum: biasSum, data)
  }

  /// What an update needs besides, once the step of W was taken.
  func conclude(
    _ step: GradientSteps.Step, lossSum: Double, biasSum: Double, _ data: TrainingData
  ) {
    let loss = lossSum * step.scale + step.penalty
    if loss.isFinite {
      step.takeBias(biasSum)
      steps?.finish()
    }
    close(loss: loss, data)
  }

  /// Counts an update, and ends the run where it is time to.
  private func close(loss: Double, _ data: TrainingData) {
    guard loss.isFinite else { return diverge(data) }
    let previous = lastLoss
    lastLoss = loss
    history.iteration.append(iteration)
    history.loss.append(loss)
    iteration += 1
    if let tolerance = options.tolerance, abs(previous - loss) <= tolerance * abs(previous) {
      state = .finished(.settled)
    } else if iteration >= total {
      state = .finished(.complete)
    }
  }

  /// Whether it has no gradient to share with others: a group of its own.
  var isAlone: Bool { minimization != nil || isLazy }

  /// Whether its updates cost what the sparse rows of a batch have entries.
  var isLazy: Bool { lazySteps != nil }

  /// One update of such a run.
  func updateLazily(_ batch: [Int], _ data: TrainingData) {
    guard let lazySteps else { return }
    close(loss: lazySteps.update(iteration, batch, data), data)
  }

  /// Brings `parameters` up to date.
  private func settle() {
    lazySteps?.settle()
    minimization?.settle()
  }

  /// Whether a minimizer moves the weights, rather than gradients of batches.
  var isMinimization: Bool { minimization != nil }

  /// One iteration of the minimizer.
  ///
  /// - Throws: `Interrupted`; the run stands as before.
  func minimize(_ data: TrainingData) throws {
    guard let minimization else { return }
    let certificate = try minimization.iterate(iteration)
    iteration += 1
    record(certificate, data)
    guard case .running = state else { return }
    if certificate.isConverged {
      state = .finished(.converged)
    } else if certificate.isSettled {
      state = .finished(.settled)
    } else if certificate.isStuck {
      state = .finished(.stuck)
    } else if iteration >= total {
      state = .finished(.complete)
    }
  }

  /// Learns where the weights stand that a minimizer's run ended with.
  func conclude() throws {
    if let last = try minimization?.conclude() { certificate = last }
  }

  /// Adds what a minimizer knows to the history: the objective after so many iterations.
  private func record(_ certificate: Certificate, _ data: TrainingData) {
    guard let objective = certificate.objective else { return }
    guard objective.isFinite else {
      diverge(data)
      return
    }
    self.certificate = certificate
    lastLoss = objective
    history.iteration.append(iteration)
    history.loss.append(objective)
    // One gap to a loss; one that is proven at the end alone is the certificate's.
    if let gap = certificate.gap, history.gap.count + 2 >= history.loss.count {
      history.gap.append(gap)
    }
  }

  /// Takes the validation accuracy where it is due; `always` where the run ends.
  func validate(always: Bool = false) throws {
    guard let validation, iteration > 0, history.validationIteration.last != iteration else {
      return
    }
    guard always || iteration % validationEvery == 0 else { return }
    settle()
    let scores = try Products.scores(
      validation.features, weights, precision: options.precision)
    let shifted = bias == 0 ? scores : scores.mapped { _, _, s in s + bias }
    let predicted = LinearClassifier.decide(shifted, isBinary: options.objective.isBinary)
    let accuracy = try Metrics.accuracy(predicted, validation.labels)
    history.validationIteration.append(iteration)
    history.validationAccuracy.append(accuracy)
    if stopping?.look(at: accuracy, iteration, parameters) == true, case .running = state {
      state = .finished(.patience)
    }
  }

  /// Throws the run away where its last update left weights that are not finite.
  func checkWeights(_ data: TrainingData) {
    guard case .finished = state else { return }
    settle()
    let all = UnsafeBufferPointer(start: parameters.pointer, count: parameters.count)
    if !(sum(all) * 0 == 0) && !all.allSatisfy(\.isFinite) { diverge(data) }
  }

  /// The model as it is now.
  func model(_ data: TrainingData) -> LinearClassifier {
    settle()
    let copy = Buffer(uninitialized: rows * columns)
    let kept = stopping?.best?.parameters
    for i in 0..<rows * columns { copy.pointer[i] = kept?[i] ?? parameters.pointer[i] }
    var model = LinearClassifier(
      weights: Matrix(rows: rows, columns: columns, sharing: copy),
      bias: hasOwnBias ? kept?[rows * columns] ?? bias : 0, classes: data.classes, options: options,
      preparation: data.features.preparation)
    model.history = history
    model.iteration = iteration
    model.bestIteration = stopping?.best?.iteration
    model.solverMemory = lazySteps?.state ?? steps?.memory ?? minimization?.memory ?? []
    model.certificate = certificate
    model.data = data
    model.validation = validation
    if case .finished(let ending) = state { model.ending = ending }
    return model
  }

  private func fill(_ matrix: Matrix) {
    matrix.withEntries { entries in
      for i in 0..<entries.count { parameters.pointer[i] = entries[i] }
    }
  }

  private func diverge(_ data: TrainingData) {
    var last: (iteration: Int, loss: Double)?
    if let t = history.iteration.last, let loss = history.loss.last { last = (t, loss) }
    state = .diverged(
      Diverged(iteration: iteration, lastFinite: last, reason: divergenceReason(data)))
  }

  private func divergenceReason(_ data: TrainingData) -> Diverged.Reason {
    if case .matrix(let matrix) = options.startingWeights,
      !matrix.entries.allSatisfy(\.isFinite)
    {
      return .initialWeights
    }
    if let warning = steps?.warning { return .penalty(warning) }
    for i in 0..<data.features.rows {
      if let d = data.features.row(i).firstIndex(where: { !$0.isFinite }) {
        return .data(row: i, column: d)
      }
    }
    return .step
  }
}
