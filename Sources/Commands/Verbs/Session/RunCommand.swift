import Interpreter
import Language

/// `run "FILE"`.
struct RunCommand: Command {
  static let name = "run"
  static let summary = "Run another script in this session."
  static let discussion = """
    It shares its names with the session, before and after. The first error stops it, and the line \
    that ran it.
    """
  static let examples: [Example] = []
  static let group = CommandGroup.session
  static let mayAssignNames = true

  @Operand("The script.") var file: String

  func run(in session: Session) throws -> Output {
    try session.runNested(Source(try ScriptFile.text(of: file), name: file))
    return Output()
  }
}
