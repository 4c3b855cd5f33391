import Text

/// The values that an option of the engine may have.
package enum OptionRange: Sendable, Equatable, CustomStringConvertible {
  /// Any finite number.
  case finite
  /// Above zero.
  case positive
  /// Above zero or infinite, for formulas with a limit at infinity.
  case positiveOrInfinite
  /// Zero or above.
  case nonNegative
  /// From `lower` to `upper`, both included.
  case closed(Double, Double)
  /// From `lower` up to `upper`, which is left out.
  case halfOpen(Double, Double)
  /// Below a bound.
  case below(Double)
  /// A whole number, one or above.
  case count
  /// True or false, stored as 1 or 0.
  case flag

  /// Whether `x` is in the range; NaN never is.
  package func contains(_ x: Double) -> Bool {
    guard x.isFinite else { return self == .positiveOrInfinite && x == .infinity }
    switch self {
    case .finite: return true
    case .positive, .positiveOrInfinite: return x > 0
    case .nonNegative: return x >= 0
    case .closed(let lower, let upper): return x >= lower && x <= upper
    case .halfOpen(let lower, let upper): return x >= lower && x < upper
    case .below(let upper): return x < upper
    case .count: return x >= 1 && x.rounded() == x && x < 0x1p53
    case .flag: return x == 0 || x == 1
    }
  }

  /// The range in words, after "must be".
  package var description: String {
    switch self {
    case .finite: return "a finite number"
    case .positive: return "above 0"
    case .positiveOrInfinite: return "above 0, or inf"
    case .nonNegative: return "0 or above"
    case .closed(let lower, let upper):
      return "from \(NumberText.shortest(lower)) to \(NumberText.shortest(upper))"
    case .halfOpen(let lower, let upper):
      return "from \(NumberText.shortest(lower)) to below \(NumberText.shortest(upper))"
    case .below(let upper): return "below \(NumberText.shortest(upper))"
    case .count: return "a whole number, 1 or above"
    case .flag: return "true or false"
    }
  }
}

/// An option that a loss, penalty, solver or schedule takes: a number with a default and a range.
package struct OptionDescription: Sendable, Equatable {
  /// Its spelling in commands, as in `l1=0.5`.
  package let name: String
  /// Its meaning, in a few words.
  package let summary: String
  /// Its default; nil where the caller has one (`reg`).
  package let defaultValue: Double?
  /// The values that it may have.
  package let range: OptionRange

  /// Describes an option.
  package init(
    _ name: String, _ summary: String, default defaultValue: Double?, _ range: OptionRange
  ) {
    self.name = name
    self.summary = summary
    self.defaultValue = defaultValue
    self.range = range
  }
}

/// The values of an entry's options, with defaults filled in and ranges checked.
package struct OptionValues: Sendable, Equatable {
  private let values: [String: Double]

  init(_ values: [String: Double]) { self.values = values }

  /// The value of `name`, which the entry declares; 0 for any other name.
  package subscript(name: String) -> Double { values[name] ?? 0 }
}

/// One line of a catalog: everything that help, completion and the engine need to know.
package struct CatalogEntry<Product: Sendable>: Sendable {
  /// Its spelling in commands.
  package let name: String
  /// A description in one line.
  package let summary: String
  /// The formula, and the derivative where that says more.
  package let formula: String
  /// Its source; empty where it is common knowledge.
  package let reference: String
  /// The options that it takes.
  package let options: [OptionDescription]
  /// Makes it from checked options.
  package let make: @Sendable (OptionValues) throws -> Product

  /// Describes an entry.
  package init(
    _ name: String, summary: String, formula: String, reference: String = "",
    options: [OptionDescription] = [], make: @escaping @Sendable (OptionValues) throws -> Product
  ) {
    self.name = name
    self.summary = summary
    self.formula = formula
    self.reference = reference
    self.options = options
    self.make = make
  }

  /// Describes an entry that takes no options.
  package init(
    _ name: String, _ product: Product, summary: String, formula: String, reference: String = ""
  ) {
    self.init(name, summary: summary, formula: formula, reference: reference) { _ in product }
  }

  /// Makes it from the numbers in `given` that it takes; ignores the others.
  ///
  /// - Throws: `EngineError` where a number is out of its range.
  package func make(given: [String: Double], defaults: [String: Double] = [:]) throws -> Product {
    var values: [String: Double] = [:]
    for option in options {
      let value = given[option.name] ?? option.defaultValue ?? defaults[option.name] ?? 0
      guard option.range.contains(value) else {
        throw EngineError(
          .option, "'\(option.name)' must be \(option.range), not \(NumberText.shortest(value))")
      }
      values[option.name] = value
    }
    return try make(OptionValues(values))
  }
}

/// Entries by name, in the order in which help lists them.
package struct Catalog<Product: Sendable>: Sendable {
  /// What the entries are, in the singular: "loss".
  package let kind: String
  /// The entries.
  package let entries: [CatalogEntry<Product>]

  init(_ kind: String, _ entries: [CatalogEntry<Product>]) {
    self.kind = kind
    self.entries = entries
  }

  /// The names, in order: the choices of the option.
  package var names: [String] { entries.map(\.name) }

  /// The entry of that name.
  ///
  /// - Throws: `EngineError` that lists the names.
  package func entry(_ name: String) throws -> CatalogEntry<Product> {
    for entry in entries where entry.name == name { return entry }
    throw EngineError(
      .name, "there is no \(kind) '\(name)'", help: "one of: \(names.joined(separator: ", "))")
  }
}
