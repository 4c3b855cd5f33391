/// An option: `key=value`.
@propertyWrapper public struct Option<T: CommandArgument>: ParameterSource {
  private let parameter: SingleParameter<T>

  /// An option with a default.
  public init(
    wrappedValue: T, _ help: String, _ range: NumberRange = .any, unit: String? = nil,
    choices: [String] = [], name: String = ""
  ) {
    parameter = SingleParameter(
      .option, wrappedValue, help, range, choices: choices, unit: unit, name: name)
  }

  /// An option without a default.
  public init(
    _ help: String, _ range: NumberRange = .any, unit: String? = nil, choices: [String] = [],
    name: String = ""
  ) where T: ExpressibleByNilLiteral {
    self.init(wrappedValue: nil, help, range, unit: unit, choices: choices, name: name)
  }

  /// An option that must be given.
  public init(
    required help: String, _ range: NumberRange = .any, unit: String? = nil,
    choices: [String] = [], name: String = ""
  ) {
    parameter = SingleParameter(
      .option, nil, help, range, choices: choices, unit: unit, name: name)
  }

  /// The bound value, else the default.
  public var wrappedValue: T { parameter.value }

  public func cards(label: String) -> [ParameterCard] {
    [parameter.card(Self.name(from: label))]
  }

  /// Replaces the value.
  public func store(_ value: Value, for card: ParameterCard) throws {
    try parameter.store(value, for: card)
  }
}
