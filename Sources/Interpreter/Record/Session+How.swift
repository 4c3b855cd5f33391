import Record
import Text

extension Session {
  /// How a value was made, as a tree: each statement with its place, and below it what it read.
  ///
  /// - Throws: A `Failure` where the name has no value.
  public func how(_ name: String) throws -> StyledText {
    guard variable(name).isAssigned else { throw unknownName(name) }
    guard let version = graph.current(.name(name)) else {
      return StyledText("\(name) was not made by a statement of this session")
    }
    var tree = RecipeTree(self, staleness: graph.staleness(of: [version]))
    tree.add(version)
    return tree.text
  }
}

/// Writes recipes as a tree. What was written before is not written again.
private struct RecipeTree {
  private let session: Session
  private let stale: [VersionID: Staleness]
  private var written: Set<RunID> = []
  private var lines = 0
  private(set) var text = StyledText()

  private static let mostLines = 200

  init(_ session: Session, staleness: [VersionID: Staleness]) {
    self.session = session
    stale = staleness
  }

  mutating func add(_ version: VersionID, indent: String = "", isLast: Bool = true) {
    guard lines <= Self.mostLines else { return }
    if lines == Self.mostLines { return line(indent + "…") }
    let isRoot = text.isEmpty
    let lead = isRoot ? "" : indent + branch(isLast: isLast)
    let inner = isRoot ? "" : indent + (isLast ? "   " : session.display.isASCII ? "|  " : "│  ")
    guard let id = session.graph[version].run else { return }
    let run = session.graph[id]
    let code = run.statement.code.split(separator: "\n", omittingEmptySubsequences: false)
    let first = String(code[0]) + (code.count > 1 ? " …" : "")
    guard written.insert(id).inserted else {
      return line(lead, first, "  \(run.statement.place), as above")
    }
    line(lead, first, "  \(run.statement.place)", because: stale[version])
    let notes = notes(on: run)
    let names = run.reads.filter {
      if case .name = session.graph[$0].subject { session.graph[$0].run != nil } else { false }
    }
    for (i, note) in notes.enumerated() {
      line(inner + branch(isLast: i == notes.count - 1 && names.isEmpty), "", note)
    }
    for (i, read) in names.enumerated() {
      add(read, indent: inner, isLast: i == names.count - 1)
    }
  }

  private func branch(isLast: Bool) -> String {
    session.display.isASCII ? (isLast ? "`- " : "|- ") : isLast ? "└─ " : "├─ "
  }

  /// What a statement took beside names.
  private func notes(on run: StatementRun) -> [String] {
    var notes: [String] = []
    for read in run.reads {
      let version = session.graph[read]
      switch version.subject {
      case .file:
        let file = version.file
        var note = "file \(file?.given ?? "")"
        if let checksum = session.graph.checksum(of: read) {
          note += ", sha256 \(checksum.hex.prefix(16))…"
        } else {
          note += ", which has changed since"
        }
        notes.append(note)
      case .setting(let name):
        if let maker = version.run {
          notes.append("the setting \(name), \(session.graph[maker].statement.place)")
        }
      case .name, .seed: break
      }
    }
    if run.hasDrawn {
      for place in run.streams {
        notes.append(
          "random stream '\(place.key)' of seed \(place.seed), number \(place.count + 1)")
      }
    }
    switch run.ending {
    case .complete: break
    case .failed: notes.append("as far as it came before its error")
    case .interrupted(let iteration):
      notes.append("interrupted after \(Quantity.count(iteration, "iteration"))")
    case .interruptedSomewhere: notes.append("interrupted: it can't be made again")
    }
    if let reason = run.whyUnrepeatable { notes.append(reason) }
    return notes
  }

  private mutating func line(
    _ lead: String, _ code: String = "", _ rest: String = "", because: Staleness? = nil
  ) {
    if !text.isEmpty { text.append("\n") }
    text.append(lead)
    text.append(code, code.isEmpty ? .plain : .heading)
    text.append(rest, .plain)
    if let because {
      text.append("  stale", .bad)
      let words = session.words(for: because)
      if !words.isEmpty { text.append(": " + words, .bad) }
    }
    lines += 1
  }
}
