/// The loss of the perceptron: the hinge with Δ = 0.
///
///     φ(a) = max(0, −a)        φ′(a) = −1[a < 0]
///
/// Rosenblatt, The perceptron, Psychological Review 65 (1958).
public struct Perceptron: MarginLoss {
  /// The loss has no options.
  public init() {}

  public var name: String { "perceptron" }

  public func value(_ a: Double) -> Double {
    a >= 0 ? 0 : 0 - a
  }

  public func derivative(_ a: Double) -> Double {
    a < 0 ? -1 : 0
  }

  public var dualForm: DualForm? { DualForm(delta: 0, upper: 1) }
}

extension Perceptron {
  static let entry = CatalogEntry<LossForm>(
    "perceptron", .margin(Perceptron()), summary: "The hinge that asks for no margin.",
    formula: "φ(a) = max(0, −a)    φ′(a) = −1[a < 0]",
    reference: "Rosenblatt, The perceptron, Psychological Review 65 (1958)")
}
