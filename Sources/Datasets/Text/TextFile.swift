import LinearAlgebra

/// A text that is accessed in pieces. A large one is on disk, and its pieces are read on demand.
struct TextFile: Sendable {
  private let bytes: StoredBytes
  /// The number of bytes.
  var count: Int { bytes.count }

  /// The text of a source, decompressed where it is compressed. One that is held is released.
  ///
  /// - Parameter limit: the number of bytes from which it is on disk.
  /// - Throws: `DataError` where it can't be read, `MemoryRefused`, `Interrupted`.
  init(_ source: DataSource, limit: Int = StoredBytes.usualLimit) throws {
    // It is read for its lines, and then for what is in them.
    if source.fileSize >= limit, let file = try StoredFile(source, passes: 2) {
      bytes = .disk(file)
      return
    }
    let stream = try ByteStream(source)
    if let held = stream.heldBytes, held.count <= limit {
      bytes = .memory(held)
      return
    }
    bytes = try StoredBytes(
      likely: stream.plainSize ?? 4 * source.fileSize, limit: limit, path: source.path,
      next: stream.read)
    source.release()
  }

  /// A text that is in memory.
  init(_ bytes: FileBytes) { self.bytes = .memory(bytes) }

  /// All bytes in memory.
  ///
  /// - Throws: `DataError` where they can't be read, `MemoryRefused`, `Interrupted`.
  func inMemory() throws -> FileBytes { try bytes.inMemory() }

  /// Whether all of it is in memory.
  var isInMemory: Bool { if case .memory = bytes { true } else { false } }

  /// Calls `body` with bytes, and with the range of them that is the range of the text. They are
  /// valid until it returns.
  ///
  /// - Throws: `DataError` where they can't be read, `MemoryRefused`, `Interrupted`; what `body`
  ///   throws.
  func withPiece<R>(
    _ range: Range<Int>, _ body: (FileBytes, Range<Int>) throws -> R
  ) throws -> R {
    switch bytes {
    case .memory(let bytes):
      return try withExtendedLifetime(bytes) { try body(bytes, range) }
    case .disk(let file):
      return try file.withPiece(range) { try body($0, 0..<$0.count) }
    }
  }

  /// The offset at which the text begins, after a byte order mark.
  ///
  /// - Throws: as `withPiece`.
  func start() throws -> Int {
    try withPiece(0..<min(3, count)) { bytes, range in
      bytes.withBytes { $0[range].elementsEqual([0xEF, 0xBB, 0xBF]) } ? 3 : 0
    }
  }

  /// Checks that the beginning can be text in UTF-8.
  ///
  /// - Throws: `DataError` where it can't be; as `withPiece`.
  func refuseForeignText(_ path: String) throws {
    try withPiece(0..<min(4096, count)) { bytes, _ in
      try TableReader.refuseForeignText(bytes, path)
    }
  }
}
