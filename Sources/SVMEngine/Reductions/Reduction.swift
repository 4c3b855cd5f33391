import LinearAlgebra

/// A rule that makes a loss L(s, y) of a whole score row from a margin function φ.
public protocol Reduction: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// Whether two classes share one score f, with y = 0 for −1 and 1 for +1; else each class has a
  /// score.
  var isBinary: Bool { get }
  /// Checks that it works for that many classes.
  ///
  /// - Throws: `EngineError` where it does not.
  func check(classes: Int) throws
  /// How the margins are coupled, for solvers that need more than subgradients.
  var coupling: MarginCoupling { get }
  /// Whether only the strongest wrong class counts, which makes kinks where two are equal.
  var takesMaximum: Bool { get }
  /// Whether L is convex wherever φ is convex and, if only the strongest wrong class counts,
  /// non-increasing.
  var keepsConvexity: Bool { get }
  /// Returns L(s, y), and replaces the row by ∂L/∂s. The row is valid until the call returns.
  func replaceBySubgradient(
    _ scores: UnsafeMutableBufferPointer<Double>, label: Int, _ loss: any MarginLoss
  ) -> Double
  /// The same as the textbook formula, written to be read.
  func textbook(
    _ scores: [Double], label: Int, _ loss: any MarginLoss
  ) -> (loss: Double, subgradient: [Double])
  /// The same for all rows, N×K, as matrix operations.
  func vectorized(
    _ scores: Matrix, labels: [Int], _ loss: any MarginLoss
  ) -> (losses: [Double], subgradient: Matrix)
  /// The margins that φ is applied to, each with its class.
  func margins(_ scores: [Double], label: Int) -> [(column: Int, margin: Double)]
  /// The terms whose sum is L.
  func terms(_ scores: [Double], label: Int, _ loss: any MarginLoss) -> [LossTerm]
}

extension Reduction {
  /// Accepts any number of classes by default.
  public func check(classes: Int) throws {}
  /// False by default.
  public var isBinary: Bool { false }
  /// `other` by default.
  public var coupling: MarginCoupling { .other }
  /// Whether the coupling is a maximum.
  public var takesMaximum: Bool { coupling == .maximum }
  /// Whether the coupling is not `other`.
  public var keepsConvexity: Bool { coupling != .other }

  /// The in-place form by default.
  public func textbook(
    _ scores: [Double], label: Int, _ loss: any MarginLoss
  ) -> (loss: Double, subgradient: [Double]) {
    var row = scores
    let sum = row.withUnsafeMutableBufferPointer {
      replaceBySubgradient($0, label: label, loss)
    }
    return (sum, row)
  }

  /// Row by row by default.
  public func vectorized(
    _ scores: Matrix, labels: [Int], _ loss: any MarginLoss
  ) -> (losses: [Double], subgradient: Matrix) {
    rowByRow(scores, labels: labels) { replaceBySubgradient($0, label: $1, loss) }
  }

  /// A term φ(a) for each margin a.
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
