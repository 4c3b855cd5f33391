import LinearAlgebra
import Testing

@testable import SVMEngine

/// What the passes of the dual method say that they gained, against both objectives written out anew.
@Suite struct DualPassTests {
  /// One sample after the other, and in two halves, where the rows are enough for that.
  @Test(arguments: [90, 2200])
  func theDualIsWhatThePassesSay(rows: Int) throws {
    var count = 0
    for reduction in ["binary", "one-vs-rest", "weston-watkins", "crammer-singer", "structured"] {
      for loss in ["hinge", "squared-hinge", "smooth-hinge", "pinball"] {
        guard let problem = try problem(rows, loss, reduction) else { continue }
        for part in try parts(of: problem, reduction) {
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

  private func problem(
    _ n: Int, _ loss: String, _ reduction: String
  ) throws -> MinimizationProblem? {
    let (X, y, _) = Example.random(n, 20, reduction == "binary" ? 2 : 5, seed: 8)
    let data = TrainingData(
      features: X.with(Preparation(hasBias: true)), labels: y,
      classes: (0..<(reduction == "binary" ? 2 : 5)).map { "\($0)" })
    var options = TrainingOptions()
    options.objective.loss = loss
    options.objective.reduction = reduction
    options.objective.numbers["reg"] = 0.004
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
    let objective = try options.makeObjective(data)
    let columns = objective.loss.columns(classes: data.classCount)
    return MinimizationProblem(
      objective: objective, data: data, precision: .double,
      parameters: Buffer(zeros: 21 * columns), hasOwnBias: false, tolerance: nil, seed: 1)
  }

  private func parts(
    of problem: MinimizationProblem, _ reduction: String
  ) throws -> [any DualPart] {
    let run = try DualCoordinateDescent().begin(problem)
    _ = try run.start()
    return try #require(run as? DualCoordinateDescent.Run).parts
  }
}
