import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct DivergenceTests {
  private func warning(_ change: (inout NamedOptions) -> Void) throws -> DivergenceWarning? {
    var options = NamedOptions()
    options.learningRate = 0.5
    change(&options)
    return try TrainingPlan(Example.training(), options.made()).warning
  }

  /// R alone lets a step grow, for every penalty: ηc > 2, and with momentum ηc > 2(1 + β).
  @Test func warnsWhereThePenaltyAloneDiverges() throws {
    #expect(try warning { $0.objective.numbers["reg"] = 2 } == nil)
    let l2 = try warning { $0.objective.numbers["reg"] = 2.5 }
    #expect(l2?.factor == 1.5)
    #expect(l2?.description.contains("lr·2·reg = 2.5 is above 2") == true)
    for (penalty, key, below, above) in [
      ("half-l2", "reg", 4.0, 4.5), ("elastic-net", "l2", 4, 4.5),
    ] {
      func at(_ x: Double) throws -> DivergenceWarning? {
        try warning {
          $0.objective.penalty = penalty
          $0.objective.numbers[key] = x
        }
      }
      #expect(try at(below) == nil)
      #expect(try at(above) != nil)
    }
    for penalty in ["l1", "none"] {
      #expect(
        try warning {
          $0.objective.penalty = penalty
          $0.objective.numbers = penalty == "l1" ? ["reg": 1e6] : [:]
        } == nil)
    }
    #expect(
      try warning {
        $0.objective.sumWeight = 1
        $0.learningRate = 2.5
      } != nil)
    #expect(
      try warning {
        $0.objective.sumWeight = 1
        $0.learningRate = 2
      } == nil)
    for (reg, warns) in [(3.75, false), (3.9, true)] {
      #expect(
        try
          (warning {
            $0.solver = "momentum"
            $0.objective.numbers["reg"] = reg
          } != nil) == warns)
    }
    #expect(
      try warning {
        $0.schedule = "inverse"
        $0.objective.numbers["reg"] = 100
      } == nil)
    #expect(
      try warning {
        $0.solver = "gd"
        $0.objective.numbers["reg"] = 100
      } != nil)
  }

  /// The bound is sharp: just above it weights grow, just below they do not.
  @Test func theBoundIsSharp() throws {
    for (solver, bound) in [("gd", 2.0), ("momentum", 3.8), ("nesterov", 1 + 1 / 2.8)] {
      for (factor, grows) in [(0.98, false), (1.02, true)] {
        var options = NamedOptions()
        options.solver = solver
        options.batches = solver == "gd" ? nil : [[Int]](repeating: [0], count: 600)
        options.iterations = 600
        options.objective.penalty = "half-l2"
        options.objective.classWeights = .values([0, 0, 0])
        options.learningRate = 0.5
        options.objective.numbers["reg"] = factor * bound / 0.5
        let model = try Training.run(Example.training(), options)
        let size = model.weights.entries.map(abs).max() ?? 0
        #expect((size > 0.01) == grows, "\(solver) \(factor) \(size)")
        #expect((try TrainingPlan(Example.training(), options.made()).warning != nil) == grows)
      }
    }
  }

  @Test func aDivergingRunSaysSo() throws {
    var options = NamedOptions()
    options.learningRate = 1
    options.objective.numbers["reg"] = 1e6
    options.iterations = 1000
    #expect {
      try Training.run(Example.training(), options)
    } throws: { error in
      guard let error = error as? Diverged, let last = error.lastFinite else { return false }
      guard case .penalty = error.reason else { return false }
      return last.loss.isFinite && last.iteration == error.iteration - 1 && error.iteration < 1000
    }
    options.objective.numbers["reg"] = 0
    options.objective.loss = "squared-hinge"
    options.learningRate = 1e3
    #expect {
      try Training.run(Example.training(), options)
    } throws: {
      ($0 as? Diverged)?.reason == .step(hasRate: true)
    }
    // Steps of its own: there is no lr to take smaller.
    options = NamedOptions()
    options.solver = "pegasos"
    options.objective.loss = "squared-hinge"
    options.objective.numbers["reg"] = 1e-9
    #expect {
      try Training.run(Example.training(), options)
    } throws: { error in
      guard let error = error as? Diverged else { return false }
      return error.reason == .step(hasRate: false) && !error.advice.description.contains("'lr'")
    }
  }

  @Test func badNumbersAreNamed() throws {
    let X = Matrix(rows: 3, columns: 2, [1, 2, 3, .nan, 5, 6])
    let data = TrainingData(
      features: Features(DoubleMatrix(X)), labels: [0, 1, 0], classes: ["a", "b"])
    var options = NamedOptions()
    options.solver = "gd"
    #expect {
      try Training.run(data, options)
    } throws: {
      ($0 as? Diverged)?.reason == .data(row: 1, column: 1)
        && ($0 as? Diverged)?.lastFinite == nil
    }
    options.initialWeights = .matrix(
      Matrix(rows: 4, columns: 3, [Double](repeating: .nan, count: 12)))
    #expect {
      try Training.run(Example.training(), options)
    } throws: {
      ($0 as? Diverged)?.reason == .initialWeights
    }
  }

  /// The last update can overflow with no loss after it to tell.
  @Test func theLastUpdateIsLookedAt() throws {
    var options = NamedOptions()
    options.iterations = 1
    options.learningRate = 1e308
    options.objective.numbers["reg"] = 1e6
    #expect(throws: Diverged.self) { try Training.run(Example.training(), options) }
  }

  /// With Δ = 0 nothing moves from zero weights.
  @Test func zeroMarginAtZeroWeights() throws {
    var options = NamedOptions()
    options.objective.numbers["delta"] = 0
    #expect(try TrainingPlan(Example.training(), options.made()).stationaryRemark == nil)
    options.initialWeights = .normal(0)
    #expect(try TrainingPlan(Example.training(), options.made()).stationaryRemark != nil)
    let model = try Training.run(Example.training(), options)
    #expect(model.weights.entries.allSatisfy { $0 == 0 })
    options.objective.numbers["delta"] = 1
    #expect(try TrainingPlan(Example.training(), options.made()).stationaryRemark == nil)
  }
}
