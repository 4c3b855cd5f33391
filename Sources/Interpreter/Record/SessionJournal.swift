import Glibc
import Language
import LinearAlgebra
import Record
import Text

/// The journal of a session: each entry is on the disk before it runs, and so is what it made that
/// was dear. From it a session comes back after the process has died.
public final class SessionJournal {
  private let session: Session
  private let journal: Journal
  private let folder: JournalFolder
  private let checkpointPause: Duration
  /// The script whose statements are the entries; nil for what is typed.
  private let script: String?
  /// The first statement of the running entry.
  private var first: RunID
  /// The files that were noted by their stamps, and the entries that read them.
  private var unhashed: [(entry: Int, file: FileReads.Read)] = []
  /// The number of the entry that comes next.
  public private(set) var next = 1

  /// A journal that notes the entries of a session from now on.
  ///
  /// - Parameters:
  ///   - script: the script whose statements are the entries; nil for what is typed.
  ///   - checkpointPause: the time between checkpoints of long commands.
  public init(
    of session: Session, _ journal: Journal, in folder: JournalFolder, script: String? = nil,
    checkpointPause: Duration = CheckpointSchedule.usualPause
  ) {
    self.session = session
    self.journal = journal
    self.folder = folder
    self.script = script
    self.checkpointPause = checkpointPause
    first = session.graph.nextRun
    keepResults()
  }

  /// The name of the session.
  public var id: String { journal.id }

  // MARK: Writing it

  /// Notes an entry that is going to run. What is typed is on the disk when this returns; the
  /// statements of a script, which nobody types twice, are a moment later.
  public func willRun(_ text: String, number: Int) {
    if number == 1, let script {
      journal.append(SessionNote.script(script).record, .later)
    }
    journal.append(.entry(number: number, text: text), script == nil ? .now : .later)
    // The store is there from the first record on.
    if number == 1 || session.cache == nil { keepResults() }
    session.cache?.place = ResultCache.Place(entry: number)
    next = number + 1
    first = session.graph.nextRun
  }

  /// Notes that an entry has run, and the files that it read.
  public func ran(number: Int, status: Int32, seconds: Double) {
    noteChecksums()
    for id in session.graph.files(readFrom: first) { note(id, readBy: number) }
    journal.append(.outcome(entry: number, status: Int(status), seconds: seconds), .later)
  }

  /// Notes a version of a file by its stamp, where that tells, and by its checksum as soon as that
  /// is known.
  private func note(_ id: VersionID, readBy entry: Int) {
    guard let file = session.graph[id].file else { return }
    if file.isSettled, session.graph[id].content == nil {
      note(file.stamp.fingerprint, of: file, readBy: entry)
      // Small ones have no content where there are many: nobody hashes those.
      if file.isSmall { return }
      unhashed.append((entry, file))
      noteChecksums()
    } else if let checksum = session.graph.checksum(of: id) {
      note(checksum, of: file, readBy: entry)
    }
  }

  private func note(_ version: Fingerprint, of file: FileReads.Read, readBy entry: Int) {
    let note = SessionNote.file(entry: entry, version: version, path: file.path)
    journal.append(note.record, .later)
  }

  /// Notes the checksums that became known.
  private func noteChecksums() {
    unhashed.removeAll { entry, file in
      guard let checksum = FileChecksum.known(file.stamp) else { return false }
      note(checksum, of: file, readBy: entry)
      return true
    }
  }

  /// Runs an entry, and notes it before and after.
  func noting(_ text: String, _ run: () -> Int32) -> Int32 {
    let number = next
    willRun(text, number: number)
    let watch = Stopwatch()
    let status = run()
    ran(number: number, status: status, seconds: watch.seconds)
    return status
  }

  /// Ends the session as it should.
  public func end() {
    noteChecksums()
    journal.end()
    folder.tidy()
  }

  private func keepResults() {
    let cache = ResultCache(journal.values, least: 0.1)
    cache.hasCome = { [journal] place in
      let note = SessionNote.statement(entry: place.entry, number: place.statement)
      journal.append(note.record, .later)
    }
    session.cache = cache
    session.checkpoints = Checkpoints(journal.values, pause: checkpointPause)
  }

  // MARK: Bringing a session back

  /// Runs the entries of an earlier session again without showing anything, in the folder where
  /// they ran; what was dear is read. Where the user stops it, the journal keeps those that are not
  /// back, and they come back the next time.
  ///
  /// - Parameter statements: the statements of an entry; nil for one that has none, and does here
  ///   what it is for.
  public func bringBack(
    _ contents: JournalContents, statements: (_ entry: String) -> String?
  ) -> RestoredSession {
    let shown = (session.sink, session.report, session.progress)
    session.sink = Sink { _, _ in }
    session.report = { _ in }
    session.progress = nil
    defer { (session.sink, session.report, session.progress) = shown }
    let past = SessionPast(contents)
    session.scriptOfPlainEntries = past.script
    session.cache?.isResuming = true
    defer {
      session.scriptOfPlainEntries = nil
      session.cache?.isResuming = false
      session.cache?.unfinished = nil
    }
    if case .begin(_, _, let folder, _)? = contents.records.first { chdir(folder) }
    let entries = contents.entries
    var restored = RestoredSession(
      entriesOfJournal: entries.count, damaged: contents.damaged, script: past.script)
    next = (entries.last?.number ?? 0) + 1
    // One thread for all of them, and not one for each.
    EvaluatorThread.run {
      FileWrites.without {
        for (number, text) in entries {
          if Interruption.isRequested { break }
          let place = ResultCache.Place(entry: number)
          session.cache?.place = place
          session.cache?.unfinished = nil
          if past.statuses[number] == nil {
            restored.unfinished = (number, text)
            session.cache?.unfinished = place.moved(to: past.reached[number] ?? 0)
          }
          if let code = statements(text) {
            guard run(code, number, past, &restored) else {
              (restored.stopped, restored.unfinished) = ((number, text), nil)
              break
            }
          } else {
            session.note(entry: text, number: number)
          }
          restored.entries += 1
          session.isFinished = false
        }
      }
    }
    session.isFinished = false
    Interruption.clear()
    restored.names = session.assignedNames
    restored.partialNames = session.assignedNames.filter { name in
      session.graph.current(.name(name)).map { session.graph.isPartial($0) } ?? false
    }
    return restored
  }

  /// Runs an entry again, and notes what is not as it was; false where the user stopped it.
  private func run(
    _ code: String, _ number: Int, _ past: SessionPast, _ restored: inout RestoredSession
  ) -> Bool {
    let first = session.graph.nextRun
    let status = session.runEntryAmongOthers(code, number: number)
    if status == Diagnostic.Category.interrupted.exitStatus, Interruption.isRequested {
      return false
    }
    guard let before = past.statuses[number] else { return true }
    if Int(status) != before {
      let line = code.split(separator: "\n").first.map(String.init) ?? ""
      restored.differences.append(
        "[\(number)] \(Escaping.visible(line)): it "
          + (before == 0 ? "failed now" : "ended in another way before"))
    }
    for id in session.graph.files(readFrom: first) {
      guard let file = session.graph[id].file,
        let versions = past.files[SessionPast.File(entry: number, path: file.path)],
        !versions.contains(file.stamp.fingerprint),
        session.graph.checksum(of: id).map({ !versions.contains($0) }) ?? true
      else { continue }
      restored.differences.append(
        "\(Escaping.visible(file.path)) has changed since [\(number)] read it")
    }
    return true
  }
}
