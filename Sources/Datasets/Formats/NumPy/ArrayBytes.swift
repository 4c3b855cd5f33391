import LinearAlgebra

/// The bytes of an array's file: in memory, or a range of a file on disk, of which any number of
/// threads read pieces.
struct ArrayBytes: Sendable {
  private let place: StoredBytes
  private let start: Int
  /// Their number.
  let count: Int
  /// Their check sum; nil where there is none, or whoever read them has compared it.
  let checksum: UInt32?

  /// A range of bytes in memory.
  init(_ bytes: FileBytes, _ range: Range<Int>? = nil, checksum: UInt32? = nil) {
    place = .memory(bytes)
    start = range?.lowerBound ?? 0
    count = range?.count ?? bytes.count
    self.checksum = checksum
  }

  /// A range of a file on disk.
  init(_ file: StoredFile, _ range: Range<Int>, checksum: UInt32? = nil) {
    place = .disk(file)
    start = range.lowerBound
    count = range.count
    self.checksum = checksum
  }

  /// All of some bytes.
  init(_ bytes: StoredBytes) {
    (place, start, count, checksum) = (bytes, 0, bytes.count, nil)
  }

  /// The bytes of a source, decompressed where it is compressed.
  ///
  /// - Throws: `DataError` where they can't be read, `MemoryRefused`, `Interrupted`.
  init(_ source: DataSource) throws {
    if let file = try StoredFile(source) {
      self.init(file, 0..<file.size)
    } else {
      self.init(try source.readAll())
    }
  }

  /// A range of the bytes, with its check sum.
  func part(_ range: Range<Int>, checksum: UInt32) -> ArrayBytes {
    let own = start + range.lowerBound..<start + range.upperBound
    return switch place {
    case .memory(let bytes): ArrayBytes(bytes, own, checksum: checksum)
    case .disk(let file): ArrayBytes(file, own, checksum: checksum)
    }
  }

  /// The first byte where they are in memory; valid as long as this value.
  var pointer: UnsafeMutablePointer<UInt8>? {
    if case .memory(let bytes) = place { bytes.pointer + start } else { nil }
  }

  /// Takes a range for a value: its first byte, and what owns it. Nil where that has much more in
  /// memory than the range, is on disk, or was taken before.
  func taken(
    _ range: Range<Int>
  ) -> (start: UnsafeMutableRawPointer, owner: any AnyObject & Sendable)? {
    guard case .memory(let bytes) = place, range.count >= bytes.capacity / 8 * 7,
      !DiskMemory.holds(bytes.pointer), bytes.take()
    else { return nil }
    return (UnsafeMutableRawPointer(bytes.pointer + start + range.lowerBound), bytes)
  }

  /// Calls `body` with a range of the bytes, which is valid until it returns.
  ///
  /// - Throws: `DataError` where they can't be read, `MemoryRefused`, `Interrupted`; what `body`
  ///   throws.
  func withPiece<R>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> R) throws -> R {
    switch place {
    case .memory(let bytes):
      try Interruption.check()
      return try withExtendedLifetime(bytes) {
        try body(
          UnsafeRawBufferPointer(
            start: bytes.pointer + start + range.lowerBound, count: range.count))
      }
    case .disk(let file):
      return try file.withPiece(start + range.lowerBound..<start + range.upperBound) {
        try body(UnsafeRawBufferPointer(start: $0.pointer, count: $0.count))
      }
    }
  }

  /// Copies a range of the bytes.
  ///
  /// - Throws: as `withPiece`.
  func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws {
    switch place {
    case .memory:
      try withPiece(range) {
        if let base = $0.baseAddress { target.copyMemory(from: base, byteCount: $0.count) }
      }
    case .disk(let file):
      try file.read(start + range.lowerBound..<start + range.upperBound, into: target)
    }
  }
}
