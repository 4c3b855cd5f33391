/// The options of a group, each of which may be a list of values to try, as in `tune`.
@propertyWrapper public struct ListedOptions: ParameterSource {
  /// One option as it was given.
  public struct Given: Sendable {
    /// Its card in the group.
    public var card: ParameterCard
    /// The values to try; one where no list was given.
    public var values: [Value]
    /// Whether a list was given.
    public var isVaried: Bool
  }

  private let storage = ParameterStorage<[Given]>([])
  private let group: any ParameterGroup.Type

  /// The options of `group`.
  public init(of group: any ParameterGroup.Type) { self.group = group }

  /// The options that were given, in the order of the text.
  public var wrappedValue: [Given] { storage.value ?? [] }

  /// Every option of the group, as one that may be a list.
  public func cards(label: String) -> [ParameterCard] {
    DeclaredParameter.all(of: group).map {
      var card = $0.card
      card.isListed = true
      return card
    }
  }

  /// Stores the value or values after checking that each fits.
  public func store(_ value: Value, for card: ParameterCard) throws {
    let parameters = DeclaredParameter.all(of: group)
    guard let single = parameters.first(where: { $0.card.name == card.name }) else { return }
    let (values, isVaried) = try Self.candidates(value, card: single.card)
    let instance = group.init()
    for candidate in values { try single.store(candidate, in: instance) }
    storage.value?.append(Given(card: single.card, values: values, isVaried: isVaried))
  }

  /// The values to try, and whether they are a list of values. A vector is one only for an option
  /// that is no list itself.
  private static func candidates(_ value: Value, card: ParameterCard) throws -> ([Value], Bool) {
    let wantsList =
      card.typeName.contains("vector") || card.typeName.contains("matrix")
      || card.typeName.contains("list")
    switch value {
    case .array(let array) where !wantsList && array.rank == 1:
      return (try array.entries.map { .number($0) }, true)
    case .list(let box): return (box.items, true)
    default: return ([value], false)
    }
  }
}
