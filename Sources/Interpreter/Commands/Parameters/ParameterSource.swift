/// What the property wrappers of a command have in common: each declares parameters, and keeps what
/// an instance of the command is given for them.
public protocol ParameterSource {
  /// The declarations of a property of this name, in order. They are the same for every instance
  /// of a command, so they are asked for once.
  func cards(label: String) -> [ParameterCard]
  /// The group whose own properties are the parameters; nil where the property is one or declares
  /// them itself.
  var group: (any ParameterGroup)? { get }
  /// Converts a value for the parameter of this card and keeps it; throws `Failure` where it does
  /// not fit.
  func store(_ value: Value, for card: ParameterCard) throws
}

/// Where a wrapper keeps what was bound: shared by the copies that reflection makes.
final class ParameterStorage<T>: @unchecked Sendable {
  var value: T?
  init(_ value: T?) { self.value = value }
}

extension ParameterSource {
  /// Nil, where a property is no group.
  public var group: (any ParameterGroup)? { nil }

  /// `_classWeights` → `class-weights`.
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
