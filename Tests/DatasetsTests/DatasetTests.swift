import LinearAlgebra
import Testing

@testable import Datasets

/// Values by hand.
struct DatasetTests {
  private func made() throws -> Dataset {
    let features = try Features.narrowest(rows: 3, columns: 2, entries: [1, 2, 3, 4, 5, 6])
    return try Dataset(features: features, labelTexts: ["10", "9", "10"], name: "made")
  }

  @Test func classesSortAsNumbersElseByCodePoint() throws {
    #expect(try Dataset.orderedClasses(["10", "9", "-1", "9"]) == ["-1", "9", "10"])
    #expect(try Dataset.orderedClasses(["b", "B", "10", "9"]) == ["10", "9", "B", "b"])
  }

  @Test func aPartKeepsTheClassesOfTheWhole() throws {
    let data = try made()
    #expect(data.labels == [1, 0, 1])
    #expect(data.classCounts == [1, 2])
    let part = try data.selecting([2, 0])
    #expect(part.classCounts == [0, 2])
    #expect(part.classCount == 2)
    #expect(part.features.row(0) == [5, 6])
    #expect(data.selecting(1..<2).labels == [0])
  }

  @Test func wrongLabelsAreErrors() throws {
    let features = try made().features
    #expect(throws: DataError("label 2 is out of range: there are 2 classes")) {
      try Dataset(features: features, labels: [0, 2, 1], classes: ["a", "b"], name: "x")
    }
    #expect(throws: DataError("3 rows have 1 labels")) {
      try Dataset(features: features, labels: [0], classes: ["a"], name: "x")
    }
  }
}
