import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct GradientCheckTests {
  private let features = Example.features(40, 5)
  private let labels = Example.labels(40, 4)

  private func weights(_ scale: Double = 0.3) -> Matrix {
    var stream = RandomStream(seed: 2, key: "weights", count: 0)
    return Matrix(rows: 6, columns: 4, (0..<24).map { _ in scale * stream.normal() })
  }

  private func check(
    _ function: GradientCheck.Function, at W: Matrix? = nil, kinksOf objective: Objective? = nil,
    samples: GradientCheck.Samples = .all
  ) throws -> GradientCheck {
    var stream = RandomStream(seed: 1, key: "check", count: 0)
    let W = W ?? weights()
    let kinks = try objective.map { try KinkFinder($0, W, features, labels: labels) }
    return try GradientCheck(
      function, at: W, hasBiasRow: true, samples: samples, stream: &stream, kinks: kinks)
  }

  private func function(
    _ objective: Objective, engine: Engine = .fused
  ) -> GradientCheck.Function {
    let (features, labels) = (features, labels)
    return { W in
      let value = try objective.value(W, features, labels: labels, engine: engine)
      return (value.loss, value.gradient)
    }
  }

  @Test func rightGradientsPass() throws {
    for loss in Example.losses where loss.columns(classes: 4) == 4 {
      for penalty in Example.penalties {
        let objective = Objective(loss: loss, penalty: penalty)
        let result = try check(function(objective), kinksOf: objective)
        #expect(result.passed, "\(loss.name) \(penalty.name) \(result.entries)")
        #expect(result.entries.count == 24)
      }
    }
  }

  /// Planted: R in the loss, and no ∂R in the gradient, at a strength where that shows.
  @Test func missingRegularizationGradientIsFound() throws {
    let objective = Objective(loss: ReducedLoss(Hinge(), WestonWatkins()), penalty: L2(5e1))
    let data = Objective(loss: objective.loss)
    let (features, labels) = (features, labels)
    let result = try check(
      { W in
        (
          try objective.value(W, features, labels: labels).loss,
          try data.value(W, features, labels: labels).gradient
        )
      }, kinksOf: objective)
    #expect(!result.passed)
    #expect(result.entries.allSatisfy { $0.verdict == .wrong })
  }

  /// Planted: −1 in the place of minus the count.
  @Test func minusOneInsteadOfMinusTheCountIsFound() throws {
    let objective = Objective(loss: ReducedLoss(Hinge(), WestonWatkins()))
    let (features, labels) = (features, labels)
    func planted(_ W: Matrix) throws -> (loss: Double, gradient: Matrix) {
      let right = try objective.value(W, features, labels: labels)
      var gradient = right.gradient
      let scores = try Products.scores(features, W, precision: .double)
      for i in 0..<40 {
        let subgradient = objective.loss.textbook(
          (0..<4).map { scores[i, $0] }, label: labels[i]
        ).subgradient
        let count = -subgradient[labels[i]]
        let excess = count > 0 ? count - 1 : 0
        for (d, x) in features.row(i).enumerated() {
          gradient[d, labels[i]] += excess * x / 40
        }
      }
      return (right.loss, gradient)
    }
    for W in [weights(), weights(1e-4), Matrix(rows: 6, columns: 4)] {
      #expect(!(try check(planted, at: W, kinksOf: objective).passed))
    }
  }

  /// Planted: `>=` gives another gradient at an exact kink, which a comparison with the
  /// engine's shows. The difference quotient stands between both there.
  @Test func greaterOrEqualAtAKinkDiffersFromTheEngine() throws {
    // Scores [0, 1], y = 1: the margin is exactly Δ.
    let X = Features(DoubleMatrix(Matrix(rows: 1, columns: 1, [1])))
    let W = Matrix(rows: 1, columns: 2, [0, 1])
    let objective = Objective(loss: ReducedLoss(Hinge(), WestonWatkins()))
    let gradient = try objective.value(W, X, labels: [1]).gradient
    #expect(gradient.entries == [0, 0])
    let planted = Matrix(rows: 1, columns: 2, [1, -1])
    #expect(try relativeError(gradient, planted).entries == [1, 1])
    var stream = RandomStream(seed: 1, key: "check", count: 0)
    let result = try GradientCheck(
      { W in
        let value = try objective.value(W, X, labels: [1])
        return (value.loss, value.gradient)
      }, at: W, hasBiasRow: false, samples: .all, stream: &stream,
      kinks: KinkFinder(objective, W, X, labels: [1]))
    #expect(result.passed)
    for entry in result.entries {
      #expect(entry.verdict == .kink(KinkFinder.Kink(sample: 0, column: 0)))
      #expect(abs(abs(entry.numerical) - 0.5) < 1e-9)
    }
  }

  @Test func kinksNameSampleAndClass() throws {
    // Column 1 of sample 7 passes the kink when W[0, 1] moves by less than h·x: all other samples
    // stand far away.
    let x: [Double] = (0..<10).map { $0 == 7 ? 2 : 0.5 }
    let X = Features(DoubleMatrix(Matrix(rows: 10, columns: 1, x)))
    let W = Matrix(rows: 1, columns: 3, [0.5 + 4e-6, 0, 0.3])
    let labels = [Int](repeating: 0, count: 10)
    let objective = Objective(loss: ReducedLoss(Hinge(), WestonWatkins()))
    var stream = RandomStream(seed: 1, key: "check", count: 0)
    let result = try GradientCheck(
      { W in
        let value = try objective.value(W, X, labels: labels)
        return (value.loss, value.gradient)
      }, at: W, hasBiasRow: false, samples: .all, stream: &stream,
      kinks: KinkFinder(objective, W, X, labels: labels))
    #expect(result.entries[1].verdict == .kink(KinkFinder.Kink(sample: 7, column: 1)))
    #expect(result.entries[2].verdict == .ok)
    // A wrong gradient beside a kink is still wrong.
    let planted = try GradientCheck(
      { W in
        let value = try objective.value(W, X, labels: labels)
        return (value.loss, value.gradient.mapped { _, _, g in g + 1 })
      }, at: W, hasBiasRow: false, samples: .all, stream: &stream,
      kinks: KinkFinder(objective, W, X, labels: labels))
    #expect(planted.entries.allSatisfy { $0.verdict == .wrong })
  }

  @Test func largeLossesRoundOff() throws {
    // f(W) = 1e9 + 1e-3 · w: the slope drowns in the rounding of f at h = 1e-5.
    let W = Matrix(rows: 1, columns: 1, [1])
    var stream = RandomStream(seed: 1, key: "check", count: 0)
    let result = try GradientCheck(
      { W in (1e9 + 1e-3 * W[0, 0], Matrix(rows: 1, columns: 1, [1e-3])) }, at: W,
      hasBiasRow: false, stream: &stream)
    #expect(result.entries[0].verdict == .roundOff)
    let wrong = try GradientCheck(
      { W in (1e9 + 1e3 * W[0, 0], Matrix(rows: 1, columns: 1, [2e3])) }, at: W,
      hasBiasRow: false, stream: &stream)
    #expect(!wrong.passed)
  }

  @Test func steepFunctionsAreTriedWithAShorterStep() throws {
    // f = w³ at 1e-6 with h = 1e-5: the quotient is 3w² + h².
    var stream = RandomStream(seed: 1, key: "check", count: 0)
    let result = try GradientCheck(
      { W in
        let w = W[0, 0]
        return (1e9 * w * w * w, Matrix(rows: 1, columns: 1, [3e9 * w * w]))
      }, at: Matrix(rows: 1, columns: 1, [1e-4]), hasBiasRow: false, stream: &stream)
    #expect(result.entries[0].verdict == .longStep && result.passed)
  }

  @Test func aBiasEntryIsAlwaysDrawn() throws {
    let W = Matrix(rows: 3073, columns: 10)
    for seed in 0..<20 as Range<UInt64> {
      var stream = RandomStream(seed: seed, key: "draw", count: 0)
      let positions = try GradientCheck.draw(.count(10), W, hasBiasRow: true, &stream)
      #expect(Set(positions).count == 10)
      #expect(positions.contains { $0 >= 30720 })
    }
  }

  /// W has its own bits again afterwards.
  @Test func thePointIsRestored() throws {
    let start = Matrix(rows: 2, columns: 2, [0.1, 0.2, 0.3, 1e17])
    var seen: [Matrix] = []
    var stream = RandomStream(seed: 1, key: "check", count: 0)
    _ = try GradientCheck(
      { W in
        seen.append(W)
        return (0, Matrix(rows: 2, columns: 2))
      }, at: start, hasBiasRow: false, samples: .all, stream: &stream)
    for W in seen {
      let changed = zip(W.entries, start.entries).count { $0 != $1 }
      #expect(changed <= 1)
    }
  }

  @Test func wrongInputIsAnError() throws {
    #expect {
      try check({ _ in (0, Matrix(rows: 4, columns: 6)) })
    } throws: {
      ($0 as? EngineError)?.advice?.description == "it is transposed"
    }
    #expect(throws: EngineError.self) {
      try check({ (0, $0) }, samples: .count(0))
    }
    // A NaN is wrong, and no trap.
    let nan = try check({ (.nan, $0) })
    #expect(!nan.passed)
  }
}
