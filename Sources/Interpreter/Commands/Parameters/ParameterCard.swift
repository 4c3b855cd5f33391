/// The declaration of an operand or option, as data.
public struct ParameterCard: Sendable {
  /// The role in a command; `named` are options of any name.
  public enum Role: Sendable { case operand, operands, option, named }

  /// The name, hyphens included.
  public var name: String
  /// Operand, operands to the end of the command, option, or options of any name.
  public var role: Role
  /// A sentence about it.
  public var help: String
  /// The name of its type in help and messages.
  public var typeName: String
  /// The unit of a number; nil where it has none.
  public var unit: String?
  /// The default as a user would type it; nil where there is none.
  public var defaultText: String?
  /// The words that it may be; empty where there are none in particular.
  public var choices: [String]
  /// The numbers that it may be.
  public var range: NumberRange
  /// Whether it must be given.
  public var isRequired: Bool
  /// Whether a bare word is a string, whatever variables there are.
  public var takesAnyWord: Bool
  /// Whether it may also be a list of values to try, as in `tune`.
  public var isListed: Bool

  /// A card with all its facts.
  public init(
    name: String, role: Role, help: String, typeName: String, unit: String?, defaultText: String?,
    choices: [String], range: NumberRange, isRequired: Bool, takesAnyWord: Bool, isListed: Bool
  ) {
    self.name = name
    self.role = role
    self.help = help
    self.typeName = typeName
    self.unit = unit
    self.defaultText = defaultText
    self.choices = choices
    self.range = range
    self.isRequired = isRequired
    self.takesAnyWord = takesAnyWord
    self.isListed = isListed
  }
}

extension ParameterCard {
  /// The card of a property whose values are of type `T`; its name may still be empty.
  init<T: CommandArgument>(
    _ type: T.Type, name: String = "", role: Role, help: String, range: NumberRange,
    unit: String? = nil, defaultText: String? = nil, choices: [String], isRequired: Bool
  ) {
    self.init(
      name: name, role: role, help: help, typeName: T.typeName, unit: unit,
      defaultText: defaultText, choices: choices.isEmpty ? T.choices : choices, range: range,
      isRequired: isRequired, takesAnyWord: T.takesAnyWord, isListed: false)
  }
}
