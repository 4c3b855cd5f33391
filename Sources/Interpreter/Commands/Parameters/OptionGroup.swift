/// Options that several commands share, declared once: a struct of `@Option`s.
///
/// ```swift
/// struct StepParameters: ParameterGroup {
///   @Option("Step size.", .positive) var lr = 1e-3
/// }
/// struct Train: Command {
///   @OptionGroup var steps: StepParameters
/// }
/// ```
public protocol ParameterGroup: SendableMetatype {
  /// An instance whose options have their defaults.
  init()
}

/// The options of a group in a command, where they look like its own; the property's name does not
/// matter.
@propertyWrapper public struct OptionGroup<Group: ParameterGroup>: ParameterSource {
  /// The options with their values.
  public let wrappedValue: Group

  /// The defaults.
  public init() { wrappedValue = Group() }

  /// The group, whose properties are the parameters.
  public var group: (any ParameterGroup)? { wrappedValue }
  /// Empty: the group has the parameters.
  public func cards(label: String) -> [ParameterCard] { [] }
  /// Does nothing: the group has the parameters.
  public func store(_ value: Value, for card: ParameterCard) {}
}
