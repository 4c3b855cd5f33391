import Glibc
import LinearAlgebra

/// The check sum at the end of a gzip file, which libarchive ignores.
///
/// RFC 1952: the last eight bytes are the CRC-32 and the size of the original bytes. A file may
/// consist of several members, and they belong to the last. So only a file with a single member is
/// checked: one whose first three bytes do not occur again.
struct GzipChecksum {
  private var crc = CRC32()

  /// Whether the bytes added agree with the check sum and size at the end of a file; true where
  /// that can't be told.
  ///
  /// - Parameters:
  ///   - length: the number of stored bytes.
  ///   - read: gets stored bytes from an offset on.
  /// - Throws: `Interrupted`.
  func agrees(length: Int, read: (UnsafeMutableRawBufferPointer, Int) -> Int) throws -> Bool {
    guard let stored = try Self.stored(length, read) else { return true }
    return crc.value == stored.crc && UInt32(truncatingIfNeeded: crc.count) == stored.size
  }

  private static func stored(
    _ size: Int, _ read: (UnsafeMutableRawBufferPointer, Int) -> Int
  ) throws -> (crc: UInt32, size: UInt32)? {
    guard size >= 18 else { return nil }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var offset = 1
    while offset < size {
      try Interruption.check()
      let count = chunk.withUnsafeMutableBytes { read($0, offset) }
      guard count > 0 else { return nil }
      if GzipChecksum.holdsBeginning(chunk, count) { return nil }
      // The three bytes may be split between two pieces.
      if offset + count >= size { break }
      offset += max(1, count - 2)
    }
    var tail = [UInt8](repeating: 0, count: 8)
    guard tail.withUnsafeMutableBytes({ read($0, size - 8) }) == 8 else { return nil }
    // Zeros that pad the file are no check sum.
    guard tail.contains(where: { $0 != 0 }) else { return nil }
    func number(_ i: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(tail[i + $1]) << UInt32(8 * $1) }
    }
    return (number(0), number(4))
  }

  /// Adds the next decompressed bytes.
  mutating func add(_ bytes: UnsafeRawBufferPointer) { crc.add(bytes) }

  private static func holdsBeginning(_ bytes: [UInt8], _ count: Int) -> Bool {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return false }
      var i = 0
      while i + 2 < count, let hit = memchr(base + i, 0x1F, count - i - 2) {
        i = UnsafeRawPointer(hit) - base
        if buffer[i + 1] == 0x8B && buffer[i + 2] == 8 { return true }
        i += 1
      }
      return false
    }
  }
}
