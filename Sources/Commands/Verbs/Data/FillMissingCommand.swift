import Datasets
import Interpreter
import LinearAlgebra
import Text

/// `fill-missing DATA`.
struct FillMissingCommand: Command {
  static let name = "fill-missing"
  static let summary = "Put a number in the place of missing ones."
  static let discussion = """
    For each feature it is the mean or median of the numbers of one part that are there, or the \
    number that you give. A model remembers them, and fills in what is missing in other data.
    """
  static let examples: [Example] = [
    """
    d = dataset([[1, nan], [3, 4]], [0, 1])
    d = fill-missing d
    → 1 missing value filled in by its own mean: feature 1
    """
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument
  @Option("What is put there.") var with = FillArgument(.mean)
  @Option("The part that the numbers come from.", choices: ["train", "val", "dev", "test"])
  var by = "train"

  static func outline(operand: Value?, options: Set<String>) -> Value? { operand }

  func run(in session: Session) throws -> Output {
    switch data {
    case .dataset(let dataset):
      return Output(
        .object(try data.copying { try dataset.filled(with.rule) }), report: try report([dataset]))
    case .split(let split):
      guard split.part(by) != nil else {
        throw Failure(
          "there is no part '\(by)'", help: "parts: " + split.partNames.joined(separator: " "),
          parameter: "by")
      }
      return Output(
        .object(try data.copying { try split.filled(with.rule, by: by) }),
        report: try report(split.parts.filter { $0.name != "dev" }.map(\.data)))
    }
  }

  /// How many values were missing, and in which features. The rows of dev are those of train.
  private func report(_ parts: [Dataset]) throws -> StyledText {
    var counts = [Int](repeating: 0, count: data.first.features.rawColumns)
    for part in parts {
      for (j, count) in try part.features.statistics().nanCount.enumerated() { counts[j] += count }
    }
    let columns = counts.indices.filter { counts[$0] > 0 }
    let source =
      switch with.rule {
      case .mean: "\(PreparingReport.source(data, by)) mean"
      case .median: "\(PreparingReport.source(data, by)) median"
      case .number(let number): NumberText.short(number)
      }
    return StyledText(
      "\(Quantity.count(counts.reduce(0, +), "missing value")) filled in by \(source)"
        + (columns.isEmpty ? "" : ": \(NameList.text(columns.map { data.first.featureTitle($0) }))")
    )
  }
}
