import Glibc
import LinearAlgebra

/// The journal of a session: what happened, on the disk before anyone is told that it did. Beside
/// it is a store for the values that are dear.
///
/// Nothing is made before the first record. A lock tells a living session from one that died. Where
/// a record can't be written, that is reported once, and the journal ends: what it has stays.
///
/// Only one thread at a time uses a journal; its store may be used by others.
public final class Journal {
  /// The name of the session.
  public private(set) var id: String
  /// The values that are dear, by their fingerprints; none before the first record.
  public private(set) var values: Store
  private let sessions: String?
  private let report: @Sendable (StoreTrouble) -> Void
  private var descriptor: Int32 = -1
  /// What is written before the first record.
  private var beginning: [UInt8]
  private var isOff = false
  /// Brings to the disk what may be there later; nil before the first of it.
  private var background: BackgroundSync?

  /// When a record is on the disk. A process that dies loses none that was added.
  public enum Urgency: Sendable {
    /// When it is added.
    case now
    /// A moment later, or with the next one that is urgent.
    case later
  }

  /// A journal of a new session among the others in a folder; nil where there is no place for them.
  ///
  /// - Parameters:
  ///   - version: the program's, for who reads it later.
  ///   - report: called once where something can't be written.
  public init(
    in sessions: String?, version: String, report: @escaping @Sendable (StoreTrouble) -> Void
  ) {
    self.sessions = sessions
    self.report = report
    id = Self.newID()
    values = Store(folder: nil, limit: nil, report: report)
    beginning = JournalLine.bytes(of: Self.begin(version: version))
  }

  /// The journal of a session that died, which goes on.
  init(
    resuming id: String, in sessions: String, descriptor: Int32, endsTorn: Bool, version: String,
    report: @escaping @Sendable (StoreTrouble) -> Void
  ) {
    self.sessions = sessions
    self.report = report
    self.id = id
    self.descriptor = descriptor
    values = Store(folder: "\(sessions)/\(id)/values", limit: nil, report: report)
    // A line that was cut off must not swallow the next one.
    beginning = (endsTorn ? [0x0A] : []) + JournalLine.bytes(of: Self.begin(version: version))
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds a record, which is on the disk when this returns, unless it may be later. False where it
  /// could not be written, now or before.
  @discardableResult
  public func append(_ record: JournalRecord, _ urgency: Urgency = .now) -> Bool {
    guard !isOff else { return false }
    do {
      if descriptor < 0 { try begin() }
      try write(beginning + JournalLine.bytes(of: record), urgency)
      beginning = []
      return true
    } catch {
      stop(error as? SystemFailure ?? SystemFailure(EIO))
      return false
    }
  }

  /// Ends the session as it should. Nothing is written where nothing was before.
  public func end() {
    if descriptor >= 0 { append(.end) }
    isOff = true
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  /// Where a session's records are.
  static func path(of id: String, in sessions: String) -> String { "\(sessions)/\(id)/journal" }

  // MARK: Writing

  private func begin() throws {
    guard let sessions else { throw SystemFailure(ENOENT) }
    // Two sessions that begin in the same second have different processes; after a restart of the
    // machine, a process may have the number of another one.
    let first = id
    for attempt in 2..<1000 {
      let path = Self.path(of: id, in: sessions)
      try Folder.make(for: path)
      descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
      if descriptor >= 0 || errno != EEXIST { break }
      id = "\(first)-\(attempt)"
    }
    guard descriptor >= 0 else { throw SystemFailure() }
    guard flock(descriptor, LOCK_EX) == 0 else { throw SystemFailure() }
    NewFile.sync(folder: "\(sessions)/\(id)")
    NewFile.sync(folder: sessions)
    values = Store(folder: "\(sessions)/\(id)/values", limit: nil, report: report)
  }

  private func write(_ bytes: [UInt8], _ urgency: Urgency) throws {
    let before = lseek(descriptor, 0, SEEK_END)
    do {
      try bytes.withUnsafeBytes { try writeAll($0) }
      switch urgency {
      case .now: try BackgroundSync.sync(descriptor)
      case .later: try syncLater()
      }
    } catch {
      // A part of a record is worse than none.
      _ = ftruncate(descriptor, before)
      throw error
    }
  }

  private func syncLater() throws {
    guard let sessions else { return }
    let sync = try background ?? BackgroundSync(of: Self.path(of: id, in: sessions))
    background = sync
    try sync.request()
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) throws {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemFailure()
      }
      done += count
    }
  }

  private func stop(_ failure: SystemFailure) {
    isOff = true
    report(
      sessions.map { StoreTrouble(folder: $0, reason: failure.description) }
        ?? StoreTrouble(folder: nil, reason: "there is no home folder to keep a journal in"))
  }

  // MARK: The beginning

  private static func begin(version: String) -> JournalRecord {
    let folder = getcwd(nil, 0)
    defer { free(folder) }
    return .begin(
      version: version, process: Int(getpid()), folder: folder.map { String(cString: $0) } ?? "",
      time: text(of: "%Y-%m-%d %H:%M:%S %z", isLocal: true))
  }

  /// `20261130-104512-1234`: sessions are sorted by their names as by the time when they began.
  private static func newID() -> String {
    "\(text(of: "%Y%m%d-%H%M%S", isLocal: false))-\(getpid())"
  }

  /// The present time.
  private static func text(of format: String, isLocal: Bool) -> String {
    var (now, parts) = (time(nil), tm())
    if isLocal { localtime_r(&now, &parts) } else { gmtime_r(&now, &parts) }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        $0.baseAddress.map { strftime($0, 64, format, &parts) } ?? 0
      }
    }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }
}
