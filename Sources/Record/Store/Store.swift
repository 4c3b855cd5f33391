import Glibc
import LinearAlgebra
import Synchronization

/// Bytes in files by their fingerprint, for this process and others at once.
///
/// An entry is written whole or not at all, and checked when it is read: what is damaged, cut off
/// or of another version is not there. Where a store has a limit, entries that were not used for
/// the longest time go. Nothing is looked at before something is asked for, however many entries
/// there are.
///
/// Whatever goes wrong is reported once; the store then has nothing, and keeps nothing.
///
/// ```swift
/// let store = Store(folder: "/tmp/example", limit: nil) { print($0) }
/// let writer = ByteWriter()
/// writer.add(42)
/// try store.write(key, writer)
/// let answer = try store.read(key) { try $0.int() }  // 42
/// ```
public final class Store: Sendable {
  /// The folder; nil where there is no place for one.
  public let folder: String?
  /// The bytes that the entries may take; nil for any number.
  public let limit: Int?
  private let report: @Sendable (StoreTrouble) -> Void
  private let state = Mutex(State())

  private struct State {
    var isReported = false
    /// The bytes that may be written before the sizes of all entries are looked at.
    var untilScan = 0
  }

  /// A store in a folder, which is made when it is first needed. `report` is called once, where
  /// something goes wrong.
  public init(
    folder: String?, limit: Int?, report: @escaping @Sendable (StoreTrouble) -> Void
  ) {
    self.folder = folder
    self.limit = limit
    self.report = report
  }

  // MARK: Entries

  /// What `body` makes of the bytes of an entry; nil where there is none, or where it is damaged.
  /// `body` must read all of them.
  ///
  /// - Throws: `Interrupted`.
  public func read<R>(_ key: Fingerprint, _ body: (ByteReader) throws -> R) throws -> R? {
    guard let path = path(of: key) else { return nil }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno != ENOENT && errno != ENOTDIR { tell(SystemFailure()) }
      return nil
    }
    defer { close(descriptor) }
    do {
      let result = try CheckedFile.read(descriptor, key: key, body)
      // The least used go first.
      futimens(descriptor, nil)
      return result
    } catch let interrupted as Interrupted {
      throw interrupted
    } catch let failure as SystemFailure {
      tell(failure)
      return nil
    } catch is MemoryRefused {
      return nil
    } catch {
      unlink(path)
      return nil
    }
  }

  /// Whether there is an entry, which may still turn out to be damaged.
  public func contains(_ key: Fingerprint) -> Bool {
    path(of: key).map { access($0, F_OK) == 0 } ?? false
  }

  /// Writes an entry, or replaces it. False where it was not written: it is too large for the store
  /// or something went wrong.
  ///
  /// - Throws: `Interrupted`.
  @discardableResult
  public func write(_ key: Fingerprint, _ writer: ByteWriter) throws -> Bool {
    let size = CheckedFile.size(of: writer)
    if let limit, size > limit / 2 { return false }
    guard let path = path(of: key) else {
      tell(StoreTrouble(folder: nil, reason: "there is no home folder to keep files in"))
      return false
    }
    do {
      try Folder.make(for: path)
    } catch {
      tell(error)
      return false
    }
    do {
      let file = try NewFile(at: path, mode: 0o600)
      try CheckedFile.write(writer, key: key) { try file.output.append($0) }
      try file.finish()
    } catch let failure as SystemFailure {
      // Where another process has emptied the store meanwhile, nothing is wrong.
      if failure.number != ENOENT { tell(failure) }
      return false
    }
    makeRoom(after: size)
    return true
  }

  /// Removes an entry, if it is there.
  public func remove(_ key: Fingerprint) {
    if let path = path(of: key) { unlink(path) }
  }

  // MARK: All of them

  /// The number of entries and their bytes.
  public func contents() -> (entries: Int, bytes: Int) {
    let all = entries()
    return (all.count, all.reduce(0) { $0 + $1.size })
  }

  /// Removes all entries.
  ///
  /// - Returns: how many there were, and their bytes.
  /// - Throws: `SystemFailure` where one can't be removed.
  @discardableResult
  public func clear() throws -> (entries: Int, bytes: Int) {
    var removed = (entries: 0, bytes: 0)
    for entry in entries() {
      guard unlink(entry.path) == 0 || errno == ENOENT else { throw SystemFailure() }
      removed.entries += 1
      removed.bytes += entry.size
    }
    return removed
  }

  // MARK: Room

  /// An entry as its folder lists it.
  private struct Entry {
    let path: String
    let size: Int
    /// When it was last read or written, in seconds.
    let lastUse: Double
  }

  /// The entries are in 256 folders by their first byte, so that none has too many.
  private func path(of key: Fingerprint) -> String? {
    let hex = key.hex
    return folder.map { "\($0)/\(hex.prefix(2))/\(hex.dropFirst(2))" }
  }

  private func entries() -> [Entry] {
    guard let folder else { return [] }
    return Folder.names(in: folder).filter { $0.utf8.count == 2 }.flatMap { name in
      let inner = "\(folder)/\(name)"
      return Folder.names(in: inner).compactMap { name -> Entry? in
        var status = stat()
        let path = "\(inner)/\(name)"
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        if name.hasPrefix(NewFile.prefix) {
          Self.removeAbandoned(path, name, status)
          return nil
        }
        guard name.utf8.count == 62 else { return nil }
        return Entry(path: path, size: Int(status.st_size), lastUse: Self.lastUse(status))
      }
    }
  }

  private static func lastUse(_ status: stat) -> Double {
    Double(status.st_mtim.tv_sec) + 1e-9 * Double(status.st_mtim.tv_nsec)
  }

  /// Removes a file that was never finished, since its process has ended.
  private static func removeAbandoned(_ path: String, _ name: String, _ status: stat) {
    let number = name.dropFirst(NewFile.prefix.count).prefix { $0.isNumber }
    guard let process = pid_t(number), kill(process, 0) != 0, errno == ESRCH,
      Double(Glibc.time(nil)) - lastUse(status) > 3600
    else { return }
    unlink(path)
  }

  /// Removes what was not used for the longest time, where there is more than the limit.
  private func makeRoom(after size: Int) {
    guard let limit else { return }
    let isDue = state.withLock {
      $0.untilScan -= size
      return $0.untilScan < 0
    }
    guard isDue else { return }
    var all = entries()
    var total = all.reduce(0) { $0 + $1.size }
    if total > limit {
      // A time that is still to come is of a clock that was wrong, and tells nothing.
      let now = Double(Glibc.time(nil)) + 1
      func age(_ entry: Entry) -> Double {
        entry.lastUse > now ? .infinity : now - entry.lastUse
      }
      all.sort { (age($0), $0.path) > (age($1), $1.path) }
      for entry in all where total > limit / 10 * 9 {
        if unlink(entry.path) == 0 || errno == ENOENT { total -= entry.size }
      }
    }
    // Others write, too.
    let next = min(max(limit - total, 0), limit / 10)
    state.withLock { $0.untilScan = next }
  }

  // MARK: Trouble

  private func tell(_ failure: SystemFailure) {
    tell(StoreTrouble(folder: folder, reason: failure.description))
  }

  private func tell(_ trouble: StoreTrouble) {
    let isNews = state.withLock { state in
      defer { state.isReported = true }
      return !state.isReported
    }
    if isNews { report(trouble) }
  }
}
