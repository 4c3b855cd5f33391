/// Starts at η₀ and falls like decay/t.
///
///     η_t = η₀ / (1 + η₀ t / decay)
public struct InverseDecay: Schedule {
  /// The scale of η₀ t: the rate is halved where η₀ t = decay.
  public let decay: Double
  /// A schedule with `decay` above 0.
  public init(decay: Double = 1) { self.decay = decay }
  public var name: String { "inverse-decay" }
  /// η₀ / (1 + η₀ t / decay).
  public func rate(_ t: Int, base: Double, total: Int) -> Double {
    base / (1 + base * Double(t) / decay)
  }
}

extension InverseDecay {
  static let entry = CatalogEntry<any Schedule>(
    "inverse-decay", summary: "Starts at η₀ and falls like decay/t.",
    formula: "η_t = η₀ / (1 + η₀ t / decay)",
    options: [
      OptionDescription("decay", "what η₀ t is measured against", default: 1, .positive)
    ]
  ) { InverseDecay(decay: $0["decay"]) }
}
