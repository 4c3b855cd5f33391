/// The options of another command, each of which may be a list here: what `tune` varies.
@propertyWrapper public struct ListedOptions: ParameterSource {
  /// One option as it was given.
  public struct Given: Sendable {
    /// Its card in the other command.
    public var card: ParameterCard
    /// The values to try; one where no list was given.
    public var values: [Value]
    /// True where a list was given.
    public var isVaried: Bool
  }

  private let storage = ParameterStorage<[Given]>([])
  private let command: any Command.Type
  private let excluded: Set<String>

  /// The options of `command` but for the `excluded` ones.
  public init(of command: any Command.Type, excluding excluded: Set<String> = []) {
    self.command = command
    self.excluded = excluded
  }

  /// What was given, in the order of the command line.
  public var wrappedValue: [Given] { storage.value ?? [] }

  /// Every option of the other command, listed.
  public func cards(label: String) -> [ParameterCard] {
    Signature.of(command).options.filter { !excluded.contains($0.name) }.map {
      var card = $0
      card.isListed = true
      return card
    }
  }

  /// Checks each candidate against a fresh instance of the other command, so that a bad one is an
  /// error of this line.
  public func store(_ value: Value, for card: ParameterCard) throws {
    let parameters = Signature.parameters(of: command.init())
    guard
      let single = parameters.first(where: { $0.card.role == .option && $0.card.name == card.name })
    else { return }
    let (values, isVaried) = Self.candidates(value, card: single.card)
    for candidate in values { try single.store(candidate) }
    storage.value?.append(Given(card: single.card, values: values, isVaried: isVaried))
  }

  /// A list where one value is wanted, and a list of lists where a list is wanted, are varied.
  private static func candidates(_ value: Value, card: ParameterCard) -> ([Value], Bool) {
    let wantsList =
      card.typeName.contains("vector") || card.typeName.contains("matrix")
      || card.typeName.contains("list")
    switch value {
    case .array(let array) where !wantsList && array.rank == 1:
      return (array.entries.map { .number($0) }, true)
    case .list(let box): return (box.items, true)
    default: return ([value], false)
    }
  }
}
