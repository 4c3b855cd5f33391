import Interpreter
import LinearAlgebra
import SVMEngine

/// The objective's loss, reduction, penalty and their numbers, for every verb and function that
/// computes a loss.
struct ObjectiveParameters: ParameterGroup {
  @Option("Loss.") var loss = LossName.usual
  @Option("How margins of several classes become one loss; weston-watkins unless given.")
  var reduction: ReductionName?
  @Option("Penalty R(W); l2 unless given.") var penalty: PenaltyName?
  @Option("LIBLINEAR's form ½‖W‖² + C Σ L, in the place of reg.", .positive, name: "C")
  var sumWeight: Double?
  @Option("Weight of each class's losses: balanced, or a number for each class.")
  var classWeights: ClassWeightsArgument?
  @Option("Cost of each confusion (structured): a row for each true class, zeros on the diagonal.")
  var cost: Matrix?
  @Option("Whether the bias row is part of the penalty.") var regularizeBias = true
  @CatalogNumbers(ObjectiveParameters.numberCards) var numbers

  /// Delta, tau, l1, …: the numbers of losses, reductions and penalties. Verbs declare `reg`.
  private static let numberCards = CatalogNumbers.cards(
    of: LossCatalog.catalog.ownedOptions + ReductionCatalog.catalog.ownedOptions
      + PenaltyCatalog.catalog.ownedOptions, excluding: ["reg"])

  /// The names of the numbers that belong to the penalty alone, with `_` for `-`.
  static let penaltyNames: Set<String> = Set(
    PenaltyCatalog.catalog.ownedOptions.map { $0.option.name.replacingDashes }
  ).subtracting(
    (LossCatalog.catalog.ownedOptions + ReductionCatalog.catalog.ownedOptions).map {
      $0.option.name.replacingDashes
    })

  /// The names and numbers, with λ where it is given.
  func choice(reg: Double?) -> NamedObjective {
    var choice = NamedObjective()
    choice.loss = loss.rawValue
    choice.reduction = reduction?.rawValue
    choice.penalty = penalty?.rawValue
    choice.numbers = numbers
    choice.numbers["reg"] = reg
    choice.sumWeight = sumWeight
    choice.cost = cost
    choice.classWeights = classWeights?.weights ?? .none
    choice.regularizesBias = regularizeBias
    return choice
  }

  /// The objective that the names and numbers stand for.
  ///
  /// - Throws: `EngineError` for numbers that do not belong to the names or are out of range, and
  ///   for combinations that mean nothing.
  func made(reg: Double?) throws -> ObjectiveOptions { try choice(reg: reg).made() }

  /// The names of the options, with `_` for `-`.
  static let names = DeclaredParameter.all(of: Self.self).map { $0.card.name.replacingDashes }

  /// What was given, or differs from what is usual, by its name with `_` for `-`.
  var given: [(name: String, value: Value)] {
    var given: [(name: String, value: Value)] = []
    func add(_ name: String, _ value: Value?) {
      if let value { given.append((name, value)) }
    }
    add("loss", loss.rawValue == LossName.usual.rawValue ? nil : .string(loss.rawValue))
    add("reduction", reduction.map { .string($0.rawValue) })
    add("penalty", penalty.map { .string($0.rawValue) })
    add("C", sumWeight.map { .number($0) })
    switch classWeights?.weights {
    case .values(let numbers)?: add("class_weights", .vector(numbers))
    case .balanced?: add("class_weights", .string("balanced"))
    case .some(.none), nil: break
    }
    add("cost", cost.map { .array(NumericArray($0)) })
    add("regularize_bias", regularizeBias ? nil : .bool(false))
    for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
      add(name.replacingDashes, .number(number))
    }
    return given
  }
}
