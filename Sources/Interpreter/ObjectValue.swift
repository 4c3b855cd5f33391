import Text

/// What the language knows of an engine object: a dataset, model, history, table, report or plot.
public protocol ObjectValue: Sendable {
  /// What messages call it: `dataset`, `model`.
  var typeName: String { get }
  /// Its shape, as in `3073×10`; empty where it has none.
  var shapeText: String { get }
  /// Bytes that it holds.
  var memoryBytes: Int { get }
  /// The names after the `.`, in the order in which they are listed.
  var fieldNames: [String] { get }
  /// The fields that are objects and cost nothing to make: completion looks into them.
  var objectFieldNames: [String] { get }
  /// The value of a field of `fieldNames`.
  func field(_ name: String) throws -> Value
  /// What `data[rows]` gives; throws where the object has no rows.
  func rows(_ selection: RowSelection) throws -> Value
  /// What a line that names it shows as text.
  func shown(on display: Display) -> StyledText
  /// All forms in which it can be shown.
  var presentation: Presentation { get }
}

/// Which rows an index asks an object for.
public enum RowSelection: Sendable {
  /// One row.
  case one(Int)
  /// Rows in order, with repeats.
  case many([Int])
}

extension ObjectValue {
  /// No shape is shown.
  public var shapeText: String { "" }
  /// No field is an object that costs nothing to make.
  public var objectFieldNames: [String] { [] }
  /// The object holds nothing worth counting.
  public var memoryBytes: Int { 0 }
  /// The text of `shown(on:)`, and no other form.
  public var presentation: Presentation { Presentation { shown(on: $0) } }
  /// Throws: the object has no rows.
  public func rows(_ selection: RowSelection) throws -> Value {
    throw Failure("a \(typeName) can't be indexed by rows")
  }
}
