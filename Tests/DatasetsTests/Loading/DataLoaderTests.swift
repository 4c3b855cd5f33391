import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

struct DataLoaderTests {
  @Test func theWishToStopIsHeard() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "1,2,a\n3,4,b\n")
    Interruption.request()
    defer { Interruption.clear() }
    #expect(throws: Interrupted.self) { try DataLoader.load(path) }
    #expect(throws: Interrupted.self) { try DataLoader.load("digits") }
    #expect(throws: Interrupted.self) {
      try AtomicFile.write([1], to: folder("b"))
    }
    Interruption.clear()
    #expect(folder.names == ["a.csv"])
  }

  /// At whatever moment it comes; what is loaded all the same is whole.
  @Test(arguments: [
    "cifar-10-python.tar.gz", "cifar-100-binary.tar.gz", "mnist.zip", "mnist", "pictures/kinds",
    "pictures/animals.tar.gz", "numpy/zip64.npz", "numpy/types-compressed.npz", "numpy/coo.npz",
    "numpy/sparse.npy", "texts/dense.arff.gz", "texts/rows.jsonl.gz", "texts/rows.json.gz",
    "pickles/python2-0.gz",
  ])
  func everyReaderHearsTheWishToStop(_ name: String) throws {
    defer { Interruption.clear() }
    var heard = 0
    for looks in 0..<400 {
      Interruption.request(afterLooks: looks)
      do {
        _ = try DataLoader.load(Fixtures.path(name))
        if Interruption.looksLeft != nil { break }
      } catch is Interrupted {
        heard += 1
      }
      Interruption.clear()
    }
    #expect(heard >= 3)
  }

  @Test func aFileComesBeforeABundledName() throws {
    let folder = try TemporaryFolder()
    try folder.write("iris", "1,2,a\n3,4,b\n")
    var before = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard getcwd(&before, before.count) != nil, chdir(folder.path) == 0 else { return }
    defer { chdir(before) }
    #expect(try dataset(DataLoader.load("iris")).count == 2)
    // From any folder.
    #expect(try dataset(DataLoader.load("digits")).count == 1797)
    #expect(try dataset(DataLoader.load("./iris")).name == "iris")
  }

  @Test func aFormatThatIsGivenIsTaken() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("table.libsvm", "1,2,a\n3,4,b\n")
    #expect(throws: DataError.self) { try DataLoader.load(path) }
    #expect(try dataset(DataLoader.load(path, LoadOptions(format: "csv"))).count == 2)
    #expect(try dataset(DataLoader.load(path, LoadOptions(format: "CSV"))).count == 2)
  }

  @Test func everyFormatIsListedOnce() {
    #expect(
      DataLoader.formats == [
        "npy", "npz", "mat", "idx", "pickle", "cifar10", "cifar100", "images", "arff", "jsonl",
        "libsvm",
        "tsv", "csv",
      ])
    #expect(DataLoader.summaries.map(\.format) == DataLoader.formats)
  }

  @Test func aTestSourceInPartsGivesItsTestPart() throws {
    let split = try split(DataLoader.load("patches10", LoadOptions(testPath: "patches10")))
    #expect(split.train.count == 1000)
    #expect(split.test?.count == 250)
    #expect(split.test?.classes.first == "astronaut")
  }
}
