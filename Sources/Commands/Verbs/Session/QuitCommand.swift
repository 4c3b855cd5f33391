import Interpreter

/// `quit`.
struct QuitCommand: Command {
  static let name = "quit"
  static let summary = "End the session."
  static let examples: [Example] = []
  static let group = CommandGroup.session

  func run(in session: Session) throws -> Output {
    session.isFinished = true
    return Output()
  }
}
