import Interpreter
import LinearAlgebra
import SVMEngine

/// Options of `phi`.
struct PhiOptions: ParameterGroup {
  @Option("Whether it gives φ′ in the place of φ.") var slope = false
  @CatalogNumbers(PhiOptions.numberCards) var numbers

  /// Delta, gamma, tau, …: the numbers of losses.
  private static let numberCards = CatalogNumbers.cards(of: LossCatalog.catalog.ownedOptions)
}

extension EngineFunctions {
  /// The margin functions φ, by the names of their losses.
  static let marginFunctions: [BuiltinFunction] = [
    .withOptions(
      "phi", [.required("loss"), .required("a")], of: PhiOptions.self,
      usage: "phi(loss, a, delta=1, slope=false, …)",
      summary: "The loss φ of each margin, or with slope=true its derivative, which is 0 at a "
        + "kink. `help losses` lists them with their numbers.",
      examples: ["phi(\"hinge\", [-1, 0, 2])", "phi(\"smooth-hinge\", 0.5, gamma=2, slope=true)"]
    ) { arguments, options, _ in
      let loss = try marginLoss(arguments[0], options.numbers)
      let compute = options.slope ? loss.derivative : loss.value
      if case .array(let margins) = arguments[1] {
        let entries = try margins.entries
        let values = NumericArray(
          vector: try Interruption.map(entries.count, costEach: 16) { compute(entries[$0]) })
        return .array(
          values.reshaped(rank: margins.rank, rows: margins.rows, columns: margins.columns))
      }
      return .number(compute(try arguments[1].number("a")))
    }
  ]

  /// The margin function of a loss.
  ///
  /// - Throws: `Failure` for the name of a loss that has none, `EngineError` for other names and
  ///   for numbers that the loss doesn't take or that are out of range.
  private static func marginLoss(
    _ name: Value, _ numbers: [String: Double]
  ) throws -> any MarginLoss {
    guard case .string(let box) = name else {
      throw Failure("'loss' must be a name in quotes, not \(article(name.typeAndShape))")
    }
    var choice = NamedObjective()
    choice.loss = box.text
    choice.numbers = numbers
    guard case .margin(let loss) = try LossCatalog.catalog.entry(box.text).make(given: numbers)
    else {
      throw Failure(
        "'\(box.text)' is a loss of whole rows of scores: it has no φ",
        help: "`score_loss` takes rows of scores")
    }
    _ = try choice.made()
    return loss
  }
}
