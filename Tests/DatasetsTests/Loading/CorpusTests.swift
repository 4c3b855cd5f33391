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
}
