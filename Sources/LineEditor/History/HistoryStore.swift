import Glibc
import Record
import Text

/// The entries of this and earlier sessions, kept in a file with one JSON object per line.
///
/// Several sessions may share the file: each appends whole lines under a lock. Damaged lines are
/// skipped.
public final class HistoryStore {
  /// The entries, oldest first, without direct repetitions.
  public var entries: [String] { content.entries }
  /// The entries that failed: they are brought back, but not suggested.
  var failed: Set<String> { content.failed }
  /// Where they are kept; nil for a history in memory only.
  public let path: String?

  static let capacity = 10_000
  private static let readLimit = 8 << 20

  private struct Content {
    var entries: [String] = []
    var failed: Set<String> = []
  }

  /// What is in the file, read when it is first asked for: the prompt need not wait for it.
  private lazy var content = path.map { Self.content(of: $0) } ?? Content()

  /// A history in a file, whether it is there or not.
  public init(path: String?) { self.path = path }

  private static func content(of path: String) -> Content {
    var content = Content()
    tail(of: path).withUnsafeBufferPointer { bytes in
      for line in bytes.split(separator: 0x0A) {
        switch HistoryLine(UnsafeBufferPointer(rebasing: line)) {
        case .entry(let text)?:
          // An entry with a NUL can't be edited any further than that.
          let entry = text.utf8.contains(0) ? text.replacing("\0", with: "") : text
          if entry != content.entries.last { content.entries.append(entry) }
          if !content.failed.isEmpty { content.failed.remove(entry) }
        case .failed(let text)?: content.failed.insert(text)
        case nil: continue
        }
      }
    }
    content.entries.removeFirst(max(0, content.entries.count - capacity))
    return content
  }

  /// The file in the folder for a program's state: `$XDG_STATE_HOME/svmrepl`, else
  /// `~/.local/state/svmrepl`; nil where there is no home.
  public static func standardPath(environment: (String) -> String?) -> String? {
    Folder.state(environment: environment).map { $0 + "/history.jsonl" }
  }

  /// Adds an entry here and in the file. False where the file can't be written: the session goes
  /// on.
  @discardableResult
  public func append(_ entry: String) -> Bool {
    guard !entry.allSatisfy(\.isWhitespace) else { return true }
    content.failed.remove(entry)
    guard entry != entries.last else { return true }
    content.entries.append(entry)
    return write(.entry(entry))
  }

  /// Notes that an entry, which was appended before, has failed.
  public func noteFailure(of entry: String) {
    content.failed.insert(entry)
    _ = write(.failed(entry))
  }

  /// Adds a line to the file, under a lock.
  private func write(_ content: HistoryLine) -> Bool {
    guard let path else { return true }
    do { try Folder.make(for: path) } catch { return false }
    let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    guard Self.isFile(file), flock(file, LOCK_EX) == 0 else { return false }
    var line = content.text(time: time(nil)) + "\n"
    // A line that was cut off must not swallow this one.
    let length = lseek(file, 0, SEEK_END)
    var last: UInt8 = 0x0A
    if length > 0, pread(file, &last, 1, length - 1) == 1, last != 0x0A { line = "\n" + line }
    return line.withUTF8 { bytes in
      Glibc.write(file, bytes.baseAddress, bytes.count) == bytes.count
    }
  }

  /// Whether a descriptor is of a file, and not of a pipe, which would wait for somebody else.
  private static func isFile(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The last bytes of a file, at most `readLimit` of them.
  private static func tail(of path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return [] }
    defer { close(file) }
    guard isFile(file) else { return [] }
    let length = Int(lseek(file, 0, SEEK_END))
    guard length > 0 else { return [] }
    let start = max(0, length - readLimit)
    var bytes = [UInt8](repeating: 0, count: length - start)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(file, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, start + filled)
      }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }
}
