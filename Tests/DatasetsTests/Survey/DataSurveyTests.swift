import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// What may surprise in a table, by hand.
struct DataSurveyTests {
  private func data(_ rows: [[Double]], _ labels: [Int]? = nil) throws -> Dataset {
    try Dataset(
      features: Features.narrowest(
        rows: rows.count, columns: rows[0].count, entries: rows.flatMap { $0 }),
      labels: labels ?? rows.map { _ in 0 }, classes: ["p", "q"], name: "d")
  }

  @Test func constantAndEqualFeatures() throws {
    let survey = try DataSurvey(
      data([[1, 5, 1, 0, 1, .nan], [2, 5, 2, 0, 2, 7], [3, 5, 3, 0, 4, 7]]))
    #expect(survey.constant == [1, 3])
    #expect(survey.duplicates.map(\.column) == [2])
    #expect(survey.duplicates.map(\.original) == [0])
    #expect(survey.repeatedRows == 0)
  }

  @Test func repeatedRows() throws {
    let nan = Double.nan
    let survey = try DataSurvey(
      data([[1, nan], [0, 2], [1, nan], [-0.0, 2], [1, nan], [2, 0]], [0, 0, 1, 0, 0, 0]))
    #expect(survey.repeatedRows == 3)
    #expect(survey.contradictoryRows == 1)
  }

  /// The same rows in every storage, some of them selected twice.
  @Test func everyStorageFindsTheSame() throws {
    var stream = RandomStream(seed: 50, key: "survey", count: 0)
    let (n, d) = (700, 40)
    var numbers = [Double](repeating: 0, count: n * d)
    for i in 0..<n * d where stream.integer(below: 5) == 0 {
      numbers[i] = Double(1 + stream.integer(below: 250))
    }
    // Row 650 is row 3, and column 31 is column 7.
    for j in 0..<d { numbers[650 * d + j] = numbers[3 * d + j] }
    for i in 0..<n { numbers[i * d + 31] = numbers[i * d + 7] }
    var starts = [0]
    var (indices, values) = ([Int32](), [Double]())
    for i in 0..<n {
      for j in 0..<d where numbers[i * d + j] != 0 {
        indices.append(Int32(j))
        values.append(numbers[i * d + j])
      }
      starts.append(values.count)
    }
    let storages: [any FeatureStorage] = [
      try ByteMatrix(rows: n, columns: d, numbers.map { UInt8($0) }),
      try SingleMatrix(rows: n, columns: d, numbers.map { Float($0) }),
      DoubleMatrix(Matrix(rows: n, columns: d, numbers)),
      try SparseMatrix(
        rows: n, columns: d, rowStarts: starts, columnIndices: indices, values: values),
    ]
    var prints: [[UInt64]] = []
    for storage in storages {
      let features = Features(storage)
      let data = try Dataset(
        features: features, labels: [Int](repeating: 0, count: n), classes: ["p"], name: "d")
      let survey = try DataSurvey(data)
      #expect(survey.repeatedRows == 1, "\(storage.storageName)")
      #expect(survey.duplicates.map(\.column) == [31], "\(storage.storageName)")
      #expect(try DataSurvey(data.selecting([5, 9, 5, 5])).repeatedRows == 2)
      prints.append(try features.scan().rows)
    }
    #expect(Set(prints).count == 1)
    #expect(Set(prints[0]).count == n - 1)
  }

  /// Only the signs of two entries differ, or two entries change places: whatever a sum of bits
  /// would not see.
  @Test func nearlyEqualRowsDiffer() throws {
    let rows: [[Double]] = [
      [1, 2, 3, 4], [-1, -2, 3, 4], [2, 1, 3, 4], [1, 2, 4, 3], [1, 2, -3, -4], [0, 2, 3, 4],
      [0x1p1023, 2, 3, 4], [1, 2, 3, 4.000000000000001],
    ]
    #expect(try DataSurvey(data(rows)).repeatedRows == 0)
    let columns = (0..<4).map { j in rows.map { $0[j] } }
    #expect(try DataSurvey(data(columns)).duplicates.isEmpty)
  }

  /// 100 numbers from −1 to 1 with a mean of 0, and one at 10: of all 101 the mean is 0.099 and the
  /// deviation 1.411, so that it lies 7.0 deviations away. A feature of zeros and one 1 has none.
  @Test func outliers() throws {
    var rows = (0..<100).map { [$0 % 2 == 0 ? 1.0 : -1, 0, Double($0)] }
    rows.append([10, 1, 50])
    let survey = try DataSurvey(data(rows))
    #expect(survey.outliers.map(\.column) == [0])
    #expect(survey.outliers.map(\.count) == [1])
    // At 8, the deviation is 1.275, and it lies 6.2 deviations away; at 7 only 5.7.
    rows[100][0] = 8
    #expect(try DataSurvey(data(rows)).outliers.count == 1)
    rows[100][0] = 7
    #expect(try DataSurvey(data(rows)).outliers.isEmpty)
  }

  @Test func rowsOfTrainInOtherParts() throws {
    let train = try data([[1, 2], [3, 4], [5, 6.5]])
    // Another storage, and prepared.
    let test = try data([[3, 4], [1, 2], [1, 3]]).prepared(.addBias)
    let split = Split(train: train, test: test)
    #expect(try split.rowsOfTrain(in: test) == 2)
    #expect(try split.rowsOfTrain(in: data([[1], [2]])) == 0)
  }

  @Test func missingValuesAreCounted() throws {
    let nan = Double.nan
    #expect(
      try data([[1, nan, .infinity], [nan, nan, 3]]).features.missingCounts() == [1, 2, 0])
    #expect(try data([[1, 2], [3, 4]]).features.missingCounts() == [0, 0])
    let sparse = try SparseMatrix(
      rows: 2, columns: 3, rowStarts: [0, 2, 3], columnIndices: [0, 2, 0], values: [nan, 3, nan])
    #expect(try Features(sparse).missingCounts() == [2, 0, 0])
    #expect(try Features(sparse).selecting([1]).missingCounts() == [1, 0, 0])
  }
}
