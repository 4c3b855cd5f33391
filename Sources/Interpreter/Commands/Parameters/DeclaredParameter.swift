/// A parameter of a type of command or of a group: its card, and where its property stands in every
/// instance. Reflection is slow: an instance is looked at only where a value is to be kept.
public struct DeclaredParameter: Sendable {
  /// The facts.
  public let card: ParameterCard
  /// Indices of the properties that lead to it: one, or two for an option of a group.
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
      // One cast: those that fail look at every conformance in the program.
      guard let source = child.value as? any ParameterSource else { continue }
      if let group = source.group {
        found += declared(by: group, at: path + [i])
      } else {
        found += source.cards(label: child.label ?? "").map { Self(card: $0, path: path + [i]) }
      }
    }
    return found
  }

  /// Converts a value and keeps it in an instance of the command or group; throws `Failure` where
  /// it does not fit.
  public func store(_ value: Value, in instance: Any) throws {
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
