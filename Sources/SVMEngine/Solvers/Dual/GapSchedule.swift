/// When a dual method looks at its gap: once no variable is further than a threshold from where its
/// gradient wants it, everybody is looked at again, then the gap is, and it says how much smaller the
/// threshold must be. In any case after twice the passes of the last look.
struct GapSchedule {
  /// The largest violation that is small.
  private(set) var threshold: Double
  private(set) var passes = 0
  /// Whether the gap is to be looked at now.
  private(set) var isDue = false
  /// Whether all were looked at, and violate less than the threshold.
  private var isSettled = false
  private var nextLook = 10

  /// The first threshold is a tenth of the margin that is asked for.
  init(delta: Double) { threshold = 0.1 * max(delta, 0.1) }

  var state: [Double] {
    get { [threshold, Double(passes), Double(nextLook)] }
    set {
      guard newValue.count == 3 else { return }
      threshold = newValue[0]
      (passes, nextLook) = (Int(newValue[1]), Int(newValue[2]))
    }
  }

  /// Counts a pass.
  ///
  /// - Parameters:
  ///   - violation: the largest that it met.
  ///   - hasShrunk: whether some were left out of it.
  /// - Returns: whether the next pass must look at everybody: also where the gap is looked at in any case,
  ///   so that whoever was left out by mistake is not left out for long.
  mutating func count(violation: Double, hasShrunk: Bool) -> Bool {
    passes += 1
    let isSmall = !(violation > threshold)
    isSettled = isSmall && !hasShrunk
    isDue = isSettled || passes >= nextLook
    return isSmall || isDue
  }

  /// Learns from a gap that was looked at.
  mutating func learn(primal: Double, gap: Double, tolerance: Double) {
    if gap > tolerance * abs(primal) && isSettled && primal > 0 {
      threshold *= min(max(0.5 * tolerance * primal / gap, 0.1), 0.7)
      threshold = max(threshold, 1e-14)
    }
    isDue = false
    nextLook = max(10, 2 * passes)
  }
}
