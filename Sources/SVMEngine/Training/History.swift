/// What a run recorded, in columns of equal length.
public struct History: Sendable, Equatable {
  /// The updates, counted from 0.
  public var iteration: [Int] = []
  /// The objective before each update, on its batch and with R; of the whole set for `gd`. For
  /// solvers that minimize the whole problem: after that many iterations, at first after none.
  public var loss: [Double] = []
  /// How far the objective may be above its least value: the duality gap, or another bound. As long
  /// as `loss` for solvers that prove one, else empty.
  public var gap: [Double] = []
  /// After how many updates the validation accuracy was taken.
  public var validationIteration: [Int] = []
  /// The validation accuracies.
  public var validationAccuracy: [Double] = []

  /// An empty history.
  public init() {}
}
