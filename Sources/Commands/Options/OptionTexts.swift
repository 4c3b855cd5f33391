import Interpreter
import SVMEngine

/// The options of a run by their names in commands: for `.options`, tables and model files.
struct OptionTexts {
  /// The options that were given or have a value of their own.
  let items: [(name: String, value: Value)]

  /// Those of a run.
  init(_ options: TrainingOptions) {
    var items: [(name: String, value: Value)] = []
    let objective = options.objective
    items.append(("loss", .string(objective.loss)))
    if let reduction = objective.reduction { items.append(("reduction", .string(reduction))) }
    if let penalty = objective.penalty { items.append(("penalty", .string(penalty))) }
    if let sumWeight = objective.sumWeight { items.append(("C", .number(sumWeight))) }
    for name in objective.numbers.keys.sorted() {
      items.append((name, OptionDescription.typed(name, objective.numbers[name] ?? 0)))
    }
    switch objective.classWeights {
    case .none: break
    case .balanced: items.append(("class-weights", .string("balanced")))
    case .values(let weights): items.append(("class-weights", .vector(weights)))
    }
    items.append(("regularize-bias", .bool(objective.regularizesBias)))
    items.append(("solver", .string(options.solver)))
    if options.takesSteps { items.append(("lr", .number(options.learningRate))) }
    items.append(("iters", .number(Double(options.totalIterations))))
    if options.takesBatches {
      items.append(("batch", .number(Double(options.batchSize))))
      items.append(("replace", .bool(options.replaces)))
    }
    if options.takesSteps { items.append(("schedule", .string(options.schedule))) }
    if let tolerance = options.tolerance { items.append(("tolerance", .number(tolerance))) }
    if let patience = options.patience { items.append(("patience", .number(Double(patience)))) }
    if case .normal(let scale) = options.startingWeights { items.append(("init", .number(scale))) }
    items.append(("precision", .string(options.precision.rawValue)))
    self.items = items
  }
}
