import Interpreter
import Text

/// `load-session "PATH"`.
struct LoadSessionCommand: Command {
  static let name = "load-session"
  static let summary = "Put a session that was saved in the place of this one."
  static let discussion = """
    Names, settings, seed, entries and answers are then those of the file, and what was here \
    before is gone. No code is run. A file that is damaged is refused before anything changes.
    """
  static let examples: [Example] = [
    """
    a = 1
    save-session to="work.svmsession"
    a = 2
    load-session "work.svmsession"
    → 1 name, 0 entries
    """
  ]
  static let group = CommandGroup.session
  static let mayAssignNames = true

  @Operand("The file.") var file: String

  func run(in session: Session) throws -> Output {
    let image = try SessionFile.image(at: file, for: session)
    try image.replace(session)
    let names = Quantity.count(session.assignedNames.count, "name")
    let entries = Quantity.count(image.entries.count, "entry", plural: "entries")
    return Output(report: StyledText("\(names), \(entries)"))
  }
}
