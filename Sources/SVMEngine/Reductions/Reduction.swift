import LinearAlgebra

/// How a margin function φ becomes a loss of a whole score row.
public protocol Reduction: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// Whether two classes share one score f, with y = 0 for −1 and 1 for +1; else each class has its
  /// own.
  var isBinary: Bool { get }
  /// Throws `EngineError` where it is nothing for that many classes.
  func check(classes: Int) throws
  /// How the margins are tied together, for solvers that need more than subgradients.
  var coupling: MarginCoupling { get }
  /// Whether only the strongest wrong class counts, which makes kinks where two are equal.
  var takesMaximum: Bool { get }
  /// Whether L is convex where φ is, and where it takes a maximum, never rises.
  var keepsConvexity: Bool { get }
  /// L(s, y); on return the row holds ∂L/∂s. The row is valid for the call only.
  func replaceBySubgradient(
    _ scores: UnsafeMutableBufferPointer<Double>, label: Int, _ loss: any MarginLoss
  ) -> Double
  /// The same as the formula is written.
  func textbook(
    _ scores: [Double], label: Int, _ loss: any MarginLoss
  ) -> (loss: Double, subgradient: [Double])
  /// The same for all rows as matrix operations.
  func vectorized(
    _ scores: Matrix, labels: [Int], _ loss: any MarginLoss
  ) -> (losses: [Double], subgradient: Matrix)
  /// The margins that φ is applied to, each with its class.
  func margins(_ scores: [Double], label: Int) -> [(column: Int, margin: Double)]
  /// The terms that L is the sum of.
  func terms(_ scores: [Double], label: Int, _ loss: any MarginLoss) -> [LossTerm]
}

extension Reduction {
  /// Nothing, where a reduction takes any number of classes.
  public func check(classes: Int) throws {}
  /// False, where a reduction does not say otherwise.
  public var isBinary: Bool { false }
  /// `other`, where a reduction does not say otherwise.
  public var coupling: MarginCoupling { .other }
  /// Whether the coupling is a maximum.
  public var takesMaximum: Bool { coupling == .maximum }
  /// Whether the coupling is known; false of any other unless a reduction says otherwise.
  public var keepsConvexity: Bool { coupling != .other }

  /// The in-place form, where a reduction has no other.
  public func textbook(
    _ scores: [Double], label: Int, _ loss: any MarginLoss
  ) -> (loss: Double, subgradient: [Double]) {
    var row = scores
    let sum = row.withUnsafeMutableBufferPointer {
      replaceBySubgradient($0, label: label, loss)
    }
    return (sum, row)
  }

  /// Row by row, where a reduction has no matrix form of its own.
  public func vectorized(
    _ scores: Matrix, labels: [Int], _ loss: any MarginLoss
  ) -> (losses: [Double], subgradient: Matrix) {
    rowByRow(scores, labels: labels) { replaceBySubgradient($0, label: $1, loss) }
  }

  /// φ of each margin.
  public func terms(_ scores: [Double], label: Int, _ loss: any MarginLoss) -> [LossTerm] {
    margins(scores, label: label).map { column, a in
      LossTerm(column: column, margin: a, value: loss.value(a), derivative: loss.derivative(a))
    }
  }
}

extension Matrix {
  /// The same shape, each entry replaced by `transform` of its row, column and value.
  func mapped(_ transform: (Int, Int, Double) -> Double) -> Matrix {
    var result = Matrix(rows: rows, columns: columns)
    withEntries { source in
      result.withMutableEntries { target in
        for i in 0..<rows {
          for j in 0..<columns {
            target[i * columns + j] = transform(i, j, source[i * columns + j])
          }
        }
      }
    }
    return result
  }

  /// The sum of each row.
  func rowSums() -> [Double] {
    withEntries { entries in
      (0..<rows).map { i in
        var sum = 0.0
        for j in 0..<columns { sum += entries[i * columns + j] }
        return sum
      }
    }
  }

  /// The entry of row i in column `columns[i]`, for every row.
  func picking(_ picked: [Int]) -> [Double] {
    withEntries { entries in (0..<rows).map { entries[$0 * columns + picked[$0]] } }
  }
}
