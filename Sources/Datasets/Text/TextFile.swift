import LinearAlgebra

/// A text that is accessed in pieces. A large uncompressed file stays on disk, and its pieces are
/// read on demand; any other is in memory.
struct TextFile: Sendable {
  private enum Place: Sendable {
    case memory(FileBytes)
    case disk(StoredFile)
  }

  private let place: Place
  /// The number of bytes.
  let count: Int

  /// The size from which a file stays on disk.
  static let usualLimit = 1 << 22

  /// The text of a source, decompressed where it is compressed.
  ///
  /// - Parameters:
  ///   - limit: the size from which an uncompressed file stays on disk.
  ///   - passes: how often it is read there: for its lines, then for what is in them.
  /// - Throws: `DataError` where it can't be read, `MemoryRefused`, `Interrupted`.
  init(_ source: DataSource, limit: Int = usualLimit, passes: Int = 2) throws {
    if source.fileSize >= limit, let file = try StoredFile(source, passes: passes) {
      place = .disk(file)
      count = file.size
    } else {
      let bytes = try source.readAll()
      place = .memory(bytes)
      count = bytes.count
    }
  }

  /// A text that is in memory.
  init(_ bytes: FileBytes) {
    place = .memory(bytes)
    count = bytes.count
  }

  /// All bytes in memory: those that are there already, else those of the source.
  ///
  /// - Throws: `DataError` where it can't be read, `MemoryRefused`, `Interrupted`.
  func allBytes(of source: DataSource) throws -> FileBytes {
    if case .memory(let bytes) = place { bytes } else { try source.readAll() }
  }

  /// Whether all of it is in memory.
  var isInMemory: Bool { if case .memory = place { true } else { false } }

  /// Calls `body` with bytes, and with the range of them that is the range of the text. They are
  /// valid until it returns.
  ///
  /// - Throws: `DataError` where they can't be read, `MemoryRefused`, `Interrupted`; what `body`
  ///   throws.
  func withPiece<R>(
    _ range: Range<Int>, _ body: (FileBytes, Range<Int>) throws -> R
  ) throws -> R {
    switch place {
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
