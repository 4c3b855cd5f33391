/// What a sweep over samples, or a part of one, has met and done.
public struct SweepOutcome: Sendable, BitwiseCopyable, Equatable {
  /// How many of the samples stay active; they stand first in the order.
  public var kept = 0
  /// The largest projected gradient, or violation; −∞ where nothing was visited.
  public var maxViolation = -Double.infinity
  /// The least projected gradient; ∞ where nothing was visited.
  public var minViolation = Double.infinity
  /// The duality gap as it passed by: the part of each sample before its step, none of those that are left
  /// out.
  public var gap = 0.0
  /// By how much the steps raised the dual objective.
  public var gain = 0.0
  /// Of all changes of the dual's variables, the rise and minus the bend of its terms without w.
  public var (linear, curved) = (0.0, 0.0)

  /// Nothing yet.
  public init() {}

  /// What two parts have met; of what they have done, nothing.
  mutating func merge(_ other: SweepOutcome) {
    maxViolation = max(maxViolation, other.maxViolation)
    minViolation = min(minViolation, other.minViolation)
    gap += other.gap
  }
}
