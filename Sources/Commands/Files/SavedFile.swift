import Text
import Datasets
import Glibc
import Interpreter
import Language
import LinearAlgebra
import SVMEngine

/// Writes the files of `save` and reads them for `load`. The ending of a file's name decides its
/// format.
enum SavedFile {
  // MARK: Writing

  /// Writes a value.
  ///
  /// - Throws: A `Failure` for an unknown ending and a value that the format can't hold; a
  ///   `DataError` where the file can't be written.
  static func save(_ value: Value, to path: String) throws {
    switch ending(of: path) {
    case "npz": try saveArchive(value, to: path)
    case "npy":
      guard case .array(let array) = value else {
        throw unfit(value, "npy", "a vector or matrix")
      }
      try NumPyFile.writeArray(try NumPyArray(array), to: path)
    case "csv": try saveCSV(value, to: path)
    case "libsvm":
      guard case .object(let box) = value, let data = box.object as? Dataset else {
        throw unfit(value, "libsvm", "a dataset")
      }
      try LIBSVMFile.write(dataset: data, to: path)
    case "model":
      guard case .object(let box) = value, let model = box.object as? LinearClassifier else {
        throw unfit(value, "model", "a model")
      }
      try LIBLINEARModel.file(of: model).write(to: path)
    case let other:
      throw Failure(
        other.isEmpty
          ? "the file's name has no ending" : "nothing is written as '.\(Escaping.visible(other))'",
        help: "endings: .npz .npy .csv .libsvm .model", parameter: "to")
    }
  }

  private static func saveArchive(_ value: Value, to path: String) throws {
    if case .object(let box) = value {
      if let data = box.object as? Dataset {
        return try NumPyFile.write(dataset: data, to: path)
      }
      if let split = box.object as? Split { return try NumPyFile.write(split: split, to: path) }
    }
    try NumPyFile.writeArchive(try arrays(of: value), to: path)
  }

  private static func saveCSV(_ value: Value, to path: String) throws {
    switch value {
    case .array(let array): try CSVFile.write(matrix: array.csvMatrix, to: path)
    case .object(let box):
      switch box.object {
      case let data as Dataset: try CSVFile.write(dataset: data, to: path)
      case let history as History:
        try CSVFile.write(
          columns: [
            CSVFile.Column(name: "iteration", numbers: history.iteration.map { Double($0) }),
            CSVFile.Column(name: "loss", numbers: history.loss),
          ], to: path)
      case let table as TuningTable: try CSVFile.write(columns: try table.csvColumns, to: path)
      case let model as LinearClassifier: try CSVFile.write(matrix: model.weights, to: path)
      default: throw unfit(value, "csv", "a matrix, dataset, history or table")
      }
    default: throw unfit(value, "csv", "a matrix, dataset, history or table")
    }
  }

  private static func arrays(of value: Value) throws -> [NamedArray] {
    switch value {
    case .array(let array): return [NamedArray(name: "value", array: try NumPyArray(array))]
    case .object(let box):
      switch box.object {
      case let model as LinearClassifier: return try ModelFile.arrays(of: model)
      case let history as History: return try ModelFile.arrays(of: history)
      case let table as TuningTable:
        return try table.fieldNames.compactMap { name in
          switch try table.field(name) {
          case .array(let array): return NamedArray(name: name, array: try NumPyArray(array))
          case .number(let number):
            return NamedArray(name: name, array: try NumPyArray(NumericArray(vector: [number])))
          default: return nil
          }
        }
      default: break
      }
    default: break
    }
    throw unfit(value, "npz", "a model, matrix, dataset, history or table")
  }

  private static func unfit(_ value: Value, _ format: String, _ fits: String) -> Failure {
    Failure(
      "\(article(value.typeName)) can't be written as .\(format), which takes \(fits)",
      help: "`help save` lists the formats", parameter: "to")
  }

  /// The text after the last point of the file's name, in lower case; empty where there is none.
  static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let point = name.lastIndex(of: "."), point != name.startIndex else { return "" }
    return name[name.index(after: point)...].lowercased()
  }

  // MARK: Reading

  /// The value of a file that holds no dataset: a saved model, history, vector, matrix, or several
  /// arrays. Nil for all other files, and where there is no file.
  static func load(_ path: String, format: String) throws -> Value? {
    guard ["auto", "npz", "npy"].contains(format) else { return nil }
    let kind = format == "auto" ? ending(of: path) : format
    guard access(path, F_OK) == 0 else { return nil }
    switch kind {
    case "model": return .object(try LIBLINEARModel.model(of: try LIBLINEARFile(path: path)))
    case "npy": return .array(try NumPyFile.readArray(path).numericArray())
    case "npz":
      let arrays = try NumPyFile.readArchive(path)
      let names = Set(arrays.map(\.name))
      if names.contains("X"), names.contains("y") { return nil }
      return try value(of: arrays, path: path)
    default: return nil
    }
  }

  /// The model, history, vector or matrix that the arrays make; else a record of them.
  static func value(of arrays: [NamedArray], path: String = "") throws -> Value {
    if let model = try ModelFile.model(of: arrays, path: path) { return .object(model) }
    if let history = ModelFile.history(of: arrays) { return .object(history) }
    if arrays.count == 1 { return .array(try arrays[0].array.numericArray()) }
    let fields = try arrays.map { named -> (name: String, value: Value) in
      if let texts = named.array.texts {
        return (named.name, .list(texts.map { .string($0) }))
      }
      return (named.name, .array(try named.array.numericArray()))
    }
    return .object(Record(typeName: "arrays", fields: fields))
  }
}

extension NumericArray {
  /// The array as a matrix whose rows are the lines of a file; a vector is one column.
  var csvMatrix: Matrix {
    get throws { try (rank == 1 ? reshaped(rank: 2, rows: count, columns: 1) : self).matrix }
  }
}

extension NumPyArray {
  /// An array with the shape and entries of a vector or matrix.
  init(_ array: NumericArray) throws {
    try self.init(
      shape: array.rank == 1 ? [array.columns] : [array.rows, array.columns],
      values: try array.entries)
  }

  /// The array as a vector or matrix; a single number is a vector of one entry.
  ///
  /// - Throws: A `DataError` for text and for more than two dimensions.
  func numericArray() throws -> NumericArray {
    guard texts == nil else {
      throw DataError("the array holds text, and numbers are needed")
    }
    switch shape.count {
    case 0, 1: return try NumericArray.copying(values)
    case 2:
      return try NumericArray.copying(values)
        .reshaped(rank: 2, rows: shape[0], columns: shape[1])
    default:
      throw DataError(
        "the array has \(shape.count) dimensions, and a matrix has two",
        help: "reshape it to samples × features before it is saved")
    }
  }
}
