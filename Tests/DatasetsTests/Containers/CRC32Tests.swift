import Testing

@testable import Datasets

struct CRC32Tests {
  private func sum(_ bytes: [UInt8]) -> CRC32 {
    var sum = CRC32()
    bytes.withUnsafeBytes { sum.add($0) }
    return sum
  }

  /// The check value in the catalog of parametrised CRC algorithms, CRC-32/ISO-HDLC, and Python's
  /// `zlib.crc32(bytes(range(256)) * 3)`.
  @Test func publishedSums() {
    #expect(sum(Array("123456789".utf8)).value == 0xCBF4_3926)
    #expect(sum([]).value == 0)
    #expect(sum((0..<768).map { UInt8($0 & 255) }).value == 0xB0C0_DF2A)
  }

  /// By tables, as the standards write it.
  @Test func theFastWayHasTheSameSums() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31 &+ $0 / 7) }
    for count in Array(0..<150) + [255, 256, 257, 999, 1000] {
      for start in [0, 1, 5] where start <= count {
        var plain = CRC32()
        bytes[start..<count].withUnsafeBytes { plain.addPlainly($0) }
        let fast = sum(Array(bytes[start..<count]))
        #expect(fast.value == plain.value)
        #expect(fast.count == plain.count)
      }
    }
  }

  @Test func partsAreAddedUp() {
    let bytes = (0..<100).map { UInt8($0 * 7 & 255) }
    for cut in [0, 1, 15, 16, 17, 50, 99, 100] {
      var first = sum(Array(bytes[..<cut]))
      first.add(sum(Array(bytes[cut...])))
      #expect(first.value == sum(bytes).value)
      #expect(first.count == 100)
    }
  }
}
