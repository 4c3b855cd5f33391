/// What a sweep over the dual variables, or a part of one, has met and done.
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
  /// Of all changes of the dual variables together, the slope and the curvature of the terms of the
  /// dual objective that are not ½‖w‖².
  var (linear, curved) = (0.0, 0.0)

  /// Takes over what another part has met, but not what its steps have done: steps of two parts
  /// count only once their weights are brought together.
  mutating func merge(_ other: SweepOutcome) {
    maxViolation = max(maxViolation, other.maxViolation)
    minViolation = min(minViolation, other.minViolation)
    gap += other.gap
  }
}
