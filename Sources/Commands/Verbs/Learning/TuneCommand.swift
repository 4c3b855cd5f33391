import Datasets
import Interpreter
import LinearAlgebra
import Text
import SVMEngine

/// `tune DATA val=DATA`.
struct TuneCommand: Command {
  static let name = "tune"
  static let summary = "Train with every combination of options, and choose by validation accuracy."
  static let discussion = """
    Every option of `train` may be a list; the last one that is given runs fastest. The table that \
    it returns has a row for each combination, `.best`, the number of the first row with the best \
    validation accuracy, and `.model`, its model. A combination that diverges is a row that says \
    so. The loss that a row ends with is `.loss`, or `.last_loss` where `loss` is one of the lists.

    With `folds=` the accuracies are means over the folds, and the best is trained on all rows. \
    Interrupted, it returns the table so far, and `resume` goes on.

    Each member has the same bits as the same run of `train` with the same seed.
    """
  static let examples: [Example] = [
    """
    d = synth blobs n=200 d=2 classes=3 seed=1
    s = split d val=50
    grid = tune s.train val=s.val lr=[1e-3, 1e-2] reg=[0, 0.1] iters=50
    print len(grid.val_accuracy)
    → 4
    """
  ]
  static let group = CommandGroup.learning

  @Operand("Rows to learn from.") var data: Dataset
  @Option("Rows to choose by.") var val: Dataset?
  @Option(
    "In the place of val: train on all stratified folds but one, measure on that one, in turn.",
    NumberRange(2, .infinity)) var folds: Int?
  @Option("How many of the combinations to try, drawn at random.", .atLeastOne) var random: Int?
  @ListedOptions(of: TrainingParameters.self) var options

  static func outline(operand: Value?, options: Set<String>) -> Value? {
    .object(TuningTable.outline)
  }

  /// There must be one way to choose.
  static func refusal(options: Set<String>) -> Failure? {
    switch (options.contains("val"), options.contains("folds")) {
    case (false, false):
      Failure("'tune' needs rows to choose by", help: "give `val=` or `folds=`")
    case (true, true):
      Failure(
        "'val' and 'folds' are two ways to choose", help: "give `val=` or `folds=`",
        parameter: "folds")
    default: nil
    }
  }

  func run(in session: Session) throws -> Output {
    let given = options
    for option in given where option.values.isEmpty {
      throw Failure("'\(option.card.name)' has nothing to try", parameter: option.card.name)
    }
    let total = given.reduce(1.0) { $0 * Double($1.values.count) }
    guard total <= 100_000 else {
      throw Failure(
        "these lists make \(NumberText.short(total)) combinations: that is too many",
        help: "at most 100000 are tried; make the lists shorter")
    }
    let seed = session.random.child("train").seedNumber()
    var combinations = Tuning.combinations(given.map(\.values))
    if let random, random > combinations.count {
      session.warn(
        "these lists make \(Quantity.count(combinations.count, "combination")): all of them are "
          + "tried, and not \(random)")
    } else if let random {
      var stream = session.random.child("random")
      let drawn = try stream.sample(random, of: combinations.count).sorted()
      combinations = drawn.map { combinations[$0] }
    }
    let members = try combinations.map { values in
      try member(given, values, session).options(seed: seed, in: session.layout)
    }
    let state: TuningState
    switch (val, folds) {
    case (let val?, nil):
      let validation = try val.numbered(by: data.classes, of: "the training data")
      state = TuningState(data.trainingData, members, validation: validation.trainingData)
    case (nil, let folds?): state = TuningState(data.trainingData, members, folds: folds)
    default:
      throw Failure(
        val == nil
          ? "'tune' needs rows to choose by" : "'val' and 'folds' are two ways to choose",
        help: "give `val=` or `folds=`")
    }
    let varied = given.indices.filter { given[$0].isVaried }
    return try TuningReport.output(
      state,
      varied.map { i in
        TuningTable.Varied(
          name: given[i].card.name, values: combinations.map { $0[i] }, choices: given[i].values)
      }, title: "tune", in: session)
  }

  /// The options of one combination.
  private func member(
    _ given: [ListedOptions.Given], _ values: [Value], _ session: Session
  ) throws -> TrainingParameters {
    let member = TrainingParameters()
    session.noteSettings(TrainingParameters.declared.map(\.card.name))
    for parameter in TrainingParameters.declared {
      let name = parameter.card.name
      if let i = given.firstIndex(where: { $0.card.name == name }) {
        try parameter.store(values[i], in: member)
      } else if let value = session.settings[name] {
        // As in any command, a default made by `set` that does not fit is ignored.
        try? parameter.store(value, in: member)
      }
    }
    return member
  }
}
