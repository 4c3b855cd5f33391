import Interpreter

/// `help [TOPIC]`.
struct HelpCommand: Command {
  static let name = "help"
  static let summary = "Explain a verb, function, loss, solver or concept."
  static let examples: [Example] = ["help train", "help hinge", "help"]
  static let group = CommandGroup.session

  @Operand("What to explain; without it, everything is listed.") var topic: Word?

  func run(in session: Session) throws -> Output {
    Output(report: try Help.text(about: topic?.text, in: session))
  }
}
