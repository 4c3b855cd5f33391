import LinearAlgebra

/// The θ at which a sum of clamped lines equals a line:
///
///     Σ_j clamp(κ (b_j − θ), lower, upper) = p + q θ
///
/// The left side is non-increasing in θ and the right side non-decreasing, so that they cross.
/// Newton's steps inside of a shrinking bracket find the crossing, in about as many steps as lines
/// change between clamped and free.
struct ThresholdSearch {
  let slope: Double
  let lower: Double
  let upper: Double

  /// θ for the lines b without `skipped`.
  func solve(
    _ b: UnsafePointer<Double>, count: Int, skipping skipped: Int, p: Double, q: Double,
    from start: Double
  ) -> Double {
    let room = (count + 3) / 4 * 4
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: room) { lines in
      // Absent lines, at −∞, stay at the lower bound.
      for j in 0..<count { lines[j] = b[j] }
      lines[skipped] = -.infinity
      for j in count..<room { lines[j] = -.infinity }
      let p = p + lower * Double(room - count + 1)
      var (low, high) = (-Double.infinity, Double.infinity)
      var theta = start
      for _ in 0..<100 {
        let (clamped, free) = sums(lines, theta)
        let sum = clamped - p - q * theta
        if sum == 0 { return theta }
        if sum > 0 { low = theta } else { high = theta }
        var next = theta + sum / (slope * free + q)
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

  /// The left side at θ, and the number of lines strictly between their bounds.
  @inline(__always)
  private func sums(
    _ lines: UnsafeMutableBufferPointer<Double>, _ theta: Double
  ) -> (clamped: Double, free: Double) {
    var (clamped, free) = (SIMDLanes.zero, SIMDLanes.zero)
    let (lower, upper) = (SIMDLanes(repeating: lower), SIMDLanes(repeating: upper))
    let memory = UnsafeRawBufferPointer(lines)
    for place in stride(from: 0, to: memory.count, by: MemoryLayout<SIMDLanes>.stride) {
      var x = slope * (memory.loadUnaligned(fromByteOffset: place, as: SIMDLanes.self) - theta)
      free.replace(with: free + 1, where: (x .> lower) .& (x .< upper))
      // `pointwiseMax` is not vectorized.
      x.replace(with: lower, where: x .< lower)
      x.replace(with: upper, where: x .> upper)
      clamped += x
    }
    return (clamped.sum(), free.sum())
  }
}
