import Interpreter
import Record
import Text

/// `save-session to="PATH"`.
struct SaveSessionCommand: Command {
  static let name = "save-session"
  static let summary = "Write the whole session to a file: names, settings, seed, entries, answers."
  static let discussion = """
    `load-session` brings all of it back to the same bits, on another machine, too. What names \
    share is in the file once. Plots, and data that are kept on disk while the session runs, are \
    not in it: it is said which names are left out. The file is written whole or not at all.
    """
  static let examples: [Example] = [
    """
    x = 2
    save-session to="work.svmsession"
    x = 3
    load-session "work.svmsession"
    print x
    → 2
    """
  ]
  static let group = CommandGroup.session

  @Option(required: "The file.") var to: String

  func run(in session: Session) throws -> Output {
    let (bytes, missing) = try SessionFile.write(session, to: to)
    for (name, reason) in missing {
      let sentence = (reason as? any DescribedError)?.sentence ?? "\(reason)"
      session.warn(
        "'\(name)' is not in the file: \(sentence)",
        help: "make it again after `load-session`")
    }
    let names = Quantity.count(session.assignedNames.count - missing.count, "name")
    let entries = Quantity.count(session.entries.count, "entry", plural: "entries")
    return Output(
      report: StyledText(
        "saved \(names), \(entries) to \(Escaping.visible(to)): \(Quantity.bytes(bytes))"))
  }
}
