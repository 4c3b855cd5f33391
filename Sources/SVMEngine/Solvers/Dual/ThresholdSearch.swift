/// The θ at which a sum of clamped lines equals a line:
///
///     Σ_j clamp(κ (b_j − θ), lower, upper) = p + q θ
///
/// The left side never rises and the right side never falls with θ, so that one crossing is there; it
/// is found by Newton's steps between bounds that close in, in about as many steps as lines change.
struct ThresholdSearch {
  let slope: Double
  let lower: Double
  let upper: Double

  /// θ, for lines b of which `skipped` is left out.
  func solve(
    _ b: UnsafePointer<Double>, count: Int, skipping skipped: Int, p: Double, q: Double,
    from start: Double
  ) -> Double {
    var (low, high) = (-Double.infinity, Double.infinity)
    var theta = start
    for _ in 0..<100 {
      var (sum, free) = (-p - q * theta, 0.0)
      for j in 0..<count where j != skipped {
        let x = slope * (b[j] - theta)
        if x <= lower {
          sum += lower
        } else if x >= upper {
          sum += upper
        } else {
          sum += x
          free += 1
        }
      }
      if sum == 0 { return theta }
      if sum > 0 { low = theta } else { high = theta }
      let steepness = slope * free + q
      var next = theta + sum / steepness
      if !(next > low && next < high) || !next.isFinite {
        if low.isFinite && high.isFinite {
          next = low + (high - low) / 2
        } else {
          next = sum > 0 ? theta + max(1, abs(theta)) : theta - max(1, abs(theta))
        }
      }
      if next == theta || abs(next - theta) <= 1e-15 * abs(theta) { return next }
      theta = next
    }
    return theta
  }
}
