import Datasets
import Interpreter
import Text

/// `export NAME… to="FILE.svm"`.
struct ExportCommand: Command {
  static let name = "export"
  static let summary = "Write the shortest script that makes a value again, to the same bits."
  static let discussion = """
    It holds the statements that the value was made by, with the settings, seeds and places in \
    random streams that they had, the iterations of an interrupted run, and the checksums of the \
    files that were read, which it checks. It runs in any folder.
    """
  static let examples: [Example] = [
    """
    seed 7
    a = rand(3)
    b = a * 2
    export b to="b.svm"
    """
  ]
  static let group = CommandGroup.session

  @Operands("The names.") var names: [Word]
  @Option(required: "The script to write.") var to: String

  func run(in session: Session) throws -> Output {
    let script = try session.script(making: names.map(\.text))
    try AtomicFile.write(to: to) { try $0.append(script) }
    let lines = Quantity.count(script.split(separator: "\n").count, "line")
    return Output(report: StyledText("\(lines) written to \(Escaping.visible(to))"))
  }
}
