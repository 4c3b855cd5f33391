import Datasets
import Interpreter
import Language
import Text

/// `save VALUE to="PATH"`.
struct SaveCommand: Command {
  static let name = "save"
  static let summary = "Write a model, matrix, dataset, history or table to a file."
  static let discussion = """
    The format comes from the ending: `.npz` and `.npy` are numpy's, `.csv` has a header, \
    `.libsvm` is LIBSVM's text, and `.model` is LIBLINEAR's, for raw features: what was subtracted \
    and scaled goes into the weights. The file is written whole or not at all. `load` reads it \
    again.
    """
  static let examples: [Example] = [
    """
    save [[1, 2], [3, 4]] to="matrix.npy"
    load "matrix.npy"
    → [[1 2]
       [3 4]]
    """
  ]
  static let group = CommandGroup.data

  @Operand("What to write.") var value: Value
  @Option(required: "The file.") var to: String

  func run(in session: Session) throws -> Output {
    try SavedFile.save(value, to: to)
    return Output(report: StyledText("saved \(value.typeAndShape) to \(Escaping.visible(to))"))
  }
}
