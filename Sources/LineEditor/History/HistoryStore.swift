import Glibc

/// The entries of this and earlier sessions, kept in a file with one JSON object a line.
///
/// Several sessions may share the file: each appends whole lines under a lock. Lines that can't be
/// read, as a crash or another program leaves them, are skipped.
public final class HistoryStore {
  /// Entries, oldest first, whole, and none twice in a row.
  public private(set) var entries: [String] = []
  /// Where they are kept; nil for a history in memory only.
  public let path: String?

  static let capacity = 10_000
  private static let readLimit = 8 << 20

  /// Reads what is in the file, where there is one.
  public init(path: String?) {
    self.path = path
    guard let path else { return }
    let text = String(decoding: Self.tail(of: path), as: UTF8.self)
    for line in text.split(separator: "\n") {
      if let entry = JSONText.string("entry", in: line), entry != entries.last {
        entries.append(entry)
      }
    }
    entries.removeFirst(max(0, entries.count - Self.capacity))
  }

  /// The file in the folder for a program's state: `$XDG_STATE_HOME/svmrepl`, else
  /// `~/.local/state/svmrepl`; nil where there is no home.
  public static func standardPath(environment: (String) -> String?) -> String? {
    if let folder = environment("XDG_STATE_HOME"), folder.hasPrefix("/") {
      return folder + "/svmrepl/history.jsonl"
    }
    guard let home = environment("HOME"), !home.isEmpty else { return nil }
    return home + "/.local/state/svmrepl/history.jsonl"
  }

  /// Adds an entry here and in the file. False where the file can't be written: the session goes
  /// on.
  @discardableResult
  public func append(_ entry: String) -> Bool {
    guard entry != entries.last, !entry.allSatisfy(\.isWhitespace) else { return true }
    entries.append(entry)
    guard let path else { return true }
    Self.makeFolders(for: path)
    let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    guard flock(file, LOCK_EX) == 0 else { return false }
    var line = "{\"time\":\(time(nil)),\"entry\":\(JSONText.quoted(entry))}\n"
    // A line that was cut off must not swallow this one.
    let length = lseek(file, 0, SEEK_END)
    var last: UInt8 = 0x0A
    if length > 0, pread(file, &last, 1, length - 1) == 1, last != 0x0A { line = "\n" + line }
    return line.withUTF8 { bytes in
      write(file, bytes.baseAddress, bytes.count) == bytes.count
    }
  }

  private static func makeFolders(for path: String) {
    var end = path.startIndex
    while let slash = path[end...].dropFirst().firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      end = slash
    }
  }

  /// The last bytes of a file, at most `readLimit` of them.
  private static func tail(of path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
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
