import Datasets
import Interpreter
import LinearAlgebra

/// `.npy`, numpy's file of one array.
enum ArrayFormat: SavedFormat {
  static let ending = "npy"
  static let holds = "a vector or matrix"

  static func write(_ value: Value, to path: String) throws -> String? {
    guard case .array(let array) = value else { throw Unfit() }
    try NumPyFile.writeArray(try NumPyArray(array), to: path)
    return nil
  }
}

extension NumPyArray {
  /// An array with the shape and entries of a vector or matrix.
  init(_ array: NumericArray) throws {
    let shape = array.rank == 1 ? [array.columns] : [array.rows, array.columns]
    if array.isView {
      try self.init(shape: shape, values: try array.entries)
    } else {
      try self.init(shape: shape, sharing: array.buffer)
    }
  }

  /// The array as a vector or matrix; a single number is a vector of one entry.
  ///
  /// - Throws: A `DataError` for text and for more than two dimensions.
  func numericArray(path: String) throws -> NumericArray {
    guard let buffer = numbers else {
      throw DataError("the array holds text, and numbers are needed", path: path)
    }
    switch shape.count {
    case 0, 1: return NumericArray(rank: 1, rows: 1, columns: buffer.count, buffer: buffer)
    case 2: return NumericArray(rank: 2, rows: shape[0], columns: shape[1], buffer: buffer)
    default:
      throw DataError(
        "the array has \(shape.count) dimensions, and a matrix has two",
        path: path, help: "reshape it to samples × features before it is saved")
    }
  }
}
