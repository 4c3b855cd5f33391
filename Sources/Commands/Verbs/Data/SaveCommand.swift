import Datasets
import Interpreter
import Language
import Text

/// `save VALUE to="PATH"`.
struct SaveCommand: Command {
  static let name = "save"
  static let summary = "Write a model, matrix, dataset, history or table to a file."
  static let discussion = """
    The format comes from the ending: `.npz` and `.npy` are numpy's, `.csv` is a table, `.libsvm` \
    is LIBSVM's text. A model is written whole to `.npz` and `.json`; `.model` is LIBLINEAR's, and \
    `.onnx` is for other programs, both for raw features: what was subtracted and scaled goes into \
    the weights. The file is written whole or not at all. `load` gives the same value again, or it \
    is said what the file lacks.

    scikit-learn takes a model from `.json` so:

        m = json.load(open("m.json"))
        svm = sklearn.svm.LinearSVC()
        svm.classes_ = numpy.array(m["classes"])
        svm.coef_, svm.intercept_ = numpy.array(m["coef"]), numpy.array(m["intercept"])
        svm.predict(X)
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
    let remark = try SavedFile.save(value, to: to)
    let what = value.typeAndShape(on: session.display)
    var text = StyledText("saved \(what) to \(Escaping.visible(to))")
    if let remark {
      text.appendLine(TextLayout.labeled("  ", remark, width: session.display.width))
    }
    return Output(report: text)
  }
}
