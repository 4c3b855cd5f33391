import Text
import Datasets
import Interpreter
import LinearAlgebra

/// `standardize DATA`.
struct StandardizeCommand: Command {
  static let name = "standardize"
  static let summary = "Subtract the mean of each feature and divide by its deviation."
  static let discussion = """
    The deviation divides by n. A feature that never varies is only shifted. After `center` it \
    only divides.
    """
  static let examples: [Example] = [
    """
    iris = load "iris"
    d = standardize iris
    print "{std(d.X, axis=0):.6f}"
    → [1.000000 1.000000 1.000000 1.000000]
    """
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument
  @Option("The part that the statistics come from.", choices: ["train", "val", "dev", "test"])
  var by = "train"

  static func outline(operand: Value?, options: Set<String>) -> Value? { operand }

  func run(in session: Session) throws -> Output {
    try PreparingReport.output(.standardize, data, by: by, session) { part in
      let scale = part.features.preparation.scale ?? []
      let constant = try part.features.constantColumns()
      return "standardized by \(PreparingReport.source(data, by)) mean and deviation: "
        + Quantity.count(scale.count, "feature")
        + (constant > 0 ? "; \(NumberText.grouped(constant)) never vary and are only shifted" : "")
    }
  }
}

extension Features {
  /// The number of raw columns with only one value.
  func constantColumns() throws -> Int {
    let statistics = try with(Preparation()).statistics()
    return zip(statistics.minimum, statistics.maximum).count { !($0 < $1) }
  }
}
