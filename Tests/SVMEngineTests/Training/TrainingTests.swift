import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct TrainingTests {
  private static let batches = [
    [0, 5, 5, 2], [11, 3, 7, 1], [4, 4, 4, 9], [10, 8, 6, 0], [2, 3, 5, 7],
  ]

  private func options(_ change: (inout NamedOptions) -> Void = { _ in }) -> NamedOptions {
    var options = NamedOptions()
    options.learningRate = 0.05
    options.objective.numbers["reg"] = 0.25
    options.iterations = 20
    options.batchSize = 4
    change(&options)
    return options
  }

  /// numpy: the loops of the lecture notes and W -= lr * (dW + 2 * 0.25 * W), or with a velocity
  /// v = 0.9 * v - lr * g, five updates on the batches above from `Example.weights`. Nesterov's
  /// method as PyTorch writes it, v = 0.9 * v + g and W -= lr * (g + 0.9 * v); Adam as in Algorithm
  /// 1 of its paper.
  @Test func givenBatchesAgainstNumPy() throws {
    let expected: [(String, String, [Double], [Double])] = [
      (
        "hinge", "sgd",
        [
          2.03125, 2.06720703125, 2.2193964965820308, 1.5697376226882933, 2.391838443778996,
        ],
        [
          -0.25498525146484374, -0.06467616821289063, 0.09938749633789064, -0.024512133789062494,
          -0.07006415283203124, -0.015560675048828132, 0.12299461181640622, 0.1550482275390625,
          -0.27804283935546875, -0.30066587768554687, 0.24466396728515621, 0.1661388720703125,
        ]
      ),
      (
        "hinge", "momentum",
        [
          2.03125, 2.06720703125, 2.4466262817382813, 1.5147009294509888, 3.2302478268891575,
        ],
        [
          -0.27862005615234375, -0.35512368774414066, 0.46114907836914065, -0.028247680664062483,
          0.3223478393554688, -0.3803974914550783, 0.03229840087890622, 0.4402164306640625,
          -0.47251483154296875, -0.590166717529297, 0.16753228759765626, 0.5089317626953126,
        ]
      ),
      (
        "squared-hinge", "sgd",
        [
          3.9453125, 3.9826733398437497, 2.3683729187011715, 2.119330920423508, 7.265539408349762,
        ],
        [
          -0.22999582275390623, -0.21443140624999998, 0.22415330566406255, -0.2624159167480469,
          -0.21070358276367185, 0.362982537841797, -0.03816942382812501, 0.0326255541992187,
          0.0055438696289062395, -0.48467171508789064, 0.043358682861328074, 0.5514499938964844,
        ]
      ),
      (
        "squared-hinge", "momentum",
        [
          3.9453125, 3.9826733398437497, 9.731833876037596, 4.056488629464149, 45.549639162583695,
        ],
        [
          -0.4657125695800782, -0.14449395629882816, 0.4376118603515624, -0.45241595703125004,
          0.229858479003906, 0.13626014526367214, -0.3933845471191408, 0.6837682800292967,
          -0.2903837329101562, -1.2699769897460937, 0.0925875646972657, 1.2636867578125,
        ]
      ),
      (
        "hinge", "nesterov",
        [
          2.03125, 2.2870548828125, 1.9362179047863766, 1.8853255770686639,
          4.147260568227217,
        ],
        [
          -0.27767159955422366, -0.35636896381326916, 0.47896168260233163,
          -0.05591768076635743, 0.37283083815373547, -0.39445259776995867,
          0.00145430978972165, 0.5363732844347169, -0.5378275942244385,
          -0.6834400188453735, 0.11294876771140139, 0.6480306915165528,
        ]
      ),
      (
        "squared-hinge", "nesterov",
        [
          3.9453125, 10.003532080078127, 14.047195253183748, 6.930900053597837,
          198.99093640810614,
        ],
        [
          -1.5544670854930307, -1.8406566546313123, 3.2400448593591804,
          -1.4467114137434576, -1.89745620000381, 3.266628173364686,
          -1.1731331210970344, -1.2698843893860725, 2.443017510483107,
          -2.2570247616700936, -1.4326607986505375, 3.7672250007032115,
        ]
      ),
      (
        "hinge", "adam",
        [
          2.03125, 1.9325000027328094, 2.7234685857920833, 1.699670011987313,
          1.3085835068024756,
        ],
        [
          -0.18649916300256164, -0.054387866842430244, 0.05432633320356327,
          -0.04251625162167895, -0.05607213220268521, 0.09511677822630857,
          0.10666106376218931, 0.06502871105566305, -0.2543706652539607,
          -0.36879277324946275, 0.18554919497255096, 0.22835007649266106,
        ]
      ),
      (
        "squared-hinge", "adam",
        [
          3.9453125, 2.824687501945543, 4.290742785507352, 1.7799286894315403,
          1.026221905597981,
        ],
        [
          -0.15633491728513763, -0.08781189106891427, 0.0841255623338463,
          -0.09943607959294828, -0.04075601928718885, 0.0710264752051161,
          0.07452056583686056, 0.044005452720932994, -0.23443774788839053,
          -0.3672857155039794, 0.2301529048781242, 0.22326962984160947,
        ]
      ),
    ]
    for (loss, solver, losses, weights) in expected {
      let model = try Training.run(
        Example.training(),
        options {
          $0.objective.loss = loss
          $0.solver = solver
          $0.batches = Self.batches
          $0.iterations = nil
          $0.initialWeights = .matrix(Example.weights())
        })
      #expect(model.history.iteration == [0, 1, 2, 3, 4])
      #expect(model.iteration == 5)
      for (a, b) in zip(model.history.loss, losses) { #expect(agree(a, b, within: 1e-13)) }
      #expect(
        distance(Matrix(rows: 4, columns: 3, weights), model.weights) < 1e-13, "\(loss) \(solver)")
    }
  }

  /// A run by hand: `Objective` on each batch and a plain step, at a reg so large that a
  /// wrong ∂R shows.
  @Test func everyLossTakesTheStepsOfItsObjective() throws {
    let data = Example.training(30, 4, 2)
    for entry in LossCatalog.catalog.entries {
      for reduction in ReductionCatalog.catalog.names + [nil] {
        if entry.name == "softmax" && reduction != nil || entry.name == "structured" { continue }
        for spares in [false, true] {
          let options = options {
            $0.objective.loss = entry.name
            $0.objective.reduction = reduction
            $0.objective.numbers["reg"] = 5
            $0.objective.regularizesBias = !spares
            $0.objective.classWeights = .values([1, 2])
            $0.iterations = 7
          }
          let model = try Training.run(data, options)
          let objective = try options.makeObjective(data)
          var batches = BatchSource(BatchSource.kind(try options.made()), rowCount: 30)
          let start = try Training.run(
            data,
            {
              var o = options; o.learningRate = 1e-300; return o
            }())
          var W = start.weights
          for t in 0..<7 {
            let value = try objective.value(
              W, data.features, labels: data.labels, rows: batches.rows(t), engine: .naive)
            #expect(agree(value.loss, model.history.loss[t], within: 1e-11))
            W = W.mapped { i, j, w in w - 0.05 * value.gradient[i, j] }
          }
          #expect(distance(W, model.weights) < 1e-11)
          #expect(model.bias == 0)
        }
      }
    }
  }

  @Test func binaryHasABiasOfItsOwn() throws {
    let features = Example.features(30, 4, hasBias: false)
    let data = TrainingData(
      features: features, labels: Example.labels(30, 3).map { $0 == 1 ? 1 : 0 },
      classes: ["no", "yes"])
    let options = options {
      $0.objective.reduction = "binary"
      $0.objective.numbers["reg"] = 1
      $0.solver = "gd"
      $0.initialWeights = .normal(0)
      $0.iterations = 5
    }
    let model = try Training.run(data, options)
    #expect(model.weights.rows == 4 && model.weights.columns == 1)
    var (w, b) = (Matrix(rows: 4, columns: 1), 0.0)
    let objective = try options.makeObjective(data)
    for _ in 0..<5 {
      let value = try objective.value(w, bias: b, features, labels: data.labels, engine: .naive)
      w = w.mapped { i, _, x in x - 0.05 * value.gradient[i, 0] }
      b -= 0.05 * value.biasGradient
    }
    #expect(distance(w, model.weights) < 1e-12)
    #expect(agree(model.bias, b) && b != 0)
    let scores = try model.scores(features)
    let predicted = try model.predict(features)
    for i in 0..<30 { #expect(predicted[i] == (scores[i, 0] > 0 ? 1 : 0)) }
    let resumed = try Training.resume(model, iterations: 5)
    let whole = try Training.run(
      data,
      {
        var o = options
        o.iterations = 10
        return o
      }())
    #expect(resumed.weights == whole.weights && resumed.bias == whole.bias)
  }

  @Test func resumeEqualsAnUndisturbedRunToTheBit() throws {
    let data = Example.training(50, 4, 3)
    let validation = Example.training(20, 4, 3)
    for entry in SolverCatalog.catalog.entries {
      let (solver, made) = (entry.name, try entry.make(given: [:]))
      if made.knowsWhenDone { continue }
      for schedule in ["constant", "inverse", "inverse-decay", "step"] {
        if !made.takesSteps && schedule != "constant" { continue }
        for replaces in [true, false] {
          let long = options {
            $0.solver = solver
            $0.schedule = schedule
            $0.replaces = replaces
            $0.iterations = 60
          }
          var short = long
          short.iterations = 23
          let whole = try Training.run(data, long, validation: validation)
          let half = try Training.run(data, short, validation: validation)
          let resumed = try Training.resume(half, iterations: 37)
          #expect(resumed.weights == whole.weights, "\(solver) \(schedule)")
          #expect(resumed.history == whole.history)
          #expect(resumed.iteration == 60)
        }
      }
    }
  }

  @Test func anInterruptedRunKeepsWhatItHasAndGoesOn() throws {
    let data = Example.training(50, 4, 3)
    let options = options {
      $0.solver = "momentum"
      $0.schedule = "cosine"
      $0.iterations = 30
    }
    let stopped = try Training.run(data, options, interruptedAt: 12)
    #expect(stopped.wasInterrupted && stopped.iteration == 11)
    #expect(stopped.history.loss.count == 11)
    let resumed = try Training.resume(stopped)
    let whole = try Training.run(data, options)
    #expect(!resumed.wasInterrupted)
    #expect(resumed.weights == whole.weights && resumed.history == whole.history)
    // Interrupted before the first update: the initial weights.
    let none = try Training.run(data, options, isInterrupted: { true })
    #expect(none.iteration == 0 && none.wasInterrupted && none.history.loss.isEmpty)
    #expect(try Training.resume(none).weights == whole.weights)
  }

  @Test func sameSeedSameBitsOtherSeedOtherBits() throws {
    let data = Example.training(50, 4, 3)
    let first = try Training.run(data, options())
    #expect(try Training.run(data, options()).weights == first.weights)
    #expect(try Training.run(data, options { $0.seed = 1 }).weights != first.weights)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for threads in [1, 2] {
      Parallel.threads = threads
      #expect(try Training.run(data, options()).weights == first.weights)
    }
  }

  @Test func shuffledEpochsSeeEverySampleOnce() throws {
    let options = options {
      $0.replaces = false
      $0.batchSize = 5
    }
    var source = BatchSource(BatchSource.kind(try options.made()), rowCount: 13)
    #expect(source.epochLength == 3)
    let first = try (0..<3).flatMap { try source.rows($0) ?? [] }
    let second = try (3..<6).flatMap { try source.rows($0) ?? [] }
    #expect(first.sorted() == Array(0..<13) && second.sorted() == Array(0..<13))
    #expect(first != second)
    #expect(try source.rows(1) == Array(first[5..<10]))
  }

  @Test func historyAndValidation() throws {
    let data = Example.training(50, 4, 3)
    // 50 rows in batches of 4: an epoch is 13 updates.
    let model = try Training.run(
      data, options { $0.iterations = 30 }, validation: Example.training(20, 4, 3))
    #expect(model.history.iteration == Array(0..<30))
    #expect(model.history.validationIteration == [13, 26, 30])
    let last = try model.accuracy(Example.features(20, 4), labels: Example.labels(20, 3))
    #expect(model.history.validationAccuracy.last == last)
    let often = try Training.run(
      data, options { $0.validationEvery = 10 }, validation: Example.training(20, 4, 3))
    #expect(often.history.validationIteration == [10, 20])
  }

  @Test func progressCountsUpdates() throws {
    var steps: [Int] = []
    _ = try Training.run(Example.training(), options { $0.iterations = 5 }) { step, total, loss in
      steps.append(step)
      #expect(total == 5 && loss.isFinite)
    }
    #expect(steps == [1, 2, 3, 4, 5])
  }

  @Test func toleranceStopsGradientDescent() throws {
    let options = options {
      $0.solver = "gd"
      $0.objective.loss = "squared-hinge"
      $0.learningRate = 0.01
      $0.iterations = 5000
      $0.tolerance = 1e-6
    }
    let model = try Training.run(Example.training(30, 3, 3), options)
    #expect(model.ending == .settled && model.iteration < 5000)
    let losses = model.history.loss.suffix(3).map { $0 }
    #expect(abs(losses[2] - losses[1]) <= 1e-6 * losses[1])
    #expect(abs(losses[1] - losses[0]) > 1e-6 * losses[0])
    #expect(throws: EngineError.self) {
      try Training.run(Example.training(), self.options { $0.tolerance = 1e-3 })
    }
  }

  @Test func wrongOptionsAreErrors() throws {
    func message(
      _ data: TrainingData = Example.training(), _ change: (inout NamedOptions) -> Void
    ) -> String {
      do {
        _ = try Training.run(data, options(change))
        return "none"
      } catch {
        return "\(error)"
      }
    }
    #expect(message { $0.learningRate = 0 } == "'lr' must be above 0, not 0")
    #expect(message { $0.learningRate = .nan } == "'lr' must be above 0, not nan")
    #expect(message { $0.iterations = 0 } == "'iters' must be 1 or above, not 0")
    #expect(message { $0.batchSize = 0 } == "'batch' must be 1 or above, not 0")
    #expect(message { $0.solver = "sdg" } == "there is no solver 'sdg'")
    #expect(message { $0.initialWeights = .normal(-1) }.contains("'init'"))
    #expect(
      message { $0.initialWeights = .matrix(Matrix(rows: 2, columns: 3)) }
        == "'init' is 2×3, and the weights are 4×3")
    #expect(
      message {
        $0.batches = [[0, 12]]
        $0.iterations = nil
      } == "batch 0 of 'batches' has row 12, and the data have 12 rows")
    #expect(
      message { $0.batches = Self.batches } == "'batches' has 5 rows, and 'iters' is 20")
    #expect(message { $0.objective.numbers["momentum"] = 0.5 }.contains("'momentum'"))
    let none = try TrainingData(
      features: Example.features().selecting([]), labels: [], classes: ["a"])
    #expect(message(none) { _ in } == "the data have no rows")
    let bare = TrainingData(features: Example.features(2), labels: [0, 0], classes: [])
    #expect(message(bare) { _ in } == "the data have no classes")
  }

  @Test func oneSampleAndOneClass() throws {
    let one = TrainingData(features: Example.features(1), labels: [2], classes: ["a", "b", "c"])
    #expect(try Training.run(one, options()).predict(one.features) == [2])
    let single = TrainingData(
      features: Example.features(5), labels: [0, 0, 0, 0, 0], classes: ["a"])
    let model = try Training.run(single, options())
    #expect(try model.accuracy(single.features, labels: single.labels) == 1)
  }

  @Test func resumeNeedsItsData() throws {
    var model = try Training.run(Example.training(), options())
    model.data = nil
    #expect(throws: EngineError.self) { try Training.resume(model) }
    let again = try Training.resume(model, iterations: 3, data: Example.training())
    #expect(again.iteration == 23)
    #expect(throws: EngineError.self) {
      try Training.resume(model, iterations: 3, data: Example.training(12, 5, 3))
    }
    #expect(throws: EngineError.self) {
      try Training.resume(model, iterations: Int.max, data: Example.training())
    }
  }
}

@Suite struct EarlyStoppingTests {
  private func run(patience: Int?, iterations: Int = 400) throws -> LinearClassifier {
    var options = NamedOptions()
    // A step so long that the accuracy jumps about.
    options.learningRate = 0.5
    options.iterations = iterations
    options.batchSize = 2
    options.validationEvery = 3
    options.patience = patience
    return try Training.run(
      Example.training(40, 4, 3), options, validation: Example.training(24, 4, 3))
  }

  /// What the long run's accuracies say where to stop, and which weights to keep.
  @Test func itStopsWhereTheAccuracyNoLongerRises() throws {
    let long = try run(patience: nil)
    for patience in [1, 2, 5] {
      let accuracies = long.history.validationAccuracy
      var (best, since, end) = (0, 0, accuracies.count)
      for i in 1..<accuracies.count {
        if accuracies[i] > accuracies[best] {
          (best, since) = (i, 0)
        } else {
          since += 1
        }
        if since == patience {
          end = i + 1
          break
        }
      }
      try #require(end < accuracies.count)
      let short = try run(patience: patience)
      #expect(short.ending == .patience)
      #expect(short.history.validationAccuracy == Array(accuracies[..<end]))
      #expect(short.iteration == 3 * end && short.bestIteration == 3 * (best + 1))
      // A run that ends there has the same weights.
      let there = try run(patience: nil, iterations: 3 * (best + 1))
      #expect(short.weights == there.weights)
      #expect(throws: EngineError.self) { try Training.resume(short) }
    }
  }

  @Test func itNeedsValidationData() {
    var options = NamedOptions()
    options.patience = 2
    #expect(throws: EngineError.self) { try Training.run(Example.training(), options) }
  }
}
