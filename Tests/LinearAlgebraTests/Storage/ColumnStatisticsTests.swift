import Testing

@testable import LinearAlgebra

/// By hand: column 0 is 1, 3, 8 (mean 4, variance 26/3), column 1 is 255, 255, 255.
@Test func statisticsOfBytes() throws {
  let storage = try ByteMatrix(rows: 4, columns: 2, [1, 255, 3, 255, 8, 255, 99, 0])
  let statistics = try Features(storage).selecting(0..<3).statistics()
  #expect(
    statistics
      == ColumnStatistics(
        rows: 3, mean: [4, 255], variance: [26.0 / 3, 0], minimum: [1, 255], maximum: [8, 255],
        nanCount: [0, 0]))
}

/// The preparation is left out of account, and NaN is counted and skipped.
@Test func statisticsOfDoubles() throws {
  let matrix = Matrix(rows: 3, columns: 3, [1e9, .nan, .nan, 1e9 + 1, 2, .nan, 1e9 + 2, 4, .nan])
  let statistics = try Features(DoubleMatrix(matrix)).with(Preparation(mean: [1, 1, 1]))
    .statistics()
  #expect(statistics.mean[0] == 1e9 + 1 && statistics.mean[1] == 3 && statistics.mean[2].isNaN)
  #expect(abs(statistics.variance[0] - 2.0 / 3) < 1e-15 && statistics.variance[1] == 1)
  #expect(statistics.variance[2].isNaN)
  #expect(statistics.minimum == [1e9, 2, .infinity])
  #expect(statistics.maximum == [1e9 + 2, 4, -.infinity])
  #expect(statistics.nanCount == [0, 1, 3])
}

/// Many rows and columns: bytes by their own way, and as doubles by the general one.
@Test func statisticsOfManyBytes() throws {
  let bytes = try randomBytes(600, 37)
  let exact = try Features(bytes).statistics()
  let general = try Features(DoubleMatrix(Features(bytes).rawMatrix())).statistics()
  #expect(exact.mean == general.mean)
  #expect(exact.minimum == general.minimum && exact.maximum == general.maximum)
  for j in 0..<37 { #expect(abs(exact.variance[j] / general.variance[j] - 1) < 1e-13) }
}

@Test func statisticsOfNoRows() throws {
  for storage in [
    try ByteMatrix(rows: 0, columns: 1, []) as any FeatureStorage,
    DoubleMatrix(Matrix(rows: 0, columns: 1)),
  ] {
    let statistics = try Features(storage).statistics()
    #expect(statistics.mean[0].isNaN && statistics.variance[0].isNaN)
    #expect(statistics.minimum == [.infinity] && statistics.maximum == [-.infinity])
  }
}
