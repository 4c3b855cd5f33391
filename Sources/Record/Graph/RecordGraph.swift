/// How the values of a session were made: the statements that ran, the versions that they made, and
/// the present version of each subject.
///
/// It knows no values: those are the session's. Versions and runs lie in arrays by number, so that
/// a chain of a million versions takes no stack.
public struct RecordGraph: Sendable {
  private var versions: [Version] = []
  private var runs: [StatementRun] = []
  private(set) var present: [Subject: VersionID] = [:]
  /// The fingerprints found so far, by version.
  var fingerprints: [VersionID: Fingerprint] = [:]
  /// What was asked of files since `lookAgain`.
  var files = FileLooks()

  /// A graph without versions.
  public init() {}

  /// A version.
  public subscript(id: VersionID) -> Version { versions[id.number] }

  /// A statement that ran.
  public subscript(id: RunID) -> StatementRun { runs[id.number] }

  /// The statements from one on, in order.
  public func runs(from first: RunID) -> [StatementRun] { Array(runs[first.number...]) }

  /// The files that statements read, as they were at the last time.
  public var filesRead: [FileReads.Read] {
    present.compactMap { subject, version in
      if case .file = subject { versions[version.number].file } else { nil }
    }
  }

  /// The versions of files that statements read from one on, each once.
  public func files(readFrom first: RunID) -> [VersionID] {
    var seen: Set<VersionID> = []
    return runs[first.number...].flatMap(\.reads).filter {
      versions[$0.number].file != nil && seen.insert($0).inserted
    }
  }

  /// The number of the statement that runs next.
  public var nextRun: RunID { RunID(number: runs.count) }

  /// The present version of a subject; nil where it has none.
  public func current(_ subject: Subject) -> VersionID? { present[subject] }

  /// Forgets what files on disk were like at the last look.
  public mutating func lookAgain() { files = FileLooks() }

  // MARK: Building it

  /// The version of a setting or seed, whose content is known: the present one where that is equal,
  /// else a new one from outside.
  public mutating func version(of subject: Subject, content: Fingerprint) -> VersionID {
    if let id = present[subject], versions[id.number].content == content { return id }
    return add(subject, run: nil, previous: nil, content: content)
  }

  /// The versions of the files that a statement read: the present ones where they have not changed
  /// since.
  public mutating func versions(of files: [FileReads.Read]) -> [VersionID] {
    // A few small files are read once more: their checksums tell more than their stamps.
    let areFew = files.count <= Self.mostHashedAtOnce
    return files.map { file in
      let isHashed = file.isSmall && (areFew || !file.isSettled)
      return version(of: file, content: isHashed ? try? FileChecksum.of(file.path) : nil)
    }
  }

  private static let mostHashedAtOnce = 16

  private mutating func version(of file: FileReads.Read, content: Fingerprint?) -> VersionID {
    let subject = Subject.file(file.path)
    if let id = present[subject], versions[id.number].file == file,
      content == versions[id.number].content || content == nil
    {
      return id
    }
    return add(subject, run: nil, previous: nil, content: content, file: file)
  }

  /// Adds a statement that ran, with new versions of `subjects`. Settings and seeds come with what
  /// they are now.
  @discardableResult
  public mutating func add(
    _ run: StatementRun, making subjects: [(Subject, content: Fingerprint?)]
  ) -> RunID {
    let id = RunID(number: runs.count)
    var run = run
    // An order that does not depend on what was mentioned first.
    run.reads = Set(run.reads).sorted { (text(of: $0), $0) < (text(of: $1), $1) }
    runs.append(run)
    for (subject, content) in subjects {
      let previous = run.reads.first { versions[$0.number].subject == subject }
      let version = add(subject, run: id, previous: previous, content: content)
      runs[id.number].made.append(version)
    }
    return id
  }

  /// Makes an earlier version the present one again, or none.
  public mutating func put(_ version: VersionID?, of subject: Subject) {
    present[subject] = version
  }

  private mutating func add(
    _ subject: Subject, run: RunID?, previous: VersionID?, content: Fingerprint? = nil,
    file: FileReads.Read? = nil
  ) -> VersionID {
    let id = VersionID(number: versions.count)
    versions.append(
      Version(
        subject: subject, run: run, origin: previous.map { versions[$0.number].origin } ?? id,
        previous: previous, content: content, file: file))
    present[subject] = id
    return id
  }

  private func text(of id: VersionID) -> String { versions[id.number].subject.text }

  mutating func setContent(_ content: Fingerprint, of id: VersionID) {
    versions[id.number].content = content
  }

  // MARK: Walking it

  /// Whether the statement that made a version was interrupted.
  public func isPartial(_ id: VersionID) -> Bool {
    guard let run = versions[id.number].run else { return false }
    switch runs[run.number].ending {
    case .complete, .failed: return false
    case .interrupted, .interruptedSomewhere: return true
    }
  }

  /// The versions that these were made from, directly or not, and they themselves, in the order in
  /// which they were made.
  public func closure(of ids: some Sequence<VersionID>) -> [VersionID] {
    var found = Set(ids)
    var waiting = Array(found)
    while let id = waiting.popLast() {
      guard let run = versions[id.number].run else { continue }
      for read in runs[run.number].reads where found.insert(read).inserted {
        waiting.append(read)
      }
    }
    return found.sorted()
  }
}
