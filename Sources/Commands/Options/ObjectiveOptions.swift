import Interpreter
import LinearAlgebra
import SVMEngine

/// What is minimized: loss, reduction, penalty and their numbers. UncheckedSendable by every verb
/// and function that computes a loss.
struct ObjectiveOptions: ParameterGroup {
  @Option("Loss.") var loss = LossName(checked: "hinge")
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
    options.cost = cost
    options.classWeights = classWeights?.weights ?? .none
    options.regularizesBias = regularizeBias
    return options
  }
}
