import CKernels

/// The check sum of gzip and zip: the remainder of the bytes, as a polynomial over two elements, by
/// x³² + x²⁶ + x²³ + x²² + x¹⁶ + x¹² + x¹¹ + x¹⁰ + x⁸ + x⁷ + x⁵ + x⁴ + x² + x + 1 (RFC 1952).
struct CRC32: Sendable {
  private var state: UInt32 = 0xFFFF_FFFF
  /// The number of bytes added.
  private(set) var count = 0

  /// The sum of the bytes added.
  var value: UInt32 { ~state }

  /// Adds bytes.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    let first = bytes.bindMemory(to: UInt8.self).baseAddress
    let done = first.map { svm_crc32(&state, $0, bytes.count) } ?? 0
    count += done
    addPlainly(UnsafeRawBufferPointer(rebasing: bytes[done...]))
  }

  /// Adds bytes by tables, 16 at a time.
  mutating func addPlainly(_ bytes: UnsafeRawBufferPointer) {
    count += bytes.count
    var sum = state
    Self.table.withUnsafeBufferPointer { table in
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
    state = sum
  }

  /// Adds bytes whose sum is known: parts can be summed on several threads.
  mutating func add(_ next: CRC32) {
    state = ~(Self.product(value, Self.power(8 * next.count)) ^ next.value)
    count += next.count
  }

  /// The product of two remainders. The highest bit is the coefficient of x⁰.
  private static func product(_ a: UInt32, _ b: UInt32) -> UInt32 {
    var (result, b) = (UInt32(0), b)
    var bit: UInt32 = 1 << 31
    while bit != 0 {
      if a & bit != 0 { result ^= b }
      b = b & 1 == 1 ? b >> 1 ^ 0xEDB8_8320 : b >> 1
      bit >>= 1
    }
    return result
  }

  /// The remainder of xⁿ.
  private static func power(_ n: Int) -> UInt32 {
    var (result, square, n) = (UInt32(1 << 31), UInt32(1 << 30), n)
    while n > 0 {
      if n & 1 == 1 { result = product(result, square) }
      square = product(square, square)
      n >>= 1
    }
    return result
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
