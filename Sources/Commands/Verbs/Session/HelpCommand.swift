import Interpreter
import Text

/// `help [TOPIC]`.
struct HelpCommand: Command {
  static let name = "help"
  static let summary = "Explain a verb, option, function, loss, solver, concept or variable."
  static let discussion = """
    Of a variable it says what `describe` says, and of a function of yours what stands in the \
    lines above its `fn` that begin with `##`.
    """
  static let examples: [Example] = ["help train", "help lr", "help learning rate", "help"]
  static let group = CommandGroup.session

  @Operands("What to explain, in a word or two; without it, everything is listed.") var topic:
    [Word]

  func run(in session: Session) throws -> Output {
    session.noteLookAtSession()
    guard !topic.isEmpty else { return Output(report: try Help.text(about: nil, in: session)) }
    let name = topic.map(\.text).joined(separator: " ")
    let text = try Help.text(about: name, in: session)
    guard let value = session.peek(name), !Help.isExplained(name, in: session) else {
      return Output(report: text)
    }
    var report = Report(name, .heading)
    report.append(try DescribeCommand.report(of: value, in: session))
    return Output(report: report)
  }
}
