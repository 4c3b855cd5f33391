import LinearAlgebra

/// A run in progress: its parameters, how they move, and its history.
///
/// Only its group accesses it, from one thread at a time.
final class TrainingRun: @unchecked Sendable {
  /// The state of the run.
  enum State {
    case running
    case finished(LinearClassifier.Ending)
    case diverged(Diverged)
  }

  let plan: TrainingPlan
  /// W row by row, D×K, then b where it is separate.
  let parameters: Buffer
  private let mode: any RunMode
  /// The last certificate of a minimizer; nil where it is not of the present weights.
  private(set) var certificate: Certificate?
  private(set) var history = History()
  private(set) var iteration = 0
  private(set) var state = State.running
  private(set) var lastLoss = Double.nan
  /// Keeps the best weights; nil to keep the last.
  private var stopping: EarlyStopping?
  /// The same before the look at the end of the run, where none was due then: a run that goes on
  /// makes it when it is due.
  private var stoppingWhenDue: EarlyStopping?
  private let validationEvery: Int

  /// A run from its initial weights.
  convenience init(_ plan: TrainingPlan) throws {
    try self.init(allocating: plan)
    switch plan.options.startingWeights {
    case .normal(let scale):
      if scale == 0 { break }
      var stream = RandomStream(seed: plan.options.seed, key: "weights", count: 0)
      for i in 0..<plan.rows * plan.columns { parameters.pointer[i] = scale * stream.normal() }
    case .matrix(let matrix):
      fill(matrix)
    }
    guard let start = try mode.begin(from: nil) else { return }
    record(start)
    // A loss of 0 with a gap of 0 can't improve.
    if iteration == 0, lastLoss == 0, start.gap == 0 { state = .finished(.converged) }
  }

  /// A run that resumes that of a model, whose options and shapes the plan has checked.
  convenience init(_ plan: TrainingPlan, resuming model: LinearClassifier) throws {
    try self.init(allocating: plan)
    fill(model.weights)
    if plan.hasOwnBias { parameters.pointer[plan.rows * plan.columns] = model.bias }
    iteration = model.iteration
    history = model.history
    lastLoss = history.loss.last ?? .nan
    certificate = model.certificate
    do {
      if let state = model.stoppingState {
        try state.require(Self.stoppingKind, parts: 1)
        parameters.fill(try state.array("parameters", count: parameters.count))
        try stopping?.restore(state.parts[0], count: parameters.count)
      }
      if let start = try mode.begin(from: model.solverState) { record(start) }
    } catch let mismatch as StateMismatch {
      throw EngineError(.data, "the run can't go on from this model on these data: \(mismatch)")
    }
    // Drop the accuracy that was only taken because the run stopped there.
    if plan.validation != nil, let last = history.validationIteration.last,
      last % validationEvery != 0
    {
      history.validationIteration.removeLast()
      history.validationAccuracy.removeLast()
    }
  }

  private init(allocating plan: TrainingPlan) throws {
    self.plan = plan
    let count = plan.rows * plan.columns + (plan.hasOwnBias ? 1 : 0)
    parameters = Buffer(zeros: count)
    validationEvery =
      plan.options.validationEvery
      ?? BatchSource(plan.batches, rowCount: plan.data.features.rows).epochLength
    stopping = plan.options.patience.map { EarlyStopping(patience: $0) }
    switch plan.solver {
    case .updates(let rule):
      let steps = GradientSteps(rule, plan, parameters)
      mode = try LazySteps(steps, plan, parameters) ?? steps
    case .minimizes(let minimizer):
      mode = try MinimizerMode(minimizer, plan, parameters)
    }
  }

  /// b; 0 where it is not separate.
  var bias: Double { plan.hasOwnBias ? parameters.pointer[plan.rows * plan.columns] : 0 }

  /// Takes the sums of passes that are shared with other runs; nil where the run makes passes of
  /// its own.
  var sharedSteps: GradientSteps? { mode.sharedSteps }

  /// One update with a pass of its own.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`. The parameters are then as before the update.
  func update(rows: [Int]?) throws { close(try mode.update(iteration, rows: rows)) }

  /// Records an update, and ends the run where that is due.
  func close(_ update: Update) {
    switch update {
    case .step(let loss):
      guard loss.isFinite else { return diverge() }
      let previous = lastLoss
      lastLoss = loss
      history.iteration.append(iteration)
      history.loss.append(loss)
      iteration += 1
      if let tolerance = plan.options.tolerance,
        abs(previous - loss) <= tolerance * abs(previous)
      {
        state = .finished(.settled)
      }
    case .iteration(let certificate):
      iteration += 1
      record(certificate)
      guard case .running = state else { return }
      if certificate.isConverged {
        state = .finished(.converged)
      } else if certificate.isSettled {
        state = .finished(.settled)
      } else if certificate.isStuck {
        state = .finished(.stuck)
      }
    }
    if case .running = state, iteration >= plan.total { state = .finished(.complete) }
  }

  /// Adds a minimizer's certificate to the history: the objective after `iteration` iterations.
  private func record(_ certificate: Certificate) {
    guard let objective = certificate.objective else { return }
    guard objective.isFinite else { return diverge() }
    self.certificate = certificate
    lastLoss = objective
    history.iteration.append(iteration)
    history.loss.append(objective)
    history.record(certificate.gap)
  }

  /// Computes the validation accuracy where it is due, or `always`.
  func validate(always: Bool = false) throws {
    guard let validation = plan.validation, iteration > 0,
      history.validationIteration.last != iteration
    else { return }
    guard always || iteration % validationEvery == 0 else { return }
    mode.settle()
    let weights = Matrix(rows: plan.rows, columns: plan.columns, sharing: parameters)
    let scores = try Products.scores(
      validation.features, weights, precision: plan.options.precision)
    let shifted = bias == 0 ? scores : scores.mapped { _, _, s in s + bias }
    let predicted = LinearClassifier.decide(shifted, isBinary: plan.options.objective.isBinary)
    let accuracy = try Metrics.accuracy(predicted, validation.labels)
    history.validationIteration.append(iteration)
    history.validationAccuracy.append(accuracy)
    let isDue = iteration % validationEvery == 0
    stoppingWhenDue = isDue ? nil : stopping
    guard stopping?.look(at: accuracy, iteration, parameters) == true else { return }
    switch state {
    case .running: state = .finished(.patience)
    // The look that was interrupted would have ended the run.
    case .finished(.interrupted) where isDue: state = .finished(.patience)
    case .finished, .diverged: break
    }
  }

  /// Completes a finished run with its final certificate and accuracy. Weights that are not finite
  /// make it diverged.
  func conclude() throws {
    guard case .finished = state else { return }
    mode.settle()
    let all = UnsafeBufferPointer(start: parameters.pointer, count: parameters.count)
    if !(sum(all) * 0 == 0) && !all.allSatisfy(\.isFinite) { return diverge() }
    if let last = try mode.conclude() { certificate = last }
    try validate(always: true)
  }

  /// Ends the run at the user's request.
  func interrupt() {
    if case .running = state { state = .finished(.interrupted) }
    if !mode.isEvaluated { certificate = nil }
  }

  /// The cost of `conclude`; see `LastLook`.
  var costToConclude: Int {
    (mode.isEvaluated ? 0 : LastLook.cost(plan.data.features, columns: plan.columns))
      + (plan.validation.map { LastLook.cost($0.features, columns: plan.columns) } ?? 0)
  }

  /// The model of the present parameters, or of the best ones.
  func model() -> LinearClassifier {
    mode.settle()
    let count = plan.rows * plan.columns
    let copy = Buffer(uninitialized: count)
    let kept = stopping?.best?.parameters
    for i in 0..<count { copy.pointer[i] = kept?[i] ?? parameters.pointer[i] }
    var model = LinearClassifier(
      weights: Matrix(rows: plan.rows, columns: plan.columns, sharing: copy),
      bias: plan.hasOwnBias ? kept?[count] ?? bias : 0, classes: plan.data.classes,
      options: plan.options, preparation: plan.data.features.preparation)
    model.columns = plan.data.columns
    model.history = history
    model.iteration = iteration
    model.bestIteration = stopping?.best?.iteration
    model.solverState = mode.state
    model.stoppingState = (stoppingWhenDue ?? stopping).map {
      SavedState(Self.stoppingKind, ["parameters": parameters.array], parts: [$0.state])
    }
    model.certificate = certificate
    model.data = plan.data
    model.validation = plan.validation
    switch state {
    case .finished(let ending): model.ending = ending
    case .running, .diverged: model.ending = .interrupted
    }
    return model
  }

  private static let stoppingKind = "a run with early stopping"

  private func fill(_ matrix: Matrix) {
    matrix.withEntries { entries in
      for i in 0..<entries.count { parameters.pointer[i] = entries[i] }
    }
  }

  private func diverge() {
    var last: (iteration: Int, loss: Double)?
    if let t = history.iteration.last, let loss = history.loss.last { last = (t, loss) }
    state = .diverged(
      Diverged(iteration: iteration, lastFinite: last, reason: divergenceReason))
  }

  private var divergenceReason: Diverged.Reason {
    if case .matrix(let matrix) = plan.options.startingWeights,
      !matrix.entries.allSatisfy(\.isFinite)
    {
      return .initialWeights
    }
    if let warning = plan.warning { return .penalty(warning) }
    let features = plan.data.features
    for i in 0..<features.rows {
      if let d = features.row(i).firstIndex(where: { !$0.isFinite }) {
        return .data(row: i, column: d)
      }
    }
    return .step(hasRate: plan.solver.takesSteps)
  }
}
