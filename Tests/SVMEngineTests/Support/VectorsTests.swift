import LinearAlgebra
import Testing

@testable import SVMEngine

/// Sums and steps over long runs of numbers: whole numbers, so that every sum is exact in any
/// order.
@Suite(.serialized) struct VectorsTests {
  private static let lengths = [0, 1, 7, 8, 9, 16_385, 65_535, 65_536, 65_537, 300_001]

  private func whole(_ count: Int, _ factor: Int) -> Buffer {
    let buffer = Buffer(uninitialized: count)
    for i in 0..<count { buffer.pointer[i] = Double((i * factor) % 41 - 20) }
    return buffer
  }

  @Test(arguments: lengths) func sumsAreExact(count: Int) {
    let (x, y) = (whole(count, 7), whole(count, 11))
    let entries = UnsafeBufferPointer(start: x.pointer, count: count)
    var (total, squares, magnitudes, product) = (0, 0, 0, 0)
    for i in 0..<count {
      let (a, b) = ((i * 7) % 41 - 20, (i * 11) % 41 - 20)
      total += a
      squares += a * a
      magnitudes += abs(a)
      product += a * b
    }
    #expect(sum(entries) == Double(total))
    #expect(sumOfSquares(entries) == Double(squares))
    #expect(sumOfMagnitudes(entries) == Double(magnitudes))
    #expect(x.dot(y) == Double(product))
    let z = Buffer(zeros: count)
    #expect(z.isZero)
    z.copy(x)
    z.add(-2, y)
    #expect((0..<count).allSatisfy { z.pointer[$0] == x.pointer[$0] - 2 * y.pointer[$0] })
    if count > 0 {
      let last = Buffer(zeros: count)
      last.pointer[count - 1] = .nan
      #expect(!last.isZero && sum(UnsafeBufferPointer(start: last.pointer, count: count)).isNaN)
    }
  }

  /// The penalties' parts make up the whole, and the proximal map is that of each entry.
  @Test(arguments: [1, 16_385, 70_000]) func penaltiesOfManyWeights(count: Int) {
    let w = whole(count, 7)
    let weights = UnsafeBufferPointer(start: w.pointer, count: count)
    for penalty in Example.penalties {
      let g = whole(count, 3)
      let R = penalty.value(
        weights, addingGradientTo: UnsafeMutableBufferPointer(start: g.pointer, count: count))
      let (l1, c) = (penalty.l1Coefficient, penalty.l2Coefficient)
      #expect(R == l1 * sumOfMagnitudes(weights) + 0.5 * c * sumOfSquares(weights))
      let mapped = whole(count, 7)
      penalty.applyProximalMap(
        UnsafeMutableBufferPointer(start: mapped.pointer, count: count), step: 0.5)
      for i in 0..<count {
        let (x, before) = (w.pointer[i], Double((i * 3) % 41 - 20))
        let sign: Double = x > 0 ? 1 : x < 0 ? -1 : 0
        #expect(g.pointer[i] == before + l1 * sign + c * x)
        let shrunk = max(abs(x) - 0.5 * l1, 0) * (1 / (1 + 0.5 * c))
        #expect(mapped.pointer[i] == sign * shrunk)
      }
    }
  }

  /// Every rule on enough weights for all cores to step them: the formulas of its paper, and the
  /// same bits for any number of threads.
  @Test func rulesOnManyWeights() throws {
    var stream = RandomStream(seed: 8, key: "rules", count: 0)
    let (n, d, k) = (40, 8000, 9)
    let (sparse, _) = try Example.sparseAndDense(n, d, oneIn: 400, &stream)
    let data = TrainingData(
      features: Features(sparse).with(Preparation(hasBias: true)),
      labels: (0..<n).map { $0 % k }, classes: (0..<k).map { "\($0)" })
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for solver in ["momentum", "nesterov", "adam", "gd"] {
      for penalty in ["l2", "l1"] {
        var options = NamedOptions()
        options.solver = solver
        options.objective.penalty = penalty
        options.objective.numbers["reg"] = 0.01
        options.batches = solver == "gd" ? nil : (0..<4).map { [$0, 7 * $0 + 1, 20, 39 - $0] }
        options.iterations = 4
        options.learningRate = 0.1
        let models = try [1, 2, 3].map {
          Parallel.threads = $0
          return try Training.run(data, options)
        }
        for model in models {
          #expect(model.weights == models[0].weights && model.history == models[0].history)
        }
        var textbook = Textbook(solver, rate: 0.1, count: (d + 1) * k)
        let objective = try options.makeObjective(data)
        var start = options
        start.learningRate = 1e-300
        start.iterations = 1
        var W = try Training.run(data, start).weights
        for t in 0..<4 {
          let value = try objective.value(
            W, data.features, labels: data.labels, rows: options.batches?[t], engine: .vectorized)
          #expect(agree(value.loss, models[0].history.loss[t], within: 1e-11))
          W = textbook.step(W, value.gradient)
        }
        #expect(distance(W, models[0].weights) < 1e-10, "\(solver) \(penalty)")
      }
    }
  }

  /// Updates as the papers write them.
  private struct Textbook {
    let solver: String
    let rate: Double
    var t = 0
    var v: [Double]
    var m: [Double]

    init(_ solver: String, rate: Double, count: Int) {
      (self.solver, self.rate) = (solver, rate)
      v = .init(repeating: 0, count: count)
      m = v
    }

    mutating func step(_ W: Matrix, _ G: Matrix) -> Matrix {
      t += 1
      var w = Array(W.entries)
      for (i, g) in G.entries.enumerated() {
        switch solver {
        case "momentum":
          v[i] = 0.9 * v[i] - rate * g
          w[i] += v[i]
        case "nesterov":
          let old = v[i]
          v[i] = 0.9 * v[i] - rate * g
          w[i] += -0.9 * old + (1 + 0.9) * v[i]
        case "adam":
          m[i] = 0.9 * m[i] + 0.1 * g
          v[i] = 0.999 * v[i] + 0.001 * g * g
          let (a, b) = (m[i] / (1 - power(0.9)), v[i] / (1 - power(0.999)))
          w[i] -= rate * a / (b.squareRoot() + 1e-8)
        default: w[i] -= rate * g
        }
      }
      return Matrix(rows: W.rows, columns: W.columns, w)
    }

    private func power(_ base: Double) -> Double { (0..<t).reduce(1) { p, _ in p * base } }
  }
}
