import Interpreter
import LinearAlgebra
import SVMEngine

/// `at=`: W as a matrix, or w of the binary reduction as a vector.
struct WeightsArgument: CommandArgument {
  /// As it was given; a vector is one column.
  let matrix: Matrix
  /// Whether it was given as a vector.
  let isVector: Bool

  static var typeName: String { "matrix" }

  init(argument value: Value, card: ParameterCard) throws {
    guard case .array(let array) = value else { throw Self.mismatch(value, card) }
    isVector = array.rank == 1
    matrix =
      try isVector
      ? array.reshaped(rank: 2, rows: array.count, columns: 1).matrix : array.matrix
  }

  /// W, D×K, for data of some features: with the binary reduction a row stands for the column.
  func weights(in layout: Layout, isBinary: Bool, features: Int) -> Matrix {
    // Of one feature, a vector is its row of W.
    if isVector { return !isBinary && features == 1 ? matrix.transposed : matrix }
    let W = layout.convert(matrix)
    return isBinary && W.rows == 1 && features != 1 ? W.transposed : W
  }
}
