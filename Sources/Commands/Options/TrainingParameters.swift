import Text
import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine

/// The options of a training run. `train` takes them, `tune` takes lists of them, and model files
/// keep them.
///
/// An option is declared here, passed to the engine in `options`, and read back in `texts`.
struct TrainingParameters: ParameterGroup {
  @Option("Strength λ of the penalty; 1e-5 where neither it nor C is given.", .nonNegative)
  var reg: Double?
  @OptionGroup var objective: ObjectiveParameters
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
    "Initial weights: a number times standard normal draws, or a matrix; 0.001 unless given, "
      + "zeros for solvers that start there.", name: "init") var initial: InitialWeightsArgument?
  @Option("How the step size changes.") var schedule = ScheduleName(checked: "constant")
  @Option("Updates between two validation accuracies; once an epoch unless given.", .atLeastOne)
  var valEvery: Int?
  @Option(
    "Stop when this many validation accuracies in a row are no better than the best, which is "
      + "kept.",
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
  @CatalogNumbers(TrainingParameters.numberCards) var numbers

  /// The declarations of its options.
  static let declared = DeclaredParameter.all(of: TrainingParameters.self)

  private static let numberCards = CatalogNumbers.cards(
    of: SolverCatalog.catalog.ownedOptions + ScheduleCatalog.catalog.ownedOptions)

  /// The options of a run.
  ///
  /// - Parameters:
  ///   - defaultSeed: the seed where none is given.
  ///   - layout: that of given weights.
  /// - Throws: `Failure` for batches that are not whole numbers; `EngineError` for values out of
  ///   range and combinations that mean nothing.
  func options(seed defaultSeed: UInt64, in layout: Layout) throws -> TrainingOptions {
    var named = NamedOptions()
    let strength = named.objective.defaultStrength
    named.objective = objective.choice(reg: reg)
    named.objective.defaultStrength = strength
    named.objective.numbers.merge(numbers) { _, new in new }
    named.solver = solver.rawValue
    named.schedule = schedule.rawValue
    named.learningRate = lr
    named.iterations = iters
    named.batchSize = batch
    named.replaces = replace
    named.batches = try batches.map(Self.rowNumbers)
    named.initialWeights = initial?.weights(in: layout)
    named.tolerance = tolerance
    named.validationEvery = valEvery
    named.patience = patience
    named.precision = precision
    named.seed = seed?.seed ?? defaultSeed
    return try named.made()
  }

  /// The entries as whole numbers, row by row.
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

  /// The names and values of a run's options as a user types them, for `.options` and model files.
  ///
  /// Left out are batches, seed, given initial weights, costs, and the intervals of validation.
  static func texts(of options: TrainingOptions) -> [(name: String, value: Value)] {
    let choice = options.objective.choice
    var items: [(name: String, value: Value)] = [("loss", .string(choice.loss))]
    func add(_ name: String, _ value: Value?) {
      if let value { items.append((name, value)) }
    }
    add("reduction", choice.reduction.map { .string($0) })
    add("penalty", choice.penalty.map { .string($0) })
    add("C", choice.sumWeight.map { .number($0) })
    for (name, number) in choice.numbers.sorted(by: { $0.key < $1.key }) {
      add(name, OptionDescription.typed(name, number))
    }
    switch options.objective.classWeights {
    case .none: break
    case .balanced: add("class-weights", .string("balanced"))
    case .values(let weights): add("class-weights", .vector(weights))
    }
    add("regularize-bias", .bool(options.objective.regularizesBias))
    add("solver", .string(options.solver.name))
    if options.solver.takesSteps { add("lr", .number(options.learningRate)) }
    add("iters", .number(Double(options.totalIterations)))
    if !options.solver.usesWholeSet {
      add("batch", .number(Double(options.batchSize)))
      add("replace", .bool(options.replaces))
    }
    if options.solver.takesSteps { add("schedule", .string(options.schedule.name)) }
    add("tolerance", options.tolerance.map { .number($0) })
    add("patience", options.patience.map { .number(Double($0)) })
    if case .normal(let scale) = options.startingWeights { add("init", .number(scale)) }
    add("precision", .string(options.precision.rawValue))
    return items
  }
}
