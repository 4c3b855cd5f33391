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

  /// Where the sweep goes on: the place in the order, or the number of the round.
  var place = 0

  /// The outcome so far, as it is saved.
  var numbers: [Double] {
    [
      Double(kept), maxViolation, minViolation, gap, gain, linear, curved, Double(place),
    ]
  }

  /// A sweep that is to visit `kept` samples.
  init(kept: Int) { self.kept = kept }

  /// The outcome of saved numbers; nil where there are none.
  ///
  /// - Throws: `StateMismatch` where they are not an outcome.
  init?(_ state: SavedState, _ name: String, below limit: Int) throws {
    if state.arrays[name]?.isEmpty ?? true { return nil }
    let numbers = try state.array(name, count: 8)
    func count(_ i: Int) -> Int { Int(max(0, min(numbers[i], Double(limit)))) }
    (kept, place) = (count(0), count(7))
    (maxViolation, minViolation, gap) = (numbers[1], numbers[2], numbers[3])
    (gain, linear, curved) = (numbers[4], numbers[5], numbers[6])
  }

  /// Adds the violations and the gap of another part, but not its gain: steps of two parts count
  /// only once their weights are joined.
  mutating func merge(_ other: SweepOutcome) {
    maxViolation = max(maxViolation, other.maxViolation)
    minViolation = min(minViolation, other.minViolation)
    gap += other.gap
  }
}
