import LinearAlgebra

/// Semismooth Newton steps on the primal, one binary problem for each class. For many more samples
/// than features.
///
///     smooth losses:   min ½μ‖w‖² + Σ c_i φ(y_i f_i)
///     losses with a kink, inside of an augmented Lagrangian with multipliers α and ρ > 0:
///         min ½μ‖w‖² + Σ ψ_i(ρ u_i + α_i),  u = Δ − y f;   then α_i ← β_i
///     β_i = clamp of (u_i + α_i/ρ) h_i to its box,  h_i = 1/(κ/c_i + 1/ρ)
///     step: (μI + Σ h_i x_i x_iᵀ) d = −g over the samples whose β is strictly between its bounds,
///           and the best length along d
///
/// Problem: a loss with a `DualForm`, binary or one-vs-rest, and an l2 penalty, which need not
/// cover the bias. Start: any weights. Result: the weights, and the duality gap that β proves.
///
/// Yan and Li, An efficient augmented Lagrangian based method for linear support vector machines
/// with large datasets, arXiv 1912.06800; Keerthi and DeCoste, A modified finite Newton method for
/// fast solution of large scale linear SVMs, JMLR 6 (2005), for the smooth case.
public struct NewtonMethod: Minimizer {
  /// The method.
  public init() {}

  public var name: String { "newton" }
  public var usualTolerance: Double { 1e-3 }

  public var provesByDuality: Bool { true }

  /// A `DualForm` for each column, and a penalty ½μ‖W‖².
  public var requirements: SolverRequirements {
    SolverRequirements(.dualForm([.separate]), needsL2Penalty: true)
  }

  /// A run of the method, O(D²) memory for each column.
  ///
  /// - Throws: `EngineError` where the problem lacks a requirement; `MemoryRefused`, `Interrupted`.
  public func begin(_ problem: MinimizationProblem) throws -> any Minimization {
    try checkRequirements(problem)
    guard let form = problem.objective.loss.structure?.margin.dualForm else {
      throw SolverRefusal(self, problem).error(.loss)
    }
    let strength = problem.objective.penalty.l2Coefficient
    let rows = try RowAccess(problem.data.features)
    let costs = DualCosts(problem, strength: 1).ofSamples
    let parts = try (0..<problem.columns).map { column in
      try NewtonSubproblem(
        rows, form, signs: problem.signs(ofColumn: column), costs: costs, strength: strength,
        freeBias: problem.hasOwnBias
          ? .apart : problem.objective.sparesLastRow ? .lastColumn : .none,
        tolerance: problem.tolerance ?? usualTolerance)
    }
    return Run(problem, parts)
  }

  private final class Run: Minimization {
    private let problem: MinimizationProblem
    private let parts: [NewtonSubproblem]

    init(_ problem: MinimizationProblem, _ parts: [NewtonSubproblem]) {
      self.problem = problem
      self.parts = parts
    }

    var state: SavedState { SavedState("newton", parts: parts.map(\.state)) }

    func restore(_ state: SavedState) throws {
      try state.require("newton", parts: parts.count)
      for (part, state) in zip(parts, state.parts) { try part.restore(state) }
    }

    func start() throws -> Certificate {
      let K = problem.columns
      for (j, part) in parts.enumerated() {
        part.begin(
          at: (0..<problem.rows).map { problem.parameters.pointer[$0 * K + j] },
          bias: problem.hasOwnBias ? problem.parameters.pointer[problem.weightCount] : 0)
      }
      try forEachPart { try $0.evaluate() }
      return certificate
    }

    func iterate(_ t: Int) throws -> Certificate {
      try Interruption.check()
      // One that has stepped waits for those that were interrupted.
      try forEachPart { if !$0.isConverged { try $0.step() } }
      for part in parts { part.beginIteration() }
      let K = problem.columns
      for (j, part) in parts.enumerated() {
        for d in 0..<problem.rows {
          problem.parameters.pointer[d * K + j] = part.weights.pointer[d]
        }
        if problem.hasOwnBias { problem.parameters.pointer[problem.weightCount] = part.bias }
      }
      return certificate
    }

    private func forEachPart(_ body: @Sendable (NewtonSubproblem) throws -> Void) throws {
      // A single problem uses all cores; several use one each.
      if parts.count == 1 { return try body(parts[0]) }
      let shared = UncheckedSendable(parts)
      try Parallel.forEach(parts.count) { try body(shared.value[$0]) }
    }

    private var certificate: Certificate {
      let primal = parts.reduce(0) { $0 + $1.primal }
      let dual = parts.reduce(0) { $0 + $1.dual }
      return Certificate(
        objective: primal, gap: max(primal - dual, 0),
        isConverged: parts.allSatisfy(\.isConverged), isStuck: parts.allSatisfy(\.isStuck))
    }
  }
}

extension NewtonMethod {
  static let entry = CatalogEntry<Solver>(
    "newton", .minimizes(NewtonMethod()),
    summary: "Semismooth Newton for binary and one-vs-rest with many more samples than features.",
    formula: """
      (μI + Σ h x xᵀ) d = −g over the samples between their bounds, the best step along d
      kinks: inside of an augmented Lagrangian; ends with a proven duality gap
      """,
    reference: "Yan and Li, arXiv 1912.06800; Keerthi and DeCoste, JMLR 6 (2005)")
}
