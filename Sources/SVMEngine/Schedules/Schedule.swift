/// The step size of every update.
public protocol Schedule: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// η of update t, counted from 0, where η₀ is `base` and the run has `total` updates.
  func rate(_ t: Int, base: Double, total: Int) -> Double
  /// Whether every update has the same step.
  var isConstant: Bool { get }
  /// The schedule of a run that minimizes `objective`.
  ///
  /// - Throws: `EngineError` where the schedule does not work for the objective.
  func prepared(for objective: Objective) throws -> any Schedule
}

extension Schedule {
  /// False by default.
  public var isConstant: Bool { false }
  /// The schedule itself by default.
  public func prepared(for objective: Objective) throws -> any Schedule { self }
}
