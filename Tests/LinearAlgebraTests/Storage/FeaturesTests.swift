import Testing

@testable import LinearAlgebra

@Test func narrowestFormThatHoldsAllExactly() throws {
  func name(_ entries: [Double]) throws -> String {
    let features = try Features.narrowest(rows: 1, columns: entries.count, entries: entries)
    // And it is exact.
    #expect(
      zip(try features.rawMatrix().entries, entries).allSatisfy {
        $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN)
      })
    return features.storageName
  }
  #expect(try name([0, 1, 255]) == "bytes")
  #expect(try name([]) == "bytes")
  for entries in [[0, 256], [-1], [0.5], [-0.0], [.infinity], [.nan, 1], [16_777_216]] {
    #expect(try name(entries) == "single")
  }
  for entries in [[0.1], [16_777_217], [1e300], [Double.leastNonzeroMagnitude]] {
    #expect(try name(entries) == "double")
  }
}

@Test func preparedRowsAndMatrices() throws {
  let storage = try ByteMatrix(rows: 3, columns: 2, [1, 2, 3, 4, 5, 6])
  let raw = Features(storage)
  #expect(raw.rows == 3 && raw.columns == 2 && raw.memoryBytes == 6)
  #expect(raw.row(1) == [3, 4])
  let prepared = raw.with(Preparation(mean: [3, 4], scale: [0.5, 2], hasBias: true))
  #expect(prepared.columns == 3 && prepared.rawColumns == 2)
  #expect(prepared.row(0) == [-1, -4, 1])
  #expect(prepared.row(2) == [1, 4, 1])
  #expect(try prepared.matrix() == Matrix(rows: 3, columns: 3, [-1, -4, 1, 0, 0, 1, 1, 4, 1]))
  #expect(try prepared.rawMatrix() == Matrix(rows: 3, columns: 2, [1, 2, 3, 4, 5, 6]))
  // A preparation takes the place of the one before.
  #expect(prepared.with(Preparation(mean: [1, 1])).row(0) == [0, 1])
  #expect(!Preparation(mean: [1]).leavesColumns && Preparation(hasBias: true).leavesColumns)
}

@Test func storagesDecodeTheSameNumbers() throws {
  let numbers = (0..<300).map { Double($0 % 256) }
  let storages: [any FeatureStorage] = [
    try ByteMatrix(rows: 2, columns: 150, numbers.map { UInt8($0) }),
    try SingleMatrix(rows: 2, columns: 150, numbers.map { Float($0) }),
    DoubleMatrix(Matrix(rows: 2, columns: 150, numbers)),
  ]
  #expect(storages.map(\.storageName) == ["bytes", "single", "double"])
  for storage in storages {
    var doubles = [Double](repeating: -1, count: 150)
    var singles = [Float](repeating: -1, count: 150)
    storage.decode(row: 1, into: &doubles)
    storage.decode(row: 1, into: &singles)
    #expect(doubles == Array(numbers[150...]))
    #expect(singles == numbers[150...].map { Float($0) })
  }
}

@Test func storagesLargerThanMemoryAreRefused() {
  #expect(throws: MemoryRefused.self) {
    try ByteMatrix(rows: Int.max / 2, columns: 3) { _ in }
  }
  #expect(throws: MemoryRefused.self) {
    try SingleMatrix(rows: 1 << 40, columns: 3) { _, _ in }
  }
}
