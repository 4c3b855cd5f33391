import LinearAlgebra

/// The primal estimated subgradient solver: SGD whose step is 1/(μt), with μ the modulus of strong
/// convexity of R, and t from 1. It needs no learning rate, and starts at zero.
///
///     W ← W − ∇ / (μt)
///     project: W ← min(1, √(L₀/μ) / ‖W‖) W        L₀: the data's loss at W = 0
///
/// Problem: any loss, and a strongly convex penalty. Result: the last weights, with E‖W − W*‖² =
/// O(1/t).
///
/// Shalev-Shwartz, Singer, Srebro, Cotter, Pegasos: primal estimated sub-gradient solver for SVM,
/// Mathematical Programming 127 (2011), Figure 1. The optimum is inside of the ball by their
/// section 2.2, for losses whose minimum is not below 0.
public struct Pegasos: UpdateRule {
  /// Whether each step ends with a projection onto the ball that contains the optimum.
  public let projects: Bool
  private var strongConvexity = 1.0
  private var radius = Double.infinity
  private var weightCount = 0

  /// A rule with or without projection.
  public init(projects: Bool = false) { self.projects = projects }

  public var name: String { "pegasos" }
  public var usesWholeSet: Bool { false }
  public var startsAtZero: Bool { true }
  /// 1/(μt).
  public var ownSchedule: (any Schedule)? { PegasosSchedule(strongConvexity: strongConvexity) }

  /// Takes μ from the penalty, and L₀ from the losses of zero scores.
  ///
  /// - Throws: `EngineError` where the penalty is not strongly convex.
  public mutating func prepare(for objective: Objective, _ data: TrainingData) throws {
    strongConvexity = try objective.strongConvexity(neededBy: "solver 'pegasos'")
    let K = objective.loss.columns(classes: data.classCount)
    weightCount = data.features.columns * K
    var counts = [Double](repeating: 0, count: data.classCount)
    for label in data.labels { counts[label] += 1 }
    var total = 0.0
    for y in 0..<data.classCount where counts[y] > 0 {
      let zeros = [Double](repeating: 0, count: K)
      total +=
        counts[y] * (objective.classWeights?[y] ?? 1)
        * objective.loss.textbook(zeros, label: y).loss
    }
    let n = data.labels.count
    radius = (total * objective.dataScale(batch: n, total: n) / strongConvexity).squareRoot()
  }

  /// A step against the gradient.
  public mutating func step(count: Int, rate: Double) -> EntryStep { plainStep(rate) }

  /// Projects W onto the ball; b is not part of the norm.
  public mutating func finish(_ parameters: Buffer) {
    guard projects else { return }
    let w = UnsafeBufferPointer(start: parameters.pointer, count: weightCount)
    let norm = sumOfSquares(w).squareRoot()
    guard norm > radius else { return }
    let factor = radius / norm
    Parallel.forEachBlock(of: weightCount, costEach: 1) {
      for i in $0 { parameters.pointer[i] *= factor }
    }
  }

  /// The radius of the ball, where steps end with a projection.
  public var plainStepRadius: Double? { projects ? radius : .infinity }

  /// ∞, since the steps shrink.
  public var stabilityBound: Double { .infinity }
}

extension Pegasos {
  static let entry = CatalogEntry<Solver>(
    "pegasos", summary: "Stochastic gradient descent with steps 1/(μt), from zero weights; no lr.",
    formula: "W ← W − ∇/(μt), μ = 2λ for l2, λ for half-l2, l2 for elastic-net, 1 for C=",
    reference: "Shalev-Shwartz et al., Mathematical Programming 127 (2011)",
    options: [
      OptionDescription(
        "project", "whether each step ends in the ball that the optimum is in", default: 0, .flag)
    ]
  ) { .updates(Pegasos(projects: $0["project"] == 1)) }
}
