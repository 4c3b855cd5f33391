import Interpreter
import Language

/// `run "FILE" NAME=VALUE…`.
struct RunCommand: Command {
  static let name = "run"
  static let summary = "Run another script in this session."
  static let discussion = """
    It shares its names with the session, before and after. It is looked for beside the script \
    that runs it, then in the working folder. NAME=VALUE gives a `param` of it another value of \
    the same type. The first error stops it, and the line that ran it.
    """
  static let examples: [Example] = []
  static let group = CommandGroup.session
  static let mayAssignNames = true

  @Operand("The script.") var file: String
  @NamedValues("Values of the script's parameters.") var parameters: [(name: String, value: Value)]

  func run(in session: Session) throws -> Output {
    let path = session.pathOfScript(file)
    try session.runNested(
      Source(try ScriptFile.text(of: path), name: path), parameters: parameters)
    return Output()
  }
}
