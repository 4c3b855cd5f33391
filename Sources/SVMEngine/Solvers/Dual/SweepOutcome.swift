/// The result of a sweep over the dual variables, or of a part of one.
struct SweepOutcome: Sendable, BitwiseCopyable, Equatable {
  /// The number of samples that stay active. They stand first in the order.
  var kept = 0
  /// The largest projected gradient, or violation, over the samples visited; −∞ if none.
  var maxViolation = -Double.infinity
  /// The least projected gradient over the samples visited; ∞ if none.
  var minViolation = Double.infinity
  /// An estimate of the duality gap: the parts of the samples visited, each as it was before its
  /// step. Samples that are left out add nothing.
  var gap = 0.0
  /// The rise of the dual objective.
  var gain = 0.0
  /// The slope and the curvature, along all changes of the dual variables together, of the terms of
  /// the dual objective other than ½‖w‖².
  var (linear, curved) = (0.0, 0.0)

  /// Adds the violations and the gap of another part, but not its gain: steps of two parts count
  /// only once their weights are joined.
  mutating func merge(_ other: SweepOutcome) {
    maxViolation = max(maxViolation, other.maxViolation)
    minViolation = min(minViolation, other.minViolation)
    gap += other.gap
  }
}
