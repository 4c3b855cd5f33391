/// Falls like one over the number of the update.
///
///     η_t = η₀ / (1 + t)
public struct Inverse: Schedule {
  /// The schedule has no options.
  public init() {}
  public var name: String { "inverse" }
  /// η₀ / (1 + t).
  public func rate(_ t: Int, base: Double, total: Int) -> Double { base / (1 + Double(t)) }
}

extension Inverse {
  static let entry = CatalogEntry<any Schedule>(
    "inverse", Inverse(), summary: "One over the number of updates.", formula: "η_t = η₀ / (1 + t)")
}
