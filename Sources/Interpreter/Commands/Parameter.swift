/// The facts of one operand or option, as plain data.
public struct ParameterCard: Sendable {
  /// Where it stands in a command.
  public enum Role: Sendable { case operand, operands, option }

  /// The name, hyphens included.
  public var name: String
  /// Operand, operands to the end of the command, or option.
  public var role: Role
  /// One line.
  public var help: String
  /// What the help calls its type.
  public var typeName: String
  /// The unit of a number; nil where it has none.
  public var unit: String?
  /// The default as it would be typed; nil where there is none.
  public var defaultText: String?
  /// The words that it may be; empty where any value of the type may stand.
  public var choices: [String]
  /// The numbers that it may be.
  public var range: NumberRange
  /// True where the command can't do without it.
  public var isRequired: Bool
  /// True where a bare word stands for itself, whatever names are in scope.
  public var takesAnyWord: Bool
  /// True where a list of values of the type may stand as well (`tune`).
  public var isListed: Bool

  /// A card with all its facts.
  public init(
    name: String, role: Role, help: String, typeName: String, unit: String?, defaultText: String?,
    choices: [String], range: NumberRange, isRequired: Bool, takesAnyWord: Bool, isListed: Bool
  ) {
    self.name = name
    self.role = role
    self.help = help
    self.typeName = typeName
    self.unit = unit
    self.defaultText = defaultText
    self.choices = choices
    self.range = range
    self.isRequired = isRequired
    self.takesAnyWord = takesAnyWord
    self.isListed = isListed
  }
}

/// An interval of numbers, each end open or closed.
public struct NumberRange: Sendable, Equatable {
  /// Lower end.
  public var lower: Double
  /// Upper end.
  public var upper: Double
  /// True where `lower` itself is not allowed.
  public var isLowerOpen: Bool
  /// True where `upper` itself is not allowed.
  public var isUpperOpen: Bool

  /// An interval.
  public init(
    _ lower: Double, _ upper: Double, isLowerOpen: Bool = false, isUpperOpen: Bool = false
  ) {
    self.lower = lower
    self.upper = upper
    self.isLowerOpen = isLowerOpen
    self.isUpperOpen = isUpperOpen
  }

  /// Any number, infinities included, but not nan.
  public static let any = NumberRange(-.infinity, .infinity)
  /// Above 0.
  public static let positive = NumberRange(
    0, .infinity, isLowerOpen: true, isUpperOpen: true)
  /// 0 or above.
  public static let nonNegative = NumberRange(0, .infinity, isUpperOpen: true)
  /// Finite numbers.
  public static let finite = NumberRange(
    -.infinity, .infinity, isLowerOpen: true, isUpperOpen: true)
  /// 0 to 1, both included.
  public static let fraction = NumberRange(0, 1)
  /// Whole numbers from 1 on (for whole-number types).
  public static let atLeastOne = NumberRange(1, .infinity)

  /// True where `x` lies within; nan never does.
  public func contains(_ x: Double) -> Bool {
    (isLowerOpen ? x > lower : x >= lower) && (isUpperOpen ? x < upper : x <= upper)
  }

  /// `above 0`, `at least 1`, `from 0 to 1`; nil where any number may stand.
  public var text: String? {
    let low = NumberText.shortest(lower)
    let high = NumberText.shortest(upper)
    switch (lower > -.infinity, upper < .infinity) {
    case (false, false): return isUpperOpen ? "finite" : nil
    case (true, false): return isLowerOpen ? "above \(low)" : "at least \(low)"
    case (false, true): return isUpperOpen ? "below \(high)" : "at most \(high)"
    case (true, true):
      return "\(isLowerOpen ? "above" : "from") \(low) \(isUpperOpen ? "to below" : "to") \(high)"
    }
  }
}

/// A parameter of one command instance: its card, and how a value gets in.
public struct BoundParameter {
  /// The facts.
  public var card: ParameterCard
  /// Converts and keeps a value; throws `Failure` where the value does not fit.
  public var store: (Value) throws -> Void

  /// A parameter that keeps its values by `store`.
  public init(card: ParameterCard, store: @escaping (Value) throws -> Void) {
    self.card = card
    self.store = store
  }
}

/// What the property wrappers below have in common; found by reflection, once per instance.
public protocol ParameterSource {
  /// The parameters that a property of this name declares.
  func parameters(label: String) -> [BoundParameter]
}

/// Where a wrapper keeps what was bound, shared by the copies that reflection makes.
final class ParameterStorage<T>: @unchecked Sendable {
  var value: T?
  init(_ value: T?) { self.value = value }
}

extension ParameterSource {
  /// `_classWeights` → `class-weights`.
  static func name(from label: String) -> String {
    var name = ""
    for character in label.drop(while: { $0 == "_" }) {
      if character.isUppercase {
        name += "-" + character.lowercased()
      } else {
        name.append(character)
      }
    }
    return name
  }
}

/// An operand: stands in order after the verb.
@propertyWrapper public struct Operand<T: CommandArgument>: ParameterSource {
  private let storage: ParameterStorage<T>
  private var card: ParameterCard

  /// An operand that must be given.
  public init(_ help: String, choices: [String] = [], range: NumberRange = .any) {
    storage = ParameterStorage(nil)
    card = ParameterCard(
      name: "", role: .operand, help: help, typeName: T.typeName, unit: nil, defaultText: nil,
      choices: choices.isEmpty ? T.choices : choices, range: range, isRequired: true,
      takesAnyWord: T.takesAnyWord,
      isListed: false)
  }

  /// An operand that may be left out.
  public init(_ help: String, choices: [String] = [], range: NumberRange = .any)
  where T: ExpressibleByNilLiteral {
    storage = ParameterStorage(nil as T)
    card = ParameterCard(
      name: "", role: .operand, help: help, typeName: T.typeName, unit: nil, defaultText: nil,
      choices: choices.isEmpty ? T.choices : choices, range: range, isRequired: false,
      takesAnyWord: T.takesAnyWord,
      isListed: false)
  }

  /// The bound value.
  public var wrappedValue: T {
    guard let value = storage.value else {
      preconditionFailure("the binder lets no command run without its operands")
    }
    return value
  }

  /// One parameter.
  public func parameters(label: String) -> [BoundParameter] {
    var card = card
    card.name = Self.name(from: label)
    return [
      BoundParameter(card: card) { [storage] in storage.value = try T(argument: $0, card: card) }
    ]
  }
}

/// Operands to the end of the command; perhaps none.
@propertyWrapper public struct Operands<T: CommandArgument>: ParameterSource {
  private let storage: ParameterStorage<[T]>
  private var card: ParameterCard

  /// Any number of operands, or at least one.
  public init(_ help: String, atLeastOne: Bool = false) {
    storage = ParameterStorage([])
    card = ParameterCard(
      name: "", role: .operands, help: help, typeName: T.typeName, unit: nil, defaultText: nil,
      choices: T.choices, range: .any, isRequired: atLeastOne, takesAnyWord: T.takesAnyWord,
      isListed: false)
  }

  /// The bound values.
  public var wrappedValue: [T] { storage.value ?? [] }

  /// One parameter, whose values are added one by one.
  public func parameters(label: String) -> [BoundParameter] {
    var card = card
    card.name = Self.name(from: label)
    return [
      BoundParameter(card: card) { [storage] in
        storage.value?.append(try T(argument: $0, card: card))
      }
    ]
  }
}

/// An option: `key=value`.
@propertyWrapper public struct Option<T: CommandArgument>: ParameterSource {
  private let storage: ParameterStorage<T>
  private var card: ParameterCard

  /// An option with a default.
  public init(
    wrappedValue: T, _ help: String, _ range: NumberRange = .any, unit: String? = nil,
    choices: [String] = [], name: String = ""
  ) {
    storage = ParameterStorage(wrappedValue)
    card = ParameterCard(
      name: name, role: .option, help: help, typeName: T.typeName, unit: unit,
      defaultText: wrappedValue.argumentText, choices: choices.isEmpty ? T.choices : choices,
      range: range, isRequired: false,
      takesAnyWord: T.takesAnyWord, isListed: false)
  }

  /// An option without a default.
  public init(
    _ help: String, _ range: NumberRange = .any, unit: String? = nil, choices: [String] = [],
    name: String = ""
  ) where T: ExpressibleByNilLiteral {
    storage = ParameterStorage(nil as T)
    card = ParameterCard(
      name: name, role: .option, help: help, typeName: T.typeName, unit: unit, defaultText: nil,
      choices: choices.isEmpty ? T.choices : choices, range: range, isRequired: false,
      takesAnyWord: T.takesAnyWord,
      isListed: false)
  }

  /// An option that must be given.
  public init(
    required help: String, _ range: NumberRange = .any, unit: String? = nil,
    choices: [String] = [], name: String = ""
  ) {
    storage = ParameterStorage(nil)
    card = ParameterCard(
      name: name, role: .option, help: help, typeName: T.typeName, unit: unit, defaultText: nil,
      choices: choices.isEmpty ? T.choices : choices, range: range, isRequired: true,
      takesAnyWord: T.takesAnyWord,
      isListed: false)
  }

  /// The bound value, else the default.
  public var wrappedValue: T {
    guard let value = storage.value else {
      preconditionFailure("the binder lets no command run without its required options")
    }
    return value
  }

  /// One parameter.
  public func parameters(label: String) -> [BoundParameter] {
    var card = card
    if card.name.isEmpty { card.name = Self.name(from: label) }
    return [
      BoundParameter(card: card) { [storage] in storage.value = try T(argument: $0, card: card) }
    ]
  }
}

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
  public func parameters(label: String) -> [BoundParameter] {
    Signature.parameters(of: command.init()).compactMap { parameter in
      guard parameter.card.role == .option, !excluded.contains(parameter.card.name) else {
        return nil
      }
      var card = parameter.card
      card.isListed = true
      let single = parameter.card
      return BoundParameter(card: card) { [storage] value in
        let (values, isVaried) = Self.candidates(value, card: single)
        // A fresh parameter checks each candidate, so that a bad one is an error of this line.
        for candidate in values { try parameter.store(candidate) }
        storage.value?.append(Given(card: single, values: values, isVaried: isVaried))
      }
    }
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
