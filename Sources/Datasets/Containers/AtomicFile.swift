import Text
import Glibc
import LinearAlgebra

/// Writes files as a whole or not at all.
public enum AtomicFile {
  /// The destination of bytes while a file is written.
  public final class Output {
    private let descriptor: Int32
    private let path: String
    private var waiting: [UInt8] = []

    fileprivate init(_ descriptor: Int32, path: String) {
      self.descriptor = descriptor
      self.path = path
      waiting.reserveCapacity(1 << 18)
    }

    /// Adds bytes.
    ///
    /// - Throws: `DataError` where they can't be written, `Interrupted`.
    public func append(_ bytes: UnsafeRawBufferPointer) throws {
      if waiting.count + bytes.count <= 1 << 18 {
        waiting.append(contentsOf: bytes)
        return
      }
      try flush()
      try write(bytes)
    }

    /// Adds bytes.
    ///
    /// - Throws: `DataError` where they can't be written, `Interrupted`.
    public func append(_ bytes: some Collection<UInt8>) throws {
      let done: Void? = try bytes.withContiguousStorageIfAvailable { buffer in
        try append(UnsafeRawBufferPointer(buffer))
      }
      if done == nil { try Array(bytes).withUnsafeBytes { try append($0) } }
    }

    /// Adds a text in UTF-8.
    ///
    /// - Throws: `DataError` where it can't be written, `Interrupted`.
    public func append(_ text: String) throws {
      var text = text
      try text.withUTF8 { try append(UnsafeRawBufferPointer($0)) }
    }

    fileprivate func flush() throws {
      try waiting.withUnsafeBytes { try write($0) }
      waiting.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws {
      guard let base = bytes.baseAddress else { return }
      var done = 0
      while done < bytes.count {
        try Interruption.check()
        let count = Glibc.write(descriptor, base + done, min(bytes.count - done, 1 << 24))
        if count < 0 {
          if errno == EINTR { continue }
          throw SystemError.failure("can't be written", path: path)
        }
        done += count
      }
    }
  }

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
    let folder = target.lastIndex(of: "/").map { target[...$0] } ?? "./"
    if target.hasSuffix("/") { throw DataError("is no name of a file", path: path) }
    var (temporary, descriptor) = ("", Int32(-1))
    for attempt in 0..<100 {
      temporary = "\(folder).svmrepl-\(getpid())-\(attempt).tmp"
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 || errno != EEXIST { break }
    }
    guard descriptor >= 0 else { throw SystemError.failure("can't be written", path: path) }
    var isDone = false
    defer {
      // The name goes at once. To free the blocks of a large file takes longer, and comes with
      // closing it.
      if !isDone { unlink(temporary) }
      if descriptor >= 0 {
        let descriptor = descriptor
        Abandonable.leave { close(descriptor) }
      }
    }
    if exists {
      // The owner first: changing it may take permissions away.
      if status.st_uid != geteuid() || status.st_gid != getegid() {
        _ = fchown(descriptor, status.st_uid, status.st_gid)
      }
      _ = fchmod(descriptor, status.st_mode & 0o7777)
    }
    let output = Output(descriptor, path: path)
    try produce(output)
    try output.flush()
    guard try synced(descriptor) else {
      throw SystemError.failure("can't be written", path: path)
    }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0, rename(temporary, target) == 0 else {
      throw SystemError.failure("can't be written", path: path)
    }
    isDone = true
    sync(folder: String(folder))
  }

  /// Whether all bytes are on the disk now. It may take seconds, in which the user may interrupt.
  private static func synced(_ descriptor: Int32) throws -> Bool {
    let own = dup(descriptor)
    guard own >= 0 else { return fsync(descriptor) == 0 }
    return try Abandonable.run {
      defer { close(own) }
      return fsync(own) == 0
    }
  }

  /// The new name is on the disk once the folder is synced; not every file system can do that.
  private static func sync(folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func writeInPlace(_ path: String, _ produce: (Output) throws -> Void) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw SystemError.failure("can't be written", path: path) }
    defer { close(descriptor) }
    let output = Output(descriptor, path: path)
    try produce(output)
    try output.flush()
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
