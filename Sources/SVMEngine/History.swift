/// What a run recorded, in columns of equal length.
public struct History: Sendable, Equatable {
  /// The updates, counted from 0.
  public var iteration: [Int] = []
  /// The objective before each update, on its batch and with R; of the whole set for `gd`.
  public var loss: [Double] = []
  /// After how many updates the validation accuracy was taken.
  public var validationIteration: [Int] = []
  /// The validation accuracies.
  public var validationAccuracy: [Double] = []

  /// An empty history.
  public init() {}
}
