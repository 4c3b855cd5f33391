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

/// The options of a group, among the others of the command that declares it; the name of the
/// property does not count.
@propertyWrapper public struct OptionGroup<Group: ParameterGroup> {
  /// The options with their values.
  public let wrappedValue: Group

  /// The defaults.
  public init() { wrappedValue = Group() }
}

/// A property whose own properties are the parameters.
protocol ParameterContainer {
  var contents: any ParameterGroup { get }
}

extension OptionGroup: ParameterContainer {
  var contents: any ParameterGroup { wrappedValue }
}
