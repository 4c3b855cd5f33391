/// The records of a run: `iteration` and `loss` have equal length, and so have the two validation
/// columns.
public struct History: Sendable, Equatable {
  /// The number of updates before each `loss`.
  public var iteration: [Int] = []
  /// The objective before each update, on its batch and with R. For solvers that minimize the whole
  /// problem: the objective after `iteration` iterations, the first before any.
  public var loss: [Double] = []
  /// A bound of the distance of each `loss` from the minimum: the duality gap or another bound,
  /// infinite where none was proven. As long as `loss`, or empty where no loss has a bound.
  public var gap: [Double] = []
  /// The number of updates before each validation accuracy.
  public var validationIteration: [Int] = []
  /// The shares of correct predictions on the validation rows.
  public var validationAccuracy: [Double] = []

  /// An empty history.
  public init() {}

  /// Records what is proven of the last loss; nil for nothing.
  mutating func record(_ bound: Double?) {
    if bound == nil && gap.isEmpty { return }
    let unproven = loss.count - 1 - gap.count
    gap += [Double](repeating: .infinity, count: max(unproven, 0)) + [bound ?? .infinity]
  }
}
