/// The hinge, bounded by 1 − s, so that outliers have a bounded influence. Not convex.
///
///     φ(a) = min(1 − s, max(0, 1 − a))        φ′(a) = −1[s < a < 1]
///
/// Collobert, Sinz, Weston, Bottou, Trading convexity for scalability, ICML 2006.
public struct Ramp: MarginLoss {
  /// The margin at which the loss stops growing; below 1.
  public let s: Double

  /// The ramp that is constant below s.
  public init(s: Double = -1) {
    self.s = s
  }

  public var name: String { "ramp" }

  public func value(_ a: Double) -> Double {
    if a >= 1 { return 0 }
    return a <= s ? 1 - s : 1 - a
  }

  public func derivative(_ a: Double) -> Double {
    a > s && a < 1 ? -1 : 0
  }

  /// a = s and a = 1.
  public var kinks: [Double] { [s, 1] }

  /// True: it is flat above 1.
  public var neverRises: Bool { true }
}

extension Ramp {
  static let entry = CatalogEntry<LossForm>(
    "ramp", summary: "A hinge that costs no more than 1 − s; not convex.",
    formula: "φ(a) = min(1 − s, max(0, 1 − a))    φ′(a) = −1[s < a < 1]",
    reference: "Collobert, Sinz, Weston, Bottou, Trading convexity for scalability, ICML 2006",
    options: [OptionDescription("s", "below it nothing is added", default: -1, .below(1))]
  ) { .margin(Ramp(s: $0["s"])) }
}
