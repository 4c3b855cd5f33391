/// The remaining operands of the command.
@propertyWrapper public struct Operands<T: CommandArgument>: ParameterSource {
  private let storage = ParameterStorage<[T]>([])
  private let help: String
  private let atLeastOne: Bool

  /// Any number of operands, or at least one.
  public init(_ help: String, atLeastOne: Bool = false) {
    self.help = help
    self.atLeastOne = atLeastOne
  }

  /// The bound values.
  public var wrappedValue: [T] { storage.value ?? [] }

  public func cards(label: String) -> [ParameterCard] {
    [
      ParameterCard(
        T.self, name: Self.name(from: label), role: .operands, help: help, range: .any,
        choices: [], isRequired: atLeastOne)
    ]
  }

  /// Appends the value.
  public func store(_ value: Value, for card: ParameterCard) throws {
    storage.value?.append(try T(argument: value, card: card))
  }
}
