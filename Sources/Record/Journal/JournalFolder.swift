import Glibc
import LinearAlgebra

/// The journals of all sessions.
///
/// `$XDG_STATE_HOME/svmrepl/sessions/ID/journal` has the records of a session, and `values` beside
/// it what was dear.
public struct JournalFolder: Sendable {
  /// A session with a journal.
  public struct Session: Sendable {
    /// Its name.
    public let id: String
    /// Whether it ended as it should.
    public let isEnded: Bool
    /// Whether it still runs.
    public let isAlive: Bool
    /// Whether it ended without saying goodbye.
    public var isDead: Bool { !isEnded && !isAlive }
  }

  /// Where they are; nil where there is no place.
  public let path: String?

  /// The journals in a folder.
  public init(path: String?) { self.path = path }

  /// The journals in the folder for a program's state.
  public init(environment: (String) -> String?) {
    path = Folder.state(environment: environment).map { $0 + "/sessions" }
  }

  // MARK: What there is

  /// All sessions, the last one first. Of each only the end is looked at.
  public var sessions: [Session] {
    guard let path else { return [] }
    return Folder.names(in: path).sorted(by: >).compactMap { id in
      guard let descriptor = Self.open(Journal.path(of: id, in: path)) else { return nil }
      defer { close(descriptor) }
      return Session(
        id: id, isEnded: Self.isEnded(descriptor),
        isAlive: flock(descriptor, LOCK_SH | LOCK_NB) != 0)
    }
  }

  /// The records of a session; nil where there is none of that name.
  public func contents(of id: String) -> JournalContents? {
    guard let path, Self.isID(id), let descriptor = Self.open(Journal.path(of: id, in: path)) else {
      return nil
    }
    defer { close(descriptor) }
    return JournalContents(descriptor: descriptor)
  }

  /// The journal of a session that is over, and what it says, to go on with it.
  ///
  /// - Parameter report: called once where something can't be written.
  /// - Returns: nil where there is none of that name, or it still runs.
  public func resume(
    _ id: String, version: String, report: @escaping @Sendable (StoreTrouble) -> Void
  ) -> (journal: Journal, contents: JournalContents)? {
    guard let path, Self.isID(id),
      let descriptor = Self.open(Journal.path(of: id, in: path), O_RDWR | O_APPEND)
    else { return nil }
    guard Self.lock(descriptor), let contents = JournalContents(descriptor: descriptor) else {
      close(descriptor)
      return nil
    }
    let journal = Journal(
      resuming: id, in: path, descriptor: descriptor, endsTorn: contents.endsTorn,
      version: version, report: report)
    return (journal, contents)
  }

  // MARK: How long they are kept

  /// Those that ended as they should are kept for 30 days, the last 20 of them; of those that died
  /// the last 100, however old.
  private static let (mostEnded, mostDead, daysEnded) = (20, 100, 30)

  /// Removes the journals that are no longer kept.
  public func tidy() {
    guard let path else { return }
    let oldest = time(nil) - Self.daysEnded * 24 * 3600
    var (ended, dead) = (0, 0)
    for session in sessions where !session.isAlive {
      if session.isEnded { ended += 1 } else { dead += 1 }
      let isOld = lastWrite(session.id, path).map { $0 < oldest } ?? false
      if session.isEnded ? isOld || ended > Self.mostEnded : dead > Self.mostDead {
        remove(session.id, path)
      }
    }
  }

  private func lastWrite(_ id: String, _ path: String) -> Int? {
    var status = stat()
    return stat(Journal.path(of: id, in: path), &status) == 0 ? status.st_mtim.tv_sec : nil
  }

  private func remove(_ id: String, _ path: String) {
    let file = Journal.path(of: id, in: path)
    guard let descriptor = Self.open(file) else { return }
    defer { close(descriptor) }
    guard Self.lock(descriptor) else { return }
    _ = try? Store(folder: "\(path)/\(id)/values", limit: nil) { _ in }.clear()
    for name in Folder.names(in: "\(path)/\(id)/values") { rmdir("\(path)/\(id)/values/\(name)") }
    rmdir("\(path)/\(id)/values")
    unlink(file)
    rmdir("\(path)/\(id)")
  }

  // MARK: Files

  /// A name that stays in the folder.
  private static func isID(_ id: String) -> Bool {
    !id.isEmpty && !id.hasPrefix(".") && !id.utf8.contains(UInt8(ascii: "/"))
      && !id.utf8.contains(0)
  }

  private static func open(_ path: String, _ flags: Int32 = O_RDONLY) -> Int32? {
    let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG { return descriptor }
    close(descriptor)
    return nil
  }

  /// Takes the lock of a journal. Who lists the sessions holds it for a moment, too.
  private static func lock(_ descriptor: Int32) -> Bool {
    for _ in 0..<20 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
      usleep(1000)
    }
    return false
  }

  private static func isEnded(_ descriptor: Int32) -> Bool {
    let last = JournalLine.bytes(of: .end)
    let size = lseek(descriptor, 0, SEEK_END)
    guard size >= last.count else { return false }
    var bytes = [UInt8](repeating: 0, count: last.count)
    return pread(descriptor, &bytes, bytes.count, size - last.count) == bytes.count
      && bytes == last
  }
}
