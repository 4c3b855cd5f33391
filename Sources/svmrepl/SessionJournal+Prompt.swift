import Glibc
import Interpreter
import Language
import LineEditor
import LinearAlgebra
import Record
import Text

extension SessionJournal {
  /// The variable of the environment that says how many seconds are between checkpoints.
  static let checkpointVariable = "SVMREPL_CHECKPOINT_SECONDS"

  /// The journal of a new session.
  ///
  /// - Parameter script: the script whose statements are its entries; nil for what is typed.
  static func begin(
    _ session: Session, script: String? = nil, report: @escaping (Diagnostic) -> Void
  ) throws(Diagnostic) -> SessionJournal {
    let folder = JournalFolder(environment: Terminal.environmentVariable)
    keepChecksums()
    return SessionJournal(
      of: session,
      Journal(in: folder.path, version: Main.version, report: reporting(to: report)), in: folder,
      script: script, checkpointPause: try checkpointPause)
  }

  /// Has the checksums of large files from the cache, where there is one.
  private static func keepChecksums() {
    guard let store = try? Caching.store(report: { _ in }) else { return }
    FileChecksum.keep(in: KeptChecksums(in: store))
  }

  private static var checkpointPause: Duration {
    get throws(Diagnostic) {
      guard let text = Terminal.environmentVariable(checkpointVariable), !text.isEmpty else {
        return CheckpointSchedule.usualPause
      }
      guard let seconds = Double(text), seconds >= 0, seconds <= 1e9 else {
        throw Diagnostic(
          "\(checkpointVariable) is '\(Escaping.visible(text))', which is no number of seconds",
          category: .usage)
      }
      return .seconds(seconds)
    }
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
    keepChecksums()
    let kept = SessionJournal(
      of: session, journal, in: folder, checkpointPause: try checkpointPause)
    let restored = kept.bringBack(contents) { text in
      switch Shorthand(text, in: session) {
      case .entry(let code): return code
      case .folder(let path): chdir(path)
      case .leave, .clear, .shell, .edit: break
      }
      return nil
    }
    session.sink.show([.text(restored.text(of: wanted))], session.display)
    return kept
  }
}

extension RestoredSession {
  /// What is told of it.
  ///
  /// - Parameter id: the name of the session.
  fileprivate func text(of id: String) -> StyledText {
    let isWhole = entries == entriesOfJournal
    let all = Quantity.count(entriesOfJournal, "entry", plural: "entries")
    var text = StyledText(
      "\(isWhole ? "" : "\(entries) of ")\(all) and "
        + "\(Quantity.count(names.count, "name")) are back", .volatile)
    if let stopped {
      text.appendLine(
        "[\(stopped.number)] \(Self.firstLine(stopped.text)): stopped before its end", .bad)
    }
    if !isWhole {
      text.appendLine(
        "the others are still kept: `svmrepl --resume \(id)` brings all of them back", .bad)
    }
    if damaged > 0 {
      text.appendLine(
        "\(Quantity.count(damaged, "record")) of the journal "
          + "\(damaged == 1 ? "was" : "were") damaged and left out", .bad)
    }
    for difference in differences { text.appendLine(difference, .bad) }
    guard let unfinished else { return text }
    text.appendLine(
      "[\(unfinished.number)] \(Self.firstLine(unfinished.text)): it was running then, and has "
        + "not ended", .bad)
    if let script {
      text.appendLine("\(Escaping.visible(script)) came no further than that", .bad)
    }
    text.appendLine(
      partialNames.isEmpty
        ? "Up brings its text back"
        : "\(partialNames.joined(separator: ", ")) is as of its last checkpoint: `resume` goes on",
      .volatile)
    return text
  }

  private static func firstLine(_ entry: String) -> String {
    Escaping.visible(entry.split(separator: "\n").first.map(String.init) ?? "")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
