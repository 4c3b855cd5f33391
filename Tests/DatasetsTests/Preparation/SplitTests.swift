import LinearAlgebra
import Testing

@testable import Datasets

/// Values by hand.
struct SplitTests {
  private func data(_ n: Int) throws -> Dataset {
    let features = try Features.narrowest(
      rows: n, columns: 1, entries: (0..<n).map { Double($0) })
    return try Dataset(
      features: features, labels: (0..<n).map { $0 % 2 }, classes: ["a", "b"], name: "n")
  }
  private let stream = RandomStream(seed: 1, key: "split", count: 0)

  @Test func partsAreInFileOrder() throws {
    let split = try SplitRule(train: 5, val: 2, dev: 3, test: 1).cut(data(10), stream: stream)
    #expect(split.train.features.row(4) == [4])
    #expect(split.val?.features.row(0) == [5])
    #expect(split.test?.features.row(0) == [7])
    let dev = try #require(split.dev)
    #expect(Set((0..<3).map { dev.features.row($0)[0] }).count == 3)
  }

  @Test func fractionsRoundDownAndTrainIsTheRest() throws {
    let split = try SplitRule(val: 0.29).cut(data(100), test: data(7), stream: stream)
    #expect(split.val?.count == 29)
    #expect(split.train.count == 71)
    #expect(split.test?.count == 7)
  }

  /// A fraction is of the rows without the test part, for the test part too.
  @Test func fractionsAreOfTheRowsWithoutTheTestPart() throws {
    let split = try SplitRule(test: 0.1).cut(data(100), test: data(50), stream: stream)
    #expect(split.train.count == 100)
    #expect(split.test?.count == 10)
  }

  @Test func tooManyIsAnError() throws {
    #expect(throws: DataError.self) {
      try SplitRule(train: 9, val: 2).cut(data(10), stream: stream)
    }
  }

  @Test func shuffledPartsAreAPermutation() throws {
    let rule = SplitRule(train: 6, val: 2, test: 2, shuffle: true)
    let split = try rule.cut(data(10), stream: stream)
    let parts = [split.train, split.val, split.test].compactMap { $0 }
    let order = parts.flatMap { part in (0..<part.count).map { part.features.row($0)[0] } }
    #expect(order != (0..<10).map { Double($0) })
    #expect(order.sorted() == (0..<10).map { Double($0) })
    let again = try rule.cut(data(10), stream: stream)
    #expect(again.val?.features.row(0) == split.val?.features.row(0))
    let other = RandomStream(seed: 2, key: "split", count: 0)
    let otherSplit = try rule.cut(data(10), stream: other)
    #expect(
      (0..<6).map { otherSplit.train.features.row($0)[0] }
        != (0..<6).map { split.train.features.row($0)[0] })
  }

  /// 30 of one class before 10 of the other: a quarter of each part is of the second.
  @Test(arguments: [false, true]) func stratifiedPartsHaveTheProportions(_ shuffle: Bool) throws {
    let features = try Features.narrowest(
      rows: 40, columns: 1, entries: (0..<40).map { Double($0) })
    let data = try Dataset(
      features: features, labels: (0..<40).map { $0 < 30 ? 0 : 1 }, classes: ["a", "b"],
      name: "n")
    let rule = SplitRule(train: 24, val: 8, dev: 12, test: 8, shuffle: shuffle, stratify: true)
    let split = try rule.cut(data, stream: stream)
    #expect(split.train.classCounts == [18, 6])
    #expect(split.val?.classCounts == [6, 2])
    #expect(split.test?.classCounts == [6, 2])
    #expect(split.dev?.classCounts == [9, 3])
  }

  @Test func sizesThatAreNoneAreErrors() throws {
    for size in [-1, 1.5, .nan, .infinity, 1e18] {
      #expect(throws: DataError.self) {
        try SplitRule(train: size).cut(data(10), stream: stream)
      }
    }
    #expect(throws: DataError("no sample is left for train")) {
      try SplitRule(val: 10).cut(data(10), stream: stream)
    }
    #expect(throws: DataError("test asks for 8 samples, and the test part has 7")) {
      try SplitRule(test: 8).cut(data(10), test: data(7), stream: stream)
    }
  }

  @Test func preparingTwiceIsAnError() throws {
    let split = try SplitRule(train: 3, val: 1).cut(data(4), stream: stream)
    let centered = try split.prepared(.center)
    #expect(centered.val?.features.row(0) == [2])
    #expect(throws: DataError.self) { try centered.prepared(.center) }
    let biased = try centered.prepared(.addBias)
    #expect(biased.train.features.row(0) == [-1, 1])
    #expect(throws: DataError.self) { try biased.prepared(.center) }
    let scaled = try split.prepared(.rescale(low: -1, high: 1))
    #expect(scaled.train.features.row(2) == [1])
  }
}
