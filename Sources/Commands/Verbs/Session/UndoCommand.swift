import Interpreter
import Text

/// `undo`.
struct UndoCommand: Command {
  static let name = "undo"
  static let summary = "Take back what the last statement changed: names, settings, the seed."
  static let discussion = """
    Again, it takes back the one before. Random streams go back, too, so that the statement gives \
    the same when it is typed again. Files that were written stay. Old values are kept while there \
    is memory for them; in a file, where `undo` stands in it.
    """
  static let examples: [Example] = [
    """
    x = 1
    x = 2
    undo
    print x
    → 1
    """
  ]
  static let group = CommandGroup.session
  static let mayAssignNames = true

  @Operand("How many statements.", range: .atLeastOne) var count: Int?

  func run(in session: Session) throws -> Output {
    var text = StyledText()
    for number in 0..<(count ?? 1) {
      do {
        let words = try session.undo()
        if number == 0 { text = StyledText(words) } else { text.appendLine(words) }
      } catch {
        if number == 0 { throw error }
        text.appendLine("nothing more can be taken back", .bad)
        break
      }
    }
    return Output(report: text)
  }
}
