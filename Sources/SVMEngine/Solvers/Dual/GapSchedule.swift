import LinearAlgebra

/// Decides when a dual method evaluates its duality gap, which costs a pass over all samples. Each
/// pass estimates the gap from the samples it visits, at no cost. An evaluation is due
/// - once the estimate is within the tolerance;
/// - where samples were left out, also once the estimate is small compared with the last gap, so
///   that a sample left out by mistake returns soon;
/// - in any case after four times the passes of the last evaluation, at first after 16.
struct GapSchedule {
  private(set) var passes = 0
  /// Whether the gap should be evaluated now.
  private(set) var isDue = false
  /// Whether the estimate says that little is left to gain on the samples visited.
  private var isServed = false
  /// The estimate of the last pass.
  private var met = Double.infinity
  /// The gap at the last evaluation.
  private var lastGap = 0.0
  /// The share of the tolerance that the estimate must be within. It shrinks when an evaluation
  /// finds the gap too wide although all samples had been visited.
  private var trust = 1.0
  private var nextLook = 16

  /// Starts with the gap of the initial weights.
  mutating func begin(at gap: Double) { lastGap = gap }

  var state: SavedState {
    SavedState(
      "looks at the gap",
      [
        "passes": [Double(passes)], "met": [met], "gap": [lastGap], "trust": [trust],
        "next": [Double(nextLook)], "due": [isDue ? 1 : 0], "served": [isServed ? 1 : 0],
      ])
  }

  mutating func restore(_ state: SavedState) throws {
    try state.require("looks at the gap")
    passes = try state.count("passes")
    met = try state.number("met")
    lastGap = try state.number("gap")
    trust = try state.number("trust")
    nextLook = try state.count("next")
    isDue = try state.flag("due")
    isServed = try state.flag("served")
  }

  /// Counts a pass, and decides whether an evaluation is due.
  ///
  /// - Parameters:
  ///   - gap: the estimate, each sample's part before its step. The next pass is expected to meet
  ///     less by the same factor as this one.
  ///   - dual: the dual objective after the pass.
  ///   - hasShrunk: whether some samples were left out.
  mutating func count(gap: Double, dual: Double, tolerance: Double, hasShrunk: Bool) {
    passes += 1
    let expected = met > gap && met < .infinity ? gap * (gap / met) : gap
    met = gap
    isServed =
      !(expected > trust * tolerance * dual) || (hasShrunk && expected <= 0.02 * lastGap)
    isDue = isServed || passes >= nextLook
  }

  /// Takes note that an evaluation found the gap too wide.
  ///
  /// - Returns: whether the next pass must visit all samples.
  mutating func learn(gap: Double, hasShrunk: Bool) -> Bool {
    if isServed && !hasShrunk { trust = max(0.7 * trust, 0.1) }
    isDue = false
    lastGap = gap
    nextLook = max(16, 4 * passes)
    return isServed
  }
}
