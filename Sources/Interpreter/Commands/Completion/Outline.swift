import Text

/// An object before it is made: its type and its fields, for completion.
public struct Outline: ObjectValue {
  public let typeName: String
  public let fieldNames: [String]
  private let parts: [String: Outline]

  /// An object with these fields; `parts` are those that are objects themselves.
  public init(_ typeName: String, fields: [String], parts: [String: Outline] = [:]) {
    self.typeName = typeName
    fieldNames = fields
    self.parts = parts
  }

  /// The fields that are objects.
  public var objectFieldNames: [String] { fieldNames.filter { parts[$0] != nil } }

  /// The outline of a field that is an object; none for others.
  public func field(_ name: String) -> Value { parts[name].map { .object($0) } ?? .none }

  /// Its type.
  public func report(on display: Display) -> Report { Report(typeName) }
}
