import LinearAlgebra

/// The choice of an objective as data: names and numbers, as commands and `svm_loss` take them.
public struct LossOptions: Sendable, Equatable {
  /// A name of `LossCatalog`.
  public var loss = "hinge"
  /// A name of `ReductionCatalog`; nil where none was given.
  public var reduction: String?
  /// A name of `PenaltyCatalog`; nil where none was given.
  public var penalty: String?
  /// The numbers that were given, by their spelling in commands: reg, l1, l2, delta, … and, for
  /// training, those of the solver and the schedule.
  public var numbers: [String: Double] = [:]
  /// C of LIBLINEAR's form; nil for the mean.
  public var sumWeight: Double?
  /// The cost of each confusion, for `structured`: K×K, row = true class.
  public var cost: Matrix?
  /// What each class's losses are multiplied by.
  public var classWeights = ClassWeights.none
  /// Whether the bias row is part of R.
  public var regularizesBias = true
  /// λ where no `reg` was given.
  public var defaultStrength = 0.0

  /// The defaults: hinge, Weston–Watkins, l2 with λ = 0.
  public init() {}

  /// Whether the reduction makes two classes share one score.
  public var isBinary: Bool {
    guard let reduction else { return false }
    return (try? ReductionCatalog.catalog.entry(reduction).make(given: numbers))?.isBinary ?? false
  }

  /// The loss of a score row.
  public func scoreLoss() throws -> any ScoreLoss {
    let form = try LossCatalog.catalog.entry(loss).make(given: numbers)
    if cost != nil {
      guard case .costs = form else {
        throw EngineError(
          .option, "loss '\(loss)' takes no 'cost'", help: "`loss=structured` does")
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
          help: "give `cost=M`, with a row for each true class and zeros on the diagonal")
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
      help: "leave out `reduction=\(reduction)`")
  }

  /// The penalty in force.
  public func penaltyTerm() throws -> any Penalty {
    if let sumWeight {
      if numbers["reg"] != nil {
        throw EngineError(
          .option, "'reg' and 'C' are two forms of the same objective: give one of them")
      }
      guard sumWeight > 0 && sumWeight.isFinite else {
        throw EngineError(.option, "'C' must be above 0, not \(plain(sumWeight))")
      }
      let unit = try penalty.map {
        try PenaltyCatalog.catalog.entry($0).make(given: numbers, defaults: ["reg": 1])
      }
      guard unit == nil || unit?.magnitudes == nil && unit?.squares?.option == "reg" else {
        throw EngineError(
          .option, "'C' stands for ½‖W‖² + C Σ L, and does not go with penalty '\(penalty ?? "")'",
          help: "use `reg=` with that penalty")
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

  /// The objective for data of `classes` classes.
  ///
  /// - Parameters:
  ///   - labels: for `class-weights=balanced`.
  ///   - hasBiasRow: whether the last row of W is the bias.
  ///   - alsoTaken: numbers that others than loss and penalty take.
  /// - Throws: `EngineError` for unknown names, numbers that nobody takes or out of their range,
  ///   and combinations that mean nothing.
  public func objective(
    classes: Int, labels: [Int], hasBiasRow: Bool, alsoTaken: [OptionDescription] = []
  ) throws -> Objective {
    let scoreLoss = try scoreLoss()
    let penalty = try penaltyTerm()
    try checkNumbers(alsoTaken: alsoTaken)
    if isBinary && classes != 2 {
      throw EngineError(
        .option, "'binary' needs 2 classes, and the data have \(classes)",
        help: "`reduction=one-vs-rest` is a binary problem for each class")
    }
    if let cost, cost.rows != classes {
      throw EngineError(
        .shape, "'cost' is \(cost.rows)×\(cost.columns), and the data have \(classes) classes")
    }
    return Objective(
      loss: scoreLoss, penalty: penalty,
      classWeights: try classWeights.resolved(classes: classes, labels: labels),
      sparesLastRow: !regularizesBias && hasBiasRow, sumWeight: sumWeight)
  }

  /// Throws where a number was given that nothing in force takes.
  private func checkNumbers(alsoTaken: [OptionDescription]) throws {
    var taken = Set(alsoTaken.map(\.name))
    taken.insert("reg")
    let lossEntry = try LossCatalog.catalog.entry(loss)
    taken.formUnion(lossEntry.options.map(\.name))
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
