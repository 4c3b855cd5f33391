/// The declaration and value of one operand or option.
struct SingleParameter<T: CommandArgument> {
  let role: ParameterCard.Role
  /// Empty: the name of the property.
  let name: String
  let help: String
  let range: NumberRange
  let unit: String?
  /// Empty: the choices of the type.
  let choices: [String]
  private let storage: ParameterStorage<T>

  /// A parameter with a default; required where `initial` is nil.
  init(
    _ role: ParameterCard.Role, _ initial: T?, _ help: String, _ range: NumberRange,
    choices: [String], unit: String? = nil, name: String = ""
  ) {
    self.role = role
    self.name = name
    self.help = help
    self.range = range
    self.unit = unit
    self.choices = choices
    storage = ParameterStorage(initial)
  }

  /// The value, or the default.
  var value: T {
    guard let value = storage.value else {
      preconditionFailure("the binder lets no command run without what it requires")
    }
    return value
  }

  /// The card, to be read before a value is stored; `property` is the name made from the property.
  func card(_ property: String) -> ParameterCard {
    ParameterCard(
      T.self, name: name.isEmpty ? property : name, role: role, help: help, range: range,
      unit: unit, defaultText: role == .option ? storage.value?.argumentText : nil,
      choices: choices, isRequired: storage.value == nil)
  }

  /// Replaces the value.
  func store(_ value: Value, for card: ParameterCard) throws {
    storage.value = try T(argument: value, card: card)
  }
}
