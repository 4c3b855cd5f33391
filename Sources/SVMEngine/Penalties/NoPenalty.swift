/// No penalty.
///
///     R(W) = 0
public struct NoPenalty: Penalty {
  /// The penalty has no options.
  public init() {}

  public var name: String { "none" }
}

extension NoPenalty {
  static let entry = CatalogEntry<any Penalty>(
    "none", NoPenalty(), summary: "No penalty.", formula: "R = 0    ∇R = 0")
}
