import LinearAlgebra

/// A method for the whole problem, which chooses its own steps and knows when it is done.
public protocol Minimizer: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// The tolerance where none is given.
  var usualTolerance: Double { get }
  /// What it requires of an objective.
  var requirements: SolverRequirements { get }
  /// Whether its gap is one between a primal and a dual objective, rather than a bound.
  var provesByDuality: Bool { get }
  /// The name of a solver that may need far fewer iterations for this loss; nil where none is
  /// known.
  func fasterSolver(for loss: any ScoreLoss) -> String?
  /// A run from the weights that are in the problem's parameters.
  ///
  /// - Throws: `EngineError` where the objective or the data are nothing for this method: it says
  ///   what it can take.
  func begin(_ problem: MinimizationProblem) throws -> any Minimization
}

extension Minimizer {
  /// Nil, where a method does not say otherwise.
  public func fasterSolver(for loss: any ScoreLoss) -> String? { nil }
}

/// A run of a minimizer, whose weights stand in its problem's parameters.
public protocol Minimization: AnyObject {
  /// Where the run stands before the first iteration.
  func start() throws -> Certificate
  /// One iteration.
  ///
  /// - Parameters:
  ///   - t: iterations made before, counted over resumed runs, too.
  /// - Throws: `Interrupted`; the run then stands as before the iteration.
  func iterate(_ t: Int) throws -> Certificate
  /// What is known of the weights that a run ends with, where its last iteration did not look;
  /// changes nothing that the next iteration depends on.
  func conclude() throws -> Certificate?
  /// Brings the problem's parameters up to date, where an iteration leaves that for later.
  func settle()
  /// What it remembers besides the weights, so that a run that goes on has the same bits.
  var state: SavedState { get }
  /// Goes on from a state, in the place of `start`.
  ///
  /// - Throws: `StateMismatch` where the state is of another method or of other data.
  func restore(_ state: SavedState) throws
}

extension Minimization {
  /// Nothing, where iterations move the parameters themselves.
  public func settle() {}
  /// Nil: iterations know where they stand.
  public func conclude() throws -> Certificate? { nil }
}

/// What is known of the objective at some weights.
public struct Certificate: Sendable, Equatable {
  /// J; nil where it was not computed.
  public var objective: Double?
  /// How far J may be above its least value, where there is a proof of that: the duality gap, or a
  /// bound from strong convexity.
  public var gap: Double?
  /// Whether the gap has reached the tolerance.
  public var isConverged = false
  /// Whether J changes by less than the tolerance, where no gap can be proven.
  public var isSettled = false
  /// Whether no further step makes progress in the arithmetic's precision.
  public var isStuck = false

  /// J, and what proves it.
  public init(
    objective: Double?, gap: Double? = nil, isConverged: Bool = false, isSettled: Bool = false,
    isStuck: Bool = false
  ) {
    self.objective = objective
    self.gap = gap
    self.isConverged = isConverged
    self.isSettled = isSettled
    self.isStuck = isStuck
  }
}

/// What a minimizer works on: the objective on all rows, as a function of one run of numbers, W row
/// by row and then b where there is one apart.
public struct MinimizationProblem: Sendable {
  /// J.
  public let objective: Objective
  /// The rows.
  public let data: TrainingData
  /// What the products compute in.
  public internal(set) var precision: Precision
  /// The weights: W row by row, then b.
  public let parameters: Buffer
  /// Whether b is among them.
  public let hasOwnBias: Bool
  /// Where to stop, relative to J; nil for the method's own.
  public let tolerance: Double?
  /// What random numbers are drawn from.
  public let seed: UInt64
  /// Makes a loss with kinks smooth, where a method asks for it.
  var smoothing: KinkSmoothing?

  /// Rows of W.
  public var rows: Int { data.features.columns }
  /// Columns of W.
  public var columns: Int { objective.loss.columns(classes: data.classCount) }
  /// Entries of W.
  public var weightCount: Int { rows * columns }
  /// How many of the parameters R covers; they come first.
  public var penalizedCount: Int {
    objective.sparesLastRow ? max(weightCount - columns, 0) : weightCount
  }
  /// Whether R covers every parameter.
  public var penalizesAll: Bool { penalizedCount == parameters.count }
  /// Whether W's last row multiplies the ones of a bias column.
  public var hasBiasRow: Bool { data.features.preparation.hasBias }

  /// The data's part of J at some parameters; its gradient is written.
  func dataLoss(at parameters: Buffer, gradient: Buffer) throws -> Double {
    if let smoothing { return try smoothing.dataLoss(at: parameters, gradient: gradient) }
    let part = FusedEngine.Part(
      objective: objective, columns: 0..<columns, bias: bias(of: parameters))
    let scale = objective.dataScale(batch: data.labels.count, total: data.labels.count)
    let sums = try FusedEngine.sums(
      [part], weights(of: parameters), data.features, data.labels, rows: nil,
      precision: precision
    ) { entries, sums in
      for i in entries { gradient.pointer[i] = sums[i] * scale }
    }
    if hasOwnBias { gradient.pointer[weightCount] = sums.biasGradients[0] * scale }
    return sums.losses[0] * scale
  }

  /// The data's part of J alone.
  func dataLoss(at parameters: Buffer) throws -> Double {
    if let smoothing { return try smoothing.dataLoss(at: parameters) }
    var scores = try Products.scores(
      data.features, weights(of: parameters), precision: precision)
    let (loss, labels, K) = (objective.loss, data.labels, columns)
    let (bias, classWeights) = (bias(of: parameters), objective.classWeights)
    let losses = Buffer(uninitialized: labels.count)
    scores.withMutableEntries { entries in
      let scores = UncheckedSendable(entries)
      Parallel.forEachBlock(of: labels.count, costEach: 16 * K) { block in
        for i in block {
          let row = UnsafeMutableBufferPointer(rebasing: scores.value[i * K..<(i + 1) * K])
          if bias != 0 { for j in 0..<K { row[j] += bias } }
          losses.pointer[i] =
            loss.replaceBySubgradient(row, label: labels[i]) * (classWeights?[labels[i]] ?? 1)
        }
      }
    }
    let total = sum(UnsafeBufferPointer(start: losses.pointer, count: losses.count))
    return total * objective.dataScale(batch: labels.count, total: labels.count)
  }

  /// R at some parameters.
  func penalty(at parameters: Buffer) -> Double {
    let w = UnsafeBufferPointer(start: parameters.pointer, count: penalizedCount)
    return objective.penalty.value(w)
  }

  /// J at some parameters; its gradient is written.
  func value(at parameters: Buffer, gradient: Buffer) throws -> Double {
    let loss = try dataLoss(at: parameters, gradient: gradient)
    let w = UnsafeBufferPointer(start: parameters.pointer, count: penalizedCount)
    let g = UnsafeMutableBufferPointer(start: gradient.pointer, count: penalizedCount)
    return loss + objective.penalty.value(w, addingGradientTo: g)
  }

  /// W, sharing storage: for reading until the parameters change.
  func weights(of parameters: Buffer) -> Matrix {
    Matrix(rows: rows, columns: columns, sharing: parameters)
  }

  private func bias(of parameters: Buffer) -> Double {
    hasOwnBias ? parameters.pointer[weightCount] : 0
  }
}
