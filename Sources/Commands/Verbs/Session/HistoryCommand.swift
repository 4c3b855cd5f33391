import Interpreter
import Language
import Text

/// `history`.
struct HistoryCommand: Command {
  static let name = "history"
  static let summary = "List the entries of this session, numbered as at the prompt."
  static let examples: [Example] = ["history"]
  static let group = CommandGroup.session

  @Operand("How many, the last ones; 1000 unless given.", range: .atLeastOne) var count: Int?

  func run(in session: Session) throws -> Output {
    session.noteLookAtSession()
    let entries = session.entries
    let first = max(0, entries.count - min(count ?? 1000, entries.count))
    var table = TextTable([.init(""), .init("", .left)])
    for i in first..<entries.count {
      for (j, line) in entries[i].text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        table.add([j == 0 ? String(entries[i].number) : "", Escaping.visible(String(line))])
      }
    }
    return Output(
      report: entries.isEmpty
        ? Report("no entries: a script has none") : Report(table, lines: table.text()))
  }
}
