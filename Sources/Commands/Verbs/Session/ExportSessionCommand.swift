import Datasets
import Interpreter
import Text

/// `export-session to="FILE.svm"`.
struct ExportSessionCommand: Command {
  static let name = "export-session"
  static let summary = "Write all entries of the session as a script with recorded outputs."
  static let discussion = """
    Entries that failed and changed nothing are comments. `svmrepl check` compares the outputs, \
    and `svmrepl export` makes a page of it.
    """
  static let examples: [Example] = ["export-session to=\"session.svm\""]
  static let group = CommandGroup.session

  @Option(required: "The script to write.") var to: String

  func run(in session: Session) throws -> Output {
    if session.entries.isEmpty {
      session.warn(
        "there are no entries: a script has none",
        help: "`export` writes how a value was made, and `svmrepl check --update` records outputs")
    }
    let script = session.scriptOfEntries
    try AtomicFile.write(to: to) { try $0.append(script) }
    let count = Quantity.count(session.entriesInScript, "entry", plural: "entries")
    return Output(report: StyledText("\(count) written to \(Escaping.visible(to))"))
  }
}
