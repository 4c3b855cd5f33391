import LinearAlgebra

/// The product of an entry of the loss catalog.
package enum LossForm: Sendable {
  /// A margin function φ, which a reduction turns into a loss of the score row.
  case margin(any MarginLoss)
  /// A loss of the whole score row, which takes no reduction.
  case scores(any ScoreLoss)
  /// A loss of the whole score row, made from the cost of each confusion, K×K.
  case costs(@Sendable (Matrix) throws -> any ScoreLoss)
}

/// The losses by name. A new loss is one file and one line here.
package enum LossCatalog {
  /// All of them, in the order of help.
  package static let catalog = Catalog<LossForm>(
    "loss",
    [
      Hinge.entry,
      SquaredHinge.entry,
      Perceptron.entry,
      RennieSrebro.entry,
      SmoothHinge.entry,
      ModifiedHuber.entry,
      Logistic.entry,
      Pinball.entry,
      TruncatedPinball.entry,
      Ramp.entry,
      HuberizedPinball.entry,
      HuberizedTruncatedPinball.entry,
      Softmax.entry,
      Structured.entry,
    ])
}

extension OptionDescription {
  /// `delta`, the margin Δ.
  static let delta = OptionDescription(
    "delta", "the margin that is asked for", default: 1, .nonNegative)
  /// `tau`, the slope of the loss at margins above Δ.
  static let tau = OptionDescription(
    "tau", "price of a margin larger than delta", default: 0.5, .closed(0, 1))
  /// `huber`, the width of a parabola in the place of a kink.
  static let huber = OptionDescription(
    "huber", "width of the parabola in the place of the kink", default: 0.5, .positive)
}
