import Datasets
import Interpreter
import Language
import LinearAlgebra
import Notebooks

/// What the verbs that prepare features have in common.
struct PreparingReport {
  /// Prepares all parts by the statistics of one of them, and says what was done.
  static func output(
    _ step: PreparationStep, _ data: DataArgument, by part: String,
    _ sentence: (Dataset) -> String
  ) throws -> Output {
    switch data {
    case .dataset(let dataset):
      let prepared = try dataset.prepared(step)
      return Output(.object(prepared), report: StyledText(sentence(prepared)))
    case .split(let split):
      guard let source = split.part(part) else {
        throw Failure(
          "there is no part '\(part)'",
          help: "parts: " + split.partNames.joined(separator: " "), parameter: "by")
      }
      let prepared = try split.prepared(step, by: part)
      return Output(
        .object(prepared), report: StyledText(sentence(prepared.part(part) ?? source)))
    }
  }

  /// What is said besides, where a dataset has no parts: its own statistics count.
  static func source(_ data: DataArgument, _ part: String) -> String {
    switch data {
    case .dataset: "its own"
    case .split: "\(part)'s"
    }
  }
}

/// `center DATA`.
struct CenterCommand: Command {
  static let name = "center"
  static let summary = "Subtract the mean of each feature."
  static let discussion = """
    The mean is that of one part, and is subtracted from all of them: `.mean` is what was \
    subtracted. Nothing is copied: the mean is applied as the features are read.
    """
  static let examples = [
    Example(
      "iris = load \"iris\"\nd = center iris\nprint \"{d.mean:.3f}\"",
      shows: "[5.843 3.057 3.758 1.199]")
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument
  @Option("The part that the mean comes from.", choices: ["train", "val", "dev", "test"])
  var by = "train"

  func run(in session: Session) throws -> Output {
    try PreparingReport.output(.center, data, by: by) { part in
      "centred by \(PreparingReport.source(data, by)) mean: "
        + Words.count(part.features.rawColumns, "feature")
    }
  }
}

/// `standardize DATA`.
struct StandardizeCommand: Command {
  static let name = "standardize"
  static let summary = "Subtract the mean of each feature and divide by its deviation."
  static let discussion = """
    The deviation divides by n. A feature that never varies is only shifted. After `center` it \
    only divides.
    """
  static let examples = [
    Example(
      "iris = load \"iris\"\nd = standardize iris\nprint \"{std(d.X, axis=0):.6f}\"",
      shows: "[1.000000 1.000000 1.000000 1.000000]")
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument
  @Option("The part that the statistics come from.", choices: ["train", "val", "dev", "test"])
  var by = "train"

  func run(in session: Session) throws -> Output {
    try PreparingReport.output(.standardize, data, by: by) { part in
      let scale = part.features.preparation.scale ?? []
      let constant = (try? part.features.constantColumns()) ?? 0
      return "standardized by \(PreparingReport.source(data, by)) mean and deviation: "
        + Words.count(scale.count, "feature")
        + (constant > 0 ? "; \(Words.grouped(constant)) never vary and are only shifted" : "")
    }
  }
}

/// `rescale DATA`.
struct RescaleCommand: Command {
  static let name = "rescale"
  static let summary = "Bring each feature to a range."
  static let discussion = """
    The least and the largest value of one part go to the ends of the range; values of other parts \
    may lie outside. A feature that never varies is left alone.
    """
  static let examples = [
    Example(
      "iris = load \"iris\"\nd = rescale iris to=[-1, 1]\nprint \"{min(d.X):.6f} {max(d.X):.6f}\"",
      shows: "-1.000000 1.000000")
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument
  @Option("The range.", .finite) var to = [0.0, 1.0]
  @Option("The part that the statistics come from.", choices: ["train", "val", "dev", "test"])
  var by = "train"

  func run(in session: Session) throws -> Output {
    guard to.count == 2, to[0] < to[1] else {
      throw Failure(
        "'to' must be two numbers, the smaller one first", help: "as in `to=[0, 1]`",
        parameter: "to")
    }
    return try PreparingReport.output(.rescale(low: to[0], high: to[1]), data, by: by) { part in
      "rescaled to [\(Words.number(to[0])), \(Words.number(to[1]))] by "
        + "\(PreparingReport.source(data, by)) range: "
        + Words.count(part.features.rawColumns, "feature")
    }
  }
}

/// `add-bias DATA`.
struct AddBiasCommand: Command {
  static let name = "add-bias"
  static let summary = "Append a column of ones: the bias trick."
  static let discussion = """
    The last row of W is then the bias of each class. It comes after centring: a mean would take \
    the ones away.
    """
  static let examples = [
    Example("iris = load \"iris\"\nd = add-bias iris\nprint d.d d.X[0, 4]", shows: "5 1")
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument

  func run(in session: Session) throws -> Output {
    try PreparingReport.output(.addBias, data, by: "train") { part in
      "bias column added: \(Words.count(part.features.columns, "feature"))"
    }
  }
}

extension Features {
  /// How many raw columns have one value only.
  func constantColumns() throws -> Int {
    let statistics = try with(Preparation()).statistics()
    return zip(statistics.minimum, statistics.maximum).count { !($0 < $1) }
  }
}
