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

/// A problem with its dual written out.
private struct SweepExample {
  let X: Features
  let groups: [CoordinateSweep.Group]
  let groupOf: [Int]
  let sweep: CoordinateSweep
  var stream: RandomStream

  /// Sparse rows, dense ones, or sparse ones that are centered.
  init(_ kind: Int, rows n: Int, columns: Int, curvature: Double, inHalves: Bool) throws {
    let mean = kind == 2 ? (0..<columns).map { Double($0) / 100 } : nil
    let X = Features(try randomSparse(n, columns)).with(
      Preparation(mean: mean, hasBias: true))
    self.X = X
    groups = [
      CoordinateSweep.Group(sign: 1, low: 0, high: 3, curvature: curvature),
      CoordinateSweep.Group(sign: -1, low: -0.5, high: 2, curvature: curvature),
    ]
    stream = RandomStream(seed: 5, key: "extrapolation", count: UInt64(kind))
    var places: [Int] = []
    for _ in 0..<n { places.append(stream.integer(below: 2)) }
    groupOf = places
    sweep = try CoordinateSweep(
      RowAccess(X, densely: kind == 1), delta: 1, groups: groups, groupOf: groupOf,
      inHalves: inHalves, extrapolatesAlways: true)
  }

  mutating func next(_ largest: Double, _ least: Double) -> SweepOutcome {
    sweep.sweep(largest: largest, least: least) { items, active in
      for i in stride(from: active - 1, to: 0, by: -1) {
        let j = stream.integer(below: i + 1)
        (items[i], items[j]) = (items[j], items[i])
      }
    }
  }

  /// The dual at α. Sees to it that w is Σ α y x, and every α in its box.
  func dual() -> Double {
    var w = [Double](repeating: 0, count: X.columns)
    var value = 0.0
    for i in 0..<X.rows {
      let (a, group) = (sweep.alpha(i), groups[groupOf[i]])
      #expect(a >= group.low && a <= group.high)
      value += a - 0.5 * group.curvature * a * a
      if a == 0 { continue }
      for (d, x) in X.row(i).enumerated() { w[d] += a * group.sign * x }
    }
    let known = Buffer(zeros: X.columns)
    sweep.weights.write(to: known.pointer, stride: 1, offset: 0)
    for d in 0..<X.columns {
      #expect(abs(w[d] - known.pointer[d]) < 1e-10 * max(1, abs(w[d])))
    }
    return value - 0.5 * w.reduce(0) { $0 + $1 * $1 }
  }
}

@Suite struct CoordinateSweepTests {
  private func visit(
    _ sweep: CoordinateSweep, _ order: inout [Int32], _ active: Int, _ boost: Double,
    _ largest: Double, _ least: Double, _ before: Buffer,
    _ loop: (UnsafeMutablePointer<Int32>, Int, CoordinateSweep.Visit) -> SweepOutcome
  ) -> SweepOutcome {
    order.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return SweepOutcome() }
      return loop(
        base, active,
        CoordinateSweep.Visit(
          weights: sweep.weights, boost: boost, largest: largest, least: least,
          before: before.pointer))
    }
  }

  /// The loop in C against its twin, to the bit; and the twin against the formula written out.
  @Test func bothLoopsHaveTheSameBits() throws {
    var stream = RandomStream(seed: 3, key: "sweep", count: 0)
    for isUnit in [false, true] {
      for hasBias in [false, true] {
        let random = try randomSparse(120, 15)
        let sparse =
          isUnit
          ? try SparseMatrix(
            rows: 120, columns: 15, rowStarts: random.rowStarts,
            columnIndices: Array(random.entries.indices),
            values: random.entries.values.map { _ in 1 }) : random
        let X = Features(sparse).with(Preparation(hasBias: hasBias))
        let rows = try RowAccess(X)
        let groups = [
          CoordinateSweep.Group(sign: 1, low: 0, high: 1, curvature: 0),
          CoordinateSweep.Group(sign: -1, low: -0.5, high: 2, curvature: 0.25),
          CoordinateSweep.Group(sign: 1, low: 0, high: 0, curvature: 0),
        ]
        let groupOf = (0..<120).map { _ in stream.integer(below: 3) }
        let fast = try CoordinateSweep(rows, delta: 1, groups: groups, groupOf: groupOf)
        let plain = try CoordinateSweep(rows, delta: 1, groups: groups, groupOf: groupOf)
        #expect(fast.count == groupOf.count { $0 != 2 })
        var (largest, least) = (Double.infinity, -Double.infinity)
        var plainOrder = (0..<Int32(120)).filter { groupOf[Int($0)] != 2 }
        var active = plainOrder.count
        for sweep in 0..<20 {
          for i in stride(from: active - 1, to: 0, by: -1) {
            plainOrder.swapAt(i, (i * 7 + sweep) % (i + 1))
          }
          var order = plainOrder
          // Also as one of two halves, whose changes count more than once.
          let boost = sweep % 3 == 2 ? 1.25 : 1
          let (old, plainOld) = (Buffer(zeros: 120), Buffer(zeros: 120))
          let found = visit(fast, &order, active, boost, largest, least, old, fast.visit)
          let met = visit(
            plain, &plainOrder, active, boost, largest, least, plainOld, plain.visitPlainly)
          #expect(met == found && order == plainOrder)
          active = found.kept
          for k in 0..<active { #expect(old.pointer[k] == plainOld.pointer[k]) }
          for i in 0..<120 { #expect(fast.alpha(i) == plain.alpha(i)) }
          #expect(fast.weights.state == plain.weights.state)
          if boost > 1 {
            // What counted more than once is taken back, so that the next sweep goes on from Σ α y x.
            for sweep in [fast, plain] {
              for k in 0..<active {
                let i = Int(order[k])
                let move = sweep.alpha(i) - old.pointer[k]
                sweep.weights.add(i, (1 - boost) * move * groups[groupOf[i]].sign)
              }
            }
          }
          (largest, least) = (max(found.maxViolation, 0.01), min(found.minViolation, -0.01))
        }
        // w = Σ α y x.
        var expected = Matrix(rows: X.columns, columns: 1)
        for i in 0..<120 {
          let x = X.row(i)
          let factor = fast.alpha(i) * groups[groupOf[i]].sign
          #expect(fast.alpha(i) >= groups[groupOf[i]].low)
          #expect(fast.alpha(i) <= groups[groupOf[i]].high)
          for d in 0..<X.columns { expected[d, 0] += factor * x[d] }
        }
        let w = Buffer(zeros: X.columns)
        fast.weights.write(to: w.pointer, stride: 1, offset: 0)
        #expect(distance(Matrix(rows: X.columns, columns: 1, sharing: w), expected) < 1e-12)
      }
    }
  }

  /// What sweeps and extrapolations say that they gained is what the dual, written out, has gained. Dense
  /// rows, sparse ones, and sparse ones that are centered.
  @Test func extrapolationsRaiseTheDual() throws {
    for kind in 0..<3 {
      for curvature in [0, 0.5] {
        var example = try SweepExample(
          kind, rows: 150, columns: 40, curvature: curvature, inHalves: false)
        let sweep = example.sweep
        var (value, extrapolated) = (0.0, 0.0)
        var (largest, least) = (Double.infinity, -Double.infinity)
        for t in 0..<30 {
          let found = example.next(largest, least)
          value += found.gain
          #expect(found.gap >= 0 && found.gain >= 0)
          #expect(abs(example.dual() - value) < 1e-9 * max(1, value))
          (largest, least) = (max(found.maxViolation, 0.01), min(found.minViolation, -0.01))
          if t % 10 == 9 {
            sweep.activateAll()
            (largest, least) = (.infinity, -.infinity)
          }
          let gain = sweep.extrapolate(after: found.gain)
          #expect(gain >= 0)
          value += gain
          extrapolated += gain
          #expect(abs(example.dual() - value) < 1e-9 * max(1, value))
        }
        #expect(extrapolated > 0)
      }
    }
  }

  /// With one coordinate, the gap that a sweep meets is primal less dual, both written out.
  @Test func theGapOfOneSampleIsItsOwn() throws {
    var stream = RandomStream(seed: 6, key: "gap", count: 0)
    for curvature in [0, 0.25] {
      for _ in 0..<50 {
        let x = (0..<3).map { _ in stream.uniform() * 4 - 2 }
        let X = Features(DoubleMatrix(Matrix(rows: 1, columns: 3, x)))
        let high = curvature > 0 ? Double.infinity : 2
        let sweep = try CoordinateSweep(
          RowAccess(X), delta: 1,
          groups: [CoordinateSweep.Group(sign: -1, low: 0, high: high, curvature: curvature)],
          groupOf: [0])
        for _ in 0..<3 {
          let a = sweep.alpha(0)
          let square = x.reduce(0) { $0 + $1 * $1 }
          // Margin y w·x = α ‖x‖²; the loss 2 max(0, 1 − m), or with the curvature 2 max(0, 1 − m)².
          let u = max(0, 1 - a * square)
          let primal = 0.5 * a * a * square + (curvature > 0 ? 2 * u * u : 2 * u)
          let dual = a - 0.5 * curvature * a * a - 0.5 * a * a * square
          let found = sweep.sweep(largest: .infinity, least: -.infinity) { _, _ in }
          #expect(abs(found.gap - (primal - dual)) < 1e-12)
        }
      }
    }
  }

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

  /// Rows that are mostly zeros are kept sparse, whatever their storage: numbers, and rows in an order of
  /// their own, with a NaN and a negative zero among them.
  @Test func numbersAreCompressed() throws {
    let (sparse, chosen) = (try randomSparse(400, 60), (0..<300).map { ($0 * 7) % 400 })
    var dense = Matrix(rows: 400, columns: 60)
    for i in 0..<400 {
      let (indices, values) = (sparse.indices(ofRow: i), sparse.values(ofRow: i))
      for (k, j) in indices.enumerated() where k % 2 == 0 { dense[i, Int(j)] = values[k] }
    }
    dense[7, 3] = .nan
    dense[14, 3] = -0.0
    let X = Features(DoubleMatrix(dense)).selecting(chosen)
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

extension SharedSettings {
  /// What sweeps in two halves say that they gained is what the dual has gained; and any number of threads gives the same bits.
  @Test func halvesRaiseTheDual() throws {
    for kind in 0..<3 {
      for curvature in [0, 0.5] {
        var ends: [[[Double]]] = []
        for count in [1, 2, 3] {
          try withThreads(count) {
            var example = try SweepExample(
              kind, rows: 5500, columns: 40, curvature: curvature, inHalves: true)
            let sweep = example.sweep
            var value = 0.0
            var (largest, least) = (Double.infinity, -Double.infinity)
            var fewest = sweep.count
            for t in 0..<8 {
              let found = example.next(largest, least)
              #expect(found.kept == sweep.active)
              fewest = min(fewest, found.kept)
              value += found.gain
              #expect(found.gap >= 0 && found.gain >= 0)
              if count == 2 && t % 3 != 1 {
                #expect(abs(example.dual() - value) < 1e-9 * max(1, value), "\(kind) \(t)")
              }
              (largest, least) = (max(found.maxViolation, 0.01), min(found.minViolation, -0.01))
              value += sweep.extrapolate(after: found.gain)
            }
            #expect(fewest <= sweep.count && fewest > 3500)
            // Nobody is lost on the way through rounds and halves.
            let order = sweep.state[1].map { Int($0) }
            #expect(order.sorted() == Array(0..<5500))
            ends.append(sweep.state)
          }
        }
        #expect(ends.allSatisfy { $0 == ends[0] })
      }
    }
  }
}

@Suite struct NormalEquationsTests {
  /// Σ h x xᵀ over rows that come and go, against the sum written out, and the solution of a system
  /// against what it was made from.
  @Test func gramMatrixAndCholesky() throws {
    let shapes = [1, 5, 16, 70, 131].flatMap { d in [0, 1, 2, 3].map { (90, d, $0) } }
    // The last are enough rows for sums in pieces; kinds 1 to 4 are sparse, 2 and 3 centered, 4 is ones only.
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
      gram.write(to: system.entries.pointer, stride: system.stride, count: D)
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
      b.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { system.solve(base) } }
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
      rows.multiply(w, into: scores)
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
