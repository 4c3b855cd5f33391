import LinearAlgebra
import Testing

@testable import Datasets

/// Numbers by hand.
struct PreparingTests {
  private func data(_ columns: Int, _ entries: [Double]) throws -> Dataset {
    let rows = entries.count / columns
    return try Dataset(
      features: Features.narrowest(rows: rows, columns: columns, entries: entries),
      labels: [Int](repeating: 0, count: rows), classes: ["a"], name: "x")
  }

  @Test func centeringAndStandardizing() throws {
    // Means 2 and 10; deviations √(2/3) and 0.
    let x = try data(2, [1, 10, 2, 10, 3, 10])
    #expect(
      try x.prepared(.center).features.matrix() == Matrix(rows: 3, columns: 2, [-1, 0, 0, 0, 1, 0]))
    let standard = try x.prepared(.standardize).features
    let unit = 1.5.squareRoot()
    for (row, expected) in zip(0..<3, [-unit, 0, unit]) {
      #expect(abs(standard.row(row)[0] - expected) < 1e-15)
      // A constant column becomes zeros, not NaN.
      #expect(standard.row(row)[1] == 0)
    }
    let both = try x.prepared(.center).prepared(.standardize).features
    #expect(try both.matrix() == standard.matrix())
  }

  @Test func rescaling() throws {
    let x = try data(2, [1, 10, 2, 10, 3, 10])
    let scaled = try x.prepared(.rescale(low: -1, high: 1)).features
    #expect((0..<3).map { scaled.row($0)[0] } == [-1, 0, 1])
    #expect((0..<3).allSatisfy { scaled.row($0)[1] == 10 })
    #expect(throws: DataError("the range from 1.0 to 1.0 is empty")) {
      try x.prepared(.rescale(low: 1, high: 1))
    }
    #expect(throws: DataError.self) { try x.prepared(.rescale(low: .nan, high: 1)) }
  }

  @Test func missingNumbersStayMissing() throws {
    // The second column has no numbers at all.
    let x = try data(2, [1, .nan, .nan, .nan, 3, .nan])
    for step in [PreparationStep.center, .standardize, .rescale(low: 0, high: 1)] {
      let prepared = try x.prepared(step).features
      #expect(prepared.row(0)[0].isFinite)
      #expect(prepared.row(1)[0].isNaN)
      #expect((0..<3).allSatisfy { prepared.row($0)[1].isNaN })
    }
    #expect(try x.prepared(.standardize).features.row(2)[0] == 1)
  }

  @Test func theBiasComesLastAndOnce() throws {
    let x = try data(1, [1, 2])
    let biased = try x.prepared(.center).prepared(.addBias)
    #expect(try biased.features.matrix() == Matrix(rows: 2, columns: 2, [-0.5, 1, 0.5, 1]))
    #expect(throws: DataError.self) { try biased.prepared(.addBias) }
    #expect(throws: DataError.self) { try biased.prepared(.center) }
    #expect(throws: DataError("the columns are centered already")) {
      try x.prepared(.center).prepared(.center)
    }
    #expect(throws: DataError("the columns are scaled already")) {
      try x.prepared(.standardize).prepared(.standardize)
    }
  }

  @Test func partsArePreparedByTheStatisticsOfOne() throws {
    let split = Split(train: try data(1, [1, 3]), test: try data(1, [10]))
    let prepared = try split.prepared(.center)
    #expect(prepared.test?.features.row(0) == [8])
    #expect(try split.prepared(.center, by: "test").train.features.row(0) == [-9])
    #expect(throws: DataError("there is no part \"val\"", help: "parts: train, test")) {
      try split.prepared(.center, by: "val")
    }
  }
}
