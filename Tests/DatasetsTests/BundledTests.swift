import LinearAlgebra
import TestSupport
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

  /// The checksums are those of the files that they were made from.
  @Test func checksums() throws {
    let sums = try Repository.text("datasets/SHA256SUMS")
    var checked = 0
    for line in sums.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      let name = words[1].split(separator: ".").first.map(String.init) ?? ""
      guard Bundled.names.contains(name) else { continue }
      checked += 1
      #expect(try DataChecksum.of(name).hex == words[0])
      try DataChecksum.require(words[0], of: name)
    }
    #expect(checked == 4)
    #expect(throws: DataError.self) { try DataChecksum.of("patches10") }
    #expect(throws: DataError.self) { try DataChecksum.require("00", of: "iris") }
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

  @Test(arguments: [
    ("breast_cancer", 569, 30, ["benign", "malignant"], [357, 212], "double"),
    ("heart_scale", 270, 13, ["-1", "1"], [150, 120], "double"),
  ])
  func twoClasses(
    name: String, rows: Int, columns: Int, classes: [String], counts: [Int], storage: String
  ) throws {
    let data = try dataset(name)
    #expect(data.features.rows == rows && data.features.columns == columns)
    #expect(data.classes == classes && data.classCounts == counts)
    #expect(data.features.storageName == storage)
  }

  @Test func aValueThatALineLeavesOutIsZero() throws {
    let row = try dataset("heart_scale").features.row(0)
    #expect(row[10] == 0 && row[11] == 1)
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
    // A line of sha256sum: the sum, two blanks, the path.
    let sums = try Repository.text("datasets/SHA256SUMS")
    let lines = sums.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let expected = Dictionary(uniqueKeysWithValues: lines.map { ($0[1], $0[0]) })
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
