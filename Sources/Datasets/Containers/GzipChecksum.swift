import Glibc

/// The check sum at the end of a gzip file, which libarchive ignores.
///
/// RFC 1952: the last eight bytes are the CRC-32 and the size of the original bytes. A file may
/// consist of several members, and they belong to the last. So only a file with a single member is
/// checked: one whose first three bytes do not occur again.
struct GzipChecksum {
  private var crc: UInt32 = 0xFFFF_FFFF
  private var size: UInt32 = 0

  /// Whether the bytes added agree with the check sum and size at the end of a file; true where
  /// that can't be told.
  ///
  /// - Parameters:
  ///   - length: the number of stored bytes.
  ///   - read: gets stored bytes from an offset on.
  func agrees(length: Int, read: (UnsafeMutableRawBufferPointer, Int) -> Int) -> Bool {
    guard let stored = Self.stored(length, read) else { return true }
    return ~crc == stored.crc && size == stored.size
  }

  private static func stored(
    _ size: Int, _ read: (UnsafeMutableRawBufferPointer, Int) -> Int
  ) -> (crc: UInt32, size: UInt32)? {
    guard size >= 18 else { return nil }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var offset = 1
    while offset < size {
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
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    size &+= UInt32(truncatingIfNeeded: bytes.count)
    var sum = crc
    GzipChecksum.table.withUnsafeBufferPointer { table in
      var i = 0
      while i &+ 16 <= bytes.count {
        let first = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self))
        let last = UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: i &+ 8, as: UInt64.self))
        let low = first ^ UInt64(sum)
        sum =
          table[Int(3840 &+ (low & 255))] ^ table[Int(3584 &+ (low &>> 8 & 255))]
          ^ table[Int(3328 &+ (low &>> 16 & 255))] ^ table[Int(3072 &+ (low &>> 24 & 255))]
          ^ table[Int(2816 &+ (low &>> 32 & 255))] ^ table[Int(2560 &+ (low &>> 40 & 255))]
          ^ table[Int(2304 &+ (low &>> 48 & 255))] ^ table[Int(2048 &+ (low &>> 56))]
          ^ table[Int(1792 &+ (last & 255))] ^ table[Int(1536 &+ (last &>> 8 & 255))]
          ^ table[Int(1280 &+ (last &>> 16 & 255))] ^ table[Int(1024 &+ (last &>> 24 & 255))]
          ^ table[Int(768 &+ (last &>> 32 & 255))] ^ table[Int(512 &+ (last &>> 40 & 255))]
          ^ table[Int(256 &+ (last &>> 48 & 255))] ^ table[Int(last &>> 56)]
        i &+= 16
      }
      while i < bytes.count {
        sum = sum &>> 8 ^ table[Int((sum ^ UInt32(bytes[i])) & 255)]
        i &+= 1
      }
    }
    crc = sum
  }

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

  /// The effect of a byte on the sum, and that with 1 to 15 bytes after it.
  private static let table: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 4096)
    for i in 0..<256 {
      var value = UInt32(i)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
      table[i] = value
    }
    for i in 256..<4096 { table[i] = table[i - 256] >> 8 ^ table[Int(table[i - 256] & 255)] }
    return table
  }()
}
