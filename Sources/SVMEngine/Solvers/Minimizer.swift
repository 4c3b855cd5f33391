import LinearAlgebra

/// A method that minimizes the whole problem. It chooses its own steps, and knows when to stop.
public protocol Minimizer: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// The default tolerance, relative to J.
  var usualTolerance: Double { get }
  /// Its requirements on the objective.
  var requirements: SolverRequirements { get }
  /// Whether its gap is always a duality gap. Others prove other bounds, or a duality gap only
  /// where they smooth the loss.
  var provesByDuality: Bool { get }
  /// The name of a solver that may need far fewer iterations for this loss; nil by default.
  func fasterSolver(for loss: any ScoreLoss) -> String?
  /// A run from the weights in the problem's parameters.
  ///
  /// - Throws: `EngineError` where the method does not work for the objective or the data, and says
  ///   what it needs; `MemoryRefused`, `Interrupted`.
  func begin(_ problem: MinimizationProblem) throws -> any Minimization
}

extension Minimizer {
  /// Nil by default.
  public func fasterSolver(for loss: any ScoreLoss) -> String? { nil }
}

/// A run of a minimizer, which moves the problem's parameters.
public protocol Minimization: AnyObject {
  /// The certificate of the initial weights.
  ///
  /// - Throws: `EngineError` where the run can't start from them; `MemoryRefused`, `Interrupted`.
  func start() throws -> Certificate
  /// One iteration.
  ///
  /// - Parameters:
  ///   - t: the number of iterations before, resumed runs included.
  /// - Throws: `MemoryRefused`, `Interrupted`. The parameters are then as before the iteration.
  func iterate(_ t: Int) throws -> Certificate
  /// Whether the last certificate is that of the present weights.
  var isEvaluated: Bool { get }
  /// The certificate of the final weights, where the last iteration did not evaluate them. Changes
  /// nothing that the next iteration depends on.
  func conclude() throws -> Certificate?
  /// Updates the problem's parameters, where iterations leave that for later.
  func settle()
  /// What it stores besides the weights, to resume with the same bits.
  var state: SavedState { get }
  /// Resumes from a state, in place of `start`.
  ///
  /// - Throws: `StateMismatch` where the state is of another method or of other data.
  func restore(_ state: SavedState) throws
}

extension Minimization {
  /// Does nothing by default: iterations move the parameters themselves.
  public func settle() {}
  /// True by default: iterations evaluate their weights.
  public var isEvaluated: Bool { true }
  /// Nil by default: iterations evaluate their weights.
  public func conclude() throws -> Certificate? { nil }
}

/// The objective at some weights, and how far it is proven to be from its minimum.
public struct Certificate: Sendable, Equatable {
  /// J; nil where it was not computed.
  public var objective: Double?
  /// A bound of J − min J: the duality gap, or a bound from strong convexity; nil where nothing is
  /// proven.
  public var gap: Double?
  /// Whether the gap has reached the tolerance.
  public var isConverged = false
  /// Whether J changes by less than the tolerance, where no gap can be proven.
  public var isSettled = false
  /// Whether no further step makes progress in this precision.
  public var isStuck = false

  /// J and its bound, with the reasons to stop.
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

/// The problem of a minimizer: the objective on all rows, as a function of one array of parameters,
/// W row by row, D×K, and then b where it is separate.
public struct MinimizationProblem: Sendable {
  /// J.
  public let objective: Objective
  /// The N training rows.
  public let data: TrainingData
  /// The precision of the products.
  public internal(set) var precision: Precision
  /// The parameters: W row by row, then b. The run writes its result here.
  public let parameters: Buffer
  /// Whether b is among them.
  public let hasOwnBias: Bool
  /// The gap to stop at, relative to J; nil for the method's own.
  public let tolerance: Double?
  /// The seed of random numbers.
  public let seed: UInt64
  /// Smooths a loss with kinks, where a method needs that.
  var smoothing: KinkSmoothing?

  /// D, the rows of W.
  public var rows: Int { data.features.columns }
  /// Columns of W: K, or 1 for a binary loss.
  public var columns: Int { objective.loss.columns(classes: data.classCount) }
  /// The number of entries of W.
  public var weightCount: Int { rows * columns }
  /// The number of parameters that R covers; they come first.
  public var penalizedCount: Int {
    objective.sparesLastRow ? max(weightCount - columns, 0) : weightCount
  }
  /// Whether R covers every parameter.
  public var penalizesAll: Bool { penalizedCount == parameters.count }
  /// Whether W's last row multiplies the ones of a bias column.
  public var hasBiasRow: Bool { data.features.preparation.hasBias }

  /// The data's part of J at some parameters; writes its gradient.
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

  /// The data's part of J, without its gradient.
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

  /// J at some parameters; writes its gradient.
  func value(at parameters: Buffer, gradient: Buffer) throws -> Double {
    let loss = try dataLoss(at: parameters, gradient: gradient)
    let w = UnsafeBufferPointer(start: parameters.pointer, count: penalizedCount)
    let g = UnsafeMutableBufferPointer(start: gradient.pointer, count: penalizedCount)
    return loss + objective.penalty.value(w, addingGradientTo: g)
  }

  /// W, which shares the buffer: for reading until the parameters change.
  func weights(of parameters: Buffer) -> Matrix {
    Matrix(rows: rows, columns: columns, sharing: parameters)
  }

  private func bias(of parameters: Buffer) -> Double {
    hasOwnBias ? parameters.pointer[weightCount] : 0
  }
}
