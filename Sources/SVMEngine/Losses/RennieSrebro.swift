/// A hinge with a parabola in the place of its kink.
///
///     φ(a) = ½ − a for a ≤ 0;  ½(1 − a)² for 0 < a < 1;  0 above
///     φ′(a) = −1;  a − 1;  0
///
/// Rennie and Srebro, Loss functions for preference levels, IJCAI workshop 2005.
public struct RennieSrebro: MarginLoss {
  /// The loss has no options.
  public init() {}

  public var name: String { "rennie-srebro" }

  public func value(_ a: Double) -> Double {
    if a >= 1 { return 0 }
    return a <= 0 ? 0.5 - a : 0.5 * (1 - a) * (1 - a)
  }

  public func derivative(_ a: Double) -> Double {
    if a >= 1 { return 0 }
    return a <= 0 ? -1 : a - 1
  }

  public var dualForm: DualForm? { DualForm(delta: 1, upper: 1, curvature: 1) }
}

extension RennieSrebro {
  static let entry = CatalogEntry<LossForm>(
    "rennie-srebro", .margin(RennieSrebro()),
    summary: "A hinge with a parabola in the place of its kink.",
    formula: """
      φ(a) = ½ − a for a ≤ 0; ½(1 − a)² for 0 < a < 1; 0 above
      φ′(a) = −1; a − 1; 0
      """,
    reference: "Rennie and Srebro, Loss functions for preference levels, IJCAI workshop 2005")
}
