import Interpreter
import LinearAlgebra
import SVMEngine

/// A name of one of the engine's catalogs.
protocol CatalogName: StringChoice {
  /// The names, in the order of help.
  static var names: [String] { get }
  /// Holds a name, which must be one of `names`.
  init(checked name: String)
}

extension CatalogName {
  /// The names of the catalog.
  static var choices: [String] { names }
  /// Nil where the word is not one of `names`.
  init?(rawValue: String) {
    guard Self.names.contains(rawValue) else { return nil }
    self.init(checked: rawValue)
  }
}

/// `loss=`.
struct LossName: CatalogName {
  /// The loss where none is named.
  static let usual = LossName(checked: "hinge")
  let rawValue: String
  static var names: [String] { LossCatalog.catalog.names }
  init(checked name: String) { rawValue = name }
}

/// `reduction=`.
struct ReductionName: CatalogName {
  let rawValue: String
  static var names: [String] { ReductionCatalog.catalog.names }
  init(checked name: String) { rawValue = name }
}

/// `penalty=`.
struct PenaltyName: CatalogName {
  let rawValue: String
  static var names: [String] { PenaltyCatalog.catalog.names }
  init(checked name: String) { rawValue = name }
}

/// `solver=`.
struct SolverName: CatalogName {
  let rawValue: String
  static var names: [String] { SolverCatalog.catalog.names }
  init(checked name: String) { rawValue = name }
}

/// `schedule=`.
struct ScheduleName: CatalogName {
  let rawValue: String
  static var names: [String] { ScheduleCatalog.catalog.names }
  init(checked name: String) { rawValue = name }
}

extension Precision: StringChoice {}
extension Engine: StringChoice {}
extension Layout: StringChoice {}
