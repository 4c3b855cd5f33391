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

  @Test func tooManyIsAnError() throws {
    #expect(throws: DataError.self) {
      try SplitRule(train: 9, val: 2).cut(data(10), stream: stream)
    }
  }

  @Test func preparingTwiceIsAnError() throws {
    let split = try SplitRule(train: 3, val: 1).cut(data(4), stream: stream)
    let centred = try split.prepared(.center)
    #expect(centred.val?.features.row(0) == [2])
    #expect(throws: DataError.self) { try centred.prepared(.center) }
    let biased = try centred.prepared(.addBias)
    #expect(biased.train.features.row(0) == [-1, 1])
    #expect(throws: DataError.self) { try biased.prepared(.center) }
    let scaled = try split.prepared(.rescale(low: -1, high: 1))
    #expect(scaled.train.features.row(2) == [1])
  }
}
