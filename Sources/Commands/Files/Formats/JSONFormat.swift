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
  /// Arrays that are one number.
  private static let scalars: Set<String> = [
    "svmrepl_model", "b", "has_bias", "iteration", "raw_columns",
  ]

  /// Arrays of texts.
  private static let texts: Set<String> = ["classes", "options", "feature_names"]

  // MARK: Writing

  static func write(_ value: Value, to path: String) throws -> String? {
    let members: [(name: String, value: JSONValue?)]
    switch value {
    case .array(let array) where array.count > 0:
      members = [(marks[2], json(try NumPyArray(array)))]
    case .array: throw Unfit(help: "`.npy` holds an array without entries")
    case .object(let box):
      switch box.object {
      case let model as LinearClassifier:
        members = try ModelFile.arrays(of: model).map(member) + coefficients(of: model)
      case let history as History:
        members = [(marks[1], 1)] + (try ModelFile.arrays(of: history).map(member))
      default: throw Unfit()
      }
    default: throw Unfit()
    }
    let text = JSONValue.object(members).text
    try AtomicFile.write(to: path) { try $0.append(text + "\n") }
    return nil
  }

  private static func member(_ named: NamedArray) -> (name: String, value: JSONValue?) {
    let isScalar = scalars.contains(named.name) && named.array.count == 1
    return (named.name, isScalar ? number(named.array.values[0]) : json(named.array))
  }

  /// `coef_` and `intercept_` of scikit-learn: of two classes one row, which is positive for the
  /// second.
  private static func coefficients(
    of model: LinearClassifier
  ) -> [(name: String, value: JSONValue?)] {
    guard let raw = RawWeights(model) else { return [] }
    var (rows, intercepts) = (raw.ofEachClass, raw.interceptsOfEachClass)
    if model.isBinary {
      (rows, intercepts) = ([rows[1]], [intercepts[1]])
    } else if rows.count == 2 {
      rows = [zip(rows[1], rows[0]).map { $0 - $1 }]
      intercepts = [intercepts[1] - intercepts[0]]
    }
    return [
      ("coef", .array(rows.map { .array($0.map(number)) })),
      ("intercept", .array(intercepts.map(number))),
    ]
  }

  private static func json(_ array: NumPyArray) -> JSONValue {
    if let texts = array.texts { return .array(texts.map { .string($0) }) }
    let values = array.values.map(number)
    guard array.shape.count == 2 else { return .array(values) }
    let columns = array.shape[1]
    return .array(
      (0..<array.shape[0]).map { .array(Array(values[$0 * columns..<($0 + 1) * columns])) })
  }

  private static func number(_ number: Double) -> JSONValue {
    number.isFinite ? .number(number) : .string(NumberText.shortest(number))
  }

  // MARK: Reading

  static func read(_ path: String) throws -> Value? {
    let beginnings = marks.map { "{\"\($0)\":" }
    guard let text = try WholeFile.text(of: path, beginningWith: beginnings) else { return nil }
    guard case .object(let members)? = JSONValue(parsing: text) else {
      throw DataError("is not whole: its JSON can't be read", path: path)
    }
    var arrays = try members.compactMap { name, value in
      try value.map { NamedArray(name: name, array: try array($0, name, path)) }
    }
    if members.first?.name == marks[2] { return .array(try arrays[0].array.numericArray()) }
    arrays.removeAll { ["coef", "intercept", marks[1]].contains($0.name) }
    return try ArchiveFormat.value(of: arrays, path: path)
  }

  private static func array(_ value: JSONValue, _ name: String, _ path: String) throws -> NumPyArray
  {
    func broken() -> DataError {
      DataError("'\(name)' is no array of numbers or texts", path: path)
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
