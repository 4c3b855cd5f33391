/// A property wrapper that declares parameters of a command and stores their values.
public protocol ParameterSource {
  /// The declarations of a property of this name, in order. They must be the same for all instances
  /// of a command: they are read once.
  func cards(label: String) -> [ParameterCard]
  /// The group whose properties are the parameters; nil where the wrapper declares them itself.
  var group: (any ParameterGroup)? { get }
  /// Converts a value for the parameter of this card and stores it.
  ///
  /// - Throws: A `Failure` where the value does not fit.
  func store(_ value: Value, for card: ParameterCard) throws
}

/// The value of a wrapper, shared by the copies that reflection makes.
final class ParameterStorage<T>: @unchecked Sendable {
  var value: T?
  init(_ value: T?) { self.value = value }
}

extension ParameterSource {
  /// Nil: the wrapper declares its parameters itself.
  public var group: (any ParameterGroup)? { nil }

  /// The parameter's name: `_classWeights` → `class-weights`.
  static func name(from label: String) -> String {
    var name = ""
    for character in label.drop(while: { $0 == "_" }) {
      if character.isUppercase {
        name += "-" + character.lowercased()
      } else {
        name.append(character)
      }
    }
    return name
  }
}
