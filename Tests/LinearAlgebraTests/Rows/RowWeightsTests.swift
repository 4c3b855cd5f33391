import Testing

@testable import LinearAlgebra

/// Products with single rows against the same rows written out, whatever the storage.
@Suite struct RowWeightsTests {
  private func examples() throws -> [Features] {
    let storages: [any FeatureStorage] = [
      try randomSparse(30, 13), DoubleMatrix(randomMatrix(30, 13)), try randomBytes(30, 13),
    ]
    return try storages.flatMap { storage in
      [
        Features(storage), Features(storage).with(Preparation(hasBias: true)),
        Features(storage).with(somePreparation(13)),
        try Features(storage).with(somePreparation(13)).selecting([3, 3, 29, 0, 7, 11]),
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
        try twin.restore(weights.state)
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

/// Rows that are mostly zeros, of which `RowAccess` keeps the others.
@Suite struct RowAccessTests {
  /// Bytes are compressed eight at a time: every place in a word, full words, and a ragged end.
  @Test func compressedBytesAreTheBytes() throws {
    var stream = RandomStream(seed: 9, key: "bytes", count: 0)
    for columns in [1, 7, 8, 9, 43, 64] {
      let bytes = try ByteMatrix(rows: 200, columns: columns) { target in
        for i in 0..<target.count where stream.integer(below: 8) == 0 {
          target[i] = UInt8(1 + stream.integer(below: 255))
        }
        // One row without zeros.
        for j in 0..<columns { target[5 * columns + j] = 255 }
      }
      let X = Features(bytes).with(Preparation(hasBias: true))
      let rows = try RowAccess(X)
      guard case .sparse = rows.form else {
        Issue.record("not compressed")
        continue
      }
      for i in 0..<200 {
        let weights = try RowWeights(rows, classes: 1)
        weights.add(i, 1)
        let found = Buffer(zeros: X.columns)
        weights.write(to: found.pointer, stride: 1, offset: 0)
        #expect(Array(UnsafeBufferPointer(start: found.pointer, count: X.columns)) == X.row(i))
      }
    }
  }

  /// Rows that are mostly zeros are kept sparse, whatever their storage: numbers, and rows in an
  /// order of their own, with a NaN and a negative zero among them.
  @Test func numbersAreCompressed() throws {
    let (sparse, chosen) = (try randomSparse(400, 60), (0..<300).map { ($0 * 7) % 400 })
    var dense = Matrix(rows: 400, columns: 60)
    for i in 0..<400 {
      let (indices, values) = (sparse.indices(ofRow: i), sparse.values(ofRow: i))
      for (k, j) in indices.enumerated() where k % 2 == 0 { dense[i, Int(j)] = values[k] }
    }
    dense[7, 3] = .nan
    dense[14, 3] = -0.0
    let X = try Features(DoubleMatrix(dense)).selecting(chosen)
    let rows = try RowAccess(X)
    guard case .sparse(let found) = rows.form else {
      Issue.record("not compressed")
      return
    }
    for (i, row) in chosen.enumerated() {
      var written = [Double](repeating: 0, count: 60)
      for k in found.starts[2 * i]..<found.starts[2 * i + 1] {
        #expect(found.values[k] != 0)
        written[Int(found.indices[k])] = found.values[k]
      }
      for j in 0..<60 {
        #expect(written[j] == dense[row, j] || (written[j].isNaN && dense[row, j].isNaN))
      }
    }
  }

  /// The same of bytes, whose scale is one of the preparation.
  @Test func denseRowsOfZerosAreCompressed() throws {
    let bytes = try ByteMatrix(rows: 300, columns: 40) { target in
      for i in 0..<300 { target[i * 40 + i % 40] = UInt8(1 + i % 9) }
    }
    let X = Features(bytes).with(Preparation(scale: [Double](repeating: 0.5, count: 40)))
    let rows = try RowAccess(X)
    guard case .sparse = rows.form else {
      Issue.record("not compressed")
      return
    }
    let weights = try RowWeights(rows, classes: 1)
    weights.add(7, 2)
    #expect(weights.score(47) == 0.5 * 0.5 * 8 * Double(1 + 47 % 9) * 2)
    guard case .dense = try RowAccess(X, densely: true).form else {
      Issue.record("not dense")
      return
    }
  }
}

@Suite struct NormalEquationsTests {
  /// Σ h x xᵀ over rows that come and go, against the sum written out, and the solution of a system
  /// against what it was made from.
  @Test func gramMatrixAndCholesky() throws {
    let shapes = [1, 5, 16, 70, 131].flatMap { d in [0, 1, 2, 3].map { (90, d, $0) } }
    // The last are enough rows for sums in blocks; kinds 1 to 4 are sparse, 2 and 3 centered, 4 is
    // ones only.
    for (n, columns, kind) in shapes + [(3000, 9, 1), (3000, 9, 3), (90, 40, 4), (3000, 70, 4)] {
      let storage: any FeatureStorage =
        switch kind {
        case 0: DoubleMatrix(randomMatrix(n, columns))
        case 4: try fewBytes(n, columns, onesOnly: true)
        default: try randomSparse(n, columns)
        }
      let mean = (0..<columns).map { Double($0 % 4) / 8 }
      let X = Features(storage).with(
        Preparation(mean: kind == 2 || kind == 3 ? mean : nil, hasBias: kind != 2))
      let rows = try RowAccess(X)
      if case .sparse(let sparse) = rows.form { #expect(sparse.isUnit == (kind == 4)) }
      let gram = try GramMatrix(rows)
      let first = (0..<Int32(n)).filter { $0 % 3 != 0 }
      try gram.add(first, factors: first.map { 1 + Double($0) / 10 })
      let gone = (0..<Int32(n)).filter { $0 % 3 == 1 }
      try gram.add(gone, factors: gone.map { -(1 + Double($0) / 10) })
      let D = X.columns
      let system = try Cholesky(order: D)
      try gram.write(to: system.entries.pointer, stride: system.stride, count: D)
      var expected = Matrix(rows: D, columns: D)
      for i in 0..<n where i % 3 == 2 {
        let x = X.row(i)
        for a in 0..<D { for b in 0..<D { expected[a, b] += (1 + Double(i) / 10) * x[a] * x[b] } }
      }
      for a in 0..<D {
        for b in 0...a {
          let found = system.entries.pointer[a * system.stride + b]
          #expect(
            abs(found - expected[a, b]) <= 1e-11 * Double(n) / 90 * max(1, abs(expected[a, b])))
        }
        system.entries.pointer[a * system.stride + a] += 1
        expected[a, a] += 1
      }
      let solution = (0..<D).map { Double($0 % 7) - 3 }
      var b = (0..<D).map { a in (0..<D).reduce(0) { $0 + expected[a, $1] * solution[$1] } }
      try system.factorize()
      try b.withUnsafeMutableBufferPointer {
        if let base = $0.baseAddress { try system.solve(base) }
      }
      for a in 0..<D { #expect(abs(b[a] - solution[a]) <= 1e-8) }
    }
  }

  @Test func productsOfAllRows() throws {
    for (n, d, kind) in [
      (1, 1, 0), (70, 9, 0), (3000, 40, 0), (1, 1, 1), (70, 9, 1), (9000, 40, 1), (70, 9, 2),
      (9000, 40, 2),
    ] {
      let X =
        kind > 0
        ? Features(try randomSparse(n, d)).with(
          Preparation(
            mean: kind == 2 ? (0..<d).map { Double($0 % 3) / 4 } : nil,
            scale: (0..<d).map { 0.5 + Double($0 % 5) }, hasBias: true))
        : Features(DoubleMatrix(randomMatrix(n, d))).with(somePreparation(d))
      let rows = try RowAccess(X)
      let w = Buffer(zeros: rows.paddedColumns)
      for j in 0..<X.columns { w.pointer[j] = Double(j % 5) - 1.5 }
      let scores = Buffer(zeros: n)
      try rows.multiply(w, into: scores)
      let W = Matrix(rows: X.columns, columns: 1, sharing: w)
      let S = TextbookProducts.scores(X, W)
      for i in 0..<n { #expect(abs(scores.pointer[i] - S[i, 0]) <= 1e-10 * max(1, abs(S[i, 0]))) }
      let a = randomMatrix(n, 1, seed: 9)
      let sums = Buffer(zeros: rows.paddedColumns)
      try rows.multiplyTransposed(a.buffer, into: sums)
      let g = TextbookProducts.gradient(X, a)
      for j in 0..<X.columns { #expect(abs(sums.pointer[j] - g[j, 0]) <= 1e-9) }
    }
  }
}
