/// An operand: stands in order after the verb.
@propertyWrapper public struct Operand<T: CommandArgument>: ParameterSource {
  private let storage: ParameterStorage<T>
  private let help: String
  private let choices: [String]
  private let range: NumberRange

  /// An operand that must be given.
  public init(_ help: String, choices: [String] = [], range: NumberRange = .any) {
    self.init(nil, help, choices, range)
  }

  /// An operand that may be left out.
  public init(_ help: String, choices: [String] = [], range: NumberRange = .any)
  where T: ExpressibleByNilLiteral {
    self.init(.some(nil), help, choices, range)
  }

  private init(_ initial: T?, _ help: String, _ choices: [String], _ range: NumberRange) {
    storage = ParameterStorage(initial)
    self.help = help
    self.choices = choices
    self.range = range
  }

  /// The bound value.
  public var wrappedValue: T {
    guard let value = storage.value else {
      preconditionFailure("the binder lets no command run without its operands")
    }
    return value
  }

  /// One parameter.
  public func cards(label: String) -> [ParameterCard] {
    [
      ParameterCard(
        T.self, name: Self.name(from: label), role: .operand, help: help, range: range,
        choices: choices, isRequired: storage.value == nil)
    ]
  }

  /// Keeps the value in the place of one before it.
  public func store(_ value: Value, for card: ParameterCard) throws {
    storage.value = try T(argument: value, card: card)
  }
}
