import LinearAlgebra
import Testing

@testable import SVMEngine

/// Solvers that minimize the whole problem: proofs that are proofs, runs that go on, and refusals.
@Suite(.serialized) struct MinimizerTests {
  private static var minimizers: [String] {
    get throws {
      let names = try SolverCatalog.catalog.entries.filter {
        try $0.make(given: [:]).knowsWhenDone
      }.map(\.name)
      try #require(!names.isEmpty)
      return names
    }
  }

  /// Whether a solver must take a convex loss: `dual` and `newton` those with a dual form, `newton`
  /// only where columns are apart, the others all.
  private static func takes(_ solver: String, _ loss: any ScoreLoss, _ reduction: String) -> Bool {
    let hasDualForm = loss.structure?.margin.dualForm != nil
    return switch solver {
    case "dual": hasDualForm
    case "newton": hasDualForm && ["binary", "one-vs-rest"].contains(reduction)
    default: true
    }
  }

  /// A run of what a solver takes; of what it does not, nil, after a refusal that says what is
  /// possible.
  private static func run(
    _ data: TrainingData, _ options: NamedOptions
  ) throws -> LinearClassifier? {
    let loss = try options.makeObjective(data).loss
    if takes(options.solver, loss, options.objective.reduction ?? "") {
      return try Training.run(data, options)
    }
    let error = #expect(throws: EngineError.self) { try Training.run(data, options) }
    #expect(error?.kind == .option && error?.advice != nil, "\(options.solver) \(loss.name)")
    return nil
  }

  /// Data with noise: the classes can't be separated.
  private static func data(_ n: Int, _ d: Int, _ k: Int, seed: UInt64 = 1) -> TrainingData {
    let (X, y, _) = Example.random(n, d, k, seed: seed)
    return TrainingData(
      features: X.with(Preparation(hasBias: true)), labels: y,
      classes: (0..<k).map { "\($0)" })
  }

  private static func options(
    _ solver: String, _ loss: String, _ reduction: String?,
    _ change: (inout NamedOptions) -> Void = { _ in }
  ) -> NamedOptions {
    var options = NamedOptions()
    options.solver = solver
    options.objective.loss = loss
    options.objective.reduction = reduction
    options.objective.numbers["reg"] = 0.05
    if solver == "fista" { options.objective.numbers["restart"] = 1 }
    options.tolerance = 1e-7
    options.iterations = 100_000
    change(&options)
    return options
  }

  /// Every loss that the dual or Newton's method takes, from the conjugate: the maximum over β is
  /// φ.
  @Test func dualFormsAreTheLosses() throws {
    var count = 0
    for entry in LossCatalog.catalog.entries {
      let numbers = ["delta": 0.75, "tau": 0.25].filter { number in
        entry.options.contains { $0.name == number.key }
      }
      guard case .margin(let loss) = try entry.make(given: numbers), let form = loss.dualForm
      else { continue }
      count += 1
      for a in stride(from: -4.0, through: 4, by: 0.0625) {
        #expect(abs(form.value(a) - loss.value(a)) <= 1e-14, "\(loss.name) \(a)")
        // A grid of β over the box can't pay more.
        for step in 0...40 {
          let upper = min(form.upper, 20)
          let beta = form.lower + (upper - form.lower) * Double(step) / 40
          let pays = beta * (form.delta - a) - 0.5 * form.curvature * beta * beta
          #expect(pays <= loss.value(a) + 1e-13)
        }
      }
    }
    #expect(count >= 7)
  }

  /// Different methods reach the same objective, and no primal lies below another's dual.
  @Test func solversAgreeOnTheOptimum() throws {
    let losses = LossCatalog.catalog.names.filter { $0 != "structured" }
    for reduction in ["binary", "one-vs-rest", "weston-watkins", "crammer-singer"] {
      let data = Self.data(60, 4, reduction == "binary" ? 2 : 3)
      for loss in losses {
        var found: [(solver: String, primal: Double, gap: Double)] = []
        for solver in try Self.minimizers {
          let options = Self.options(solver, loss, loss == "softmax" ? nil : reduction)
          guard try options.makeObjective(data).loss.isConvex else { continue }
          guard let model = try Self.run(data, options) else { continue }
          let certificate = try #require(model.certificate)
          let value = try options.makeObjective(data).value(
            model.weights, bias: model.bias, data.features, labels: data.labels)
          let last = try #require(certificate.objective)
          #expect(agree(value.loss, last, within: 1e-9))
          found.append((solver, value.loss, try #require(certificate.gap)))
          #expect(model.ending == .converged, "\(solver) \(loss) \(reduction)")
        }
        for a in found {
          for b in found {
            #expect(
              a.primal - a.gap <= b.primal + 1e-9 * abs(b.primal),
              "\(loss) \(reduction): \(a) \(b)")
            #expect(agree(a.primal, b.primal, within: 1e-6), "\(loss) \(reduction): \(a) \(b)")
          }
        }
      }
    }
  }

  /// A history has a gap for every loss, infinite where nothing was proven; none at all where
  /// nothing ever was. The last one is the proof that the run ends with.
  @Test func everyLossHasAGap() throws {
    let data = Self.data(60, 4, 3)
    for solver in try Self.minimizers {
      for (loss, strength) in [("squared-hinge", 0.05), ("hinge", 0.05), ("squared-hinge", 0)] {
        guard strength > 0 || ["fista", "lbfgs"].contains(solver) else { continue }
        let model = try Training.run(
          data,
          Self.options(solver, loss, "one-vs-rest") {
            $0.objective.numbers["reg"] = strength
            $0.iterations = 30
          })
        let history = model.history
        let what: Comment = "\(solver) \(loss) \(strength): \(history.gap)"
        guard strength > 0 else {
          #expect(history.gap.isEmpty, what)
          continue
        }
        #expect(history.gap.count == history.loss.count && history.loss.count > 1, what)
        #expect(history.gap.dropFirst().allSatisfy { $0 >= 0 && $0 < .infinity }, what)
        // The dual evaluates its last weights anew.
        if solver != "dual" { #expect(history.gap.last == model.certificate?.gap, what) }
        #expect((history.gap[0] == .infinity) == (solver == "fista"), what)
      }
    }
    // A bias without a penalty: the proof is tried late, and only the last loss has one.
    let late = try Training.run(
      Self.data(60, 4, 2),
      Self.options("lbfgs", "squared-hinge", "binary") {
        $0.objective.regularizesBias = false
        $0.tolerance = 1e-4
      })
    #expect(late.ending == .converged)
    #expect(late.history.gap.count == late.history.loss.count)
    #expect(late.history.gap.dropLast().allSatisfy { $0 == .infinity })
    #expect(late.history.gap.last == late.certificate?.gap)
  }

  /// A certificate is of the weights, to the bit, also where the line search fails on a smoothed
  /// loss: its last trial leaves another β behind. In single precision the searches soon fail.
  @Test func certificatesOfFailedSearchesAreOfTheWeights() throws {
    var count = 0
    for seed in 1...20 as ClosedRange<UInt64> {
      let data = Self.data(40, 4, 3, seed: seed)
      let options = Self.options("lbfgs", "hinge", "one-vs-rest") {
        $0.tolerance = 1e-300
        $0.iterations = 100
        $0.precision = .single
      }
      let model = try Training.run(data, options)
      guard model.ending == .stuck else { continue }
      count += 1
      let parameters = Buffer(zeros: model.weights.count)
      parameters.fill(model.weights.entries)
      let problem = MinimizationProblem(
        objective: try options.makeObjective(data), data: data, precision: .single,
        parameters: parameters, hasOwnBias: false, tolerance: nil, seed: 0)
      let smoothing = try #require(try KinkSmoothing(problem))
      _ = try smoothing.dataLoss(at: parameters, gradient: Buffer(zeros: parameters.count))
      let objective = smoothing.trueLoss + problem.penalty(at: parameters)
      #expect(model.certificate?.objective == objective, "\(seed)")
    }
    #expect(count >= 5)
  }

  /// l1 and elastic net against the optimality conditions of the subgradient.
  @Test(arguments: ["fista", "lbfgs"])
  func theConditionsOfTheElasticNet(solver: String) throws {
    let data = Self.data(80, 6, 3)
    for (l1, l2) in [(0.05, 0.0), (0.02, 0.1), (10, 0.1)] {
      let model = try Training.run(
        data,
        Self.options(solver, "squared-hinge", "weston-watkins") {
          $0.objective.penalty = "elastic-net"
          $0.objective.numbers["reg"] = nil
          $0.objective.numbers["l1"] = l1
          $0.objective.numbers["l2"] = l2
          $0.tolerance = 1e-14
          $0.iterations = 5000
        })
      var smooth = Self.options("lbfgs", "squared-hinge", "weston-watkins")
      smooth.objective.penalty = "none"
      smooth.objective.numbers["reg"] = nil
      let gradient = try smooth.makeObjective(data).value(
        model.weights, data.features, labels: data.labels
      ).gradient
      for d in 0..<model.weights.rows {
        for j in 0..<model.weights.columns {
          let (w, g) = (model.weights[d, j], gradient[d, j])
          if w == 0 {
            #expect(abs(g) <= l1 + 1e-6)
          } else {
            #expect(abs(g + l2 * w + (w > 0 ? l1 : -l1)) <= 1e-6, "\(w) \(g)")
          }
        }
      }
      #expect((l1 == 10) == model.weights.entries.allSatisfy { $0 == 0 })
    }
  }

  /// The non-convex row: the objective never rises, and the end is a stationary point.
  @Test func fistaDescendsWhereTheLossIsNotConvex() throws {
    let data = Self.data(80, 4, 3, seed: 5)
    let options = Self.options("fista", "huberized-truncated-pinball", nil) {
      $0.iterations = 3000
      $0.tolerance = 1e-15
      $0.initialWeights = .normal(0.5)
    }
    let model = try Training.run(data, options)
    for (a, b) in zip(model.history.loss, model.history.loss.dropFirst()) { #expect(b <= a) }
    let value = try options.makeObjective(data).value(
      model.weights, data.features, labels: data.labels)
    #expect(value.gradient.entries.allSatisfy { abs($0) < 1e-5 })
  }

  /// FISTA's own bound for a given L: J(W_k) − J* ≤ 2 L ‖W_0 − W*‖²/(k + 1)².
  @Test func fistaKeepsItsRate() throws {
    let data = Self.data(60, 4, 3)
    let best = try Training.run(
      data,
      Self.options("lbfgs", "squared-hinge", nil) {
        $0.tolerance = 1e-12
      })
    // Of Σ_j max(0, Δ + s_j − s_y)²: ‖x‖² times 2·2·K bounds the curvature of a row.
    let L =
      (0..<60).map { i in data.features.row(i).reduce(0) { $0 + $1 * $1 } }.reduce(0, +)
      / 60 * 12
    for monotone in [0.0, 1] {
      let run = try Training.run(
        data,
        Self.options("fista", "squared-hinge", nil) {
          $0.objective.numbers["L"] = L
          $0.objective.numbers["monotone"] = monotone
          $0.objective.numbers["restart"] = 0
          $0.iterations = 200
          $0.tolerance = 1e-15
        })
      let J = try #require(best.certificate?.objective)
      let distance = best.weights.entries.reduce(0) { $0 + $1 * $1 }
      for (k, loss) in zip(run.history.iteration, run.history.loss) where k > 0 {
        #expect(loss - J <= 2 * L * distance / Double((k + 1) * (k + 1)) + 1e-12)
      }
    }
  }

  @Test func resumeGoesOnToTheSameBits() throws {
    let data = Self.data(70, 5, 3)
    var count = 0
    for solver in try Self.minimizers {
      for reduction in ["one-vs-rest", "weston-watkins", "crammer-singer"] {
        for loss in ["squared-hinge", "hinge"] {
          func options(_ iterations: Int) -> NamedOptions {
            Self.options(solver, loss, reduction) {
              $0.iterations = iterations
              $0.tolerance = 1e-13
            }
          }
          guard let whole = try Self.run(data, options(9)) else { continue }
          // The longest beginning that is not the whole already.
          let beginnings = try [4, 2, 1].map { try Training.run(data, options($0)) }
          guard let half = beginnings.first(where: { $0.ending == .complete }) else {
            // Newton's first step may already be the last.
            #expect(whole.iteration == 1 && whole.ending == .converged)
            continue
          }
          count += 1
          let resumed = try Training.resume(half, iterations: 9 - half.iteration)
          #expect(resumed.weights == whole.weights, "\(solver) \(loss) \(reduction)")
          #expect(resumed.history == whole.history, "\(solver) \(loss) \(reduction)")
          #expect(resumed.iteration == whole.iteration)
        }
      }
    }
    #expect(count >= 15)
  }

  @Test func anyNumberOfThreadsGivesTheSameBits() throws {
    let data = Self.data(900, 20, 4)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for solver in try Self.minimizers + ["pegasos"] {
      for loss in ["hinge", "squared-hinge"] {
        var weights: [Matrix] = []
        for threads in [1, 2, 3] {
          Parallel.threads = threads
          let options = Self.options(solver, loss, "one-vs-rest") {
            $0.iterations = 12
            if solver == "pegasos" { $0.tolerance = nil }
          }
          weights.append(try Training.run(data, options).weights)
        }
        #expect(weights.allSatisfy { $0 == weights[0] }, "\(solver) \(loss)")
      }
    }
  }

  /// Sparse rows and the same rows written out give the same models.
  @Test func sparseDataGiveTheSameOptima() throws {
    var stream = RandomStream(seed: 4, key: "sparse", count: 0)
    let (n, d) = (90, 12)
    let (sparse, dense) = try Example.sparseAndDense(n, d, oneIn: 3, &stream)
    let labels = (0..<n).map { _ in stream.integer(below: 3) }
    let preparations = [
      Preparation(hasBias: true),
      Preparation(
        mean: (0..<d).map { Double($0) / 8 }, scale: (0..<d).map { 1 + Double($0) / 9 },
        hasBias: true),
    ]
    let minimizers = try Self.minimizers
    for preparation in preparations {
      for solver in SolverCatalog.catalog.names {
        for reduction in ["one-vs-rest", "weston-watkins", "crammer-singer"] {
          for loss in ["squared-hinge", "hinge"] {
            let options = Self.options(solver, loss, reduction) {
              $0.learningRate = 0.01
              $0.tolerance = 1e-5
              if !minimizers.contains($0.solver) {
                $0.tolerance = nil
                $0.iterations = 50
                $0.batchSize = 20
              }
            }
            func model(_ storage: any FeatureStorage) throws -> LinearClassifier? {
              try Self.run(
                TrainingData(
                  features: Features(storage).with(preparation), labels: labels,
                  classes: ["a", "b", "c"]), options)
            }
            guard let a = try model(DoubleMatrix(dense)) else { continue }
            let b = try #require(try model(sparse))
            if minimizers.contains(solver) {
              let x = try #require(a.certificate?.objective)
              let y = try #require(b.certificate?.objective)
              #expect(agree(x, y, within: 3e-5), "\(solver) \(loss) \(reduction)")
            } else {
              #expect(distance(a.weights, b.weights) < 1e-11, "\(solver) \(loss) \(reduction)")
            }
          }
        }
      }
    }
  }

  @Test func smallAndStrangeData() throws {
    for solver in try Self.minimizers {
      for loss in ["hinge", "squared-hinge"] {
        for reduction in ["one-vs-rest", "weston-watkins", "crammer-singer"] {
          // One sample; one class; the same sample in two classes; rows of zeros; a class that no
          // row has.
          let one = Example.features(1, 2)
          let zeros = Features(DoubleMatrix(Matrix(rows: 4, columns: 3)))
          let twice = try Example.features(2, 3).selecting([0, 0, 1, 1])
          for data in [
            TrainingData(features: one, labels: [0], classes: ["a", "b"]),
            TrainingData(
              features: Example.features(5, 3), labels: [0, 0, 0, 0, 0], classes: ["a"]),
            TrainingData(features: twice, labels: [0, 1, 0, 1], classes: ["a", "b"]),
            TrainingData(features: zeros, labels: [0, 1, 0, 1], classes: ["a", "b"]),
            TrainingData(
              features: Example.features(6, 3), labels: [0, 2, 0, 2, 2, 0],
              classes: ["a", "b", "c"]),
          ] {
            let model = try Self.run(data, Self.options(solver, loss, reduction))
            #expect(
              model?.weights.entries.allSatisfy { $0.isFinite } != false,
              "\(solver) \(loss) \(reduction)")
          }
        }
      }
    }
  }

  @Test func nanInTheDataEndsTheRun() throws {
    var X = Matrix(rows: 4, columns: 2, [1, 2, 3, 4, 5, 6, 7, 8])
    X[2, 1] = .nan
    let data = TrainingData(
      features: Features(DoubleMatrix(X)), labels: [0, 1, 0, 1], classes: ["a", "b"])
    for solver in try Self.minimizers {
      #expect(throws: Diverged.self, "\(solver)") {
        try Training.run(data, Self.options(solver, "squared-hinge", "one-vs-rest"))
      }
    }
  }

  @Test func interruptedRunsGoOn() throws {
    let data = Self.data(60, 4, 3)
    for solver in try Self.minimizers {
      let options = Self.options(solver, "squared-hinge", "one-vs-rest") { $0.tolerance = 1e-9 }
      let stopped = try Training.run(data, options, interruptedAt: 2)
      #expect(stopped.wasInterrupted && stopped.iteration == 1, "\(solver)")
      let resumed = try Training.resume(stopped)
      let whole = try Training.run(data, options)
      #expect(resumed.weights == whole.weights && resumed.ending == whole.ending, "\(solver)")
    }
  }

  /// Between two looks at the gap, too, the proof is that of the weights that are returned.
  @Test func theProofIsOfTheWeightsThatAreReturned() throws {
    let data = Self.data(80, 5, 3)
    for solver in try Self.minimizers {
      for reduction in ["one-vs-rest", "weston-watkins", "crammer-singer"] {
        for iterations in [1, 7, 13] {
          let options = Self.options(solver, "hinge", reduction) {
            $0.iterations = iterations
            $0.tolerance = 1e-13
          }
          guard let model = try Self.run(data, options) else { continue }
          let certificate = try #require(model.certificate?.objective)
          let loss = try options.makeObjective(data).value(
            model.weights, data.features, labels: data.labels
          ).loss
          #expect(agree(certificate, loss, within: 1e-9), "\(solver) \(reduction) \(iterations)")
        }
      }
    }
  }

  @Test func refusalsSayWhichSolverCan() throws {
    func error(_ change: (inout NamedOptions) -> Void, bias: Bool = true) -> EngineError? {
      var options = Self.options("dual", "hinge", "one-vs-rest")
      change(&options)
      let isBinary = options.objective.reduction == "binary"
      var data = Self.data(20, 3, isBinary ? 2 : 3)
      if !bias {
        data = TrainingData(
          features: data.features.with(Preparation()), labels: data.labels, classes: data.classes)
      }
      do {
        _ = try Training.run(data, options)
        return nil
      } catch { return error as? EngineError }
    }
    let ramp = error { $0.objective.loss = "ramp" }
    #expect(ramp?.message == "solver 'dual' can't take 'ramp, one-vs-rest'")
    let help = { (error: EngineError?) in error?.advice?.description ?? "" }
    #expect(help(ramp).hasPrefix("it takes hinge, squared-hinge, perceptron"))
    let kinks = error {
      $0.solver = "lbfgs"
      $0.objective.loss = "ramp"
    }
    #expect(
      kinks?.message
        == "solver 'lbfgs' can't take 'ramp, one-vs-rest', which has kinks and is not convex")
    #expect(help(kinks) == "use solver 'pegasos' or solver 'sgd'")
    #expect(
      help(error { $0.objective.penalty = "l1" }) == "use penalty 'l2'; or use solver 'sgd'")
    #expect(
      help(error { $0.objective.regularizesBias = false })
        == "leave out regularize-bias 'false'; or use solver 'newton'")
    #expect(
      help(error({ $0.objective.reduction = "binary" }, bias: false)).contains("a bias column"))
    #expect(error { $0.initialWeights = .normal(1) }?.message.contains("no 'init'") == true)
    #expect(error { $0.schedule = "cosine" }?.message.contains("takes no schedule") == true)
    let newton = error {
      $0.solver = "newton"
      $0.objective.reduction = "weston-watkins"
    }
    #expect(help(newton) == "use solver 'dual'")
    let none = error {
      $0.solver = "pegasos"
      $0.tolerance = nil
      $0.objective.penalty = "none"
      $0.objective.numbers["reg"] = nil
    }
    #expect(none?.message.contains("strongly convex") == true)
  }
}
