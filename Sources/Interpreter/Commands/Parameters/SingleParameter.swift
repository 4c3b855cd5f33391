/// One value with its declaration: what an operand and an option have in common.
struct SingleParameter<T: CommandArgument> {
  let role: ParameterCard.Role
  /// Empty where the property's name is meant.
  let name: String
  let help: String
  let range: NumberRange
  let unit: String?
  /// Empty where the type's choices are meant.
  let choices: [String]
  private let storage: ParameterStorage<T>

  /// A parameter whose value is `initial` unless given; it must be given where that is nil.
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

  /// The bound value, else the initial one.
  var value: T {
    guard let value = storage.value else {
      preconditionFailure("the binder lets no command run without what it requires")
    }
    return value
  }

  /// The card of a fresh instance; `property` is the name derived from the property.
  func card(_ property: String) -> ParameterCard {
    ParameterCard(
      T.self, name: name.isEmpty ? property : name, role: role, help: help, range: range,
      unit: unit, defaultText: role == .option ? storage.value?.argumentText : nil,
      choices: choices, isRequired: storage.value == nil)
  }

  /// Keeps the value in the place of the one before it.
  func store(_ value: Value, for card: ParameterCard) throws {
    storage.value = try T(argument: value, card: card)
  }
}
