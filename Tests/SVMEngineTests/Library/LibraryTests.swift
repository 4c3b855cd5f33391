// This import alone, and without `@testable`: what a Swift program sees.
import SVMEngine
import Synchronization
import Testing

/// The engine as a library: everything that a program needs, and no names for what the compiler can
/// check.
@Suite struct LibraryTests {
  /// (1 − a)₊³, which no catalog has.
  struct CubedHinge: MarginLoss {
    let name = "cubed hinge"
    func value(_ a: Double) -> Double {
      let t = max(1 - a, a.isNaN ? a : 0)
      return t * t * t
    }
    func derivative(_ a: Double) -> Double {
      let t = max(1 - a, 0)
      return -3 * t * t
    }
    let isConvex = true
    let neverRises = true
  }

  /// Two clouds of a plane that touch.
  private func clouds() throws -> TrainingData {
    var stream = RandomStream(seed: 5, key: "clouds", count: 0)
    let labels = (0..<80).map { $0 % 2 }
    let X = Matrix(
      rows: 80, columns: 2,
      labels.flatMap { y in (0..<2).map { _ in stream.normal() + Double(2 * y) } })
    return try TrainingData(X, labels: labels, classes: ["low", "high"], addingBias: true)
  }

  /// Two solvers that share nothing but the objective end within their proven gaps of each other.
  @Test func theProofHolds() throws {
    let data = try clouds()
    var options = TrainingOptions(
      ObjectiveOptions(SquaredHinge(), OneVsRest(), penalty: L2(0.01)))
    options.tolerance = 1e-6
    var ends: [Certificate] = []
    for solver in [Solver.dual, .newton, .lbfgs] {
      options.solver = solver
      let model = try Training.run(data, options)
      #expect(model.ending == .converged)
      ends.append(try #require(model.certificate))
      #expect(try model.accuracy(data.features, labels: data.labels) > 0.85)
    }
    for (a, b) in zip(ends, ends.dropFirst()) {
      let (J, K) = try (#require(a.objective), #require(b.objective))
      #expect(abs(J - K) <= max(try #require(a.gap), try #require(b.gap)))
    }
  }

  /// A loss of the program's own goes through training, the three engines and the gradient check.
  @Test func aLossOfOnesOwn() throws {
    let data = try clouds()
    let form = ObjectiveOptions(CubedHinge(), WestonWatkins(), penalty: HalfL2(0.1))
    let objective = try form.objective(of: data)
    var options = TrainingOptions(form)
    options.solver = .lbfgs
    options.tolerance = 1e-8
    let model = try Training.run(data, options)
    #expect(model.ending == .converged)
    let values = try Engine.allCases.map {
      try objective.value(model.weights, data.features, labels: data.labels, engine: $0).loss
    }
    for value in values { #expect(abs(value - values[0]) <= 1e-12 * values[0]) }
    var stream = RandomStream(seed: 1, key: "check", count: 0)
    let check = try GradientCheck(
      { W in
        let value = try objective.value(W, data.features, labels: data.labels)
        return (value.loss, value.gradient)
      }, at: model.weights, samples: .all, stream: &stream)
    #expect(check.passed && check.entries.count == 6)
  }

  /// Progress is told, and a run that is called off is a model that goes on to the same bits.
  @Test func aRunCanBeCalledOff() throws {
    let data = try clouds()
    var options = TrainingOptions()
    options.iterations = 40
    options.learningRate = 0.1
    options.batchSize = 10
    var told = 0
    let stopped = try Training.run(
      data, options, progress: { step, _, _ in told = step }, isInterrupted: { told == 15 })
    #expect(stopped.wasInterrupted && stopped.iteration == 15)
    let whole = try Training.run(data, options)
    #expect(try Training.resume(stopped).weights == whole.weights)
  }

  /// The best of a grid is the best of its members one by one.
  @Test func tuning() throws {
    let data = try clouds()
    let grid = [1e-4, 1e-1, 10].map { strength in
      var options = TrainingOptions(ObjectiveOptions(Hinge(), OneVsRest(), penalty: L2(strength)))
      options.solver = .dual
      return options
    }
    let result = try Tuning.run(data, grid, folds: 4)
    let accuracies = result.members.compactMap(\.validationAccuracy)
    #expect(
      accuracies.count == 3 && result.best == accuracies.firstIndex(of: accuracies.max() ?? 0))
    #expect(result.model?.classes == ["low", "high"])
  }

  /// Counts how often it is asked to learn what is minimized.
  struct CountingRule: UpdateRule {
    final class Count: Sendable {
      let value = Mutex(0)
    }

    let name = "counting"
    let usesWholeSet = true
    let stabilityBound = 2.0
    let prepared = Count()
    let stepped = Count()

    mutating func prepare(for objective: Objective, _ data: TrainingData) throws {
      prepared.value.withLock { $0 += 1 }
    }

    mutating func step(count: Int, rate: Double) -> EntryStep {
      stepped.value.withLock { $0 += 1 }
      return { entries, w, g in
        for k in 0..<entries.count { w[k] -= rate * g[k] }
      }
    }
  }

  /// What a run needs is made once, for the warnings that go before it, too; and a rule of one's
  /// own makes the updates.
  @Test func aPlanIsMadeOnce() throws {
    let rule = CountingRule()
    var options = TrainingOptions()
    options.solver = .updates(rule)
    options.iterations = 7
    let plan = try TrainingPlan(clouds(), options)
    #expect(plan.warning == nil && plan.stationaryRemark == nil)
    let model = try Training.run(plan)
    #expect(rule.prepared.value.withLock { $0 } == 1)
    #expect(rule.stepped.value.withLock { $0 } == 7)
    options.solver = .gd
    #expect(try Training.run(clouds(), options).weights == model.weights)
  }

  @Test func dataThatDoNotFitAreErrors() {
    let X = Matrix(rows: 2, columns: 1, [0, 1])
    #expect(throws: EngineError.self) { try TrainingData(X, labels: [0]) }
    #expect(throws: EngineError.self) { try TrainingData(X, labels: [0, -1]) }
    #expect(throws: EngineError.self) { try TrainingData(X, labels: [0, 2], classes: ["a", "b"]) }
    #expect(throws: EngineError.self) { try TrainingData(Matrix(rows: 0, columns: 1), labels: []) }
    #expect(throws: EngineError.self) { try ObjectiveOptions(Hinge(), sumWeight: 0) }
  }
}
