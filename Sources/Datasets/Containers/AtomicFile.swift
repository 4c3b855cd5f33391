import Text
import Glibc
import LinearAlgebra
import Record

/// Writes files as a whole or not at all.
public enum AtomicFile {
  /// The destination of bytes while a file is written.
  public typealias Output = BufferedOutput

  /// Writes a file with these bytes.
  ///
  /// - Throws: as `write(to:_:)`.
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    try write(to: path) { try $0.append(bytes) }
  }

  /// Writes a file with the bytes that `produce` appends: to a new file in the same folder, which
  /// takes the name once it is on the disk. Whatever goes wrong, the old file stays as it was. A
  /// link stays a link, and its target is replaced; the new file has the permissions of the old
  /// one. A path that is not a regular file, such as /dev/stdout, is written in place.
  ///
  /// - Throws: `DataError` with the path and the system's reason; `Interrupted`; what `produce`
  ///   throws.
  public static func write(to path: String, _ produce: (Output) throws -> Void) throws {
    guard !path.isEmpty else { throw DataError("the path is empty") }
    guard FileWrites.begin() else { return }
    guard !path.utf8.contains(0) else {
      throw DataError("a path can't hold a zero byte", path: Escaping.excerpt(path))
    }
    let target = try resolved(path)
    var status = stat()
    let exists = stat(target, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw DataError("is a folder, and can't be written over", path: path)
    }
    if exists, status.st_mode & S_IFMT != S_IFREG { return try writeInPlace(path, produce) }
    if exists, access(target, W_OK) != 0 {
      throw SystemError.failure("can't be written", path: path)
    }
    if target.hasSuffix("/") { throw DataError("is no name of a file", path: path) }
    try describing(path) {
      let file = try NewFile(at: target)
      if exists {
        // The owner first: changing it may take permissions away.
        if status.st_uid != geteuid() || status.st_gid != getegid() {
          _ = fchown(file.descriptor, status.st_uid, status.st_gid)
        }
        _ = fchmod(file.descriptor, status.st_mode & 0o7777)
      }
      try produce(file.output)
      try file.finish()
    }
  }

  /// Runs `body`, whose failed calls of the system are errors about a path.
  private static func describing(_ path: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let failure as SystemFailure {
      throw SystemError.failure("can't be written", path: path, number: failure.number)
    }
  }

  private static func writeInPlace(_ path: String, _ produce: (Output) throws -> Void) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw SystemError.failure("can't be written", path: path) }
    defer { close(descriptor) }
    try describing(path) {
      let output = Output(to: descriptor)
      try produce(output)
      try output.flush()
    }
  }

  /// The target of a path through links, even where the last link leads to nothing.
  private static func resolved(_ path: String) throws -> String {
    var target = path
    for _ in 0..<40 {
      var status = stat()
      guard lstat(target, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return target }
      // /dev/stdout and the like are links that only the system can follow.
      if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return target }
      var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = buffer.withUnsafeMutableBytes { bytes -> Int in
        guard let base = bytes.baseAddress else { return 0 }
        return readlink(target, base.assumingMemoryBound(to: CChar.self), bytes.count)
      }
      guard count > 0 else { throw SystemError.failure("can't be written", path: path) }
      let link = String(decoding: buffer.prefix(count), as: UTF8.self)
      if link.hasPrefix("/") {
        target = link
      } else {
        target = (target.lastIndex(of: "/").map { String(target[...$0]) } ?? "") + link
      }
    }
    throw SystemError.failure("can't be written", path: path, number: ELOOP)
  }
}
