import LinearAlgebra

/// One term of a loss: the margin that it looks at, and what comes of it.
public struct LossTerm: Sendable, Equatable {
  /// The class whose score stands in the margin: j of s_y − s_j, or the class of ±s_j itself.
  public let column: Int
  /// The margin a.
  public let margin: Double
  /// What it adds to the loss: φ(a), or a share of it.
  public let value: Double
  /// Its derivative: φ′(a), or a share of it.
  public let derivative: Double

  /// A term.
  public init(column: Int, margin: Double, value: Double, derivative: Double) {
    self.column = column
    self.margin = margin
    self.value = value
    self.derivative = derivative
  }
}

/// A loss of one row of scores s with the true class y. It never sees X.
///
/// A loss of one's own has a name and `replaceBySubgradient`; everything else has a default, which
/// claims nothing that a proof could rest on.
public protocol ScoreLoss: Sendable {
  /// Its name: of the loss, and of the reduction where there is one.
  var name: String { get }
  /// Whether a row is the one score f of two classes, with y = 0 for −1 and 1 for +1; else it has a
  /// score for each class.
  var isBinary: Bool { get }
  /// Throws `EngineError` where the loss is nothing for that many classes.
  func check(classes: Int) throws
  /// L(s, y); on return the row holds ∂L/∂s. The row is valid for the call only.
  func replaceBySubgradient(_ scores: UnsafeMutableBufferPointer<Double>, label: Int) -> Double
  /// The same as the formula is written, for `engine=naive` and to be read.
  func textbook(_ scores: [Double], label: Int) -> (loss: Double, subgradient: [Double])
  /// The same for all rows as matrix operations, for `engine=vectorized`.
  func vectorized(_ scores: Matrix, labels: [Int]) -> (losses: [Double], subgradient: Matrix)
  /// The terms that the loss is the sum of; empty where it is no sum of margin terms.
  func terms(_ scores: [Double], label: Int) -> [LossTerm]
  /// Whether the loss is a convex function of the scores.
  var isConvex: Bool { get }
  /// Whether the loss has a derivative everywhere.
  var isSmooth: Bool { get }
  /// The margins at which a term has no derivative.
  var kinks: [Double] { get }
  /// The margins at which a term changes its formula.
  var breakpoints: [Double] { get }
  /// What the loss is made of, for solvers of the dual; nil where it is not made of margins.
  var structure: LossStructure? { get }
}

extension ScoreLoss {
  /// False, where a loss does not say otherwise.
  public var isBinary: Bool { false }
  /// Nothing, where a loss takes any number of classes.
  public func check(classes: Int) throws {}
  /// How many scores a row has, and so how many columns W.
  public func columns(classes: Int) -> Int { isBinary ? 1 : classes }
  /// None, where a loss is no sum of margin terms.
  public func terms(_ scores: [Double], label: Int) -> [LossTerm] { [] }
  /// False, where a loss does not say otherwise.
  public var isConvex: Bool { false }
  /// Whether there are no kinks.
  public var isSmooth: Bool { kinks.isEmpty }
  /// None, where a loss does not say otherwise.
  public var kinks: [Double] { [] }
  /// The kinks, where a loss names no others.
  public var breakpoints: [Double] { kinks }
  /// Nil, where a loss does not say otherwise.
  public var structure: LossStructure? { nil }

  /// The in-place form, where a loss has no other.
  public func textbook(_ scores: [Double], label: Int) -> (loss: Double, subgradient: [Double]) {
    var row = scores
    let loss = row.withUnsafeMutableBufferPointer { replaceBySubgradient($0, label: label) }
    return (loss, row)
  }

  /// Row by row, where a loss has no matrix form of its own.
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

  /// φ, reduced.
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
  /// As φ is, where the reduction keeps it; a maximum over wrong classes does only where φ never
  /// rises.
  public var isConvex: Bool {
    margin.isConvex && reduction.keepsConvexity && (!reduction.takesMaximum || margin.neverRises)
  }
  /// As φ is; a maximum over wrong classes has kinks where two are equal.
  public var isSmooth: Bool { margin.isSmooth && !reduction.takesMaximum }
  /// Those of φ.
  public var kinks: [Double] { margin.kinks }
  /// Those of φ.
  public var breakpoints: [Double] { margin.breakpoints }
  /// φ, and the reduction's coupling.
  public var structure: LossStructure? {
    LossStructure(margin, reduction.coupling, reduction: reduction.name)
  }

  /// L(s, y), with ∂L/∂s in the place of s.
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
