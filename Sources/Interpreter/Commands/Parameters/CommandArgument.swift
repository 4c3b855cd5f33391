import Text
import LinearAlgebra

/// A type that operands and options may have.
public protocol CommandArgument: Sendable {
  /// The name of the type in help and messages: `number`, `dataset`, `vector`.
  static var typeName: String { get }
  /// Whether a bare word is a string, whatever variables there are.
  static var takesAnyWord: Bool { get }
  /// The words that a value may be; empty where there are none in particular.
  static var choices: [String] { get }
  /// Converts a value.
  ///
  /// - Throws: A `Failure` where the value does not fit the card.
  init(argument value: Value, card: ParameterCard) throws
  /// The text that a user would type for a default; nil where there is none.
  var argumentText: String? { get }
}

extension CommandArgument {
  /// False: bare words are names of variables.
  public static var takesAnyWord: Bool { false }
  /// Empty: there are no such words.
  public static var choices: [String] { [] }
  /// Nil: the default can't be typed.
  public var argumentText: String? { nil }

  /// `'lr' must be a number, not a string`.
  public static func mismatch(_ value: Value, _ card: ParameterCard) -> Failure {
    Failure("'\(card.name)' must be \(article(typeName)), not \(article(value.typeAndShape))")
  }
}

/// The noun with `a` or `an` before it; `none` and `one of …` stay as they are.
public func article(_ noun: String) -> String {
  if noun == "none" || noun.hasPrefix("one of") { return noun }
  let vowels: Set<Character> = ["a", "e", "i", "o", "u"]
  return (noun.first.map { vowels.contains($0) } ?? false ? "an " : "a ") + noun
}

extension Double: CommandArgument {
  public static var typeName: String { "number" }
  /// A number in the card's range.
  public init(argument value: Value, card: ParameterCard) throws {
    guard case .number(let number) = value else { throw Self.mismatch(value, card) }
    guard card.range.contains(number) else {
      throw Failure(
        "'\(card.name)' must be \(card.range.text ?? "a number"), "
          + "not \(NumberText.shortest(number))"
      )
    }
    self = number
  }
  /// The shortest decimal that reads back.
  public var argumentText: String? { NumberText.shortest(self) }
}

extension Int: CommandArgument {
  public static var typeName: String { "whole number" }
  /// A whole number in the card's range.
  public init(argument value: Value, card: ParameterCard) throws {
    guard case .number(let number) = value else { throw Self.mismatch(value, card) }
    guard number.rounded() == number, abs(number) < 9e15 else {
      throw Failure("'\(card.name)' must be a whole number, not \(NumberText.shortest(number))")
    }
    guard card.range.contains(number) else {
      throw Failure(
        "'\(card.name)' must be \(card.range.text ?? "a whole number"), "
          + "not \(NumberText.shortest(number))"
      )
    }
    self = Int(number)
  }
  /// The number's digits.
  public var argumentText: String? { String(self) }
}

extension Bool: CommandArgument {
  public static var typeName: String { "bool" }
  /// `true` or `false`.
  public init(argument value: Value, card: ParameterCard) throws {
    guard case .bool(let flag) = value else {
      throw Failure("'\(card.name)' must be true or false, not \(article(value.typeAndShape))")
    }
    self = flag
  }
  /// `true` or `false`.
  public var argumentText: String? { self ? "true" : "false" }
}

extension String: CommandArgument {
  public static var typeName: String { "string" }
  /// A string; one of the choices where the card declares them.
  public init(argument value: Value, card: ParameterCard) throws {
    if case .none = value, card.choices.contains("none") {
      self = "none"
      return
    }
    guard case .string(let box) = value else {
      if !card.choices.isEmpty {
        throw Failure(
          "'\(card.name)' must be one of its choices, not \(article(value.typeAndShape))",
          help: "choices: " + card.choices.joined(separator: " "))
      }
      throw Self.mismatch(value, card)
    }
    if !card.choices.isEmpty && !card.choices.contains(box.text) {
      throw Signature.notAChoice(box.text, card)
    }
    self = box.text
  }
  /// The text without quotes.
  public var argumentText: String? { self }
}

/// Any word, quoted or not.
public struct Word: CommandArgument {
  /// The text.
  public var text: String
  public static var typeName: String { "word" }
  /// True: every bare word is a string.
  public static var takesAnyWord: Bool { true }
  /// A string.
  public init(argument value: Value, card: ParameterCard) throws {
    text = try String(argument: value, card: card)
  }
}

extension Value: CommandArgument {
  public static var typeName: String { "value" }
  /// Every value as it is.
  public init(argument value: Value, card: ParameterCard) throws { self = value }
}

extension Array: CommandArgument where Element: CommandArgument {
  /// `vector` for numbers, else a list.
  public static var typeName: String {
    Element.self == Double.self ? "vector" : "list of \(Element.typeName)s"
  }
  /// As the elements.
  public static var takesAnyWord: Bool { Element.takesAnyWord }
  /// As the elements.
  public static var choices: [String] { Element.choices }
  /// A vector or a list; a single value is a list of one.
  public init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .array(let array):
      guard array.rank == 1 else { throw Self.mismatch(value, card) }
      self = try array.entries.map { try Element(argument: .number($0), card: card) }
    case .list(let box), .tuple(let box):
      self = try box.items.map { try Element(argument: $0, card: card) }
    default:
      self = [try Element(argument: value, card: card)]
    }
  }
  /// The elements in brackets.
  public var argumentText: String? {
    let texts = map(\.argumentText)
    return "[" + texts.map { $0 ?? "…" }.joined(separator: ", ") + "]"
  }
}

extension Optional: CommandArgument where Wrapped: CommandArgument {
  /// As the type that it wraps.
  public static var typeName: String { Wrapped.typeName }
  /// As the type that it wraps.
  public static var takesAnyWord: Bool { Wrapped.takesAnyWord }
  /// As the type that it wraps.
  public static var choices: [String] { Wrapped.choices }
  /// `none` is nil, unless it is one of the choices.
  public init(argument value: Value, card: ParameterCard) throws {
    if case .none = value, !card.choices.contains("none") {
      self = nil
    } else {
      self = try Wrapped(argument: value, card: card)
    }
  }
  /// As the type that it wraps.
  public var argumentText: String? { flatMap(\.argumentText) }
}

extension Matrix: CommandArgument {
  public static var typeName: String { "matrix" }
  /// A matrix; a vector is one row.
  public init(argument value: Value, card: ParameterCard) throws {
    guard case .array(let array) = value else { throw Self.mismatch(value, card) }
    self = try array.matrix
  }
}

extension StringChoice {
  /// `word`, since help lists the choices.
  public static var typeName: String { "word" }
  /// One of the choices.
  public init(argument value: Value, card: ParameterCard) throws {
    var card = card
    card.choices = Self.choices
    let text = try String(argument: value, card: card)
    guard let choice = Self(rawValue: text) else { throw Signature.notAChoice(text, card) }
    self = choice
  }
  /// The word.
  public var argumentText: String? { rawValue }
}

extension StringChoice where Self: CaseIterable {
  /// The cases in order.
  public static var choices: [String] { allCases.map(\.rawValue) }
}

/// An option's value that is one of a few words: an enumeration of strings, or a struct around a
/// catalog's name.
public protocol StringChoice: CommandArgument, RawRepresentable where RawValue == String {}

/// A function, as in `gradcheck my_loss …`.
public struct FunctionArgument: CommandArgument {
  /// The function.
  public var function: FunctionValue
  /// `function`.
  public static var typeName: String { "function" }
  /// A function.
  public init(argument value: Value, card: ParameterCard) throws {
    guard case .function(let function) = value else { throw Self.mismatch(value, card) }
    self.function = function
  }
}
