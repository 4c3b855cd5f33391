import LinearAlgebra
import Testing

@testable import SVMEngine

/// A problem, and its dual objective written out.
private struct SweepExample {
  let X: Features
  let groups: [CoordinateSweep.Group]
  let groupOf: [Int]
  let sweep: CoordinateSweep
  var stream: RandomStream

  /// Sparse rows, dense ones, or sparse ones that are centered.
  init(_ kind: Int, rows n: Int, columns: Int, curvature: Double, inHalves: Bool) throws {
    let mean = kind == 2 ? (0..<columns).map { Double($0) / 100 } : nil
    stream = RandomStream(seed: 5, key: "extrapolation", count: UInt64(kind))
    let (sparse, _) = try Example.sparseAndDense(n, columns, oneIn: 4, &stream)
    let X = Features(sparse).with(Preparation(mean: mean, hasBias: true))
    self.X = X
    groups = [
      CoordinateSweep.Group(sign: 1, low: 0, high: 3, curvature: curvature),
      CoordinateSweep.Group(sign: -1, low: -0.5, high: 2, curvature: curvature),
    ]
    var places: [Int] = []
    for _ in 0..<n { places.append(stream.integer(below: 2)) }
    groupOf = places
    sweep = try CoordinateSweep(
      RowAccess(X, densely: kind == 1), delta: 1, groups: groups, groupOf: groupOf,
      inHalves: inHalves, extrapolatesAlways: true)
  }

  mutating func next(_ largest: Double, _ least: Double) throws -> SweepOutcome {
    try sweep.sweep(largest: largest, least: least) { items, active in
      for i in stride(from: active - 1, to: 0, by: -1) {
        let j = stream.integer(below: i + 1)
        (items[i], items[j]) = (items[j], items[i])
      }
    }
  }

  /// The dual objective at α. Expects that w is Σ α y x, and every α in its box.
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

/// Sweeps over the dual of a binary problem, and extrapolations between them.
@Suite struct CoordinateSweepTests {
  private func visit(
    _ sweep: CoordinateSweep, _ order: inout [Int32], _ active: Int, _ boost: Double,
    _ largest: Double, _ least: Double, _ before: Buffer,
    _ loop: (UnsafeMutablePointer<Int32>, inout SweepOutcome, CoordinateSweep.Visit) throws -> Void
  ) rethrows -> SweepOutcome {
    var found = SweepOutcome(kept: active)
    try order.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      try loop(
        base, &found,
        CoordinateSweep.Visit(
          weights: sweep.weights, boost: boost, largest: largest, least: least,
          before: before.pointer))
    }
    return found
  }

  /// The loop in C against its twin, to the bit; and the twin against the formula written out.
  @Test func bothLoopsHaveTheSameBits() throws {
    var stream = RandomStream(seed: 3, key: "sweep", count: 0)
    for isUnit in [false, true] {
      for hasBias in [false, true] {
        let (random, _) = try Example.sparseAndDense(120, 15, oneIn: 4, &stream)
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
          let found = try visit(fast, &order, active, boost, largest, least, old, fast.visit)
          let met = visit(
            plain, &plainOrder, active, boost, largest, least, plainOld
          ) { plain.visitPlainly($0, &$1, most: .max, $2) }
          #expect(met == found && order == plainOrder)
          active = found.kept
          for k in 0..<active { #expect(old.pointer[k] == plainOld.pointer[k]) }
          for i in 0..<120 { #expect(fast.alpha(i) == plain.alpha(i)) }
          #expect(fast.weights.state == plain.weights.state)
          if boost > 1 {
            // What counted more than once is taken back, so that the next sweep goes on from Σ α y
            // x.
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

  /// The rise of the dual objective that sweeps and extrapolations report, against the objective
  /// written out: with sparse rows, dense ones, and sparse ones that are centered.
  @Test func extrapolationsRaiseTheDual() throws {
    for kind in 0..<3 {
      for curvature in [0, 0.5] {
        var example = try SweepExample(
          kind, rows: 150, columns: 40, curvature: curvature, inHalves: false)
        let sweep = example.sweep
        var (value, extrapolated) = (0.0, 0.0)
        var (largest, least) = (Double.infinity, -Double.infinity)
        for t in 0..<30 {
          let found = try example.next(largest, least)
          value += found.gain
          #expect(found.gap >= 0 && found.gain >= 0)
          #expect(abs(example.dual() - value) < 1e-9 * max(1, value))
          (largest, least) = (max(found.maxViolation, 0.01), min(found.minViolation, -0.01))
          if t % 10 == 9 {
            sweep.activateAll()
            (largest, least) = (.infinity, -.infinity)
          }
          let gain = try sweep.extrapolate(after: found.gain)
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
          // Margin y w·x = α ‖x‖²; the loss 2 max(0, 1 − m), or with the curvature 2 max(0, 1 −
          // m)².
          let u = max(0, 1 - a * square)
          let primal = 0.5 * a * a * square + (curvature > 0 ? 2 * u * u : 2 * u)
          let dual = a - 0.5 * curvature * a * a - 0.5 * a * a * square
          let found = try sweep.sweep(largest: .infinity, least: -.infinity) { _, _ in }
          #expect(abs(found.gap - (primal - dual)) < 1e-12)
        }
      }
    }
  }
}

extension DualPassTests {
  /// The rise of the dual objective that sweeps in two halves report, against the objective written
  /// out; and the same bits for any number of threads.
  @Test func halvesRaiseTheDual() throws {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for kind in 0..<3 {
      for curvature in [0, 0.5] {
        var ends: [SavedState] = []
        for count in [1, 2, 3] {
          Parallel.threads = count
          var example = try SweepExample(
            kind, rows: 5500, columns: 40, curvature: curvature, inHalves: true)
          let sweep = example.sweep
          var value = 0.0
          var (largest, least) = (Double.infinity, -Double.infinity)
          var fewest = sweep.count
          for t in 0..<8 {
            let found = try example.next(largest, least)
            #expect(found.kept == sweep.active)
            fewest = min(fewest, found.kept)
            value += found.gain
            #expect(found.gap >= 0 && found.gain >= 0)
            if count == 2 && t % 3 != 1 {
              #expect(abs(example.dual() - value) < 1e-9 * max(1, value), "\(kind) \(t)")
            }
            (largest, least) = (max(found.maxViolation, 0.01), min(found.minViolation, -0.01))
            value += try sweep.extrapolate(after: found.gain)
          }
          #expect(fewest <= sweep.count && fewest > 3500)
          // No sample is lost on the way through the halves.
          let order = try #require(sweep.state.arrays["order"]).map { Int($0) }
          #expect(order.sorted() == Array(0..<5500))
          ends.append(sweep.state)
        }
        #expect(ends.allSatisfy { $0 == ends[0] })
      }
    }
  }
}
