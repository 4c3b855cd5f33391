/// Operations on whole weights for sweeps in halves, on all cores.
extension RowWeights {
  /// w ← `other`, which has the same rows and classes.
  package func copy(_ other: RowWeights) {
    storage.pointer.update(from: other.storage.pointer, count: storage.count)
    (factors, shifts) = (other.factors, other.shifts)
  }

  /// `second` ← δ = (first − w + second − w) · share.
  ///
  /// - Returns: −w·δ and δ·δ.
  package func changes(
    _ first: RowWeights, _ second: RowWeights, share: Double
  ) -> (slope: Double, bend: Double) {
    for j in 0..<classes {
      let (factor, shift) = (factors[j], shifts[j])
      second.factors[j] = share * (first.factors[j] - factor + (second.factors[j] - factor))
      second.shifts[j] = share * (first.shifts[j] - shift + (second.shifts[j] - shift))
    }
    let sums = Parallel.sums(over: storage.count) { range in
      let (w, a, b) = (self.storage.pointer, first.storage.pointer, second.storage.pointer)
      var (along, squares) = (SIMDLanes.zero, SIMDLanes.zero)
      let whole = range.lowerBound + range.count / 4 * 4
      for i in stride(from: range.lowerBound, to: whole, by: 4) {
        let v = SIMDLanes(at: w + i)
        let change = share * (SIMDLanes(at: a + i) - v + (SIMDLanes(at: b + i) - v))
        change.store(at: b + i)
        along += v * change
        squares += change * change
      }
      var (slope, bend) = (-along.sum(), squares.sum())
      for i in whole..<range.upperBound {
        b[i] = share * (a[i] - w[i] + (b[i] - w[i]))
        slope -= w[i] * b[i]
        bend += b[i] * b[i]
      }
      return SIMD8(lowHalf: SIMD4(slope, bend, 0, 0), highHalf: .zero)
    }
    if shift != nil { return (-dot(second), second.dot(second)) }
    return (sums[0], sums[1])
  }

  /// w ← w + t e.
  package func add(_ step: RowWeights, times t: Double) {
    Parallel.forEachBlock(of: storage.count, costEach: 1) { range in
      let (w, e) = (self.storage.pointer, step.storage.pointer)
      for i in range { w[i] += t * e[i] }
    }
    for j in 0..<classes {
      factors[j] += t * step.factors[j]
      shifts[j] += t * step.shifts[j]
    }
  }
}
