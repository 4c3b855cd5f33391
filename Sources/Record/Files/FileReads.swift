import Glibc
import Synchronization

/// The files that were read since somebody last asked. Readers of data and scripts note them, and
/// the record asks at the beginning and the end of each statement.
public enum FileReads {
  /// A file as it was when it was opened.
  public struct Read: Hashable, Sendable {
    /// Its path as it was given.
    public let given: String
    /// Its path from the root.
    public let path: String
    /// Its state then.
    public let stamp: FileStamp
    /// Whether the stamp told this version from the next one then.
    public let isSettled: Bool

    /// Whether it is small enough to be read once more at once.
    public var isSmall: Bool { stamp.size <= FileChecksum.small }
  }

  /// A look that found no file, or the names in a folder.
  public struct Look: Hashable, Sendable {
    /// The path as it was given.
    public let given: String
    /// What was found: the fingerprint of the names, or of nothing.
    public let found: Fingerprint
  }

  /// What was noted since it was last asked for.
  private struct Noted {
    var reads: [Read] = []
    var known: Set<Read> = []
    /// The folder of the last file, as it was given and from the root.
    var folder: (given: Substring, path: String)?
  }

  private static let noted = Mutex(Noted())
  /// Whether somebody has asked: until then nothing is noted, as in a program that only reads data.
  private static let isAsked = Atomic<Bool>(false)
  private static let looks = Mutex<[Look]>([])

  /// Notes that there was no file of this name.
  public static func noteNothing(at path: String) { note(look(at: nil, path)) }

  /// Notes the names that a folder has.
  public static func note(_ names: [String], of folder: String) { note(look(at: names, folder)) }

  private static func note(_ look: Look) {
    guard isAsked.load(ordering: .relaxed) else { return }
    looks.withLock { if !$0.contains(look) { $0.append(look) } }
  }

  private static func look(at names: [String]?, _ path: String) -> Look {
    var maker = FingerprintMaker()
    for name in names ?? ["/"] { maker.add(name) }
    return Look(given: path, found: maker.finish())
  }

  /// What a look at a path finds now: no file, or the names of a folder; nil for a file.
  public static func lookNow(at path: String) -> Fingerprint? {
    var status = stat()
    if stat(path, &status) != 0 { return look(at: nil, path).found }
    guard status.st_mode & S_IFMT == S_IFDIR else { return nil }
    return look(at: Folder.names(in: path).sorted(), path).found
  }

  /// The looks noted since the last time.
  public static func takenLooks() -> [Look] {
    looks.withLock { looks in
      defer { looks = [] }
      return looks
    }
  }

  /// Notes a file that is going to be read.
  public static func note(_ path: String) {
    guard isAsked.load(ordering: .relaxed), let stamp = FileStamp(of: path) else { return }
    let read = noted.withLock { noted -> Read? in
      guard let full = fullPath(path, &noted.folder) else { return nil }
      let read = Read(given: path, path: full, stamp: stamp, isSettled: stamp.isSettled)
      if noted.known.insert(read).inserted { noted.reads.append(read) }
      return read
    }
    if let read { FileChecksum.willRead(read) }
  }

  /// The path from the root, without links. Of the files of one folder, its own is found once.
  private static func fullPath(
    _ path: String, _ folder: inout (given: Substring, path: String)?
  ) -> String? {
    func resolved(_ path: String) -> String? {
      guard let full = realpath(path, nil) else { return nil }
      defer { free(full) }
      return String(cString: full)
    }
    var byte: CChar = 0
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex,
      case let name = path[path.index(after: slash)...], !["", ".", ".."].contains(name),
      readlink(path, &byte, 1) < 0
    else { return resolved(path) }
    let given = path[..<slash]
    if folder?.given != given {
      guard let found = resolved(String(given)) else { return nil }
      folder = (given, found == "/" ? "" : found)
    }
    return folder.map { $0.path + "/" + name }
  }

  /// The files noted since the last time.
  public static func taken() -> [Read] {
    isAsked.store(true, ordering: .relaxed)
    return noted.withLock { noted in
      if noted.reads.isEmpty { return [] }
      defer { noted = Noted() }
      return noted.reads
    }
  }
}
