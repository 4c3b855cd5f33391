import Interpreter
import Text

/// `how NAME`.
struct HowCommand: Command {
  static let name = "how"
  static let summary = "Show how a value was made: the statements, and what they read."
  static let discussion = """
    Below each statement stand the names that it read with the statements that made them, the \
    files with their checksums, the settings that were set, and its random stream.
    """
  static let examples: [Example] = [
    """
    x = 2
    y = x ** 2
    how y
    """
  ]
  static let group = CommandGroup.session

  @Operand("The name.") var name: Word

  func run(in session: Session) throws -> Output {
    session.noteLookAtSession()
    return Output(report: try session.how(name.text))
  }
}
