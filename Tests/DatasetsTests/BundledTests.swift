import LinearAlgebra
import Testing

@testable import Datasets

/// Shapes and counts from datasets/README.md; the means of iris from Fisher's data, by numpy.
struct BundledTests {
  private func dataset(_ name: String) throws -> Dataset {
    guard case .dataset(let dataset) = try DataLoader.load(name) else {
      throw DataError("\(name) is no dataset")
    }
    return dataset
  }

  @Test func digits() throws {
    let digits = try dataset("digits")
    #expect(digits.features.rows == 1797)
    #expect(digits.features.columns == 64)
    #expect(digits.classes == (0...9).map(String.init))
    #expect(digits.features.storageName == "bytes")
    #expect(digits.name == "digits")
    #expect(digits.classCounts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(digits.features.row(0).prefix(8) == [0, 0, 5, 13, 9, 1, 0, 0])
  }

  @Test func iris() throws {
    let iris = try dataset("iris")
    #expect(iris.features.rows == 150)
    #expect(iris.classes == ["setosa", "versicolor", "virginica"])
    #expect(iris.classCounts == [50, 50, 50])
    let means = try iris.features.statistics().mean
    for (mean, expected) in zip(means, [5.843333, 3.057333, 3.758, 1.199333]) {
      #expect(abs(mean - expected) < 1e-6)
    }
  }

  @Test func breastCancer() throws {
    let data = try dataset("breast_cancer")
    #expect(data.features.rows == 569)
    #expect(data.features.columns == 30)
    #expect(data.classes == ["benign", "malignant"])
    #expect(data.classCounts == [357, 212])
    #expect(data.features.storageName == "double")
  }

  @Test func heartScale() throws {
    let data = try dataset("heart_scale")
    #expect(data.features.rows == 270)
    #expect(data.features.columns == 13)
    #expect(data.classes == ["-1", "1"])
    #expect(data.classCounts == [150, 120])
    #expect(data.features.row(0)[10] == 0)
    #expect(data.features.row(0)[11] == 1)
  }

  @Test func patches() throws {
    guard case .split(let split) = try DataLoader.load("patches10") else {
      Issue.record("patches10 is no split")
      return
    }
    #expect(split.train.count == 1000)
    #expect(split.test?.count == 250)
    #expect(split.train.features.columns == 3072)
    #expect(split.train.imageShape == [32, 32, 3])
    #expect(split.train.classes.first == "astronaut")
    #expect(split.train.classes.last == "rocket")
    #expect(split.train.features.storageName == "bytes")
    #expect(split.train.classCounts == [Int](repeating: 100, count: 10))
    #expect(split.test?.classCounts == [Int](repeating: 25, count: 10))
  }

  @Test func everyNameIsThere() {
    for name in Bundled.names { #expect(Bundled.source(name) != nil) }
    #expect(Bundled.source("irs") == nil)
  }

  @Test func anUnknownNameIsAnErrorWithAWayOut() {
    #expect(
      throws: DataError(
        "no file \"irs\" here, and no bundled dataset of that name",
        help: "did you mean \"iris\"? bundled: digits, patches10, iris, breast_cancer, heart_scale")
    ) { try DataLoader.load("irs") }
  }

  /// Checksums of datasets/SHA256SUMS, of what is inside the program.
  @Test func theFilesInTheProgramAreThoseOfTheRepository() throws {
    let expected = [
      "breast_cancer.csv": "518936fa92ca3d8a78c420aee22030c4e519ffcba3be15dd23e83f2fc22e20e5",
      "iris.csv": "91eb642c3adbc7bad8e99c930c11fa3a5cc8a07262c7a753b4e6ecf405f2e05e",
      "digits.csv.gz": "0f622aac121cc3fc5d83397199887f8019d6db33381d033e73e300a2ce17c1ed",
      "heart_scale": "5defa0a4c4c5bdaf3f55ae3828310252e8565c13ee37ce279e0b86d82e7f4ce9",
      "patches10/batches.meta.txt":
        "6d3ee99ff0d3665724b387e9393ec140f2476228a679c15d9bca776696758e7b",
      "patches10/data_batch_1.bin":
        "7510d09a71a18efa415432af9c9e7647bc0b9c9dfb92519e2185145820b856ba",
      "patches10/test_batch.bin":
        "d286040d23dbf42d8c48527b4bb61db2db45941ba9e595ddf42157789914ba78",
    ]
    #expect(SHA256.hex(Array("abc".utf8)).hasPrefix("ba7816bf8f01cfea414140de5dae2223"))
    var found: [String: String] = [:]
    for name in Bundled.names {
      guard let source = Bundled.source(name) else { continue }
      var files = [source]
      if case .memoryFolder(let entries) = source.place { files = entries }
      for file in files {
        guard case .memory(let memory) = file.place else { continue }
        found[file.path] = SHA256.hex(Array(memory.bytes))
      }
    }
    #expect(found == expected)
  }
}
