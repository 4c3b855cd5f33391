import LinearAlgebra

/// When a dual method looks at its gap: once the gap that the passes met, which costs nothing to
/// know but leaves out whoever was not visited, is within the tolerance; where some were left out,
/// also once it is a small part of the gap of the last look, so that whoever was left out by
/// mistake is not for long. In any case after four times the passes of the last look.
struct GapSchedule {
  private(set) var passes = 0
  /// Whether the gap is to be looked at now.
  private(set) var isDue = false
  /// Whether what the passes met says that there is nothing more to gain from those that they
  /// visit.
  private var isServed = false
  /// What the pass before met.
  private var met = Double.infinity
  /// The gap of the last look.
  private var lastGap = 0.0
  /// The share of the tolerance that what is met must be within: less after a look in vain at which
  /// everybody had been visited.
  private var trust = 1.0
  private var nextLook = 16

  /// Begins at a gap.
  mutating func begin(at gap: Double) { lastGap = gap }

  var state: SavedState {
    SavedState(
      "looks at the gap",
      [
        "passes": [Double(passes)], "met": [met], "gap": [lastGap], "trust": [trust],
        "next": [Double(nextLook)],
      ])
  }

  mutating func restore(_ state: SavedState) throws {
    try state.require("looks at the gap")
    passes = try state.count("passes")
    met = try state.number("met")
    lastGap = try state.number("gap")
    trust = try state.number("trust")
    nextLook = try state.count("next")
  }

  /// Counts a pass.
  ///
  /// - Parameters:
  ///   - gap: what the pass met, each sample's part before its step: as it goes on, the next pass
  ///     would meet less by the same factor.
  ///   - dual: the dual objective after it.
  ///   - hasShrunk: whether some were not visited.
  mutating func count(gap: Double, dual: Double, tolerance: Double, hasShrunk: Bool) {
    passes += 1
    let expected = met > gap && met < .infinity ? gap * (gap / met) : gap
    met = gap
    isServed =
      !(expected > trust * tolerance * dual) || (hasShrunk && expected <= 0.02 * lastGap)
    isDue = isServed || passes >= nextLook
  }

  /// Learns that a look found the gap too wide.
  ///
  /// - Returns: whether the next pass must visit everybody.
  mutating func learn(gap: Double, hasShrunk: Bool) -> Bool {
    if isServed && !hasShrunk { trust = max(0.7 * trust, 0.1) }
    isDue = false
    lastGap = gap
    nextLook = max(16, 4 * passes)
    return isServed
  }
}
