/// Options that several commands share, declared once: a struct of `@Option`s.
///
/// ```swift
/// struct ObjectiveOptions: ParameterGroup {
///   @Option("Loss to minimize.") var loss = LossName.hinge
/// }
/// struct Train: Command {
///   @OptionGroup var objective: ObjectiveOptions
/// }
/// ```
public protocol ParameterGroup: SendableMetatype {
  /// An instance whose options have their defaults.
  init()
}

extension ParameterGroup {
  /// The options of this instance, in the order of declaration.
  public var parameters: [BoundParameter] {
    Mirror(reflecting: self).children.flatMap { child -> [BoundParameter] in
      guard let source = child.value as? any ParameterSource else { return [] }
      return source.parameters(label: child.label ?? "")
    }
  }
}

/// The options of a group, among those of the command that declares it.
@propertyWrapper public struct OptionGroup<Group: ParameterGroup>: ParameterSource {
  /// The options with their values.
  public let wrappedValue: Group

  /// The defaults.
  public init() { wrappedValue = Group() }

  /// Those of the group; the name of the property does not count.
  public func parameters(label: String) -> [BoundParameter] { wrappedValue.parameters }
}
