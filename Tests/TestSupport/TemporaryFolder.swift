import Glibc

/// A folder of a test's own, under `TMPDIR` where that is set; it is removed with all that is in
/// it.
public final class TemporaryFolder {
  /// Why a test could not have its files.
  public struct Trouble: Error {
    /// What was tried, and the system's reason.
    public let message: String
    init(_ what: String) { message = "\(what): \(String(cString: strerror(errno)))" }
  }

  /// Where it is.
  public let path: String

  /// Makes it; in memory, where the system has such a place, for tests that write very many files.
  public init(inMemory: Bool = false) throws {
    let base =
      inMemory && access("/dev/shm", W_OK) == 0
      ? "/dev/shm" : getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/svmrepl-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Trouble("no folder in \(base)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// The path of a name in it.
  public func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file in it and returns its path.
  @discardableResult
  public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = self(name)
    guard let file = fopen(path, "w") else { throw Trouble("can't write \(path)") }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      throw Trouble("can't write \(path)")
    }
    return path
  }

  /// Writes a text in it and returns its path.
  @discardableResult
  public func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  /// Makes a folder in it.
  public func makeFolder(_ name: String) { mkdir(self(name), 0o755) }

  /// The names in it.
  public var names: [String] { Self.names(in: path) }

  /// The bytes of a file.
  public static func bytes(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw Trouble("can't read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// The text of a file.
  public static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// Runs `body` with the folder as the working directory.
  public func whileCurrent<R>(_ body: () throws -> R) throws -> R {
    guard let before = getcwd(nil, 0) else { throw Trouble("no working directory") }
    defer {
      chdir(before)
      free(before)
    }
    guard chdir(path) == 0 else { throw Trouble("can't go to \(path)") }
    return try body()
  }

  private static func names(in path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    chmod(path, 0o755)
    for name in names(in: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }
}
