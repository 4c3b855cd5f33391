/// The values that a parameter takes, told from the name of its type.
struct ParameterType {
  /// `model` and `matrix` of `model or matrix`.
  private let alternatives: [String]
  /// Whether it may also be a list of values to try.
  private let isListed: Bool

  /// The type of a card.
  init(_ card: ParameterCard) {
    alternatives = card.typeName.split(separator: " or ").map(String.init)
    isListed = card.isListed
  }

  /// Whether it is a function alone.
  var isFunction: Bool { alternatives == ["function"] }

  /// Whether a function is among what it takes.
  var takesFunctions: Bool { alternatives.contains("function") || alternatives.contains("value") }

  /// The words of the language that are values of this type.
  var words: [String] { alternatives.contains("bool") ? ["true", "false"] : [] }

  /// Whether a parameter of this type takes the value.
  func takes(_ value: Value) -> Bool {
    alternatives.contains { Self.takes(value, $0) }
      || isListed && ["vector", "list"].contains(value.typeName)
  }

  private static func takes(_ value: Value, _ type: String) -> Bool {
    switch value.typeName {
    case "number": ["value", "number", "whole number"].contains(type)
    case "string": ["value", "string", "word", "column name"].contains(type)
    // A vector is a matrix of one row, and a mask one of zeros and ones.
    case "vector", "mask": ["value", "vector", "matrix"].contains(type)
    case "list", "tuple": type == "value" || type == "vector" || type.hasPrefix("list")
    case let name: type == "value" || type == name
    }
  }

  /// Whether a field of the value may be one that the parameter takes. The fields that are objects
  /// are looked at; the others are numbers, arrays and texts.
  func isReached(from value: Value) -> Bool {
    guard case .object(let box) = value else { return false }
    let objects = box.object.objectFieldNames
    let isPlain = alternatives.contains { Self.plain.contains($0) || $0.hasPrefix("list") }
    if isPlain && box.object.fieldNames.contains(where: { !objects.contains($0) }) { return true }
    return objects.contains { name in
      guard let part = try? box.object.field(name) else { return false }
      return takes(part) || isReached(from: part)
    }
  }

  private static let plain: Set<String> = [
    "number", "whole number", "vector", "matrix", "string", "word",
  ]
}
