import LinearAlgebra

/// One term of a loss, with its margin.
public struct LossTerm: Sendable, Equatable {
  /// The class whose score is in the margin: j of s_y − s_j, or the class of ±s_j itself.
  public let column: Int
  /// The margin a.
  public let margin: Double
  /// Its part of the loss: φ(a), or a share of it.
  public let value: Double
  /// Its derivative: φ′(a), or a share of it.
  public let derivative: Double

  /// A term from its parts.
  public init(column: Int, margin: Double, value: Double, derivative: Double) {
    self.column = column
    self.margin = margin
    self.value = value
    self.derivative = derivative
  }
}

/// A loss L(s, y) of one row of K scores s with the true class y. It does not depend on X.
///
/// A new loss needs only a name and `replaceBySubgradient`. The defaults of the rest claim nothing
/// that a proof relies on, but a loss with kinks must name them.
public protocol ScoreLoss: Sendable {
  /// The name of the loss and, where there is one, of the reduction.
  var name: String { get }
  /// Whether the row is a single score f for two classes, with y = 0 for −1 and 1 for +1; else it
  /// has a score for each class.
  var isBinary: Bool { get }
  /// Checks that the loss works for that many classes.
  ///
  /// - Throws: `EngineError` where it does not.
  func check(classes: Int) throws
  /// Returns L(s, y), and replaces the row by ∂L/∂s. The row is valid until the call returns.
  func replaceBySubgradient(_ scores: UnsafeMutableBufferPointer<Double>, label: Int) -> Double
  /// The same as the textbook formula, written to be read; for `engine=naive`.
  func textbook(_ scores: [Double], label: Int) -> (loss: Double, subgradient: [Double])
  /// The same for all rows, N×K, as matrix operations; for `engine=vectorized`.
  func vectorized(_ scores: Matrix, labels: [Int]) -> (losses: [Double], subgradient: Matrix)
  /// The terms whose sum is the loss; empty where it is not a sum of margin terms.
  func terms(_ scores: [Double], label: Int) -> [LossTerm]
  /// Whether the loss is a convex function of the scores.
  var isConvex: Bool { get }
  /// Whether the loss has a derivative everywhere.
  var isSmooth: Bool { get }
  /// The margins at which a term has no derivative.
  var kinks: [Double] { get }
  /// The margins at which a term changes its formula.
  var breakpoints: [Double] { get }
  /// The parts of the loss, for solvers of the dual; nil where it has no margins.
  var structure: LossStructure? { get }
}

extension ScoreLoss {
  /// False by default.
  public var isBinary: Bool { false }
  /// Accepts any number of classes by default.
  public func check(classes: Int) throws {}
  /// The number of scores in a row, and of columns of W: 1 or K.
  public func columns(classes: Int) -> Int { isBinary ? 1 : classes }
  /// None by default.
  public func terms(_ scores: [Double], label: Int) -> [LossTerm] { [] }
  /// False by default.
  public var isConvex: Bool { false }
  /// Whether there are no kinks.
  public var isSmooth: Bool { kinks.isEmpty }
  /// None by default.
  public var kinks: [Double] { [] }
  /// The kinks by default.
  public var breakpoints: [Double] { kinks }
  /// Nil by default.
  public var structure: LossStructure? { nil }

  /// The in-place form by default.
  public func textbook(_ scores: [Double], label: Int) -> (loss: Double, subgradient: [Double]) {
    var row = scores
    let loss = row.withUnsafeMutableBufferPointer { replaceBySubgradient($0, label: label) }
    return (loss, row)
  }

  /// Row by row by default.
  public func vectorized(
    _ scores: Matrix, labels: [Int]
  ) -> (losses: [Double], subgradient: Matrix) {
    rowByRow(scores, labels: labels) { replaceBySubgradient($0, label: $1) }
  }
}

/// The losses of all rows and their subgradients, from the in-place form of one.
func rowByRow(
  _ scores: Matrix, labels: [Int],
  _ replaceBySubgradient: (UnsafeMutableBufferPointer<Double>, Int) -> Double
) -> (losses: [Double], subgradient: Matrix) {
  var subgradient = scores
  var losses = [Double](repeating: 0, count: labels.count)
  let width = scores.columns
  subgradient.withMutableEntries { entries in
    for i in 0..<labels.count {
      let row = UnsafeMutableBufferPointer(rebasing: entries[i * width..<(i + 1) * width])
      losses[i] = replaceBySubgradient(row, labels[i])
    }
  }
  return (losses, subgradient)
}

/// A loss made of a margin function φ and a reduction.
public struct ReducedLoss: ScoreLoss {
  /// φ.
  public let margin: any MarginLoss
  /// How the scores become margins.
  public let reduction: any Reduction

  /// The loss of φ by a reduction.
  public init(_ margin: any MarginLoss, _ reduction: any Reduction) {
    self.margin = margin
    self.reduction = reduction
  }

  /// As in "hinge, weston-watkins".
  public var name: String { "\(margin.name), \(reduction.name)" }
  /// As the reduction says.
  public var isBinary: Bool { reduction.isBinary }
  /// As the reduction says.
  public func check(classes: Int) throws { try reduction.check(classes: classes) }
  /// Whether φ is convex and the reduction keeps that. A maximum over wrong classes keeps it only
  /// where φ is non-increasing.
  public var isConvex: Bool {
    margin.isConvex && reduction.keepsConvexity && (!reduction.takesMaximum || margin.neverRises)
  }
  /// Whether φ is smooth; false for a maximum over wrong classes, which has kinks where two are
  /// equal.
  public var isSmooth: Bool { margin.isSmooth && !reduction.takesMaximum }
  /// Those of φ.
  public var kinks: [Double] { margin.kinks }
  /// Those of φ.
  public var breakpoints: [Double] { margin.breakpoints }
  /// φ, and the reduction's coupling.
  public var structure: LossStructure? {
    LossStructure(margin, reduction.coupling, reduction: reduction.name)
  }

  /// L(s, y); ∂L/∂s replaces s.
  public func replaceBySubgradient(
    _ scores: UnsafeMutableBufferPointer<Double>, label: Int
  ) -> Double {
    reduction.replaceBySubgradient(scores, label: label, margin)
  }

  /// The reduction's formula.
  public func textbook(_ scores: [Double], label: Int) -> (loss: Double, subgradient: [Double]) {
    reduction.textbook(scores, label: label, margin)
  }

  /// The reduction's matrix form.
  public func vectorized(
    _ scores: Matrix, labels: [Int]
  ) -> (losses: [Double], subgradient: Matrix) {
    reduction.vectorized(scores, labels: labels, margin)
  }

  /// The reduction's terms.
  public func terms(_ scores: [Double], label: Int) -> [LossTerm] {
    reduction.terms(scores, label: label, margin)
  }
}
