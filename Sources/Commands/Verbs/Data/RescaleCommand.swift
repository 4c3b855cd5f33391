import Text
import Datasets
import Interpreter

/// `rescale DATA`.
struct RescaleCommand: Command {
  static let name = "rescale"
  static let summary = "Bring each feature to a range."
  static let discussion = """
    The least and the largest value of one part go to the ends of the range; values of other parts \
    may lie outside. A feature that never varies is left alone.
    """
  static let examples: [Example] = [
    """
    iris = load "iris"
    d = rescale iris to=[-1, 1]
    print "{min(d.X):.6f} {max(d.X):.6f}"
    → -1.000000 1.000000
    """
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument
  @Option("The range.", .finite) var to = [0.0, 1.0]
  @Option("The part that the statistics come from.", choices: ["train", "val", "dev", "test"])
  var by = "train"

  static func outline(operand: Value?, options: Set<String>) -> Value? { operand }

  func run(in session: Session) throws -> Output {
    guard to.count == 2, to[0] < to[1] else {
      throw Failure(
        "'to' must be two numbers, the smaller one first", help: "as in `to=[0, 1]`",
        parameter: "to")
    }
    return try PreparingReport.output(.rescale(low: to[0], high: to[1]), data, by: by, session) {
      part in
      "rescaled to [\(NumberText.short(to[0])), \(NumberText.short(to[1]))] by "
        + "\(PreparingReport.source(data, by)) range: "
        + Quantity.count(part.features.rawColumns, "feature")
    }
  }
}
