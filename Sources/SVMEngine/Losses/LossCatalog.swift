/// What a name of the loss catalog stands for.
public enum LossForm: Sendable {
  /// A margin function φ, which a reduction makes a loss of the score row from.
  case margin(any MarginLoss)
  /// A loss of the whole score row, which takes no reduction.
  case scores(any ScoreLoss)
}

/// The losses by name. A new loss is one file and one line here.
public enum LossCatalog {
  /// All of them, in the order of help.
  public static let catalog = Catalog<LossForm>(
    "loss",
    [
      Hinge.entry,
      SquaredHinge.entry,
      Softmax.entry,
    ])
}

extension OptionDescription {
  /// `delta`, the margin Δ.
  static let delta = OptionDescription(
    "delta", "the margin that is asked for", default: 1, .nonNegative)
}
