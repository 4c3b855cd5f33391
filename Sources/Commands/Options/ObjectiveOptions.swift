import Interpreter
import SVMEngine

/// What is minimised: loss, reduction, penalty and their numbers. Shared by every verb and function
/// that computes a loss.
struct ObjectiveOptions: ParameterGroup {
  @Option("Loss.") var loss = LossName(checked: "hinge")
  @Option("How margins of several classes become one loss; weston-watkins unless given.")
  var reduction: ReductionName?
  @Option("Penalty R(W); l2 unless given.") var penalty: PenaltyName?
  @Option("LIBLINEAR's form ½‖W‖² + C Σ L, in the place of reg.", .positive, name: "C")
  var sumWeight: Double?
  @Option("Weight of each class's losses: balanced, or a number for each class.")
  var classWeights: ClassWeightsArgument?
  @Option("Whether the bias row is part of the penalty.") var regularizeBias = true
  @CatalogNumbers(ObjectiveOptions.numberCards) var numbers

  /// Delta, tau, l1, …: what losses, reductions and penalties take. `reg` is the verb's.
  private static let numberCards = CatalogNumbers.cards(
    of: LossCatalog.catalog.ownedOptions + ReductionCatalog.catalog.ownedOptions
      + PenaltyCatalog.catalog.ownedOptions, excluding: ["reg"])

  /// The choice as the engine takes it; λ where it was given.
  func lossOptions(reg: Double?) -> LossOptions {
    var options = LossOptions()
    options.loss = loss.rawValue
    options.reduction = reduction?.rawValue
    options.penalty = penalty?.rawValue
    options.numbers = numbers
    options.numbers["reg"] = reg
    options.sumWeight = sumWeight
    options.classWeights = classWeights?.weights ?? .none
    options.regularizesBias = regularizeBias
    return options
  }
}

/// `class-weights=balanced`, or a number for each class.
struct ClassWeightsArgument: CommandArgument {
  let weights: ClassWeights

  static var typeName: String { "vector" }
  static var choices: [String] { ["none", "balanced"] }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .none: weights = .none
    case .string(let box) where box.text == "none": weights = .none
    case .string(let box) where box.text == "balanced": weights = .balanced
    case .string(let box): throw Signature.notAChoice(box.text, card)
    default: weights = .values(try [Double](argument: value, card: card))
    }
  }
}

/// `init=`: a scale for normal draws, or the weights themselves.
struct InitialWeightsArgument: CommandArgument {
  let weights: InitialWeights

  static var typeName: String { "number or matrix" }

  init(_ weights: InitialWeights) { self.weights = weights }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .number(let scale):
      guard scale.isFinite, scale >= 0 else {
        throw Failure("'\(card.name)' must be at least 0, not \(NumberText.shortest(scale))")
      }
      weights = .normal(scale)
    case .array(let array) where !array.isMask:
      // A vector is one column: the weights of the binary reduction.
      let matrix = array.rank == 1 ? array.reshaped(rank: 2, rows: array.count, columns: 1) : array
      weights = .matrix(matrix.matrix)
    default: throw Self.mismatch(value, card)
    }
  }

  var argumentText: String? {
    if case .normal(let scale) = weights { return NumberText.shortest(scale) }
    return nil
  }
}

/// `seed=`: a whole number.
struct SeedArgument: CommandArgument {
  let seed: UInt64

  static var typeName: String { "whole number" }

  init(argument value: Value, card: ParameterCard) throws {
    var card = card
    card.range = .nonNegative
    seed = UInt64(try Int(argument: value, card: card))
  }
}
