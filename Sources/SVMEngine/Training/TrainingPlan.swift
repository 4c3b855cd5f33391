import LinearAlgebra

/// A run that can start: options and data that fit together.
///
/// ```swift
/// let plan = try TrainingPlan(data, options)
/// if let warning = plan.warning { print(warning.description) }
/// let model = try Training.run(plan)
/// ```
public struct TrainingPlan: Sendable {
  /// The training rows.
  public let data: TrainingData
  /// The options of the run.
  public let options: TrainingOptions
  /// The rows for the validation accuracy; nil for none.
  public let validation: TrainingData?
  /// The objective to minimize.
  public let objective: Objective
  /// The number of updates at the end of the run, those before a resumption included.
  public let total: Int
  /// The solver, prepared for the objective.
  let solver: Solver
  /// η of each update.
  let schedule: any Schedule
  /// Columns of W.
  let columns: Int

  /// A run from its initial weights.
  ///
  /// - Parameters:
  ///   - validation: rows for `history.validationAccuracy`, once an epoch unless the options say
  ///     otherwise.
  /// - Throws: `EngineError` for options or data that can't be used; `MemoryRefused` where W does
  ///   not fit.
  public init(
    _ data: TrainingData, _ options: TrainingOptions, validation: TrainingData? = nil
  ) throws {
    try self.init(data, options, validation: validation, until: options.totalIterations)
    if case .matrix(let matrix) = options.startingWeights {
      guard matrix.rows == rows && matrix.columns == columns else {
        throw EngineError(
          .shape,
          "'init' is \(matrix.rows)×\(matrix.columns), and the weights are \(rows)×\(columns)")
      }
    }
  }

  /// A run that resumes that of a model.
  init(
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
  }

  private init(
    _ data: TrainingData, _ options: TrainingOptions, validation: TrainingData?, until total: Int
  ) throws {
    try data.check()
    try options.check(rows: data.features.rows)
    try validation?.check(against: data)
    guard options.patience == nil || validation != nil else {
      throw EngineError(
        .option, "'patience' needs rows to take the validation accuracy on",
        help: "give them as \(option: "val")")
    }
    self.data = data
    self.options = options
    self.validation = validation
    self.total = total
    objective = try options.objective.objective(of: data)
    columns = objective.loss.columns(classes: data.classCount)
    try MemoryLimit.require(
      rows: data.features.columns, columns: columns, bytesPerEntry: 4 * 8)
    (solver, schedule) = try Self.prepared(options, objective, data)
  }

  /// The solver, and its own step sizes or those of the schedule.
  private static func prepared(
    _ options: TrainingOptions, _ objective: Objective, _ data: TrainingData
  ) throws -> (solver: Solver, schedule: any Schedule) {
    let schedule = options.schedule
    func refuse(_ why: String, help: Advice) throws {
      guard !schedule.isConstant else { return }
      throw EngineError(.option, "solver '\(options.solver.name)' \(why)", help: help)
    }
    switch options.solver {
    case .minimizes:
      try refuse(
        "chooses its own steps and takes no schedule",
        help: "leave out \(option: "schedule", schedule.name)")
      return (options.solver, schedule)
    case .updates(var rule):
      try rule.prepare(for: objective, data)
      if let own = rule.ownSchedule {
        if schedule.name != own.name {
          try refuse(
            "has its own step sizes and takes no schedule",
            help: "leave out \(option: "schedule", schedule.name), or take another solver")
        }
        return (.updates(rule), own)
      }
      return (.updates(rule), try schedule.prepared(for: objective))
    }
  }

  /// Rows of W.
  var rows: Int { data.features.columns }

  /// Whether b is separate from W.
  var hasOwnBias: Bool { options.objective.isBinary && !data.features.preparation.hasBias }

  /// How the batches are made. Runs of the same kind share passes.
  var batches: BatchSource.Kind { BatchSource.kind(options) }

  /// A warning about a step that must diverge on any data; nil where there is none.
  public var warning: DivergenceWarning? {
    guard case .updates(let rule) = solver else { return nil }
    return DivergenceWarning(rule, schedule, rate: options.learningRate, objective)
  }

  /// A sentence that says that the run, from zero weights, does not move: every derivative is 0
  /// there, as with Δ = 0, where all margins are at the kink. Nil otherwise.
  public var stationaryRemark: String? {
    guard case .updates = solver else { return nil }
    switch options.startingWeights {
    case .normal(let scale): if scale != 0 { return nil }
    case .matrix(let matrix): if matrix.entries.contains(where: { $0 != 0 }) { return nil }
    }
    let zeros = [Double](repeating: 0, count: columns)
    for y in 0..<data.classCount
    where objective.loss.textbook(zeros, label: y).subgradient.contains(where: { $0 != 0 }) {
      return nil
    }
    return "at zero weights every margin stands exactly at the kink of '\(objective.loss.name)', "
      + "where its slope is 0: the weights will not move"
  }
}
