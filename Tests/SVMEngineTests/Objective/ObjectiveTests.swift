import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct ObjectiveTests {
  /// Naive = vectorized = fused, at three strengths: a wrong regularization gradient is invisible
  /// at 5e-6 and not at 5e1.
  @Test func theThreeEnginesAgree() throws {
    for (seed, n, d, k) in [(1, 23, 5, 4), (2, 70, 9, 2), (3, 1, 3, 3)] as [(UInt64, Int, Int, Int)]
    {
      let (X, y, W) = Example.random(n, d, k, seed: seed)
      for loss in Example.losses {
        let width = loss.columns(classes: k)
        let weights = width == k ? W : Matrix(rows: d, columns: 1, (0..<d).map { W[$0, 0] })
        let labels = width == k ? y : y.map { $0 % 2 }
        for strength in [0, 5e-6, 5e1] {
          let penalties: [any Penalty] = [
            L2(strength), HalfL2(strength), L1(strength),
            ElasticNet(l1: strength, l2: strength / 2), NoPenalty(),
          ]
          for penalty in penalties {
            let objective = Objective(
              loss: loss, penalty: penalty, classWeights: seed == 2 ? [0.5, 2] : nil,
              sparesLastRow: seed == 1)
            let bias = width == k ? 0 : 0.375
            let values = try Engine.allCases.map {
              try objective.value(weights, bias: bias, X, labels: labels, engine: $0)
            }
            for value in values[1...] {
              #expect(agree(values[0].loss, value.loss), "\(loss.name)")
              #expect(distance(values[0].gradient, value.gradient) <= 1e-12, "\(loss.name)")
              if width == 1 { #expect(agree(values[0].biasGradient, value.biasGradient)) }
            }
          }
        }
      }
    }
  }

  @Test func singleAgreesWithDouble() throws {
    var stream = RandomStream(seed: 8, key: "single", count: 0)
    let X = Features(
      DoubleMatrix(Matrix(rows: 60, columns: 20, (0..<1200).map { _ in stream.normal() })))
    let y = (0..<60).map { $0 % 3 }
    let W = Matrix(rows: 20, columns: 3, (0..<60).map { _ in stream.normal() })
    for loss in [ReducedLoss(SquaredHinge(), WestonWatkins()), Softmax()] as [any ScoreLoss] {
      let objective = Objective(loss: loss, penalty: L2(0.1))
      let double = try objective.value(W, X, labels: y)
      for engine in [Engine.vectorized, .fused] {
        let single = try objective.value(W, X, labels: y, engine: engine, precision: .single)
        #expect(agree(double.loss, single.loss, within: 1e-5))
        #expect(distance(double.gradient, single.gradient) < 1e-5)
      }
    }
  }

  /// numpy, the loops of the lecture notes on the data of `Example`.
  @Test func againstNumPy() throws {
    let (X, y, W) = (Example.features(), Example.labels(), Example.weights())
    func check(_ loss: any ScoreLoss, _ expected: Double, _ gradient: [Double]) throws {
      for engine in Engine.allCases {
        let value = try Objective(loss: loss).value(W, X, labels: y, engine: engine)
        #expect(agree(value.loss, expected, within: 1e-14), "\(loss.name)")
        #expect(
          distance(value.gradient, Matrix(rows: 4, columns: 3, gradient)) < 1e-14, "\(loss.name)")
      }
    }
    try check(
      ReducedLoss(Hinge(), WestonWatkins()), 1.96875,
      [
        0.25, 0.5833333333333334, -0.8333333333333334, 0.16666666666666666, -1.0833333333333333,
        0.9166666666666666, 0.6666666666666666, -1.0, 0.3333333333333333, 0.75,
        -0.08333333333333333, -0.6666666666666666,
      ])
    try check(
      ReducedLoss(SquaredHinge(), WestonWatkins()), 3.36328125,
      [
        -0.3958333333333333, 4.208333333333333, -3.8125, 1.8125, -4.291666666666667,
        2.4791666666666665, 1.6875, -1.7083333333333333, 0.020833333333333332,
        1.6458333333333333, 0.375, -2.0208333333333335,
      ])
    try check(
      ReducedLoss(Hinge(), CrammerSinger()), 1.3645833333333333,
      [
        -0.08333333333333333, 0.3333333333333333, -0.25, 0.6666666666666666, -0.9166666666666666,
        0.25, 0.8333333333333334, -1.0, 0.16666666666666666, 0.5833333333333334, 0.0,
        -0.5833333333333334,
      ])
    try check(
      ReducedLoss(Hinge(), OneVsRest()), 2.9166666666666665,
      [
        0.08333333333333333, 0.08333333333333333, -0.25, 0.08333333333333333,
        -0.4166666666666667, 0.5, 0.08333333333333333, -0.9166666666666666, 0.6666666666666666,
        1.0, 0.3333333333333333, -0.25,
      ])
    try check(
      Softmax(), 1.1999323402789586,
      [
        -0.062367003475442086, 0.35545036937535385, -0.29308336589991185, 0.23789291039451166,
        -0.553337682517172, 0.31544477212266037, 0.21296942214953543, -0.4675824029954632,
        0.25461298084592765, 0.28465017336318826, 0.07473006009074269, -0.35938023345393105,
      ])
    // Binary: w is W's first column without its last row, b = 0.5, class 1 against the rest.
    let w = Matrix(rows: 3, columns: 1, (0..<3).map { W[$0, 0] })
    let binary = try Objective(loss: ReducedLoss(Hinge(), Binary())).value(
      w, bias: 0.5, Example.features(hasBias: false), labels: y.map { $0 == 1 ? 1 : 0 })
    #expect(agree(binary.loss, 0.9375))
    #expect(
      distance(binary.gradient, Matrix(rows: 3, columns: 1, [-0.25, -0.25, -0.8333333333333334]))
        < 1e-14)
    #expect(agree(binary.biasGradient, 0.5))
  }

  @Test func columnsSumToZero() throws {
    let (X, y, W) = Example.random(40, 6, 5, seed: 4)
    for loss in Example.losses where loss.columns(classes: 5) == 5 {
      if loss.name.hasSuffix("one-vs-rest") { continue }
      let gradient = try Objective(loss: loss).value(W, X, labels: y).gradient
      for d in 0..<6 {
        #expect(abs((0..<5).reduce(0) { $0 + gradient[d, $1] }) < 1e-12, "\(loss.name)")
      }
    }
  }

  /// The loss is the mean over samples; R is not divided by their number.
  @Test func repeatingTheDataChangesNothing() throws {
    let (X, y, W) = Example.random(10, 4, 3, seed: 6)
    let objective = Objective(loss: ReducedLoss(Hinge(), WestonWatkins()), penalty: L2(0.5))
    let once = try objective.value(W, X, labels: y)
    let twice = try objective.value(
      W, X, labels: y, rows: Array(0..<10) + Array(0..<10))
    #expect(agree(once.loss, twice.loss))
    #expect(distance(once.gradient, twice.gradient) < 1e-14)
    #expect(once.penalty == 0.5 * W.entries.reduce(0) { $0 + $1 * $1 })
  }

  @Test func theFormOfLIBLINEAR() throws {
    let (X, y, W) = Example.random(10, 4, 3, seed: 7)
    let loss = ReducedLoss(SquaredHinge(), CrammerSinger())
    let mean = try Objective(loss: loss).value(W, X, labels: y)
    let sum = try Objective(loss: loss, penalty: HalfL2(1), sumWeight: 2).value(W, X, labels: y)
    let half = 0.5 * W.entries.reduce(0) { $0 + $1 * $1 }
    #expect(agree(sum.loss, half + 2 * 10 * mean.loss))
    for i in 0..<W.count {
      #expect(
        abs(sum.gradient.entries[i] - W.entries[i] - 20 * mean.gradient.entries[i]) < 1e-10)
    }
    // A batch stands for C·N times its mean.
    let batch = try Objective(loss: loss, penalty: HalfL2(1), sumWeight: 2)
      .value(W, X, labels: y, rows: [3, 3, 8])
    let alone = try Objective(loss: loss).value(W, X, labels: y, rows: [3, 3, 8])
    #expect(agree(batch.loss, half + 20 * alone.loss))
  }

  @Test func classWeightsMultiplyTheLosses() throws {
    let (X, y, W) = Example.random(20, 4, 3, seed: 8)
    let loss = ReducedLoss(Hinge(), WestonWatkins())
    var weighted = Objective(loss: loss)
    weighted.classWeights = [1, 0, 3]
    let value = try weighted.value(W, X, labels: y)
    let parts = try (0..<3).map { c in
      try y.enumerated().filter { $0.element == c }.map {
        try Objective(loss: loss).value(W, X, labels: y, rows: [$0.offset]).loss
      }.reduce(0, +)
    }
    #expect(agree(value.loss, (parts[0] + 3 * parts[2]) / 20))
    #expect(
      try ClassWeights.balanced.resolved(classes: 3, labels: [0, 0, 0, 2]) == [
        4.0 / 6, 0, 2,
      ])
  }

  /// Without `regularize-bias` the bias row is in neither R nor its gradient.
  @Test func theBiasRowIsSpared() throws {
    let (X, y, W) = (Example.features(), Example.labels(), Example.weights())
    var options = NamedObjective()
    options.numbers["reg"] = 5e1
    options.regularizesBias = false
    let objective = try options.made().objective(classes: 3, labels: y, hasBiasRow: true)
    let value = try objective.value(W, X, labels: y)
    let plain = try Objective(loss: objective.loss).value(W, X, labels: y)
    #expect(value.penalty == 50 * W.entries[..<9].reduce(0) { $0 + $1 * $1 })
    for i in 0..<12 {
      let part = i < 9 ? 100 * W.entries[i] : 0
      #expect(abs(value.gradient.entries[i] - plain.gradient.entries[i] - part) < 1e-12)
    }
  }

  @Test func doublingLambdaWithHalfL2ChangesNoBit() throws {
    let (X, y, W) = Example.random(15, 4, 3, seed: 10)
    let loss = ReducedLoss(Hinge(), WestonWatkins())
    let full = try Objective(loss: loss, penalty: L2(0.3)).value(W, X, labels: y)
    let half = try Objective(loss: loss, penalty: HalfL2(0.6)).value(W, X, labels: y)
    #expect(full.loss == half.loss && full.gradient == half.gradient)
  }

  /// A part that lacks the last class still has its column.
  @Test func absentClassesCount() throws {
    let X = Example.features(4)
    let value = try Objective(loss: ReducedLoss(Hinge(), WestonWatkins()))
      .value(Matrix(rows: 4, columns: 5), X, labels: [0, 1, 0, 1])
    #expect(value.loss == 4)
    #expect(value.gradient.columns == 5)
  }

  @Test func whatDoesNotFitIsAnError() throws {
    let objective = Objective(loss: ReducedLoss(Hinge(), WestonWatkins()))
    let (X, y, W) = (Example.features(), Example.labels(), Example.weights())
    func message(_ W: Matrix, _ X: Features, _ y: [Int], rows: [Int]? = nil) -> String {
      do {
        _ = try objective.value(W, X, labels: y, rows: rows)
        return "none"
      } catch {
        return "\(error)"
      }
    }
    #expect(message(Matrix(rows: 5, columns: 3), X, y) == "W is 5×3, and the data have 4 columns")
    #expect(message(W, X, [0, 1]) == "there are 2 labels for 12 rows")
    #expect(
      message(W, X, [3] + y.dropFirst()) == "label 3 of row 0 is not one of the 3 classes 0…2")
    #expect(
      message(W, X, [-1] + y.dropFirst()) == "label -1 of row 0 is not one of the 3 classes 0…2")
    #expect(message(W, X, y, rows: []) == "the data have no rows")
    #expect(message(W, X, y, rows: [12]) == "there is no row 12 in data of 12 rows")
    #expect(message(Matrix(rows: 4, columns: 0), X, y) == "W has no columns")
    #expect(message(W, try X.selecting([]), []) == "the data have no rows")
    #expect(throws: EngineError.self) {
      try Objective(loss: ReducedLoss(Hinge(), Binary())).value(W, X, labels: y)
    }
  }

  @Test func nanShows() throws {
    let X = Features(DoubleMatrix(Matrix(rows: 2, columns: 2, [1, .nan, 3, 4])))
    for loss in Example.losses where loss.columns(classes: 2) == 2 {
      for engine in Engine.allCases {
        let value = try Objective(loss: loss)
          .value(Matrix(rows: 2, columns: 2, [1, 2, 3, 4]), X, labels: [0, 1], engine: engine)
        #expect(value.loss.isNaN, "\(loss.name) \(engine)")
      }
    }
  }

  @Test func anyNumberOfThreadsGivesTheSameBits() throws {
    let (X, y, W) = Example.random(333, 20, 7, seed: 12)
    let objective = Objective(loss: Softmax(), penalty: L2(0.1))
    let before = Parallel.threads
    defer { Parallel.threads = before }
    let values = try [1, 2, 3].map { threads in
      Parallel.threads = threads
      return try objective.value(W, X, labels: y)
    }
    for value in values[1...] {
      #expect(value.loss == values[0].loss && value.gradient == values[0].gradient)
    }
  }
}
