import Interpreter
import LinearAlgebra
import SVMEngine

/// A word that is a name of one of the engine's catalogs.
protocol CatalogName: StringChoice {
  /// The names, in the order of help.
  static var names: [String] { get }
  /// Keeps a name that was checked.
  init(checked name: String)
}

extension CatalogName {
  /// The names of the catalog.
  static var choices: [String] { names }
  /// Nil for a word that is no name.
  init?(rawValue: String) {
    guard Self.names.contains(rawValue) else { return nil }
    self.init(checked: rawValue)
  }
}

/// `loss=`.
struct LossName: CatalogName {
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
