import FuzzedReaders
import TestSupport
import Testing

@testable import Datasets

/// What libFuzzer found (`scripts/fuzz`): files that each reach another part of a reader, and those
/// that once were defects.
struct CorpusTests {
  @Test(arguments: FuzzedReader.allCases)
  func everyFileIsReadOrRefused(_ reader: FuzzedReader) throws {
    let folder = try TemporaryFolder()
    let corpus = Repository.path("Tests/DatasetsTests/Corpus/\(reader.rawValue)")
    let names = try #require(try DataSource.onDisk(corpus)).entryNames
    var (read, refused) = (0, 0)
    for name in names {
      do {
        switch try reader.read(TemporaryFolder.bytes("\(corpus)/\(name)"), in: folder) {
        case .read: read += 1
        case .refused: refused += 1
        }
      } catch {
        Issue.record("\(reader.rawValue)/\(name): \(error)")
      }
    }
    #expect(read > 0 && refused > 0, "\(read) of \(names.count) were read, \(refused) refused")
  }

  /// The places at which a file is cut off.
  private static func cuts(_ count: Int) -> Set<Int> {
    // The beginnings hold the structure, and so does the end of an archive.
    Set((0..<min(count, 16)) + (0..<8).map { count * $0 / 8 } + (max(0, count - 4)..<count))
  }

  /// Files that were valid, cut off and with another byte at many places: at least twenty broken
  /// files of every format.
  @Test(arguments: FuzzedReader.allCases)
  func everyFileCutOffIsReadOrRefused(_ reader: FuzzedReader) throws {
    let folder = try TemporaryFolder()
    let corpus = Repository.path("Tests/DatasetsTests/Corpus/\(reader.rawValue)")
    let names = try #require(try DataSource.onDisk(corpus)).entryNames
    var valid: [[UInt8]] = []
    for name in names where valid.count < 4 {
      let bytes = try TemporaryFolder.bytes("\(corpus)/\(name)")
      if !bytes.isEmpty, case .read? = try? reader.read(bytes, in: folder) { valid.append(bytes) }
    }
    var reasons: Set<String> = []
    var refused: Set<[UInt8]> = []
    for bytes in valid {
      for place in Self.cuts(bytes.count) {
        let changed = [0, 0x41, 0xFF].map { (byte: UInt8) in
          bytes[..<place] + [byte] + bytes[(place + 1)...]
        }
        for broken in [Array(bytes[..<place])] + changed.map(Array.init) {
          if case .refused(let reason) = try reader.read(broken, in: folder) {
            refused.insert(broken)
            reasons.insert(reason)
          }
        }
      }
    }
    #expect(refused.count >= 20, "\(refused.count) files: \(reasons.sorted())")
  }
}
