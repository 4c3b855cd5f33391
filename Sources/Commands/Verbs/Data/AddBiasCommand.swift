import Text
import Datasets
import Interpreter

/// `add-bias DATA`.
struct AddBiasCommand: Command {
  static let name = "add-bias"
  static let summary = "Append a column of ones: the bias trick."
  static let discussion = """
    The last row of W is then the bias of each class. It comes after centering: a mean would take \
    the ones away.
    """
  static let examples: [Example] = [
    """
    iris = load "iris"
    d = add-bias iris
    print d.d d.X[0, 4]
    → 5 1
    """
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument

  static func outline(operand: Value?, options: Set<String>) -> Value? { operand }

  func run(in session: Session) throws -> Output {
    try PreparingReport.output(.addBias, data, by: "train", session) { part in
      "bias column added: \(Quantity.count(part.features.columns, "feature"))"
    }
  }
}
