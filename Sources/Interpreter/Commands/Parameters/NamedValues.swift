/// Options of any name, as the parameters of a script that `run` runs.
@propertyWrapper public struct NamedValues: ParameterSource {
  private let storage = ParameterStorage<[(name: String, value: Value)]>([])
  private let help: String

  /// Any number of them.
  public init(_ help: String) { self.help = help }

  /// The options in the order of the text.
  public var wrappedValue: [(name: String, value: Value)] { storage.value ?? [] }

  /// One card for all of them.
  public func cards(label: String) -> [ParameterCard] {
    [
      ParameterCard(
        Value.self, name: Self.name(from: label), role: .named, help: help, range: .any,
        choices: [], isRequired: false)
    ]
  }

  /// Appends the value under the name of the card.
  public func store(_ value: Value, for card: ParameterCard) throws {
    storage.value?.append((card.name, value))
  }
}
