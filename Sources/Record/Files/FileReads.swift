import Glibc
import Synchronization

/// The files that were read since it was last asked. Readers of data and scripts note them, and the
/// record asks at the end of each statement.
public enum FileReads {
  /// A file as it was when it was opened.
  public struct Read: Hashable, Sendable {
    /// Its path as it was given.
    public let given: String
    /// Its path from the root.
    public let path: String
    /// Its state then.
    public let stamp: FileStamp
    /// Whether it was not being written just then: a file that is written twice within a tick of
    /// the disk's clock has one stamp.
    public let isSettled: Bool

    /// Whether it is small enough to be read once more at once.
    var isSmall: Bool { stamp.size <= 1 << 16 }
  }

  private static let noted = Mutex<[Read]>([])

  /// Notes a file that is going to be read.
  public static func note(_ path: String) {
    guard let stamp = FileStamp(of: path), let full = realpath(path, nil) else { return }
    defer { free(full) }
    let read = Read(
      given: path, path: String(cString: full), stamp: stamp, isSettled: stamp.isOlder(than: 0.1))
    noted.withLock { if !$0.contains(read) { $0.append(read) } }
  }

  /// The files noted since the last time.
  public static func taken() -> [Read] {
    noted.withLock { noted in
      if noted.isEmpty { return [] }
      defer { noted = [] }
      return noted
    }
  }
}
