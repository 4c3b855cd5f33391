/// An option: `key=value`.
@propertyWrapper public struct Option<T: CommandArgument>: ParameterSource {
  private let storage: ParameterStorage<T>
  private let help: String
  private let range: NumberRange
  private let unit: String?
  private let choices: [String]
  private let name: String

  /// An option with a default.
  public init(
    wrappedValue: T, _ help: String, _ range: NumberRange = .any, unit: String? = nil,
    choices: [String] = [], name: String = ""
  ) {
    self.init(wrappedValue, help, range, unit, choices, name)
  }

  /// An option without a default.
  public init(
    _ help: String, _ range: NumberRange = .any, unit: String? = nil, choices: [String] = [],
    name: String = ""
  ) where T: ExpressibleByNilLiteral {
    self.init(.some(nil), help, range, unit, choices, name)
  }

  /// An option that must be given.
  public init(
    required help: String, _ range: NumberRange = .any, unit: String? = nil,
    choices: [String] = [], name: String = ""
  ) {
    self.init(nil, help, range, unit, choices, name)
  }

  private init(
    _ initial: T?, _ help: String, _ range: NumberRange, _ unit: String?, _ choices: [String],
    _ name: String
  ) {
    storage = ParameterStorage(initial)
    self.help = help
    self.range = range
    self.unit = unit
    self.choices = choices
    self.name = name
  }

  /// The bound value, else the default.
  public var wrappedValue: T {
    guard let value = storage.value else {
      preconditionFailure("the binder lets no command run without its required options")
    }
    return value
  }

  /// One parameter.
  public func cards(label: String) -> [ParameterCard] {
    [
      ParameterCard(
        T.self, name: name.isEmpty ? Self.name(from: label) : name, role: .option, help: help,
        range: range, unit: unit, defaultText: storage.value?.argumentText, choices: choices,
        isRequired: storage.value == nil)
    ]
  }

  /// Keeps the value in the place of the default.
  public func store(_ value: Value, for card: ParameterCard) throws {
    storage.value = try T(argument: value, card: card)
  }
}
