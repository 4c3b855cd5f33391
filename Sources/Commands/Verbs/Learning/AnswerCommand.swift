import Interpreter
import Language
import Text

/// `answer "NAME" """…"""`.
struct AnswerCommand: Command {
  static let name = "answer"
  static let summary = "Keep a written answer to a question of a walkthrough."
  static let discussion = """
    It is shown, and kept under its name; a second answer of the same name takes the place of the \
    first. Without a text it shows the answer that there is.
    """
  static let examples: [Example] = [
    """
    answer "question 1" "The hinge has a kink there."
    → question 1: The hinge has a kink there.
    """
  ]
  static let group = CommandGroup.learning

  @Operand("What the question is called.") var name: String
  @Operand("The answer; Markdown.") var text: String?

  func run(in session: Session) throws -> Output {
    let place = session.answers.firstIndex { $0.name == name }
    if let text {
      if let place {
        session.answers[place].text = text
      } else {
        session.answers.append((name: name, text: text))
      }
    } else if place == nil {
      let names = session.answers.map(\.name)
      throw Failure(
        "there is no answer '\(name)'",
        help: names.isEmpty
          ? "`answer \"NAME\" \"TEXT\"` writes one"
          : Spelling.hint(name, in: names) ?? "answers: \(NameList.text(names))",
        parameter: "name")
    }
    let kept = session.answers.first { $0.name == name }?.text ?? ""
    var shown = Report()
    shown.append(heading: "\(name):", prose: kept)
    return Output(report: shown)
  }
}
