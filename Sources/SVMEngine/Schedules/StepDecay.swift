import Glibc

/// Falls by a factor at regular intervals.
///
///     η_t = η₀ factor^⌊t / every⌋
public struct StepDecay: Schedule {
  /// Number of updates between two falls.
  public let every: Double
  /// The factor of a fall.
  public let factor: Double
  /// A schedule that multiplies the step by `factor` after every `every` updates.
  public init(every: Double = 100, factor: Double = 0.5) {
    self.every = every
    self.factor = factor
  }
  public var name: String { "step" }
  /// η₀ factor^⌊t / every⌋.
  public func rate(_ t: Int, base: Double, total: Int) -> Double {
    base * pow(factor, (Double(t) / every).rounded(.down))
  }
}

extension StepDecay {
  static let entry = CatalogEntry<any Schedule>(
    "step", summary: "Falls by a factor at regular intervals.",
    formula: "η_t = η₀ factor^⌊t / every⌋",
    options: [
      OptionDescription("every", "updates between two falls", default: 100, .count),
      OptionDescription("factor", "what the step is multiplied by", default: 0.5, .positive),
    ]
  ) { StepDecay(every: $0["every"], factor: $0["factor"]) }
}
