import LinearAlgebra

/// A text that is looked at in pieces: a large file stays on disk, and its pieces are read when
/// they are asked for; any other is in memory.
struct TextFile: Sendable {
  private enum Place: Sendable {
    case memory(FileBytes)
    case disk(StoredFile)
  }

  private let place: Place
  /// How many bytes there are.
  let count: Int

  /// From how many bytes on a file stays on disk.
  static let usualLimit = 1 << 22

  /// The text of a source, decompressed where it is compressed.
  ///
  /// - Parameter limit: from how many bytes on a file stays on disk, if it is not compressed.
  /// - Throws: `DataError` where it can't be read, `MemoryRefused`, `Interrupted`.
  init(_ source: DataSource, limit: Int = usualLimit) throws {
    if source.fileSize >= limit, let file = try StoredFile(source) {
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

  /// Whether all of it is in memory.
  var isInMemory: Bool { if case .memory = place { true } else { false } }

  /// Hands out bytes of which a part is a range of the text; they are there as long as `body` runs.
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

  /// Where the text begins, after the mark that some programs write there.
  ///
  /// - Throws: as `withPiece`.
  func start() throws -> Int {
    try withPiece(0..<min(3, count)) { bytes, range in
      bytes.withBytes { $0[range].elementsEqual([0xEF, 0xBB, 0xBF]) } ? 3 : 0
    }
  }

  /// Refuses what is plainly no text in UTF-8.
  ///
  /// - Throws: `DataError`; as `withPiece`.
  func refuseForeignText(_ path: String) throws {
    try withPiece(0..<min(4096, count)) { bytes, _ in
      try TableReader.refuseForeignText(bytes, path)
    }
  }
}
