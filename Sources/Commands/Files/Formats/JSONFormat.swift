import Datasets
import Interpreter
import Language
import LinearAlgebra
import SVMEngine
import Text

/// `.json`: the arrays of `.npz` by name. A model has `coef` and `intercept`, too: the weights for
/// raw features as scikit-learn has them.
///
/// Numbers read back the same; those that JSON has no word for are the texts `inf`, `-inf` and
/// `nan`.
enum JSONFormat: SavedFormat {
  static let ending = "json"
  static let holds = "a model, vector, matrix or history"

  /// How our files begin; others are data.
  private static let marks = ["svmrepl_model", "svmrepl_history", "svmrepl_value"]
  /// Arrays that are written as one number.
  private static let scalars: Set<String> = [
    "svmrepl_model", "b", "has_bias", "iteration", "raw_columns",
  ]

  /// Arrays of texts.
  private static let texts: Set<String> = ["classes", "options", "feature_names"]

  // MARK: Writing

  static func write(_ value: Value, to path: String) throws -> String? {
    let arrays: [NamedArray]
    switch value {
    case .array(let array) where array.count > 0:
      arrays = [NamedArray(name: marks[2], array: try NumPyArray(array))]
    case .array: throw Unfit(help: "`.npy` holds an array without entries")
    case .object(let box):
      switch box.object {
      case let model as LinearClassifier:
        arrays = try ModelFile.arrays(of: model) + coefficients(of: model)
      case let history as History:
        let mark = NamedArray(name: marks[1], array: try NumPyArray(shape: [1], values: [1]))
        arrays = [mark] + (try ModelFile.arrays(of: history))
      default: throw Unfit()
      }
    default: throw Unfit()
    }
    try AtomicFile.write(to: path) { output in
      for (i, named) in arrays.enumerated() {
        try output.append((i == 0 ? "{" : ",") + JSONText.quoted(named.name) + ":")
        if scalars.contains(named.name), let number = named.array.values.first {
          try output.append(text(of: number))
        } else {
          try write(named.array, to: output)
        }
      }
      try output.append("}\n")
    }
    return nil
  }

  /// `coef_` and `intercept_` of scikit-learn: of two classes one row, which is positive for the
  /// second.
  private static func coefficients(of model: LinearClassifier) throws -> [NamedArray] {
    guard let raw = RawWeights(model) else { return [] }
    var (rows, intercepts) = (raw.ofEachClass, raw.interceptsOfEachClass)
    if model.isBinary {
      (rows, intercepts) = ([rows[1]], [intercepts[1]])
    } else if rows.count == 2 {
      rows = [zip(rows[1], rows[0]).map { $0 - $1 }]
      intercepts = [intercepts[1] - intercepts[0]]
    }
    return try [
      NamedArray(
        name: "coef",
        array: NumPyArray(shape: [rows.count, rows[0].count], values: Array(rows.joined()))),
      NamedArray(
        name: "intercept", array: NumPyArray(shape: [intercepts.count], values: intercepts)),
    ]
  }

  /// A list of texts or numbers, or a list of rows.
  private static func write(_ array: NumPyArray, to output: AtomicFile.Output) throws {
    if let texts = array.texts {
      return try output.append("[" + texts.map(JSONText.quoted).joined(separator: ",") + "]")
    }
    let values = array.values
    let columns = array.shape.count == 2 ? array.shape[1] : 0
    try output.append(columns > 0 ? "[[" : "[")
    try Interruption.forEachRange(of: values.count, costEach: 64) { range in
      var line = ""
      for i in range {
        if i > 0 { line += columns > 0 && i % columns == 0 ? "],[" : "," }
        line += text(of: values[i])
      }
      try output.append(line)
    }
    try output.append(columns > 0 ? "]]" : "]")
  }

  private static func text(of number: Double) -> String {
    let text = NumberText.shortest(number)
    return number.isFinite ? text : JSONText.quoted(text)
  }

  // MARK: Reading

  static func read(_ path: String) throws -> Value? {
    let beginnings = marks.map { "{\"\($0)\":" }
    guard let text = try WholeFile.text(of: path, beginningWith: beginnings) else { return nil }
    let parsed = try JSONValue(parsing: text) { try Interruption.check() }
    guard case .object(let members)? = parsed else {
      throw DataError("is not whole: its JSON can't be read", path: path)
    }
    var arrays = try members.compactMap { name, value in
      try value.map { NamedArray(name: name, array: try array($0, name, path)) }
    }
    if members.first?.name == marks[2] {
      return .array(try arrays[0].array.numericArray(path: path))
    }
    if members.first?.name == marks[1] {
      guard let history = ModelFile.history(of: arrays) else {
        throw DataError(
          "the saved history is damaged: its parts don't fit together", path: path)
      }
      return .object(history)
    }
    arrays.removeAll { ["coef", "intercept"].contains($0.name) }
    return try ArchiveFormat.value(of: arrays, path: path)
  }

  private static func array(_ value: JSONValue, _ name: String, _ path: String) throws -> NumPyArray
  {
    func broken() -> DataError {
      DataError("\(Escaping.excerpt(name)) is no array of numbers or texts", path: path)
    }
    guard case .array(let items) = value else {
      guard let number = number(of: value) else { throw broken() }
      return try NumPyArray(shape: [1], values: [number])
    }
    if case .array(let first)? = items.first {
      let rows = items.map { row -> [Double]? in
        guard case .array(let entries) = row, entries.count == first.count else { return nil }
        let numbers = entries.compactMap(number(of:))
        return numbers.count == entries.count ? numbers : nil
      }
      guard rows.allSatisfy({ $0 != nil }) else { throw broken() }
      return try NumPyArray(
        shape: [items.count, first.count], values: rows.flatMap { $0 ?? [] })
    }
    if texts.contains(name) {
      let texts = items.compactMap { if case .string(let text) = $0 { text } else { nil } }
      guard texts.count == items.count else { throw broken() }
      return try NumPyArray(shape: [texts.count], texts: texts)
    }
    let numbers = items.compactMap(number(of:))
    guard numbers.count == items.count else { throw broken() }
    return try NumPyArray(shape: [numbers.count], values: numbers)
  }

  private static func number(of value: JSONValue) -> Double? {
    switch value {
    case .number(let number): number
    case .integer(let number): Double(number)
    case .string(let text): ["inf", "-inf", "nan"].contains(text) ? Double(text) : nil
    default: nil
    }
  }
}
