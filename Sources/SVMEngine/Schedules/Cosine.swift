import Glibc

/// Half a cosine, from η₀ down to 0 at the end of the run.
///
///     η_t = η₀ (1 + cos(π t / iters)) / 2
///
/// Loshchilov and Hutter, SGDR, ICLR 2017 (without restarts).
public struct Cosine: Schedule {
  /// The schedule has no options.
  public init() {}
  public var name: String { "cosine" }
  /// η₀ (1 + cos(π t / total)) / 2, and 0 past the end.
  public func rate(_ t: Int, base: Double, total: Int) -> Double {
    t >= total ? 0 : base * (1 + cos(Double.pi * Double(t) / Double(total))) / 2
  }
}

extension Cosine {
  static let entry = CatalogEntry<any Schedule>(
    "cosine", Cosine(), summary: "Half a cosine, from η₀ to 0 at the end of the run.",
    formula: "η_t = η₀ (1 + cos(π t / iters)) / 2",
    reference: "Loshchilov and Hutter, ICLR 2017, without restarts")
}
