import Testing

@testable import LinearAlgebra

@Suite(.serialized) struct SparseMatrixTests {
  /// The same numbers, dense.
  private func dense(_ sparse: SparseMatrix) -> Matrix {
    var matrix = Matrix(rows: sparse.rows, columns: sparse.columns)
    for i in 0..<sparse.rows {
      for (k, j) in sparse.indices(ofRow: i).enumerated() {
        matrix[i, Int(j)] = sparse.values(ofRow: i)[k]
      }
    }
    return matrix
  }

  @Test func statisticsAreThoseOfTheDenseRows() throws {
    for (rows, columns) in [(1, 1), (40, 7), (300, 33)] {
      let sparse = try randomSparse(rows, columns)
      let picked = (0..<rows).reversed().filter { $0 % 3 != 1 }
      let a = try Features(sparse).selecting(picked).statistics()
      let b = try Features(DoubleMatrix(dense(sparse))).selecting(picked).statistics()
      #expect(a.minimum == b.minimum && a.maximum == b.maximum && a.nanCount == b.nanCount)
      for j in 0..<columns {
        #expect(abs(a.mean[j] - b.mean[j]) <= 1e-14)
        #expect(abs(a.variance[j] - b.variance[j]) <= 1e-13)
      }
    }
  }

  @Test func nanIsCounted() throws {
    let sparse = try SparseMatrix(
      rows: 3, columns: 2, rowStarts: [0, 1, 3, 3], columnIndices: [1, 0, 1],
      values: [.nan, 2, 4])
    let statistics = try Features(sparse).statistics()
    #expect(statistics.nanCount == [0, 1])
    #expect(statistics.mean == [2.0 / 3, 2])
    #expect(statistics.minimum == [0, 0] && statistics.maximum == [2, 4])
  }

  /// Chunks are cut by the number of entries: many enough for several.
  @Test func manyThreadsGiveTheSameBits() throws {
    let sparse = try randomSparse(3000, 120)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for preparation in [Preparation(), somePreparation(120)] {
      let X = Features(sparse).with(preparation)
      let W = randomMatrix(X.columns, 6)
      let G = randomMatrix(X.rows, 6)
      var results: [[Matrix]] = []
      for threads in [1, 2, 5] {
        Parallel.threads = threads
        results.append([
          try Products.scores(X, W, precision: .double),
          try Products.gradient(X, G, precision: .double),
          try Products.pass(X, W, precision: .double) { positions, scores in
            for i in 0..<positions.count * 6 { scores[i] = scores[i] > 0 ? 1 : 0 }
          },
        ])
      }
      for i in 0..<3 {
        #expect(sameBits(results[0][i], results[1][i]) && sameBits(results[0][i], results[2][i]))
      }
      #expect(distance(results[0][1], TextbookProducts.gradient(X, G)) < 1e-12)
      // A class has the same bits alone.
      let alone = try Products.scores(X, columns(W, 2..<3), precision: .double)
      #expect(sameBits(alone, columns(results[0][0], 2..<3)))
    }
  }

  /// Slopes that don't fit at once, few rows and one, and none: the same sums.
  @Test func wavesGiveTheSameBits() throws {
    let sparse = try randomSparse(700, 50)
    for preparation in [Preparation(), somePreparation(50)] {
      for positions in [nil, [5], [], (0..<900).map { $0 * 37 % 700 }] as [[Int]?] {
        let X = Features(sparse).with(preparation)
        let W = randomMatrix(X.columns, 4)
        let count = positions?.count ?? 700
        var results: [(gradient: Matrix, seen: [Double])] = []
        for atOnce in [1 << 22, 4 * 128, 4 * 300, 1] {
          let pass = try #require(SparsePass(X, positions, classes: 4, slopesAtOnce: atOnce))
          let seen = Buffer(zeros: X.columns * 4)
          let visits = Buffer(zeros: count)
          let gradient = try pass.run(
            W,
            finish: { entries, sums in for i in entries { seen.pointer[i] += sums[i] } }
          ) { rows, scores in
            for i in 0..<rows.count * 4 where scores[i] < 0 { scores[i] = 0 }
            for i in rows { visits.pointer[i] += 1 }
          }
          #expect((0..<count).allSatisfy { visits.pointer[$0] == 1 })
          results.append((gradient, (0..<seen.count).map { seen.pointer[$0] }))
        }
        for result in results {
          #expect(sameBits(result.gradient, results[0].gradient))
          // Every entry is handed out once, when it is final.
          #expect(result.seen == (count == 0 ? result.seen : result.gradient.entries.map { $0 }))
        }
      }
    }
  }

  /// Pieces of the columns follow each other, cover all, and share the entries: also where a few
  /// columns have most of them, where there are fewer columns than blocks, and where there are no
  /// entries.
  @Test func columnsAreShared() {
    let skewed = (0..<40_000).map { Int32(min($0 % 97 * ($0 % 89), $0 % 1000)) }
    for (columns, entries) in [
      (9000, skewed), (1000, skewed), (3, [0, 2, 1, 2]), (5, []), (0, []),
    ] {
      entries.withUnsafeBufferPointer { buffer in
        let blocks = ColumnBlocks(of: columns, entries: buffer)
        let ranges = (0..<ColumnBlocks.count).map { blocks[$0] }
        #expect(ranges[0].lowerBound == 0 && ranges[7].upperBound == columns)
        for (a, b) in zip(ranges, ranges.dropFirst()) { #expect(a.upperBound == b.lowerBound) }
        let shares = ranges.map { range in entries.filter { range.contains($0) }.count }
        #expect(shares.reduce(0, +) == entries.count)
        let most = Dictionary(grouping: entries) { $0 }.values.map(\.count).max() ?? 0
        if columns == 1000 { #expect(shares.max() ?? 0 <= entries.count / 8 * 5 / 4 + most) }
      }
    }
  }

  @Test func wideningKeepsTheEntries() throws {
    let sparse = try randomSparse(20, 5)
    let wide = try sparse.widened(to: 9)
    for i in 0..<20 {
      #expect(Features(wide).row(i) == Features(sparse).row(i) + [0, 0, 0, 0])
    }
  }

  @Test func centeringThatCostsDigitsIsSeen() throws {
    let X = Features(try randomSparse(4, 3))
    #expect(X.cancelingColumn == nil)
    #expect(X.with(Preparation(mean: [0, 1, 5000])).cancelingColumn == 2)
    #expect(X.with(Preparation(mean: [0, 1, 5000], scale: [1, 1, 0.1])).cancelingColumn == nil)
  }
}
