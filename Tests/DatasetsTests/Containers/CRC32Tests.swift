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
