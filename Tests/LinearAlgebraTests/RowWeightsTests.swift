import Testing

@testable import LinearAlgebra

/// Products with single rows against the same rows written out, whatever the storage.
@Suite struct RowWeightsTests {
  private func examples() throws -> [Features] {
    let storages: [any FeatureStorage] = [
      try randomSparse(30, 13), DoubleMatrix(randomMatrix(30, 13)), try randomBytes(30, 13),
    ]
    return storages.flatMap { storage in
      [
        Features(storage), Features(storage).with(Preparation(hasBias: true)),
        Features(storage).with(somePreparation(13)),
        Features(storage).with(somePreparation(13)).selecting([3, 3, 29, 0, 7, 11]),
      ]
    }
  }

  @Test func weightsGrowByRows() throws {
    for X in try examples() {
      let rows = try RowAccess(X)
      #expect(rows.count == X.rows && rows.columns == X.columns)
      for i in 0..<X.rows {
        let norm = X.row(i).reduce(0) { $0 + $1 * $1 }
        #expect(abs(rows.squaredNorms.pointer[i] - norm) <= 1e-12 * max(norm, 1))
      }
      for K in [1, 3] {
        let weights = try RowWeights(rows, classes: K)
        var expected = Matrix(rows: X.columns, columns: K)
        var stream = RandomStream(seed: 8, key: "steps", count: UInt64(K))
        for _ in 0..<60 {
          let i = stream.integer(below: X.rows)
          let a = (0..<K).map { _ in stream.normal() }
          if K == 1 { weights.add(i, a[0]) } else { weights.add(i, a) }
          let x = X.row(i)
          for d in 0..<X.columns { for j in 0..<K { expected[d, j] += a[j] * x[d] } }
        }
        let buffer = Buffer(zeros: X.columns * K)
        weights.write(to: buffer.pointer, stride: K, offset: 0)
        let found = Matrix(rows: X.columns, columns: K, sharing: buffer)
        #expect(distance(found, expected) < 1e-12)
        let norm = expected.entries.reduce(0) { $0 + $1 * $1 }
        #expect(abs(weights.squaredNorm - norm) <= 1e-11 * norm)
        // Going on from the state is going on.
        let twin = try RowWeights(rows, classes: K)
        twin.state = weights.state
        for i in 0..<X.rows {
          var s = [Double](repeating: 0, count: K)
          if K == 1 { s[0] = weights.score(i) } else { weights.scores(i, into: &s) }
          let x = X.row(i)
          for j in 0..<K {
            let exact = (0..<X.columns).reduce(0) { $0 + x[$1] * expected[$1, j] }
            #expect(abs(s[j] - exact) <= 1e-10 * max(1, abs(exact)))
          }
          if K == 1 { #expect(twin.score(i) == s[0]) }
        }
      }
    }
  }
}

@Suite struct NormalEquationsTests {
  /// Σ h x xᵀ over rows that come and go, against the sum written out, and the solution of a system
  /// against what it was made from.
  @Test func gramMatrixAndCholesky() throws {
    for columns in [1, 5, 16, 70, 131] {
      let X = Features(DoubleMatrix(randomMatrix(90, columns))).with(Preparation(hasBias: true))
      let rows = try RowAccess(X)
      let gram = try GramMatrix(rows)
      let first = (0..<Int32(90)).filter { $0 % 3 != 0 }
      try gram.add(first, factors: first.map { 1 + Double($0) / 10 })
      let gone = (0..<Int32(90)).filter { $0 % 3 == 1 }
      try gram.add(gone, factors: gone.map { -(1 + Double($0) / 10) })
      let D = X.columns
      let system = try Cholesky(order: D)
      gram.write(to: system.entries.pointer, stride: system.stride, count: D)
      var expected = Matrix(rows: D, columns: D)
      for i in 0..<90 where i % 3 == 2 {
        let x = X.row(i)
        for a in 0..<D { for b in 0..<D { expected[a, b] += (1 + Double(i) / 10) * x[a] * x[b] } }
      }
      for a in 0..<D {
        for b in 0...a {
          let found = system.entries.pointer[a * system.stride + b]
          #expect(abs(found - expected[a, b]) <= 1e-11 * max(1, abs(expected[a, b])))
        }
        system.entries.pointer[a * system.stride + a] += 1
        expected[a, a] += 1
      }
      let solution = (0..<D).map { Double($0 % 7) - 3 }
      var b = (0..<D).map { a in (0..<D).reduce(0) { $0 + expected[a, $1] * solution[$1] } }
      try system.factorize()
      b.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { system.solve(base) } }
      for a in 0..<D { #expect(abs(b[a] - solution[a]) <= 1e-9) }
    }
  }

  @Test func productsOfAllRows() throws {
    for (n, d) in [(1, 1), (70, 9), (3000, 40)] {
      let X = Features(DoubleMatrix(randomMatrix(n, d))).with(somePreparation(d))
      let rows = try RowAccess(X)
      let w = Buffer(zeros: rows.paddedColumns)
      for j in 0..<X.columns { w.pointer[j] = Double(j % 5) - 1.5 }
      let scores = Buffer(zeros: n)
      try rows.multiply(w, into: scores)
      let W = Matrix(rows: X.columns, columns: 1, sharing: w)
      let S = Reference.scores(X, W)
      for i in 0..<n { #expect(abs(scores.pointer[i] - S[i, 0]) <= 1e-10 * max(1, abs(S[i, 0]))) }
      let a = randomMatrix(n, 1, seed: 9)
      let sums = Buffer(zeros: rows.paddedColumns)
      try rows.multiplyTransposed(a.buffer, into: sums)
      let g = Reference.gradient(X, a)
      for j in 0..<X.columns { #expect(abs(sums.pointer[j] - g[j, 0]) <= 1e-9) }
    }
  }
}
