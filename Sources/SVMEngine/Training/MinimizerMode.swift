import LinearAlgebra

/// A run of a minimizer of the whole problem.
final class MinimizerMode: RunMode {
  private let minimization: any Minimization

  /// - Throws: `EngineError` where the minimizer does not work for the objective or the data;
  ///   `MemoryRefused`, `Interrupted`.
  init(_ minimizer: any Minimizer, _ plan: TrainingPlan, _ parameters: Buffer) throws {
    minimization = try minimizer.begin(
      MinimizationProblem(
        objective: plan.objective, data: plan.data, precision: plan.options.precision,
        parameters: parameters, hasOwnBias: plan.hasOwnBias, tolerance: plan.options.tolerance,
        seed: plan.options.seed))
  }

  func begin(from state: SavedState?) throws -> Certificate? {
    guard let state else { return try minimization.start() }
    try minimization.restore(state)
    return nil
  }

  func update(_ t: Int, rows: [Int]?) throws -> Update {
    .iteration(try minimization.iterate(t))
  }

  func settle() { minimization.settle() }
  var isEvaluated: Bool { minimization.isEvaluated }
  func conclude() throws -> Certificate? { try minimization.conclude() }
  var state: SavedState? { minimization.state }
}
