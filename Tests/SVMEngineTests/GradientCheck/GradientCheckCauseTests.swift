import LinearAlgebra
import Testing

@testable import SVMEngine

/// Mistakes planted in right gradients are named, and nothing else is.
@Suite struct GradientCheckCauseTests {
  /// A problem drawn from a seed.
  struct Problem {
    let objective: Objective
    let features: Features
    let labels: [Int]
    let W: Matrix
    /// ∂R, and what is left of the gradient.
    let penalty: Matrix
    let data: Matrix

    init(_ loss: any ScoreLoss, _ penalty: any Penalty, seed: UInt64, spares: Bool = false) throws {
      var stream = RandomStream(seed: seed, key: "problem", count: 0)
      let n = 6 + stream.integer(below: 40)
      let d = 3 + stream.integer(below: 4)
      let k = 3 + stream.integer(below: 4)
      let X = Matrix(rows: n, columns: d, (0..<n * d).map { _ in 2 * stream.normal() })
      features = Features(DoubleMatrix(X)).with(Preparation(mean: nil, scale: nil, hasBias: true))
      labels = (0..<n).map { _ in stream.integer(below: k) }
      // Small weights leave little of the penalty, and then all classes violate the margin.
      let scale = seed % 3 == 2 ? 1e-3 : 0.3
      W = Matrix(
        rows: d + 1, columns: k, (0..<(d + 1) * k).map { _ in scale * stream.normal() })
      objective = Objective(loss: loss, penalty: penalty, sparesLastRow: spares)
      let gradient = try objective.value(W, features, labels: labels).gradient
      let own = try Objective(loss: loss).value(W, features, labels: labels).gradient
      data = own
      self.penalty = gradient.mapped { i, j, g in g - own[i, j] }
    }

    /// Xᵀ G / N for slopes that `change` makes of the right ones.
    func data(_ change: (inout [Double], Int) -> Void) throws -> Matrix {
      let scores = try Products.scores(features, W, precision: .double)
      var result = Matrix(rows: W.rows, columns: W.columns)
      for i in labels.indices {
        var subgradient = objective.loss.textbook(
          (0..<W.columns).map { scores[i, $0] }, label: labels[i]
        ).subgradient
        change(&subgradient, labels[i])
        for (d, x) in features.row(i).enumerated() {
          for j in subgradient.indices { result[d, j] += subgradient[j] * x / Double(labels.count) }
        }
      }
      return result
    }

    /// The check of a gradient, beside the right loss or that of another objective.
    func check(
      _ gradient: Matrix, lossOf other: Objective? = nil, samples: GradientCheck.Samples = .all
    ) throws -> GradientCheck {
      var stream = RandomStream(seed: 1, key: "check", count: 0)
      let own = other ?? objective
      return try GradientCheck(
        { W in (try own.value(W, features, labels: labels).loss, gradient) }, at: W,
        hasBiasRow: true, samples: samples, stream: &stream,
        kinks: try KinkFinder(objective, W, features, labels: labels),
        setting: GradientSetting(objective, features, labels: labels))
    }
  }

  /// A planted mistake: what it makes of the right parts, and a piece of the sentence that names
  /// it.
  struct Plant: Sendable {
    let name: String
    let made: @Sendable (Problem) throws -> Matrix

    init(_ name: String, _ made: @escaping @Sendable (Problem) throws -> Matrix) {
      self.name = name
      self.made = made
    }

    /// Of data's part g, the penalty's r, the entry's row and the number of samples.
    init(
      _ name: String, entries: @escaping @Sendable (_ g: Double, _ r: Double, _ N: Double) -> Double
    ) {
      self.init(name) { problem in
        problem.data.mapped { i, j, g in
          entries(g, problem.penalty[i, j], Double(problem.labels.count))
        }
      }
    }

    /// Of changed slopes.
    init(_ name: String, subgradient: @escaping @Sendable (inout [Double], Int) -> Void) {
      self.init(name) { problem in
        try problem.data(subgradient).mapped { i, j, g in g + problem.penalty[i, j] }
      }
    }
  }

  private static let ofParts = [
    Plant("lacks the term of the penalty") { g, _, _ in g },
    Plant("the term of the penalty twice") { g, r, _ in g + 2 * r },
    Plant("half of the term of the penalty") { g, r, _ in g + r / 2 },
    Plant("the term of the penalty has the wrong sign") { g, r, _ in g - r },
    Plant("the term of the penalty is divided by N") { g, r, N in g + r / N },
    Plant("is not divided by N") { g, r, N in g * N + r },
    Plant("divided by N twice") { g, r, N in g / N + r },
    Plant("the whole gradient is twice") { g, r, _ in 2 * (g + r) },
    Plant("the whole gradient is half") { g, r, _ in (g + r) / 2 },
    Plant("the whole gradient has the wrong sign") { g, r, _ in -(g + r) },
    Plant("0 everywhere") { _, _, _ in 0 },
    Plant("the data's part is twice") { g, r, _ in 2 * g + r },
    Plant("the data's part is half") { g, r, _ in g / 2 + r },
    Plant("the data's part has the wrong sign") { g, r, _ in r - g },
    Plant("the term of the penalty and nothing else") { _, r, _ in r },
  ]

  private static let ofTheBias = [
    Plant("lacks the term of the penalty in the bias row") { problem in
      problem.data.mapped { i, j, g in
        g + (i == problem.W.rows - 1 ? 0 : problem.penalty[i, j])
      }
    }
  ]

  private static let ofSlopes = [
    Plant("columns of the wrong classes lack") { s, y in
      for j in s.indices where j != y { s[j] = 0 }
    }
  ]

  private static let ofCounts = [
    Plant("term −count·x of the true class is missing") { s, y in s[y] = 0 },
    Plant("must get −count·x") { s, y in s[y] = -1 },
    Plant("must get −count·x") { s, y in s[y] = s[y] == 0 ? 0 : -1 },
    Plant("counted among those that violate") { s, y in s[y] -= 1 },
  ]

  private static let hinge = ReducedLoss(Hinge(), WestonWatkins())
  private static let others: [any ScoreLoss] = [
    ReducedLoss(SquaredHinge(), WestonWatkins()), ReducedLoss(Hinge(), CrammerSinger()),
    ReducedLoss(Hinge(), OneVsRest()), ReducedLoss(Logistic(), OneVsRest()), Softmax(),
  ]
  private static let penalties: [any Penalty] = [
    L2(0.05), L2(50), HalfL2(0.3), L1(0.2), ElasticNet(l1: 0.1, l2: 0.5),
  ]

  /// What a plant of a problem is named; every plant is tried with all entries and with ten of
  /// them.
  ///
  /// - Returns: how often it was named, of two.
  private func expect(
    _ plant: Plant, _ problem: Problem, lossOf other: Objective? = nil, _ label: String
  ) throws -> Int {
    var named = 0
    for samples in [GradientCheck.Samples.all, .count(10)] {
      let result = try problem.check(try plant.made(problem), lossOf: other, samples: samples)
      let wrong = result.entries.count { $0.verdict == .wrong }
      // One wrong entry need not be enough.
      if wrong < 2 && result.cause == nil { continue }
      #expect(
        result.cause?.contains(plant.name) == true,
        "\(plant.name), \(label), \(samples): \(result.cause ?? "none"), \(wrong) wrong")
      named += 1
    }
    return named
  }

  @Test func everyMistakeIsNamedForTheHinge() throws {
    let plants = Self.ofParts + Self.ofTheBias + Self.ofSlopes + Self.ofCounts
    var named = [Int](repeating: 0, count: plants.count)
    for seed in 0..<10 as Range<UInt64> {
      let penalty = Self.penalties[Int(seed) % 5]
      let problem = try Problem(Self.hinge, penalty, seed: seed)
      for (i, plant) in plants.enumerated() {
        named[i] += try expect(plant, problem, "\(penalty.description) \(seed)")
      }
    }
    #expect(named.allSatisfy { $0 >= 15 }, "\(named)")
  }

  @Test func everyMistakeIsNamedForOtherLosses() throws {
    let plants = Self.ofParts + Self.ofTheBias + Self.ofSlopes
    let lone = Plant("the true class's column lacks its term") { s, y in s[y] = 0 }
    for loss in Self.others {
      for seed in 0..<2 as Range<UInt64> {
        let problem = try Problem(loss, L2(0.5), seed: seed)
        let named = try (plants + [lone]).map {
          try expect($0, problem, "\(loss.name) \(seed)")
        }
        #expect(named.allSatisfy { $0 >= 1 }, "\(loss.name) \(named)")
      }
    }
    var named = 0
    for seed in 0..<12 as Range<UInt64> {
      named += try expect(
        Plant("1 of the true class is missing") { s, y in s[y] += 1 },
        Problem(Softmax(), L2(0.5), seed: seed), "softmax \(seed)")
    }
    #expect(named >= 18)
  }

  @Test func aBiasThatTheLossLeavesOutIsNamed() throws {
    var named = 0
    for seed in 0..<12 as Range<UInt64> {
      for spares in [true, false] {
        // The option may say the one or the other: what counts is what the loss does.
        let problem = try Problem(Self.hinge, L2(0.5), seed: seed, spares: spares)
        let left = Objective(loss: Self.hinge, penalty: L2(0.5), sparesLastRow: true)
        let plant = Plant("leaves the bias out") { problem in
          problem.data.mapped { i, j, g in g + problem.W[i, j] }
        }
        named += try expect(plant, problem, lossOf: left, "\(seed)")
      }
    }
    #expect(named >= 36)
  }

  /// The user's R has another factor than the option's: its gradient is what is missing.
  @Test func theFormOfThePenaltyIsReadOffTheLoss() throws {
    let problem = try Problem(Self.hinge, L2(0.5), seed: 3)
    let half = Objective(loss: Self.hinge, penalty: HalfL2(0.5))
    let missing = try problem.check(problem.data, lossOf: half)
    #expect(missing.cause == "the gradient lacks the term of the penalty, reg·W: add it")
    let twice = try problem.check(
      problem.data.mapped { i, j, g in g + problem.W[i, j] }, lossOf: half)
    #expect(
      twice.cause == "the gradient has the term of the penalty twice: it is reg·W, not 2·reg·W")
    let own = try problem.check(problem.data)
    #expect(own.cause == "the gradient lacks the term of the penalty, 2·reg·W: add it")
    let lasso = try Problem(Self.hinge, L1(0.5), seed: 3)
    let lacks = try lasso.check(lasso.data).cause
    #expect(lacks == "the gradient lacks the term of the penalty, reg·sign(W): add it")
  }

  @Test func theNumberOfSamplesIsNamed() throws {
    let problem = try Problem(Self.hinge, L2(0.5), seed: 5)
    let n = problem.labels.count
    let sum = problem.data.mapped { i, j, g in g * Double(n) + problem.penalty[i, j] }
    #expect(try problem.check(sum).cause?.hasSuffix("over the samples by \(n)") == true)
  }

  @Test func aSquareTransposeIsNamed() throws {
    var stream = RandomStream(seed: 9, key: "square", count: 0)
    for samples in [GradientCheck.Samples.all, .count(6)] {
      let X = Features(
        DoubleMatrix(Matrix(rows: 20, columns: 4, (0..<80).map { _ in stream.normal() })))
      let y = (0..<20).map { $0 % 4 }
      let W = Matrix(rows: 4, columns: 4, (0..<16).map { _ in stream.normal() })
      let objective = Objective(loss: Self.hinge, penalty: L2(0.1))
      let result = try GradientCheck(
        { W in
          let value = try objective.value(W, X, labels: y)
          return (value.loss, value.gradient.transposed)
        }, at: W, hasBiasRow: false, samples: samples, stream: &stream,
        kinks: KinkFinder(objective, W, X, labels: y),
        setting: GradientSetting(objective, X, labels: y))
      #expect(result.cause == "the gradient is transposed: its entry [i, j] stands at [j, i]")
    }
  }

  @Test func rightGradientsHaveNoCause() throws {
    for loss in [Self.hinge] + Self.others {
      for seed in 0..<12 as Range<UInt64> {
        let problem = try Problem(loss, Self.penalties[Int(seed) % 5], seed: seed)
        let right = problem.data.mapped { i, j, g in g + problem.penalty[i, j] }
        let result = try problem.check(right)
        #expect(result.passed && result.cause == nil, "\(loss.name) \(seed)")
      }
    }
  }

  /// Wrong in ways that nobody has foreseen: no cause is better than a wrong one.
  @Test func otherMistakesAreNotMisnamed() throws {
    for seed in 0..<15 as Range<UInt64> {
      let problem = try Problem(Self.hinge, Self.penalties[Int(seed) % 5], seed: seed)
      let right = problem.data.mapped { i, j, g in g + problem.penalty[i, j] }
      var stream = RandomStream(seed: seed, key: "noise", count: 0)
      let wrong: [Matrix] = [
        right.mapped { _, _, g in g + 0.1 * stream.normal() },
        right.mapped { i, j, g in (i + j) % 3 == 0 ? 2 * g : g },
        right.mapped { i, _, g in i == 0 ? g + 1 : g }, right.mapped { _, _, g in 3 * g },
        right.mapped { _, j, g in j == 0 ? g : right[0, 0] },
        // Two mistakes at once.
        problem.data.mapped { _, _, g in 2 * g },
        try problem.data { s, y in s[y] = 0.5 * s[y] },
        // Δ = 0.5 in the place of 1.
        try Objective(loss: ReducedLoss(Hinge(delta: 0.5), WestonWatkins())).value(
          problem.W, problem.features, labels: problem.labels
        ).gradient.mapped { i, j, g in g + problem.penalty[i, j] },
      ]
      for (i, gradient) in wrong.enumerated() {
        for samples in [GradientCheck.Samples.all, .count(10)] {
          let result = try problem.check(gradient, samples: samples)
          #expect(result.cause == nil, "\(seed) \(i): \(result.cause ?? "")")
        }
      }
    }
  }

  /// One wrong entry says nothing, but its neighbors do.
  @Test func neighborsOfALoneWrongEntryAreLookedAt() throws {
    var lone = 0
    for seed in 0..<10 as Range<UInt64> {
      let problem = try Problem(Self.hinge, L2(5), seed: seed)
      let gradient = problem.data.mapped { i, j, g in
        g + (i == problem.W.rows - 1 ? 0 : problem.penalty[i, j])
      }
      let result = try problem.check(gradient, samples: .count(5))
      if result.entries.count(where: { $0.verdict == .wrong }) == 1 { lone += 1 }
      #expect(result.cause?.contains("in the bias row") == true, "\(seed)")
    }
    #expect(lone > 0)
  }

  /// A W of another shape than the data's, as a user's function may have.
  @Test func aSettingThatDoesNotFitNamesNothing() throws {
    var stream = RandomStream(seed: 1, key: "check", count: 0)
    let problem = try Problem(Self.hinge, L2(5), seed: 1)
    let result = try GradientCheck(
      { W in (W[0, 0], W) }, at: Matrix(rows: 2, columns: 2, [1, 2, 3, 4]), hasBiasRow: false,
      stream: &stream,
      setting: GradientSetting(problem.objective, problem.features, labels: problem.labels))
    #expect(!result.passed && result.cause == nil)
  }

  /// b stands below w: its slope is checked, too, and a mistake in w is named as without it.
  @Test func theBinaryReductionWithItsBias() throws {
    for seed in 0..<10 as Range<UInt64> {
      let random = Example.random(30, 4, 2, seed: seed)
      let objective = Objective(loss: ReducedLoss(SquaredHinge(), Binary()), penalty: L2(0.5))
      let point = Matrix(rows: 5, columns: 1, [0.3, -0.2, 0.5, 0.1, 0.25])
      func check(_ change: (ObjectiveValue, Matrix) -> [Double]) throws -> GradientCheck {
        var stream = RandomStream(seed: seed, key: "check", count: 0)
        let w = Matrix(rows: 4, columns: 1, Array(point.entries.prefix(4)))
        return try GradientCheck(
          { point in
            let w = Matrix(rows: 4, columns: 1, Array(point.entries.prefix(4)))
            let value = try objective.value(w, bias: point[4, 0], random.X, labels: random.y)
            return (value.loss, Matrix(rows: 5, columns: 1, change(value, w)))
          }, at: point, hasBiasRow: true, samples: .all, stream: &stream,
          kinks: KinkFinder(objective, w, bias: 0.25, random.X, labels: random.y),
          setting: GradientSetting(objective, random.X, labels: random.y))
      }
      let right = try check { value, _ in value.gradient.entries + [value.biasGradient] }
      #expect(right.passed && right.cause == nil && right.entries.count == 5)
      let lacking = try check { value, w in
        zip(value.gradient.entries, w.entries).map { $0 - $1 } + [value.biasGradient]
      }
      #expect(lacking.cause == "the gradient lacks the term of the penalty, 2·reg·W: add it")
      let sum = try check { value, w in
        zip(value.gradient.entries, w.entries).map { ($0 - $1) * 30 + $1 }
          + [value.biasGradient * 30]
      }
      #expect(sum.cause?.contains("not divided by N") == true)
      // Only b is wrong.
      let lone = try check { value, _ in value.gradient.entries + [value.biasGradient * 3] }
      #expect(!lone.passed && lone.cause == nil)
    }
  }
}
