import Glibc

/// The check sum at the end of a gzip file, which libarchive steps over.
///
/// RFC 1952: the last eight bytes are the CRC-32 and the size of what was compressed. They are of
/// the last of several files that were written after each other, so only a file that holds one is
/// checked: it begins with three bytes that nothing after them repeats.
struct GzipChecksum {
  private var crc: UInt32 = 0xFFFF_FFFF
  private var size: UInt32 = 0
  private let stored: (crc: UInt32, size: UInt32)

  /// The check of a file's bytes, which `read` gives from an offset on; nil where none can be made.
  init?(size: Int, read: (UnsafeMutableRawBufferPointer, Int) -> Int) {
    guard size >= 18 else { return nil }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var offset = 1
    while offset < size {
      let count = chunk.withUnsafeMutableBytes { read($0, offset) }
      guard count > 0 else { return nil }
      if GzipChecksum.holdsBeginning(chunk, count) { return nil }
      // A beginning may lie across two pieces.
      if offset + count >= size { break }
      offset += max(1, count - 2)
    }
    var tail = [UInt8](repeating: 0, count: 8)
    guard tail.withUnsafeMutableBytes({ read($0, size - 8) }) == 8 else { return nil }
    // Zeros that fill the file up are no check sum.
    guard tail.contains(where: { $0 != 0 }) else { return nil }
    func number(_ i: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(tail[i + $1]) << UInt32(8 * $1) }
    }
    stored = (number(0), number(4))
  }

  /// Takes the next bytes in.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    size &+= UInt32(truncatingIfNeeded: bytes.count)
    var sum = crc
    GzipChecksum.table.withUnsafeBufferPointer { table in
      var i = 0
      while i &+ 4 <= bytes.count {
        sum ^= UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt32.self))
        sum =
          table[Int(768 &+ (sum & 255))] ^ table[Int(512 &+ (sum &>> 8 & 255))]
          ^ table[Int(256 &+ (sum &>> 16 & 255))] ^ table[Int(sum &>> 24)]
        i &+= 4
      }
      while i < bytes.count {
        sum = sum &>> 8 ^ table[Int((sum ^ UInt32(bytes[i])) & 255)]
        i &+= 1
      }
    }
    crc = sum
  }

  /// Whether what was taken in is what the file announces.
  var agrees: Bool { ~crc == stored.crc && size == stored.size }

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

  /// What a byte does to the sum, and what it does with one, two and three bytes after it.
  private static let table: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 1024)
    for i in 0..<256 {
      var value = UInt32(i)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
      table[i] = value
    }
    for i in 256..<1024 { table[i] = table[i - 256] >> 8 ^ table[Int(table[i - 256] & 255)] }
    return table
  }()
}
