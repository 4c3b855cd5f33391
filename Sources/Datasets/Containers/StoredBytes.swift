import Glibc
import LinearAlgebra

/// Bytes in memory, or in a file on disk, of which any number of threads read pieces.
enum StoredBytes: Sendable {
  case memory(FileBytes)
  case disk(StoredFile)

  /// The number of bytes from which they are on disk.
  static let usualLimit = 1 << 22

  /// Their number.
  var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .disk(let file): file.size
    }
  }

  /// All of them in memory.
  ///
  /// - Throws: `DataError` where they can't be read, `MemoryRefused`, `Interrupted`.
  func inMemory() throws -> FileBytes {
    switch self {
    case .memory(let bytes): bytes
    case .disk(let file): try file.bytes(room: file.size)
    }
  }

  /// Bytes that come one after the other, as those that are decompressed. Where they are many, they
  /// go into a nameless file: they and what is made of them need not both fit into memory. They
  /// are in memory where the disk has no room for them.
  ///
  /// - Parameters:
  ///   - likely: how many there may be.
  ///   - limit: how many may be in memory.
  ///   - path: the path in messages.
  ///   - next: writes the next bytes, as many as fit or are left, and returns their number.
  /// - Throws: `DataError` where the file can't be read, `MemoryRefused`, `Interrupted`; what
  ///   `next` throws.
  init(
    likely: Int, limit: Int = usualLimit, path: String,
    next: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws {
    let limit = max(limit, 1)
    let piece = try FileBytes(capacity: min(likely, limit))
    var goesOn = true
    func fillPiece() throws {
      piece.hold(0)
      try piece.fill { target in
        let room = min(target.count, limit - piece.count)
        guard room > 0 else { return 0 }
        let count = try next(UnsafeMutableRawBufferPointer(rebasing: target[..<room]))
        goesOn = count > 0
        return count
      }
    }
    try fillPiece()
    guard goesOn, var file = NamelessWriter() else {
      if goesOn { try piece.fill(next) }
      self = .memory(piece)
      return
    }
    while try file.append(piece) {
      guard goesOn else {
        self = .disk(file.stored(path: path))
        return
      }
      try fillPiece()
    }
    let written = file.stored(path: path)
    let all = try written.bytes(room: max(likely, 2 * (written.size + piece.count)))
    memcpy(all.pointer + all.count, piece.pointer, piece.count)
    all.hold(all.count + piece.count)
    if goesOn { try all.fill(next) }
    self = .memory(all)
  }
}
