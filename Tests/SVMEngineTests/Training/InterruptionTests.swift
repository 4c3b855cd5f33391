import LinearAlgebra
import Testing

@testable import SVMEngine

/// Runs that are stopped at every look for an interrupt, and go on.
@Suite(.serialized) struct InterruptionTests {
  /// What a run ends with.
  private struct End: Equatable {
    let weights: Matrix
    let bias: Double
    let history: History
    let certificate: Certificate?
    let iteration: Int
    let bestIteration: Int?
    let ending: LinearClassifier.Ending

    init(_ model: LinearClassifier) {
      (weights, bias, history) = (model.weights, model.bias, model.history)
      (certificate, ending) = (model.certificate, model.ending)
      (iteration, bestIteration) = (model.iteration, model.bestIteration)
    }
  }

  /// Rows with overlapping classes, dense or sparse.
  private static func data(_ n: Int, classes: Int, isSparse: Bool, hasBias: Bool) throws
    -> TrainingData
  {
    var stream = RandomStream(seed: 3, key: "interrupted", count: 0)
    let (sparse, dense) = try Example.sparseAndDense(n, 12, oneIn: 3, &stream)
    let storage: any FeatureStorage = isSparse ? sparse : DoubleMatrix(dense)
    let labels = (0..<n).map { i in
      stream.integer(below: 4) == 0 ? i % classes : (dense[i, 0] > 0 ? 1 : classes - 1)
    }
    return TrainingData(
      features: Features(storage).with(Preparation(hasBias: hasBias)),
      labels: classes == 2 ? labels.map { $0 % 2 } : labels,
      classes: (0..<classes).map { "\($0)" })
  }

  /// The looks that `body` makes.
  private func looks(_ body: () throws -> Void) rethrows -> Int {
    let many = 1_000_000
    Interruption.request(afterLooks: many)
    defer { Interruption.clear() }
    try body()
    return many - (Interruption.looksLeft ?? 0)
  }

  /// Stops a run once and twice, at every look that it makes, and compares where it ends with the
  /// run that nobody stopped. Nil where the solver does not take the objective.
  private func stopEverywhere(
    _ data: TrainingData, _ options: NamedOptions, validation: TrainingData? = nil,
    every step: Int = 1, _ what: String
  ) throws -> Int? {
    Interruption.clear()
    let whole: End
    do {
      whole = End(try Training.run(data, options, validation: validation))
    } catch is EngineError {
      return nil
    }
    let looks = try looks { _ = try Training.run(data, options, validation: validation) }
    var stops = 0
    for look in stride(from: 0, to: looks, by: step) {
      Interruption.request(afterLooks: look)
      defer { Interruption.clear() }
      do {
        var model = try Training.run(data, options, validation: validation)
        Interruption.clear()
        // A stop after the last update finds the run complete.
        if model.wasInterrupted {
          stops += 1
          let resumed = try Training.resume(model)
          #expect(End(resumed) == whole, "\(what): stopped at look \(look) of \(looks)")
          Interruption.request(afterLooks: look % 7)
          // Before it goes on, the model is what it was.
          do { model = try Training.resume(model) } catch is Interrupted {}
          Interruption.clear()
          if model.wasInterrupted { model = try Training.resume(model) }
        }
        #expect(End(model) == whole, "\(what): stopped twice, at look \(look) of \(looks)")
      } catch is Interrupted {
        // Before there was anything to keep.
        #expect(step > 1 || look <= looks / 2, "\(what): \(look) of \(looks)")
      }
    }
    return stops
  }

  @Test(arguments: SolverCatalog.catalog.names, [Precision.double, .single])
  func theStateIsThatOfTheLastUpdate(solver: String, precision: Precision) throws {
    var stops = 0
    for reduction in ReductionCatalog.catalog.names {
      for (loss, hasBias, isSparse) in [
        ("hinge", true, false), ("squared-hinge", false, true), ("hinge", false, true),
        ("squared-hinge", true, false),
      ] {
        // Where it is alone, a bias apart is free.
        let data = try Self.data(
          120, classes: reduction == "binary" ? 2 : 3, isSparse: isSparse, hasBias: hasBias)
        for threads in [1, 2] {
          let before = Parallel.threads
          Parallel.threads = threads
          defer { Parallel.threads = before }
          var options = NamedOptions()
          options.solver = solver
          options.precision = precision
          options.iterations = 5
          options.batchSize = 40
          options.objective.loss = loss
          options.objective.reduction = reduction
          options.objective.numbers["reg"] = 1e-3
          if try !SolverCatalog.catalog.entry(solver).make(given: [:]).takesSteps {
            options.tolerance = solver == "pegasos" ? nil : 1e-14
          }
          stops +=
            try stopEverywhere(
              data, options, "\(solver) \(reduction) \(loss) \(precision) \(threads) threads") ?? 0
        }
      }
    }
    #expect(stops > 50)
  }

  /// A pass that takes longer than the looks are apart is stopped inside, in one part and in
  /// halves, and goes on where it was.
  @Test(arguments: ["binary", "one-vs-rest", "weston-watkins", "crammer-singer"], [false, true])
  func longPassesGoOn(reduction: String, isSparse: Bool) throws {
    let (n, columns) = (8000, 240)
    var stream = RandomStream(seed: 5, key: "long", count: 0)
    let (sparse, dense) = try Example.sparseAndDense(n, columns, oneIn: 2, &stream)
    let storage: any FeatureStorage = isSparse ? sparse : DoubleMatrix(dense)
    let classes = reduction == "binary" ? 2 : 3
    let data = TrainingData(
      features: Features(storage).with(Preparation(hasBias: true)),
      labels: (0..<n).map { dense[$0, 0] + dense[$0, 1] > 0 ? 0 : 1 + $0 % (classes - 1) },
      classes: (0..<classes).map { "\($0)" })
    var options = NamedOptions()
    options.solver = "dual"
    options.iterations = 3
    options.tolerance = 1e-14
    options.objective.loss = isSparse ? "hinge" : "squared-hinge"
    options.objective.reduction = reduction
    options.objective.numbers["reg"] = 1e-3
    let stops = try stopEverywhere(data, options, every: 11, "\(reduction) \(isSparse)")
    #expect(stops ?? 0 > 2, "\(reduction) \(isSparse): \(stops ?? 0)")
  }

  /// A run that keeps its best weights goes on from its last ones.
  @Test(arguments: ["sgd", "adam", "lbfgs"]) func earlyStoppingGoesOn(solver: String) throws {
    let data = try Self.data(120, classes: 3, isSparse: false, hasBias: true)
    let validation = try Self.data(60, classes: 3, isSparse: false, hasBias: true)
    var options = NamedOptions()
    options.solver = solver
    options.learningRate = 0.5
    options.iterations = 23
    options.batchSize = 7
    options.validationEvery = 3
    options.objective.numbers["reg"] = 1e-3
    for patience in [2, 4, 100] {
      options.patience = patience
      let stops = try stopEverywhere(
        data, options, validation: validation, "\(solver) \(patience)")
      #expect(stops ?? 0 > 10)
    }
  }

  // MARK: Searches

  /// What a search ends with.
  private struct SearchEnd: Equatable {
    let members: [[Double?]]
    let best: Int?
    let model: End?

    init(_ result: Tuning.Result) {
      members = result.members.map { member in
        [
          member.validationAccuracy, member.trainingAccuracy, member.loss,
          Double(member.iterations), member.divergence.map { Double($0.iteration) },
        ]
      }
      best = result.best
      model = result.model.map { End($0) }
    }
  }

  /// Members of all kinds: that share passes and have their own, that diverge and stop early.
  private static func grid(_ data: TrainingData, stopsEarly: Bool) throws -> [TrainingOptions] {
    try [
      ("sgd", 0.1), ("sgd", 0.5), ("adam", 0.05), ("sgd", 1e300), ("lbfgs", 1), ("dual", 1),
    ].enumerated().map { i, row in
      var options = NamedOptions()
      (options.solver, options.learningRate) = row
      options.iterations = 30 + i
      options.batchSize = 13
      options.objective.numbers["reg"] = 1e-2
      if row.0 == "dual" { options.objective.reduction = "one-vs-rest" }
      if row.0 == "dual" || row.0 == "lbfgs" { options.tolerance = 1e-14 }
      if stopsEarly, i < 2 { (options.validationEvery, options.patience) = (3, 4) }
      return try options.made()
    }
  }

  @Test(arguments: [0, 2]) func aSearchGoesOn(folds: Int) throws {
    let data = try Self.data(40, classes: 3, isSparse: false, hasBias: true)
    let grid = try Self.grid(data, stopsEarly: folds == 0)
    let start =
      folds == 0
      ? TuningState(data, grid, validation: try data.selecting((0..<40).filter { $0 % 3 > 0 }))
      : TuningState(data, grid, folds: folds)
    let before = Parallel.threads
    Parallel.threads = 1
    defer { Parallel.threads = before }
    var kept: [TuningState] = []
    let whole = SearchEnd(
      try Tuning.resume(
        start, keeper: { result in if let state = result().state { kept.append(state) } }))
    #expect(whole.best != nil && whole.members[3][4] != nil)
    let looks = try looks { _ = try Tuning.resume(start) }
    for (i, state) in kept.enumerated() where i % 2 == 0 {
      Parallel.threads = 1 + i % 2
      #expect(SearchEnd(try Tuning.resume(state)) == whole, "kept \(i) of \(kept.count)")
    }
    Parallel.threads = 1
    var stops = 0
    for look in stride(from: 0, to: looks, by: max(1, looks / 40)) {
      Interruption.request(afterLooks: look)
      defer { Interruption.clear() }
      var result: Tuning.Result
      do { result = try Tuning.resume(start) } catch is Interrupted { continue }
      Interruption.clear()
      guard let first = result.state else { continue }
      stops += 1
      #expect(first.updatesLeft <= start.updatesLeft)
      Interruption.request(afterLooks: look % 11)
      do { result = try Tuning.resume(first) } catch is Interrupted {}
      Interruption.clear()
      if let second = result.state { result = try Tuning.resume(second) }
      #expect(SearchEnd(result) == whole, "look \(look) of \(looks)")
    }
    #expect(kept.count > 4 && stops > 4, "\(kept.count) kept, \(stops) stops")
  }

  /// The weights of an interrupted run on large data are not evaluated: nobody waits for a pass.
  @Test(arguments: ["sgd", "dual"]) func aStopEvaluatesNoLargeData(solver: String) throws {
    let small = try Self.data(120, classes: 2, isSparse: false, hasBias: true)
    let large = try small.selecting((0..<600_000).map { $0 % 120 })
    var options = NamedOptions()
    options.solver = solver
    options.objective.reduction = "binary"
    options.iterations = solver == "dual" ? 6 : 300
    options.batchSize = 7
    options.validationEvery = 1000
    if solver == "dual" { options.tolerance = 1e-14 }
    for (data, evaluates) in [(small, true), (large, false)] {
      let looks = try looks { _ = try Training.run(data, options, validation: data) }
      Interruption.request(afterLooks: solver == "dual" ? looks / 3 : 100)
      defer { Interruption.clear() }
      let model = try Training.run(data, options, validation: data)
      try #require(model.wasInterrupted && model.iteration > 0)
      #expect((model.history.validationIteration.last == model.iteration) == evaluates)
      if let proof = model.certificate, solver == "dual" {
        #expect(evaluates || model.history.loss.last == proof.objective)
      }
      Interruption.clear()
      #expect(
        End(try Training.resume(model)) == End(try Training.run(data, options, validation: data)))
    }
  }

  /// A look at large data that was due, and stopped, is made when the run goes on.
  @Test func aLookThatWasStoppedIsMadeLater() throws {
    let data = try Self.data(120, classes: 2, isSparse: false, hasBias: true)
    let large = try data.selecting((0..<600_000).map { $0 % 120 })
    var options = NamedOptions()
    options.objective.reduction = "binary"
    (options.iterations, options.batchSize, options.validationEvery) = (3, 7, 1)
    var whole: End?
    let looks = try looks {
      whole = End(try Training.run(data, options, validation: large))
    }
    var missing = 0
    for part in [3, 5] {
      Interruption.request(afterLooks: looks * part / 8)
      defer { Interruption.clear() }
      let model = try Training.run(data, options, validation: large)
      Interruption.clear()
      if model.history.validationIteration.last != model.iteration { missing += 1 }
      #expect(End(try Training.resume(model)) == whole, "part \(part)")
    }
    #expect(missing > 0)
  }

  /// One that has stopped early has nothing left to do.
  @Test func earlyStoppingEnds() throws {
    let data = try Self.data(120, classes: 3, isSparse: false, hasBias: true)
    var options = NamedOptions()
    options.learningRate = 0.5
    (options.iterations, options.validationEvery, options.patience) = (500, 1, 1)
    let model = try Training.run(data, options, validation: data)
    #expect(model.ending == .patience)
    #expect(throws: EngineError.self) { try Training.resume(model) }
  }
}
