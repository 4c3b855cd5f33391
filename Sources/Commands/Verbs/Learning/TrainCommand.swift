import Datasets
import Interpreter
import LinearAlgebra
import Text
import SVMEngine

/// `train DATA`.
struct TrainCommand: Command {
  static let name = "train"
  static let summary = "Fit a linear classifier."
  static let discussion = """
    Minimizes the mean loss of the samples plus the penalty, and returns the model: `.W`, \
    `.history`, `.classes`; it predicts raw data, too. Interrupted, it returns what there is, and \
    `resume` goes on.

    `val=` adds the validation accuracy to the history, once an epoch; with `patience=` the run \
    stops when it no longer rises, and the best weights are kept. `solver=dual tolerance=1e-3` and \
    others that minimize the whole problem end with a proof of how near the optimum is. A step \
    that is too long for the penalty is warned of; a loss that is no longer finite ends the run \
    with an error.
    """
  static let examples = [
    Example(
      "iris = load \"iris\"\niris = standardize iris\niris = add-bias iris\n"
        + "m = train iris lr=0.1 iters=300 batch=50 seed=1\nprint (accuracy(m, iris) > 0.9)",
      shows: "true")
  ]
  static let group = CommandGroup.learning

  @Operand("Rows to learn from.") var data: Dataset
  @Option("Strength λ of the penalty; 1e-5 where neither it nor C is given.", .nonNegative)
  var reg: Double?
  @OptionGroup var objective: ObjectiveOptions
  @Option("How the weights are found.") var solver = SolverName(checked: "sgd")
  @Option("Step size η.", .positive) var lr = 1e-3
  @Option(
    "Updates; 100 unless given, or as many as there are batches; 1000 for solvers that know when "
      + "they are done.", .atLeastOne)
  var iters: Int?
  @Option("Samples in a batch.", .atLeastOne) var batch = 200
  @Option("Whether batches are drawn with replacement; if not, epochs are shuffled.")
  var replace = true
  @Option("Row numbers, one batch to a row: no random numbers are used.") var batches: Matrix?
  @Option(
    "Initial weights: a number times standard normal draws, or a matrix; 0.001 unless given, zeros "
      + "for solvers that start there.", name: "init") var initial: InitialWeightsArgument?
  @Option("How the step size changes.") var schedule = ScheduleName(checked: "constant")
  @Option("Rows to take the validation accuracy on.") var val: Dataset?
  @Option("Updates between two validation accuracies; once an epoch unless given.", .atLeastOne)
  var valEvery: Int?
  @Option(
    "Stop when so many validation accuracies in a row are no better than the best, and keep that.",
    .atLeastOne) var patience: Int?
  @Option(
    "Where to stop, as a share of the objective: the duality gap (dual, newton; 1e-3 unless "
      + "given), a bound of the distance from the optimum (lbfgs, fista; 1e-6), or its change, "
      + "where nothing can be proven (gd; lbfgs and fista without a strongly convex penalty).",
    .positive)
  var tolerance: Double?
  @Option("What the products compute in; dual, newton and sparse data are always in double.")
  var precision = Precision.double
  @Option("Seed of its own, in the place of the statement's stream.") var seed: SeedArgument?
  @CatalogNumbers(TrainCommand.numberCards) var numbers

  private static let numberCards = CatalogNumbers.cards(
    of: SolverCatalog.catalog.ownedOptions + ScheduleCatalog.catalog.ownedOptions)

  /// Everything that decides the run besides the data.
  func options(seed defaultSeed: UInt64) throws -> TrainingOptions {
    var options = TrainingOptions()
    let strength = options.objective.defaultStrength
    options.objective = objective.lossOptions(reg: reg)
    options.objective.defaultStrength = strength
    options.objective.numbers.merge(numbers) { _, new in new }
    options.solver = solver.rawValue
    options.learningRate = lr
    options.iterations = iters
    options.batchSize = batch
    options.replaces = replace
    options.batches = try batches.map(Self.rowNumbers)
    options.initialWeights = initial?.weights
    options.schedule = schedule.rawValue
    options.tolerance = tolerance
    options.validationEvery = valEvery
    options.patience = patience
    options.precision = precision
    options.seed = seed?.seed ?? defaultSeed
    return options
  }

  /// Whole numbers, row by row.
  private static func rowNumbers(_ matrix: Matrix) throws -> [[Int]] {
    try (0..<matrix.rows).map { i in
      try (0..<matrix.columns).map { j in
        let x = matrix[i, j]
        guard x.rounded() == x, abs(x) < 9e15 else {
          throw Failure(
            "'batches' must be whole numbers, and row \(i) has \(NumberText.shortest(x))",
            parameter: "batches")
        }
        return Int(x)
      }
    }
  }

  func run(in session: Session) throws -> Output {
    let options = try options(seed: session.random.child("train").seedNumber())
    let watch = Stopwatch()
    let training = data.trainingData
    if let warning = try Training.warning(training, options) {
      session.warn(warning.description, help: warning.help)
    }
    if let remark = try Training.stationaryRemark(training, options) { session.warn(remark) }
    let progress = session.progressing("train", total: options.totalIterations)
    defer { session.progress?.end() }
    let model = try Training.run(
      training, options, validation: val?.trainingData, progress: progress)
    session.progress?.end()
    return TrainingReport.output(model, seconds: watch.seconds, of: options.totalIterations)
  }
}

extension RandomStream {
  /// A seed of a stream's own.
  func seedNumber() -> UInt64 {
    var stream = self
    return stream.nextUInt64()
  }
}
