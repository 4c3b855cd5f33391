import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine

/// `.npz`, numpy's archive of arrays.
package enum ArchiveFormat: SavedFormat {
  static let ending = "npz"
  static let holds = "a model, matrix, dataset, split, history or table"

  static func write(_ value: Value, to path: String) throws -> String? {
    switch value {
    case .array(let array):
      try NumPyFile.writeArchive(
        [NamedArray(name: "value", array: try NumPyArray(array))], to: path)
    case .object(let box):
      switch box.object {
      case let data as Dataset: try NumPyFile.write(dataset: data, to: path)
      case let split as Split: try NumPyFile.write(split: split, to: path)
      case let model as LinearClassifier:
        try NumPyFile.writeArchive(try ModelFile.arrays(of: model), to: path)
      case let history as History:
        try NumPyFile.writeArchive(try ModelFile.arrays(of: history), to: path)
      case let table as TuningTable:
        try NumPyFile.writeArchive(try arrays(of: table), to: path)
        return "its columns are read back as arrays, without the model"
      default: throw Unfit()
      }
    default: throw Unfit()
    }
    return nil
  }

  private static func arrays(of table: TuningTable) throws -> [NamedArray] {
    try table.fieldNames.compactMap { name in
      switch try table.field(name) {
      case .array(let array): NamedArray(name: name, array: try NumPyArray(array))
      case .number(let number):
        NamedArray(name: name, array: try NumPyArray(NumericArray(vector: [number])))
      default: nil
      }
    }
  }

  /// The model, history, vector or matrix that the arrays make; else a record of them.
  package static func value(of arrays: [NamedArray], path: String) throws -> Value {
    if let model = try ModelFile.model(of: arrays, path: path) { return .object(model) }
    if let history = ModelFile.history(of: arrays) { return .object(history) }
    if arrays.count == 1, arrays[0].array.texts == nil {
      return .array(try arrays[0].array.numericArray(path: path))
    }
    let fields = try arrays.map { named -> (name: String, value: Value) in
      if let texts = named.array.texts {
        return (named.name, .list(texts.map { .string($0) }))
      }
      return (named.name, .array(try named.array.numericArray(path: path)))
    }
    return .object(Record(typeName: "arrays", fields: fields))
  }
}
