import LinearAlgebra
import Testing

@testable import SVMEngine

/// The passes of the dual method: one sample after the other, and in two halves, where the rows are
/// enough for that.
@Suite(.serialized) struct DualPassTests {
  /// What the passes say that they gained, against both objectives written out anew.
  @Test(arguments: [90, 2200])
  func theDualIsWhatThePassesSay(rows: Int) throws {
    var count = 0
    for reduction in ["binary", "one-vs-rest", "weston-watkins", "crammer-singer", "structured"] {
      for loss in ["hinge", "squared-hinge", "smooth-hinge", "pinball"] {
        guard let problem = try problem(rows, loss, reduction) else { continue }
        let run = try DualCoordinateDescent().begin(problem)
        _ = try run.start()
        for part in try #require(run as? DualCoordinateDescent.Run).parts {
          var before = 0.0
          for t in 0..<6 {
            try part.pass(t)
            let (primal, dual) = try part.objectives()
            #expect(
              abs(part.dual - dual) <= 1e-9 * max(1, abs(dual)), "\(loss) \(reduction) \(t)")
            #expect(primal >= dual - 1e-9 * abs(dual) && dual >= before - 1e-9 * abs(before))
            before = dual
          }
          count += 1
        }
      }
    }
    #expect(count > 12)
  }

  /// Passes in halves end at the optimum of another method, and have the same bits for any number
  /// of threads, also where a run is resumed.
  @Test(arguments: ["binary", "weston-watkins", "crammer-singer"])
  func halvesReachTheOptimum(reduction: String) throws {
    let data = data(2200, reduction)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for loss in ["squared-hinge", "hinge"] {
      var options = options(loss, reduction)
      options.solver = "dual"
      options.iterations = 4000
      options.tolerance = 1e-4
      var short = options
      short.iterations = 2
      let half = try Training.run(data, short)
      #expect(half.ending == .complete)
      let runs = try [1, 2, 3].map { threads in
        Parallel.threads = threads
        return threads == 3
          ? try Training.resume(half, iterations: 3998) : try Training.run(data, options)
      }
      #expect(runs.allSatisfy { $0.weights == runs[0].weights })
      #expect(runs[0].ending == .converged)
      options.solver = "lbfgs"
      options.iterations = 100_000
      options.tolerance = 1e-5
      let other = try Training.run(data, options)
      let objective = try options.makeObjective(data)
      let values = try [runs[0], other].map {
        try objective.value($0.weights, bias: $0.bias, data.features, labels: data.labels).loss
      }
      #expect(agree(values[0], values[1], within: 2e-4), "\(loss) \(values)")
    }
  }

  /// Rows of 20 numbers and a bias, with labels that they do not tell.
  private func data(_ n: Int, _ reduction: String) -> TrainingData {
    let classes = reduction == "binary" ? 2 : 5
    let (X, y, _) = Example.random(n, 20, classes, seed: 8)
    return TrainingData(
      features: X.with(Preparation(hasBias: true)), labels: y,
      classes: (0..<classes).map { "\($0)" })
  }

  private func options(_ loss: String, _ reduction: String) -> NamedOptions {
    var options = NamedOptions()
    options.objective.loss = loss
    options.objective.reduction = reduction
    options.objective.numbers["reg"] = 0.003
    return options
  }

  private func problem(
    _ n: Int, _ loss: String, _ reduction: String
  ) throws -> MinimizationProblem? {
    var options = options(loss, reduction)
    if reduction == "structured" {
      guard loss == "hinge" else { return nil }
      options.objective.loss = "structured"
      options.objective.reduction = nil
      options.objective.cost = Matrix(
        rows: 5, columns: 5, (0..<25).map { abs(Double($0 / 5 - $0 % 5)) })
    } else if loss == "pinball" {
      // Its box reaches below 0, which a maximum over classes has no place for.
      guard reduction != "crammer-singer" else { return nil }
    }
    let data = data(n, reduction)
    let objective = try options.makeObjective(data)
    let columns = objective.loss.columns(classes: data.classCount)
    return MinimizationProblem(
      objective: objective, data: data, precision: .double,
      parameters: Buffer(zeros: 21 * columns), hasOwnBias: false, tolerance: nil, seed: 1)
  }
}
