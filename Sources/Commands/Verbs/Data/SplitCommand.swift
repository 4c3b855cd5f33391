import Datasets
import Interpreter
import Text

/// `split DATA`.
struct SplitCommand: Command {
  static let name = "split"
  static let summary = "Divide data into train, val, dev and test parts."
  static let discussion = """
    Sizes are counts, or fractions below 1 of the training part, rounded down. Rows are taken in \
    file order unless shuffled: train first, val right after it; dev is drawn from train without \
    replacement; test is the first rows of the test part, or comes after val where there is none. \
    Fractions that add up to 1 leave no row out: train gets what rounding leaves.

    `train=` left out is what remains; `test=` left out is the whole test part. With `groups=`, as \
    one for each person or each day, a part is as near to its size as whole groups allow.
    """
  static let examples: [Example] = [
    """
    iris = load "iris"
    d = split iris train=0.8 test=0.2 shuffle=true
    print d.train.n d.test.n
    → 120 30
    """
  ]
  static let group = CommandGroup.data

  @Operand("What to divide.") var data: DataArgument
  @Option("Rows to learn from.", .nonNegative) var train: Double?
  @Option("Rows to choose options by.", .nonNegative) var val: Double?
  @Option("Rows to measure the result on.", .nonNegative) var test: Double?
  @Option("Rows drawn from train, to try things on.", .nonNegative) var dev: Double?
  @Option("Whether the rows are put in random order first.") var shuffle = false
  @Option("Whether each part has the classes in the proportions of the whole.")
  var stratify = false
  @Option("A group for each row, by number or name: rows of one group stay together.")
  var groups: GroupsArgument?

  /// The parts that are asked for; one that came with the data stays.
  static func outline(operand: Value?, options: Set<String>) -> Value? {
    var parts = ["train"] + ["val", "dev"].filter(options.contains)
    if case .object(let box)? = operand, box.object.objectFieldNames.contains("test") {
      parts.append("test")
    } else if options.contains("test") {
      parts.append("test")
    }
    return .object(Split.outline(parts))
  }

  func run(in session: Session) throws -> Output {
    if stratify, groups != nil {
      throw Failure(
        "whole groups can't have the classes in proportion", help: "leave out stratify= or groups=",
        parameter: "groups")
    }
    let rule = SplitRule(
      train: train, val: val, dev: dev, test: test, shuffle: shuffle, stratify: stratify,
      groups: groups?.numbers)
    let source: Dataset
    var given: Dataset?
    switch data {
    case .dataset(let dataset): source = dataset
    case .split(let split):
      guard split.val == nil, split.dev == nil else {
        throw Failure(
          "the data are split already", help: "split what was loaded, or one part of it",
          parameter: "data")
      }
      source = split.train
      given = split.test
    }
    let result = try rule.cut(source, test: given, stream: session.random)
    try DataWarnings.warn(of: result, in: session)
    return Output(.object(result))
  }
}
