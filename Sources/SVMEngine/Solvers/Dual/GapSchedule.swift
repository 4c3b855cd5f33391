/// When a dual method looks at its gap: once the gap that the passes met, which costs nothing to know but
/// leaves out whoever was not visited, is within the tolerance. In any case after four times the passes of
/// the last look.
struct GapSchedule {
  private(set) var passes = 0
  /// Whether the gap is to be looked at now.
  private(set) var isDue = false
  /// Whether the gap is expected to be within the tolerance.
  private var isExpected = false
  /// What the pass before met.
  private var met = Double.infinity
  /// The share of the tolerance that what is met must be within: less after every look in vain.
  private var trust = 1.0
  private var nextLook = 16

  var state: [Double] {
    get { [Double(passes), met, trust, Double(nextLook)] }
    set {
      guard newValue.count == 4 else { return }
      (passes, nextLook) = (Int(newValue[0]), Int(newValue[3]))
      (met, trust) = (newValue[1], newValue[2])
    }
  }

  /// Counts a pass.
  ///
  /// - Parameters:
  ///   - gap: what the pass met, each sample's part before its step: as it goes on, the next pass would
  ///     meet less by the same factor.
  ///   - dual: the dual objective after it.
  mutating func count(gap: Double, dual: Double, tolerance: Double) {
    passes += 1
    let expected = met > gap && met < .infinity ? gap * (gap / met) : gap
    met = gap
    isExpected = !(expected > trust * tolerance * dual)
    isDue = isExpected || passes >= nextLook
  }

  /// Learns that a look found the gap too wide.
  ///
  /// - Returns: whether what was met had said otherwise, so that the next pass must visit everybody.
  mutating func learnOfGap() -> Bool {
    if isExpected { trust = max(0.7 * trust, 0.1) }
    isDue = false
    nextLook = max(16, 4 * passes)
    return isExpected
  }
}
