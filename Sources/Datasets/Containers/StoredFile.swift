import Glibc
import LinearAlgebra
import Synchronization

/// An uncompressed file on disk, or a nameless one, whose pieces any number of threads can read.
///
/// Fresh memory for a whole large file would cost more time than reading the file twice: pieces
/// reuse the memory of earlier ones.
final class StoredFile: Sendable {
  /// The number of bytes when it was opened.
  let size: Int
  private let path: String
  private let descriptor: Int32
  /// How often the whole file is read, so that progress counts each of its bytes once; 0 where it
  /// counts none of them.
  private let passes: Int
  private let unused = Mutex<[FileBytes]>([])

  /// Opens a file; nil where the source is not a file on disk, or is compressed.
  ///
  /// - Parameter passes: how often the whole file is going to be read.
  /// - Throws: `DataError` where it can't be read.
  init?(_ source: DataSource, passes: Int = 1) throws {
    guard case .file(let size) = source.place else { return nil }
    self.size = size
    self.passes = passes
    path = source.path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw SystemError.failure("can't be read", path: path) }
    var head = [UInt8](repeating: 0, count: 6)
    let count = pread(descriptor, &head, head.count, 0)
    if Compression.isCompressed(head.prefix(max(0, count)), name: source.name) { return nil }
  }

  /// A nameless file, whose bytes were counted when they were written.
  ///
  /// - Parameter descriptor: is closed with it.
  init(nameless descriptor: Int32, size: Int, path: String) {
    (self.descriptor, self.size, self.path, passes) = (descriptor, size, path, 0)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Reads a range of the bytes, which is valid until `body` returns.
  ///
  /// - Throws: `DataError` where they can't be read, `MemoryRefused`, `Interrupted`; what `body`
  ///   throws.
  func withPiece<R>(_ range: Range<Int>, _ body: (FileBytes) throws -> R) throws -> R {
    let old = unused.withLock { unused in
      unused.lastIndex { $0.capacity >= range.count }.map { unused.remove(at: $0) }
    }
    // Room for somewhat longer pieces, too.
    let piece = try old ?? FileBytes(capacity: range.count + range.count / 2)
    defer { unused.withLock { $0.append(piece) } }
    try read(range, into: piece.pointer)
    piece.hold(range.count)
    return try body(piece)
  }

  /// Reads a range of the bytes.
  ///
  /// - Throws: `DataError` where they can't be read, `Interrupted`.
  func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws {
    var done = 0
    while done < range.count {
      try Interruption.check()
      // As much as takes about a millisecond, so that a wish to stop is heard.
      let count = pread(
        descriptor, target + done, min(range.count - done, 1 << 23), range.lowerBound + done)
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemError.failure("can't be read", path: path)
      }
      guard count > 0 else {
        throw DataError("the file became shorter while it was read", path: path)
      }
      done += count
      if passes > 0 { ReadProgress.add(count / passes) }
    }
  }

  /// All bytes, with room for `room` of them.
  ///
  /// - Throws: `DataError` where they can't be read, `MemoryRefused`, `Interrupted`.
  func bytes(room: Int) throws -> FileBytes {
    let bytes = try FileBytes(capacity: room)
    try read(0..<size, into: bytes.pointer)
    bytes.hold(size)
    return bytes
  }
}
