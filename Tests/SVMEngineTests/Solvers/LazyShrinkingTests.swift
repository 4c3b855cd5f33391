import LinearAlgebra
import Testing

@testable import SVMEngine

/// sgd and pegasos on sparse rows, against the same rows written out.
@Suite(.serialized) struct LazyShrinkingTests {
  /// sgd on sparse rows: shrinking as a whole is the same as step by step, with every penalty, and
  /// goes on to the same bits.
  @Test func lazyShrinkingIsShrinking() throws {
    var stream = RandomStream(seed: 6, key: "lazy", count: 0)
    let (n, d) = (60, 30)
    let (sparse, dense) = try Example.sparseAndDense(n, d, oneIn: 6, &stream)
    let scale = (0..<d).map { 0.5 + Double($0 % 4) / 3 }
    for (k, reduction) in [(3, "weston-watkins"), (2, "binary")] {
      let labels = (0..<n).map { _ in stream.integer(below: k) }
      for hasBias in [true, false] {
        for spares in [true, false] {
          for (solver, penalty, reg, lr) in [
            ("sgd", "l2", 0.1, 0.05), ("sgd", "half-l2", 20, 0.05), ("sgd", "l2", 1e3, 1e-3),
            ("sgd", "none", 0, 0.1), ("pegasos", "l2", 0.1, 0), ("into a ball", "half-l2", 0.01, 0),
          ] {
            func training(_ storage: any FeatureStorage) -> TrainingData {
              TrainingData(
                features: Features(storage).with(Preparation(scale: scale, hasBias: hasBias)),
                labels: labels, classes: (0..<k).map { "\($0)" })
            }
            var options = NamedOptions()
            options.solver = solver == "sgd" ? solver : "pegasos"
            if solver == "into a ball" { options.objective.numbers["project"] = 1 }
            options.objective.reduction = reduction
            options.objective.penalty = penalty
            if penalty != "none" { options.objective.numbers["reg"] = reg }
            options.objective.regularizesBias = !spares
            if lr > 0 { options.learningRate = lr }
            options.batchSize = 7
            options.iterations = 1300
            let a = try Training.run(training(DoubleMatrix(dense)), options)
            let b = try Training.run(training(sparse), options)
            let what: Comment = "\(solver) \(reduction) \(hasBias) \(spares) \(penalty) \(reg)"
            #expect(distance(a.weights, b.weights) < 1e-10, what)
            #expect(agree(a.bias, b.bias, within: 1e-10), what)
            for (x, y) in zip(a.history.loss, b.history.loss) {
              #expect(agree(x, y, within: 1e-9), what)
            }
            var short = options
            short.iterations = 450
            let half = try Training.run(training(sparse), short, validation: training(sparse))
            let resumed = try Training.resume(half, iterations: 850)
            #expect(resumed.weights == b.weights && resumed.history.loss == b.history.loss, what)
          }
        }
      }
    }
  }

  /// Batches that are worth a second core: the steps of dense rows, and the same bits for any
  /// number of threads.
  @Test func lazyStepsOnAllCores() throws {
    var stream = RandomStream(seed: 7, key: "lazy", count: 0)
    let (n, d, k) = (700, 45, 11)
    let (sparse, dense) = try Example.sparseAndDense(n, d, oneIn: 4, &stream)
    let labels = (0..<n).map { _ in stream.integer(below: k) }
    let before = Parallel.threads
    defer { Parallel.threads = before }
    var options = NamedOptions()
    options.objective.numbers["reg"] = 0.1
    options.learningRate = 0.05
    options.batchSize = 600
    options.iterations = 40
    func run(_ storage: any FeatureStorage) throws -> LinearClassifier {
      try Training.run(
        TrainingData(
          features: Features(storage).with(Preparation(hasBias: true)), labels: labels,
          classes: (0..<k).map { "\($0)" }), options)
    }
    let written = try run(DoubleMatrix(dense))
    let models = try [1, 2, 3].map {
      Parallel.threads = $0
      return try run(sparse)
    }
    for model in models {
      #expect(model.weights == models[0].weights && model.history == models[0].history)
    }
    #expect(distance(models[0].weights, written.weights) < 1e-10)
    for (x, y) in zip(models[0].history.loss, written.history.loss) {
      #expect(agree(x, y, within: 1e-9))
    }
  }
}
