import Text

/// An engine object as a value: a dataset, model, history, table, report or plot.
public protocol ObjectValue: Sendable {
  /// The name of its type in messages: `dataset`, `model`.
  var typeName: String { get }
  /// Its shape, as in `3073×10`; empty where it has none.
  var shapeText: String { get }
  /// Its shape on a display, which may show W and X transposed; `shapeText` unless the object says
  /// otherwise.
  func shapeText(on display: Display) -> String
  /// The memory of its contents, in bytes.
  var memoryBytes: Int { get }
  /// The names after the `.`, in the order in which they are listed.
  var fieldNames: [String] { get }
  /// The fields that are objects and cost nothing to make. Completion lists their fields in turn.
  var objectFieldNames: [String] { get }
  /// The value of a field of `fieldNames`.
  ///
  /// - Throws: An error where the value can't be made, as where memory is short.
  func field(_ name: String) throws -> Value
  /// The value of a field in a session whose settings may change its form; `field(name)` unless the
  /// object says otherwise.
  ///
  /// - Throws: as `field(name)`.
  func field(_ name: String, in session: Session) throws -> Value
  /// The value of `data[rows]`.
  ///
  /// - Throws: A `Failure` where the object has no rows.
  func rows(_ selection: RowSelection) throws -> Value
  /// The value of a field as its description for programs has it; `field(name)` unless the object
  /// says otherwise.
  func describedField(_ name: String, on display: Display) -> DescribedField
  /// What a statement with its name alone shows: its text and its HTML are made of it.
  func report(on display: Display) -> Report
  /// All forms in which that statement can show it: those of the report, and JSON with all fields,
  /// unless it adds to them.
  var presentation: Presentation { get }
}

/// A field in the description of an object.
public enum DescribedField {
  /// Its value.
  case value(Value)
  /// A value that costs too much to be made for a description, by its type and its shape if that
  /// is known.
  case dear(type: String, shape: [Int]?)
}

/// The rows that an index selects of an object.
public enum RowSelection: Sendable {
  /// One row.
  case one(Int)
  /// Rows in the order given; repeats are allowed.
  case many([Int])
}

extension ObjectValue {
  /// As without a session.
  public func field(_ name: String, in session: Session) throws -> Value { try field(name) }
  /// `shapeText`.
  public func shapeText(on display: Display) -> String { shapeText }
  /// No shape is shown.
  public var shapeText: String { "" }
  /// Empty: completion looks into no field.
  public var objectFieldNames: [String] { [] }
  /// 0: the contents are not worth counting.
  public var memoryBytes: Int { 0 }
  /// The value; none where it can't be made.
  public func describedField(_ name: String, on display: Display) -> DescribedField {
    .value((try? field(name)) ?? .none)
  }
  /// The forms of the report, and JSON.
  public var presentation: Presentation {
    Presentation({ report(on: $0) }, json: { ValueJSON.of(.object(self), on: $0) })
  }
  /// The text that a statement with its name alone shows.
  public func shown(on display: Display) -> StyledText {
    report(on: display).text(width: display.width)
  }
  /// - Throws: A `Failure`, as the object has no rows.
  public func rows(_ selection: RowSelection) throws -> Value {
    throw Failure("a \(typeName) can't be indexed by rows")
  }
}
