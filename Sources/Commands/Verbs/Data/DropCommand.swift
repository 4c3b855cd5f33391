import Datasets
import Interpreter

/// `drop DATA columns=…`.
struct DropCommand: Command {
  static let name = "drop"
  static let summary = "Leave features out, by name or number."
  static let discussion = """
    A list of names, of numbers from 0, or a mask. A column of texts is named once for all of its \
    features: `columns="city"` for `city=Berlin` and the others. Mean and scale stay those of the \
    features that are left. A model remembers what was left out, and takes whole data, too.
    """
  static let examples: [Example] = [
    """
    iris = load "iris"
    d = drop iris columns=[0, 2]
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
    try ColumnsReport.output(.drop(columns.checked(for: data.first)), data)
  }
}
