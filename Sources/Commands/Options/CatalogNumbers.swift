import Text
import Interpreter
import SVMEngine

/// The numbers that entries of the engine's catalogs take: `delta`, `gamma`, `l1`, `momentum`. The
/// catalogs declare them, and the engine checks whether they go together.
@propertyWrapper struct CatalogNumbers: ParameterSource {
  /// The numbers, shared by the copies that reflection makes.
  private final class Given: @unchecked Sendable {
    var numbers: [String: Double] = [:]
  }

  private let given = Given()
  private let declared: [ParameterCard]

  /// The numbers declared by these cards; see `cards(of:excluding:)`.
  init(_ cards: [ParameterCard]) { declared = cards }

  /// The declarations of the options, except the `excluded` ones. Options of one name share a card.
  static func cards(
    of options: [(owner: String, option: OptionDescription)], excluding excluded: Set<String> = []
  ) -> [ParameterCard] {
    options.map(\.option.name).uniqued().filter { !excluded.contains($0) }.map { name in
      let same = options.filter { $0.option.name == name }
      let summaries = same.map(\.option.summary).uniqued().joined(separator: "; ")
      let sentence = summaries.prefix(1).uppercased() + summaries.dropFirst()
      let owners = same.map(\.owner).uniqued().joined(separator: ", ")
      let defaults = same.map(\.option.defaultValue).uniqued()
      let ranges = same.map(\.option.range).uniqued()
      let isFlag = ranges == [.flag]
      return ParameterCard(
        name: name, role: .option, help: "\(sentence) (\(owners)).",
        typeName: isFlag ? Bool.typeName : Double.typeName, unit: nil,
        defaultText: defaults.count == 1
          ? defaults[0].map { isFlag ? ($0 == 1).argumentText ?? "" : NumberText.shortest($0) }
          : nil,
        choices: [], range: ranges.count == 1 ? NumberRange(ranges[0]) : .any,
        isRequired: false, takesAnyWord: false, isListed: false)
    }
  }

  /// The numbers that were given, by name.
  var wrappedValue: [String: Double] { given.numbers }

  /// A card for each number.
  func cards(label: String) -> [ParameterCard] { declared }

  /// Stores the number under its name; a flag is 1 or 0.
  func store(_ value: Value, for card: ParameterCard) throws {
    given.numbers[card.name] =
      card.typeName == Bool.typeName
      ? try Bool(argument: value, card: card) ? 1 : 0
      : try Double(argument: value, card: card)
  }
}

extension NumberRange {
  /// The range of an engine's option.
  init(_ range: OptionRange) {
    switch range {
    case .positive: self = .positive
    case .positiveOrInfinite: self.init(0, .infinity, isLowerOpen: true)
    case .nonNegative: self = .nonNegative
    case .below(let upper):
      self.init(-.infinity, upper, isLowerOpen: true, isUpperOpen: true)
    case .closed(let low, let high): self.init(low, high)
    case .halfOpen(let low, let high): self.init(low, high, isUpperOpen: true)
    case .finite: self = .finite
    case .count: self = .atLeastOne
    case .flag: self = .any
    }
  }
}

extension Catalog {
  /// The options of all entries, each with the name of its entry.
  var ownedOptions: [(owner: String, option: OptionDescription)] {
    entries.flatMap { entry in entry.options.map { (owner: entry.name, option: $0) } }
  }
}

extension OptionDescription {
  /// The value that a user types for a number of a catalog: true or false for flags.
  static func typed(_ name: String, _ number: Double) -> Value {
    let options = SolverCatalog.catalog.ownedOptions + ScheduleCatalog.catalog.ownedOptions
    let isFlag = options.contains { $0.option.name == name && $0.option.range == .flag }
    return isFlag ? .bool(number == 1) : .number(number)
  }
}

extension Sequence where Element: Equatable {
  /// The elements without repetitions, in the order of their first occurrences.
  func uniqued() -> [Element] {
    var seen: [Element] = []
    for element in self where !seen.contains(element) { seen.append(element) }
    return seen
  }
}
