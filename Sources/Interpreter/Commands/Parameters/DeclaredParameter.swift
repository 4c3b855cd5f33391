/// A parameter of a command or group: its card, and the path to its property in an instance.
/// Reflection is slow, so an instance is inspected only to store a value.
public struct DeclaredParameter: Sendable {
  /// The facts.
  public let card: ParameterCard
  /// Indices of the properties that lead to it: one, or more for an option of a group.
  private let path: [Int]

  /// The parameters of a group, in the order of declaration.
  public static func all(of group: any ParameterGroup.Type) -> [DeclaredParameter] {
    known.value(of: group) { declared(by: group.init()) }
  }

  private static let known = PerType<[DeclaredParameter]>()

  /// The parameters that the properties of an instance declare.
  static func declared(by subject: Any, at path: [Int] = []) -> [DeclaredParameter] {
    var found: [DeclaredParameter] = []
    for (i, child) in Mirror(reflecting: subject).children.enumerated() {
      // Only one cast: each that fails searches every conformance in the program.
      guard let source = child.value as? any ParameterSource else { continue }
      if let group = source.group {
        found += declared(by: group, at: path + [i])
      } else {
        found += source.cards(label: child.label ?? "").map { Self(card: $0, path: path + [i]) }
      }
    }
    return found
  }

  /// Converts a value and stores it in an instance of the command or group; `key` is the name of
  /// one of the options of any name.
  ///
  /// - Throws: A `Failure` where the value does not fit.
  public func store(_ value: Value, in instance: Any, as key: String? = nil) throws {
    var card = card
    if let key { card.name = key }
    var owner = instance
    for i in path {
      let children = Mirror(reflecting: owner).children
      let property = children[children.index(children.startIndex, offsetBy: i)].value
      guard let source = property as? any ParameterSource else { return }
      guard let group = source.group else { return try source.store(value, for: card) }
      owner = group
    }
  }
}
