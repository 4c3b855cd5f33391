import Testing

@testable import LinearAlgebra

/// Dense rows of which only the entries that are not zero are kept, against the rows themselves.
@Suite struct CompressedRowsTests {
  /// Bytes are looked at 64 together: widths on both sides of that, values on both sides of 127.
  @Test func keepsWhatIsNotZero() throws {
    for d in [1, 7, 63, 64, 65, 123, 128, 200] {
      for n in [1, 2, 700] {
        let bytes = try fewBytes(n, d)
        let numbers = Matrix(
          rows: n, columns: d, (0..<n).flatMap { Features(bytes).row($0) })
        for storage: any FeatureStorage in [bytes, DoubleMatrix(numbers)] {
          for positions in [nil, [n - 1, 0, n / 2, n - 1]] as [[Int]?] {
            var X = Features(storage).with(Preparation(hasBias: d % 2 == 1))
            if let positions { X = try X.selecting(positions) }
            let kept = (0..<X.rows).flatMap { X.row($0).prefix(d) }.filter { $0 != 0 }.count
            let found = try CompressedRows.of(X)
            #expect((found != nil) == (kept * 4 < X.rows * d))
            guard let (matrix, features) = found else { continue }
            #expect(features.preparation == X.preparation)
            for i in 0..<X.rows {
              #expect(features.row(i) == X.row(i))
              #expect(matrix.values(ofRow: i).allSatisfy { $0 != 0 })
            }
          }
        }
      }
    }
  }

  @Test func leavesOtherRowsAsTheyAre() throws {
    #expect(try CompressedRows.of(Features(try randomBytes(20, 9))) == nil)
    let few = Features(try fewBytes(20, 64))
    #expect(
      try CompressedRows.of(few.with(Preparation(mean: .init(repeating: 1, count: 64)))) == nil)
  }
}
