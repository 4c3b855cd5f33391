import LinearAlgebra

/// An objective chosen by names of the catalogs and numbers, as in files and command lines.
package struct NamedObjective: Sendable, Equatable {
  /// A name of `LossCatalog`.
  package var loss = "hinge"
  /// A name of `ReductionCatalog`; nil where none was given.
  package var reduction: String?
  /// A name of `PenaltyCatalog`; nil where none was given.
  package var penalty: String?
  /// The given numbers by option name: reg, l1, l2, delta, …. For a run these include the options
  /// of solver and schedule.
  package var numbers: [String: Double] = [:]
  /// C of LIBLINEAR's form; nil for the mean.
  package var sumWeight: Double?
  /// The cost of each confusion, for `structured`: K×K, row = true class.
  package var cost: Matrix?
  /// The factor of each sample's loss, by its class.
  package var classWeights = ClassWeights.none
  /// Whether the bias row is part of R.
  package var regularizesBias = true
  /// λ where no `reg` was given.
  package var defaultStrength = 0.0

  /// Hinge, Weston–Watkins, l2 with λ = 0.
  package init() {}

  /// The names of given parts. Their numbers are not known by name.
  init(_ loss: any ScoreLoss, _ penalty: (any Penalty)?) {
    let reduced = loss as? ReducedLoss
    self.loss = reduced?.margin.name ?? loss.name
    reduction = reduced?.reduction.name
    self.penalty = penalty?.name
  }

  /// The parts that the names stand for.
  ///
  /// - Parameters:
  ///   - alsoTaken: the options of other parts, such as solver and schedule.
  /// - Throws: `EngineError` for unknown names, numbers that no part takes or out of range, and
  ///   impossible combinations.
  package func made(alsoTaken: [OptionDescription] = []) throws -> ObjectiveOptions {
    var options = ObjectiveOptions(
      try scoreLoss(), penalty: try penaltyTerm(), sumWeight: sumWeight, choice: self)
    try checkNumbers(alsoTaken: alsoTaken)
    options.classWeights = classWeights
    options.regularizesBias = regularizesBias
    return options
  }

  private func scoreLoss() throws -> any ScoreLoss {
    let form = try LossCatalog.catalog.entry(loss).make(given: numbers)
    if cost != nil {
      guard case .costs = form else {
        throw EngineError(
          .option, "loss '\(loss)' takes no 'cost'", help: "\(option: "loss", "structured") does")
      }
    }
    switch form {
    case .scores(let loss):
      try refuseReduction()
      return loss
    case .costs(let make):
      try refuseReduction()
      guard let cost else {
        throw EngineError(
          .option, "loss '\(loss)' needs the cost of each confusion",
          help: "give \(option: "cost") a row for each true class, with zeros on the diagonal")
      }
      return try make(cost)
    case .margin(let margin):
      let entry = try ReductionCatalog.catalog.entry(reduction ?? "weston-watkins")
      return ReducedLoss(margin, try entry.make(given: numbers))
    }
  }

  private func refuseReduction() throws {
    guard let reduction else { return }
    throw EngineError(
      .option, "'\(loss)' is a loss of the whole score row and takes no reduction",
      help: "leave out \(option: "reduction", reduction)")
  }

  private func penaltyTerm() throws -> any Penalty {
    if let sumWeight {
      if numbers["reg"] != nil {
        throw EngineError(
          .option, "'reg' and 'C' are two forms of the same objective: give one of them")
      }
      try ObjectiveOptions.check(sumWeight: sumWeight)
      let unit = try penalty.map {
        try PenaltyCatalog.catalog.entry($0).make(given: numbers, defaults: ["reg": 1])
      }
      guard unit == nil || unit?.magnitudes == nil && unit?.squares?.option == "reg" else {
        throw EngineError(
          .option, "'C' stands for ½‖W‖² + C Σ L, and does not go with penalty '\(penalty ?? "")'",
          help: "use \(option: "reg") with that penalty")
      }
      return HalfL2(1)
    }
    let entry = try PenaltyCatalog.catalog.entry(penalty ?? "l2")
    if numbers["reg"] != nil && !entry.options.contains(where: { $0.name == "reg" }) {
      if entry.name != "none" || numbers["reg"] != 0 {
        throw EngineError(
          .option, "penalty '\(entry.name)' takes no 'reg'",
          help: entry.options.isEmpty
            ? nil : "it takes \(entry.options.map { "'\($0.name)'" }.joined(separator: " and "))")
      }
    }
    return try entry.make(given: numbers, defaults: ["reg": defaultStrength])
  }

  /// Checks that a chosen part takes every given number.
  ///
  /// - Throws: `EngineError` where none does.
  private func checkNumbers(alsoTaken: [OptionDescription]) throws {
    var taken = Set(alsoTaken.map(\.name))
    taken.insert("reg")
    let lossEntry = try LossCatalog.catalog.entry(loss)
    taken.formUnion(lossEntry.options.map(\.name))
    if let reduction {
      taken.formUnion(try ReductionCatalog.catalog.entry(reduction).options.map(\.name))
    }
    taken.formUnion(try PenaltyCatalog.catalog.entry(penalty ?? "l2").options.map(\.name))
    for name in numbers.keys.sorted() where !taken.contains(name) {
      let isOfLoss = LossCatalog.catalog.entries.contains {
        $0.options.contains { $0.name == name }
      }
      let isOfPenalty = PenaltyCatalog.catalog.entries.contains {
        $0.options.contains { $0.name == name }
      }
      throw EngineError(
        .option,
        isOfLoss
          ? "loss '\(loss)' takes no '\(name)'"
          : isOfPenalty
            ? "penalty '\(penalty ?? "l2")' takes no '\(name)'"
            : "'\(name)' is not an option of what is chosen here")
    }
  }
}
