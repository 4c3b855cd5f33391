import LinearAlgebra

/// Coordinate descent on the dual, sample by sample in random order, with shrinking.
///
///     max  Σ_i Σ_j (Δ β_ij − conjugate) − ½μ‖W(β)‖²,   W(β) = (1/μ) Σ_i x_i γ_iᵀ
///
/// where γ_i holds the negative slopes of sample i's loss, made of its dual variables β_i in their
/// box. For a binary loss, or a class of one-vs-rest, there is one variable α_i. The textbook step
/// is Algorithm 1 of Hsieh et al., here for ½‖w‖² + Σ_i C_i φ(y_i w·x_i):
///
///     G ← y_i w·x_i − Δ + κ α_i
///     P ← min(G, 0) where α_i = low;  max(G, 0) where α_i = high;  G between   projected gradient
///     if P ≠ 0:
///         α ← clamp(α_i − G / (‖x_i‖² + κ), low, high)
///         w ← w + (α − α_i) y_i x_i;  α_i ← α
///
/// Hinge: Δ = 1, κ = 0, 0 ≤ α_i ≤ C_i. Squared hinge: Δ = 1, κ = 1/(2 C_i), 0 ≤ α_i.
/// `CoordinateSweep` has this step. For Weston–Watkins and Crammer–Singer a step moves all β of a
/// sample at once, by a search for one threshold (`ThresholdSearch`).
///
/// The classes of one-vs-rest are solved in parallel, one core each. A single problem is swept in
/// two halves on two cores, where that pays (`SweepHalves`).
///
/// Problem: a loss whose conjugate is a parabola on a box (`DualForm`), and a strongly convex
/// penalty without kinks on all parameters. Start: zero. Result: W and both objectives; their
/// difference, the duality gap, bounds the distance of W from the optimum.
///
/// Hsieh, Chang, Lin, Keerthi, Sundararajan, A dual coordinate descent method for large-scale
/// linear SVM, ICML 2008; Keerthi et al., A sequential dual method for large scale multi-class
/// linear SVMs, KDD 2008.
public struct DualCoordinateDescent: Minimizer {
  /// The method.
  public init() {}

  public var name: String { "dual" }
  public var usualTolerance: Double { 1e-3 }

  public var provesByDuality: Bool { true }

  /// A `DualForm`, and a penalty ½μ‖W‖² of all weights.
  public var requirements: SolverRequirements {
    SolverRequirements(
      .dualForm([.separate, .pairs, .maximum]), needsL2Penalty: true, needsPenalizedBias: true)
  }

  /// `newton`, where the problem consists of binary ones: it needs far fewer iterations where
  /// classes can't be separated.
  public func fasterSolver(for loss: any ScoreLoss) -> String? {
    loss.structure?.coupling == .separate ? "newton" : nil
  }

  /// A run of the method.
  ///
  /// - Throws: `EngineError` where the problem lacks a requirement; `MemoryRefused`, `Interrupted`.
  public func begin(_ problem: MinimizationProblem) throws -> any Minimization {
    try checkRequirements(problem)
    guard let structure = problem.objective.loss.structure, let form = structure.margin.dualForm
    else { throw SolverRefusal(self, problem).error(.loss) }
    let tolerance = problem.tolerance ?? usualTolerance
    let strength = problem.objective.penalty.l2Coefficient
    let rows = try RowAccess(problem.data.features)
    let problems: [any DualSubproblem]
    if structure.coupling == .separate {
      let costs = DualCosts(problem, strength: strength).ofSamples
      problems = try (0..<problem.columns).map { column in
        try BinaryDual(
          rows, form, signs: problem.signs(ofColumn: column), costs: costs, tolerance: tolerance,
          seed: problem.seed, column: column, isAlone: problem.columns == 1)
      }
    } else {
      problems = [
        try MulticlassDual(
          rows, problem, form, strength: strength, takesMaximum: structure.coupling == .maximum,
          costs: structure.costs, tolerance: tolerance)
      ]
    }
    return Run(problem, problems, strength: strength)
  }

  final class Run: Minimization {
    private let problem: MinimizationProblem
    let parts: [any DualSubproblem]
    private let strength: Double

    init(_ problem: MinimizationProblem, _ parts: [any DualSubproblem], strength: Double) {
      self.problem = problem
      self.parts = parts
      self.strength = strength
    }

    var state: SavedState { SavedState("dual", parts: parts.map(\.state)) }

    func restore(_ state: SavedState) throws {
      try state.require("dual", parts: parts.count)
      for (part, state) in zip(parts, state.parts) { try part.restore(state) }
    }

    func start() throws -> Certificate {
      let weights = UnsafeBufferPointer(
        start: problem.parameters.pointer, count: problem.parameters.count)
      guard weights.allSatisfy({ $0 == 0 }) else {
        throw EngineError(
          .option, "solver 'dual' starts from its dual variables, and takes no 'init'",
          help: "leave it out; a model that was read from a file has lost its dual variables")
      }
      return certificate
    }

    func iterate(_ t: Int) throws -> Certificate {
      try Interruption.check()
      let parts = parts
      let shared = UncheckedSendable(parts)
      try Parallel.forEach(parts.count) { i in
        let part = shared.value[i]
        if part.isConverged { return }
        try part.pass(t)
        try part.evaluateIfDue()
      }
      return certificate
    }

    var isEvaluated: Bool { parts.allSatisfy { $0.isFresh || $0.isConverged } }

    func conclude() throws -> Certificate? {
      if isEvaluated { return nil }
      var (primal, gap) = (0.0, 0.0)
      for part in parts {
        let known = (primal: part.primal, dual: part.dual)
        let now = part.isFresh || part.isConverged ? known : try part.objectives()
        primal += now.primal * strength
        gap += (now.primal - now.dual) * strength
      }
      return Certificate(objective: primal, gap: max(gap, 0))
    }

    func settle() {
      for (j, part) in parts.enumerated() {
        part.weights.write(
          to: problem.parameters.pointer, stride: problem.columns, offset: j)
      }
    }

    /// The sums over the parts of their last evaluations.
    private var certificate: Certificate {
      let primal = parts.reduce(0) { $0 + $1.primal } * strength
      let dual = parts.reduce(0) { $0 + $1.dual } * strength
      return Certificate(
        objective: isEvaluated ? primal : nil, gap: isEvaluated ? max(primal - dual, 0) : nil,
        isConverged: parts.allSatisfy(\.isConverged))
    }
  }
}

/// A part of the dual with weights of its own: the whole problem, or one class of one-vs-rest.
/// Objectives are in units of the penalty's strength μ: ½‖w‖² + Σ C_i φ.
protocol DualSubproblem: AnyObject {
  var weights: RowWeights { get }
  /// The objectives at the last evaluation.
  var primal: Double { get }
  var dual: Double { get }
  /// Whether they belong to the present weights.
  var isFresh: Bool { get }
  /// Whether their difference is within the tolerance.
  var isConverged: Bool { get }
  /// All that the next pass depends on.
  var state: SavedState { get }
  /// Resumes from a state.
  ///
  /// - Throws: `StateMismatch` where it is of another problem.
  func restore(_ state: SavedState) throws
  /// One pass over the active samples, or the rest of one that was interrupted; nothing where pass
  /// t is done.
  func pass(_ t: Int) throws
  /// Both objectives of the present weights, by a pass over all samples.
  func objectives() throws -> (primal: Double, dual: Double)
  /// Evaluates and stores both objectives, and undoes the shrinking where their gap is too wide.
  func evaluate() throws
  /// Evaluates them where that is due.
  func evaluateIfDue() throws
}

/// C_i, the weight of a sample's loss in units of μ.
struct DualCosts {
  let ofSamples: [Double]

  init(_ problem: MinimizationProblem, strength: Double) {
    let n = problem.data.labels.count
    let scale = problem.objective.dataScale(batch: n, total: n) / strength
    ofSamples = problem.data.labels.map {
      scale * (problem.objective.classWeights?[$0] ?? 1)
    }
  }
}

extension MinimizationProblem {
  /// y ∈ {−1, +1} of the binary problem of a column: its class against the rest.
  func signs(ofColumn column: Int) -> [Double] {
    let positive = columns == 1 ? 1 : column
    return data.labels.map { $0 == positive ? 1 : -1 }
  }
}

/// A small random generator for the order of a pass: a draw is cheap compared with a step.
struct PassOrder {
  private var state: UInt64

  init(seed: UInt64, part: Int, pass: Int) {
    var stream = RandomStream(seed: seed, key: "dual \(part)", count: UInt64(pass))
    state = stream.nextUInt64()
  }

  /// A number in 0..<n, by SplitMix64 (Steele, Lea, Flood 2014) and a multiplication in place of a
  /// division.
  mutating func next(below n: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return Int(z.multipliedFullWidth(by: UInt64(n)).high)
  }

  /// The Fisher–Yates shuffle of the first `count` items.
  ///
  /// - Throws: `Interrupted`; the items are then in their old order.
  mutating func shuffle(_ items: UnsafeMutablePointer<Int32>, _ count: Int) throws {
    let piece = 1 << 16
    guard count > piece else { return shuffle(items, from: count, to: 1) }
    let before = TypedScratch<Int32>(count)
    before.pointer.update(from: items, count: count)
    do {
      for end in stride(from: count, to: 1, by: -piece) {
        try Interruption.check()
        shuffle(items, from: end, to: max(end - piece, 1))
      }
    } catch {
      items.update(from: before.pointer, count: count)
      throw error
    }
  }

  /// Its steps from place `start` down to `end`.
  private mutating func shuffle(_ items: UnsafeMutablePointer<Int32>, from start: Int, to end: Int)
  {
    var i = start
    while i > end {
      let j = next(below: i)
      i -= 1
      let item = items[i]
      items[i] = items[j]
      items[j] = item
    }
  }
}

extension DualCoordinateDescent {
  static let entry = CatalogEntry<Solver>(
    "dual", .minimizes(DualCoordinateDescent()),
    summary: "Dual coordinate descent with shrinking; ends with a proven duality gap.",
    formula: """
      max Σ (Δ β − conjugate) − ‖Σ x γᵀ‖²/(2μ) over the boxes of β, sample after sample
      losses: hinge, squared-hinge and others whose conjugate is a parabola on a box
      """,
    reference: "Hsieh et al., ICML 2008; Keerthi et al., KDD 2008")
}
