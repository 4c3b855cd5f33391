import Glibc
import Interpreter
import Language
import LineEditor
import LinearAlgebra
import Record
import Text

/// The journal of a session at the prompt: each entry is on the disk before it runs, and so is what
/// it made that was dear.
final class SessionJournal {
  private let session: Session
  private let journal: Journal
  private let folder: JournalFolder
  /// The first statement of the running entry.
  private var first: RunID
  /// Entries that come to another end now, and files that have changed, in words.
  private var differences: [String] = []
  private static let fileNote = "file"
  /// The number of the entry that comes next.
  private(set) var next = 1

  private init(_ session: Session, _ journal: Journal, in folder: JournalFolder) {
    self.session = session
    self.journal = journal
    self.folder = folder
    first = session.graph.nextRun
    keepResults()
  }

  /// The journal of a new session.
  static func begin(_ session: Session, report: @escaping (Diagnostic) -> Void) -> SessionJournal {
    let folder = JournalFolder(environment: Terminal.environmentVariable)
    return SessionJournal(
      session,
      Journal(in: folder.path, version: Main.version, report: reporting(to: report)), in: folder)
  }

  private static func reporting(
    to report: @escaping (Diagnostic) -> Void
  ) -> @Sendable (StoreTrouble) -> Void {
    let report = UncheckedSendable(report)
    return { trouble in
      report.value(
        Diagnostic(
          "this session is not kept: \(trouble.reason)"
            + (trouble.folder.map { " (\(Escaping.visible($0)))" } ?? ""), severity: .warning,
          help: "it goes on, but `svmrepl --resume` won't bring it back"))
    }
  }

  // MARK: Writing it

  /// Notes an entry that is going to run.
  func willRun(_ text: String, number: Int) {
    journal.append(.entry(number: number, text: text))
    // The store is there from the first record on.
    if number == 1 || session.cache == nil { keepResults() }
    session.cache?.place = ResultCache.Place(entry: number)
    next = number + 1
    first = session.graph.nextRun
  }

  /// Notes that an entry has run, and the files that it read.
  func ran(number: Int, status: Int32, seconds: Double) {
    for (path, checksum) in session.checksums(ofFilesReadFrom: first) {
      journal.append(.note(kind: Self.fileNote, text: "\(number) \(checksum.hex) \(path)"))
    }
    journal.append(
      .outcome(JournalOutcome(entry: number, status: Int(status), seconds: seconds)))
  }

  /// Ends the session as it should.
  func end() {
    journal.end()
    folder.tidy()
  }

  private func keepResults() {
    let cache = ResultCache(journal.values, least: 0.1)
    session.cache = cache
    session.checkpoints = Checkpoints(journal.values)
  }

  // MARK: Bringing a session back

  /// The line that tells of a session that died; nil where the last one ended well.
  static var lastWords: String? {
    let folder = JournalFolder(environment: Terminal.environmentVariable)
    guard let last = folder.sessions.first(where: { !$0.isAlive }), last.isDead else { return nil }
    return "the last session ended without saying goodbye: `svmrepl --resume` brings it back"
  }

  /// A table of all sessions, the last one first.
  static func list(on display: Display) -> String {
    let folder = JournalFolder(environment: Terminal.environmentVariable)
    let lines = folder.sessions.compactMap { session -> String? in
      guard let contents = folder.contents(of: session.id) else { return nil }
      var began = ""
      if case .begin(_, _, _, let time)? = contents.records.first {
        began = String(time.prefix(16))
      }
      let state = session.isAlive ? "running" : session.isEnded ? "ended" : "died"
      let entries = contents.entries
      let last = entries.last?.text.split(separator: "\n").first.map(String.init) ?? ""
      let line =
        "\(session.id)  \(began)  \(state.padded(to: 7))  "
        + "\(Quantity.count(entries.count, "entry", plural: "entries")): \(Escaping.visible(last))"
      return TextLayout.clipped(line, to: display.width)
    }
    return lines.isEmpty ? "no session is kept\n" : lines.joined(separator: "\n") + "\n"
  }

  /// The journal of an earlier session, which goes on in `session`: its entries run again without
  /// showing anything, and what was dear is read.
  ///
  /// - Parameter id: its name; nil for the last one.
  /// - Throws: A `Diagnostic` where there is none, or it still runs.
  static func resume(
    _ id: String?, in session: Session, report: @escaping (Diagnostic) -> Void
  ) throws(Diagnostic) -> SessionJournal {
    let folder = JournalFolder(environment: Terminal.environmentVariable)
    let sessions = folder.sessions
    guard let wanted = id ?? sessions.first(where: { !$0.isAlive })?.id else {
      throw Diagnostic(
        "no session is kept that could come back", category: .data,
        help: "`svmrepl` begins a new one")
    }
    guard
      let (journal, contents) = folder.resume(
        wanted, version: Main.version, report: reporting(to: report))
    else {
      let isAlive = sessions.contains { $0.id == wanted && $0.isAlive }
      throw Diagnostic(
        isAlive
          ? "the session '\(wanted)' still runs"
          : "there is no session '\(Escaping.visible(wanted))'", category: .data,
        help: "`svmrepl --resume list` shows them")
    }
    let kept = SessionJournal(session, journal, in: folder)
    kept.replay(contents, report)
    return kept
  }

  private func replay(_ contents: JournalContents, _ report: @escaping (Diagnostic) -> Void) {
    let shown = (session.sink, session.report, session.progress)
    session.sink = Sink { _, _ in }
    session.report = { _ in }
    session.progress = nil
    var finished: [Int: Int] = [:]
    var files: Set<String> = []
    for record in contents.records {
      switch record {
      case .outcome(let outcome): finished[outcome.entry] = outcome.status
      case .note(Self.fileNote, let text): files.insert(text)
      case .begin, .entry, .note, .end: break
      }
    }
    if case .begin(_, _, let folder, _)? = contents.records.first { chdir(folder) }
    let entries = contents.entries
    var unfinished: (number: Int, text: String)?
    session.cache?.isResuming = true
    FileWrites.without {
      for (number, text) in entries {
        if Interruption.isRequested { break }
        if finished[number] == nil {
          unfinished = (number, text)
          session.cache?.unfinishedEntry = number
        }
        session.cache?.place = ResultCache.Place(entry: number)
        switch Shorthand(text, in: session) {
        case .entry(let code):
          let first = session.graph.nextRun
          let status = session.runEntry(code, name: "svm[\(number)]")
          compare(number, code, status, finished[number])
          for (path, checksum) in session.checksums(ofFilesReadFrom: first)
          where finished[number] != nil
            && !files.contains("\(number) \(checksum.hex) \(path)")
          {
            differences.append("\(Escaping.visible(path)) has changed since [\(number)] read it")
          }
        case .folder(let path): chdir(path)
        case .leave, .clear, .shell, .edit: break
        }
        session.isFinished = false
        session.cache?.unfinishedEntry = nil
        next = number + 1
      }
    }
    session.cache?.isResuming = false
    (session.sink, session.report, session.progress) = shown
    tell(contents, unfinished, count: entries.count)
  }

  /// Notes an entry that ended in another way before.
  private func compare(_ number: Int, _ code: String, _ status: Int32, _ before: Int?) {
    guard let before, Int(status) != before else { return }
    let line = code.split(separator: "\n").first.map(String.init) ?? ""
    differences.append(
      "[\(number)] \(Escaping.visible(line)): it "
        + (before == 0 ? "failed now" : "ended in another way before"))
  }

  private func tell(
    _ contents: JournalContents, _ unfinished: (number: Int, text: String)?, count: Int
  ) {
    var text = StyledText(
      "\(Quantity.count(count, "entry", plural: "entries")) and "
        + "\(Quantity.count(session.assignedNames.count, "name")) are back", .volatile)
    if Interruption.isRequested {
      Interruption.clear()
      text.appendLine("interrupted: later entries are not", .bad)
    }
    if contents.damaged > 0 {
      text.appendLine(
        "\(Quantity.count(contents.damaged, "record")) of the journal "
          + "\(contents.damaged == 1 ? "was" : "were") damaged and left out", .bad)
    }
    for difference in differences { text.appendLine(difference, .bad) }
    if let unfinished {
      let line = unfinished.text.split(separator: "\n").first.map(String.init) ?? ""
      text.appendLine(
        "[\(unfinished.number)] \(Escaping.visible(line)): it was running then, and has not ended",
        .bad)
      let models = session.assignedNames.filter { name in
        session.graph.current(.name(name)).map { session.graph.isPartial($0) } ?? false
      }
      text.appendLine(
        models.isEmpty
          ? "Up brings its text back"
          : "\(models.joined(separator: ", ")) is as of its last checkpoint: `resume` goes on",
        .volatile)
    }
    session.sink.show([.text(text)], session.display)
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
