/// The same step throughout.
///
///     η_t = η₀
public struct Constant: Schedule {
  /// The schedule has no options.
  public init() {}
  public var name: String { "constant" }
  public var isConstant: Bool { true }
  /// η₀.
  public func rate(_ t: Int, base: Double, total: Int) -> Double { base }
}

extension Constant {
  static let entry = CatalogEntry<any Schedule>(
    "constant", Constant(), summary: "The same step throughout.", formula: "η_t = η₀")
}
