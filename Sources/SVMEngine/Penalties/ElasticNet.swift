/// Magnitudes and squares of the weights together.
///
///     R(W) = l1 Σ |W| + ½ l2 Σ W²        ∇R = l1 sign(W) + l2 W
///
/// Zou and Hastie, Regularization and variable selection via the elastic net, JRSS B 67 (2005).
public struct ElasticNet: Penalty {
  /// The weight of Σ |W|.
  public let l1: Double
  /// The weight of ½ Σ W².
  public let l2: Double

  /// l1 Σ |W| + ½ l2 Σ W².
  public init(l1: Double, l2: Double) {
    self.l1 = l1
    self.l2 = l2
  }

  public var name: String { "elastic-net" }
  public var magnitudes: PenaltyCoefficient? { PenaltyCoefficient("l1", l1) }
  public var squares: PenaltyCoefficient? { PenaltyCoefficient("l2", l2) }
}

extension ElasticNet {
  static let entry = CatalogEntry<any Penalty>(
    "elastic-net", summary: "Magnitudes and half the squares; takes l1 and l2 in place of reg.",
    formula: "R = l1 Σ |W| + ½ l2 Σ W²    ∇R = l1 sign(W) + l2 W",
    reference: "Zou and Hastie, JRSS B 67 (2005)",
    options: [
      OptionDescription("l1", "weight of the magnitudes", default: 0, .nonNegative),
      OptionDescription("l2", "weight of half the squares", default: 0, .nonNegative),
    ]
  ) { ElasticNet(l1: $0["l1"], l2: $0["l2"]) }
}
