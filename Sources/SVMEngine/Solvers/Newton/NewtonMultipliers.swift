import LinearAlgebra

/// The data that β of `NewtonMethod` depends on, as plain pointers for loops over all samples. They
/// are valid as long as the `NewtonSubproblem`.
struct NewtonMultipliers: @unchecked Sendable {
  let signs: UnsafeMutablePointer<Double>
  let costs: UnsafeMutablePointer<Double>
  let alpha: UnsafeMutablePointer<Double>
  let scores: UnsafeMutablePointer<Double>
  /// Results: β, y β, and Xd, the change of the scores along a direction d.
  let beta: UnsafeMutablePointer<Double>
  let signed: UnsafeMutablePointer<Double>
  let steps: UnsafeMutablePointer<Double>
  let form: DualForm
  let rho: Double
  /// 1/κ; 0 where multipliers are used.
  let softness: Double
  let areUsed: Bool

  /// β_i at a score f_i, and whether it is strictly between its bounds.
  @inline(__always)
  func best(_ i: Int, _ f: Double) -> (beta: Double, isFree: Bool) {
    let C = costs[i]
    let u = form.delta - signs[i] * f
    let free = areUsed ? rho * u + alpha[i] : u * C * softness
    // 0 · ∞ is NaN: the box of a sample of weight 0 has no interior.
    let (low, high) = (form.lower * C, C == 0 ? 0 : form.upper * C)
    return (min(max(free, low), high), free > low && free < high)
  }

  /// Σ β_i y_i (Xd)_i over some samples after a step s, and minus its derivative in s.
  func pull(_ range: Range<Int>, at s: Double) -> (pull: Double, bend: Double) {
    var (pulls, bends) = (SIMDLanes.zero, SIMDLanes.zero)
    let whole = range.lowerBound + range.count / SIMDLanes.scalarCount * SIMDLanes.scalarCount
    for i in stride(from: range.lowerBound, to: whole, by: SIMDLanes.scalarCount) {
      let (C, y, step) = (
        SIMDLanes(at: costs + i), SIMDLanes(at: signs + i), SIMDLanes(at: steps + i)
      )
      let u = form.delta - y * (SIMDLanes(at: scores + i) + s * step)
      let free = areUsed ? rho * u + SIMDLanes(at: alpha + i) : u * C * softness
      let low = form.lower * C
      let high = (form.upper * C).replacing(with: 0, where: C .== 0)
      pulls +=
        y * step
        * free.replacing(with: low, where: free .< low)
        .replacing(with: high, where: free .> high)
      let bend = (areUsed ? SIMDLanes(repeating: rho) : C * softness) * step * step
      bends += bend.replacing(with: 0, where: (free .<= low) .| (free .>= high))
    }
    var (pull, bend) = (pulls.sum(), bends.sum())
    for i in whole..<range.upperBound {
      let (b, isFree) = best(i, scores[i] + s * steps[i])
      pull += signs[i] * b * steps[i]
      if isFree { bend += (areUsed ? rho : costs[i] * softness) * steps[i] * steps[i] }
    }
    return (pull, bend)
  }
}
