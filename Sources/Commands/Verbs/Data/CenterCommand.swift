import Text
import Datasets
import Interpreter

/// `center DATA`.
struct CenterCommand: Command {
  static let name = "center"
  static let summary = "Subtract the mean of each feature."
  static let discussion = """
    The mean is that of one part, and is subtracted from all of them: `.mean` is what was \
    subtracted. Nothing is copied: the mean is applied as the features are read.
    """
  static let examples: [Example] = [
    """
    iris = load "iris"
    d = center iris
    print "{d.mean:.3f}"
    → [5.843 3.057 3.758 1.199]
    """
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument
  @Option("The part that the mean comes from.", choices: ["train", "val", "dev", "test"])
  var by = "train"

  static func outline(operand: Value?, options: Set<String>) -> Value? { operand }

  func run(in session: Session) throws -> Output {
    try PreparingReport.output(.center, data, by: by, session) { part in
      "centered by \(PreparingReport.source(data, by)) mean: "
        + Quantity.count(part.features.rawColumns, "feature")
    }
  }
}
