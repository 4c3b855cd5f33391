/// An operand, bound by its position after the verb.
@propertyWrapper public struct Operand<T: CommandArgument>: ParameterSource {
  private let parameter: SingleParameter<T>

  /// An operand that must be given.
  public init(_ help: String, choices: [String] = [], range: NumberRange = .any) {
    parameter = SingleParameter(.operand, nil, help, range, choices: choices)
  }

  /// An operand that may be left out.
  public init(_ help: String, choices: [String] = [], range: NumberRange = .any)
  where T: ExpressibleByNilLiteral {
    parameter = SingleParameter(.operand, .some(nil), help, range, choices: choices)
  }

  /// The bound value.
  public var wrappedValue: T { parameter.value }

  public func cards(label: String) -> [ParameterCard] {
    [parameter.card(Self.name(from: label))]
  }

  /// Replaces the value.
  public func store(_ value: Value, for card: ParameterCard) throws {
    try parameter.store(value, for: card)
  }
}
