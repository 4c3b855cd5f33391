import Datasets
import Interpreter

/// `keep DATA columns=…`.
struct KeepCommand: Command {
  static let name = "keep"
  static let summary = "Leave all other features out, by name or number."
  static let discussion = """
    A list of names, of numbers from 0, or a mask; the features stay in their order. Everything \
    else is as in `drop`.
    """
  static let examples: [Example] = [
    """
    iris = load "iris"
    d = keep iris columns=(std(iris.X, axis=0) > 0.8)
    print d.d
    → 2
    """
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument
  @Option(required: "The features: names, numbers from 0, a list of them, or a mask.")
  var columns: ColumnsArgument

  static func outline(operand: Value?, options: Set<String>) -> Value? { operand }

  func run(in session: Session) throws -> Output {
    try ColumnsReport.output(.keep(columns.checked(for: data.first)), data)
  }
}
