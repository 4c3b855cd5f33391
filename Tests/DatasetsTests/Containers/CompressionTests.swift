import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// The table "1,2,a\n3,4,b\n" as Python's gzip, bz2 and lzma compress it.
struct CompressionTests {
  private func load(_ bytes: [UInt8], _ name: String) throws -> Dataset {
    let folder = try TemporaryFolder()
    return try dataset(DataLoader.load(folder.write(name, bytes)))
  }

  private static let gzip: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 51, 212, 49, 210, 73, 228, 50, 214,
    49, 209, 73, 226, 2, 0, 130, 250, 242, 183, 12, 0, 0, 0,
  ]
  private static let bzip2: [UInt8] = [
    66, 90, 104, 57, 49, 65, 89, 38, 83, 89, 125, 215, 44, 143, 0, 0, 3, 89,
    0, 0, 16, 0, 4, 60, 0, 48, 0, 32, 0, 49, 12, 8, 33, 161, 154, 129,
    210, 16, 74, 252, 93, 201, 20, 225, 66, 65, 247, 92, 178, 60,
  ]
  private static let xz: [UInt8] = [
    253, 55, 122, 88, 90, 0, 0, 4, 230, 214, 180, 70, 2, 0, 33, 1, 22, 0,
    0, 0, 116, 47, 229, 163, 1, 0, 11, 49, 44, 50, 44, 97, 10, 51, 44, 52,
    44, 98, 10, 0, 137, 58, 30, 245, 57, 143, 79, 226, 0, 1, 36, 12, 166, 24,
    216, 216, 31, 182, 243, 125, 1, 0, 0, 0, 0, 4, 89, 90,
  ]

  @Test func compressionIsKnownByTheFirstBytes() throws {
    for bytes in [Self.gzip, Self.bzip2, Self.xz] {
      for name in ["a.csv.gz", "a.csv", "a", "a.csv.xz"] {
        let data = try load(bytes, name)
        #expect(data.features.row(1) == [3, 4])
        #expect(data.name == "a")
      }
    }
    // Two compressed files after each other are one.
    #expect(try load(Self.gzip + Self.gzip, "a.csv").count == 4)
    // A name alone compresses nothing.
    #expect(try load(Array("1,2,a\n".utf8), "a.csv.gz").count == 1)
  }

  @Test func whatIsCutOffSaysSo() {
    for bytes in [Self.gzip, Self.bzip2, Self.xz] {
      for count in [bytes.count - 1, bytes.count - 9, bytes.count / 2] {
        let error = #expect(throws: DataError.self) {
          try load(Array(bytes.prefix(count)), "a.csv")
        }
        #expect(error?.message == "the compressed data ends in the middle", "\(count)")
      }
    }
  }

  /// Bits that were turned over are found, by the check sum at the latest.
  @Test func damageIsFound() throws {
    let digits = try #require(Bundled.source("digits"))
    guard case .memory(let memory) = digits.place else { return }
    var stream = RandomStream(seed: 12, key: "damage", count: 0)
    for _ in 0..<30 {
      var bytes = Array(memory.bytes)
      bytes[20 + stream.integer(below: bytes.count - 20)] ^= 1 << UInt8(stream.integer(below: 8))
      let error = #expect(throws: DataError.self) { try load(bytes, "a.csv.gz") }
      #expect(error?.message.hasPrefix("the compressed data") == true)
    }
    var bytes = Self.gzip
    bytes[bytes.count - 8] ^= 1
    let error = #expect(throws: DataError.self) { try load(bytes, "a") }
    #expect(error?.message == "the compressed data is damaged: its check sum does not match")
    // Zeros after the end are no damage.
    let padded = Self.gzip + [UInt8](repeating: 0, count: 512)
    #expect(try load(padded, "a").count == 2)
  }

  @Test func compressedBatches() throws {
    let folder = try TemporaryFolder()
    guard case .memory(let memory) = Bundled.source("digits")?.place else { return }
    let bytes = Array(memory.bytes)
    #expect(try load(bytes, "x").count == 1797)
    let path = try folder.write("data_batch_1.bin.gz", bytes)
    let error = #expect(throws: DataError.self) { try DataLoader.load(path) }
    #expect(error?.message.contains("whole records of 3073 bytes") == true)
    let cut = try folder.write("digits", Array(bytes.prefix(40_000)))
    #expect(throws: DataError.self) { try DataLoader.load(cut) }
  }
}
