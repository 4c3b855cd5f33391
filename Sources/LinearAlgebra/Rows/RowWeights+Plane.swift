/// Operations on whole weights for extrapolation steps, each in one pass over memory. All but `dot`
/// need K = 1.
extension RowWeights {
  /// `difference` ← d = w − w₀, with w₀ in `before` and p in `previous`.
  ///
  /// - Returns: −w·d, −w·p, d·d, d·p and p·p.
  package func products(
    before: RowWeights, previous: RowWeights, difference: RowWeights
  ) -> PlaneProducts {
    difference.factors[0] = factors[0] - before.factors[0]
    difference.shifts[0] = shifts[0] - before.shifts[0]
    let sums = Parallel.sums(over: storage.count) { range in
      self.products(range, before, previous, difference).lanes
    }
    guard shift != nil else { return PlaneProducts(sums) }
    var products = PlaneProducts()
    products.gd = -dot(difference)
    products.gp = -dot(previous)
    products.dd = difference.dot(difference)
    products.dp = difference.dot(previous)
    products.pp = previous.dot(previous)
    return products
  }

  /// The same over a range of entries, without the shift.
  private func products(
    _ range: Range<Int>, _ before: RowWeights, _ previous: RowWeights, _ difference: RowWeights
  ) -> PlaneProducts {
    let (w, w0, p, d) = (
      storage.pointer, before.storage.pointer, previous.storage.pointer, difference.storage.pointer
    )
    var products = PlaneProducts()
    var (wd, wp, dd, dp, pp) = (
      SIMDLanes.zero, SIMDLanes.zero, SIMDLanes.zero, SIMDLanes.zero, SIMDLanes.zero
    )
    let whole = range.lowerBound + range.count / 4 * 4
    for i in stride(from: range.lowerBound, to: whole, by: 4) {
      let (a, q) = (SIMDLanes(at: w + i), SIMDLanes(at: p + i))
      let e = a - SIMDLanes(at: w0 + i)
      e.store(at: d + i)
      wd += a * e
      wp += a * q
      dd += e * e
      dp += e * q
      pp += q * q
    }
    (products.gd, products.gp) = (-wd.sum(), -wp.sum())
    (products.dd, products.dp, products.pp) = (dd.sum(), dp.sum(), pp.sum())
    for i in whole..<range.upperBound {
      d[i] = w[i] - w0[i]
      products.gd -= w[i] * d[i]
      products.gp -= w[i] * p[i]
      products.dd += d[i] * d[i]
      products.dp += d[i] * p[i]
      products.pp += p[i] * p[i]
    }
    return products
  }

  /// w ← a w + b v, with v = `other` of the same rows.
  package func combine(_ a: Double, _ b: Double, _ other: RowWeights) {
    let (target, source) = (storage.pointer, other.storage.pointer)
    for i in 0..<storage.count { target[i] = a * target[i] + b * source[i] }
    factors[0] = a * factors[0] + b * other.factors[0]
    shifts[0] = a * shifts[0] + b * other.shifts[0]
  }

  /// w ← w + t e; `change` ← w − w₀; w₀ ← w.
  package func go(
    _ t: Double, _ step: RowWeights, before: RowWeights, change: RowWeights
  ) {
    Parallel.forEachBlock(of: storage.count, costEach: 1) { range in
      let (w, e) = (self.storage.pointer, step.storage.pointer)
      let (w0, p) = (before.storage.pointer, change.storage.pointer)
      for i in range {
        let new = w[i] + t * e[i]
        p[i] = new - w0[i]
        w0[i] = new
        w[i] = new
      }
    }
    factors[0] += t * step.factors[0]
    shifts[0] += t * step.shifts[0]
    change.factors[0] = factors[0] - before.factors[0]
    change.shifts[0] = shifts[0] - before.shifts[0]
    (before.factors, before.shifts) = (factors, shifts)
  }

  /// The inner product Σ W∘V over all entries and classes.
  package func dot(_ other: RowWeights) -> Double {
    let (a, b, count) = (storage.pointer, other.storage.pointer, storage.count)
    if let shift {
      var total = 0.0
      for k in count - classes..<count { total += a[k] * b[k] }
      for k in 0..<count - classes {
        let (d, j) = k.quotientAndRemainder(dividingBy: classes)
        total += (a[k] - factors[j] * shift[d]) * (b[k] - other.factors[j] * shift[d])
      }
      return total
    }
    var sum = SIMDLanes.zero
    let whole = count / 4 * 4
    for i in stride(from: 0, to: whole, by: 4) {
      sum += SIMDLanes(at: a + i) * SIMDLanes(at: b + i)
    }
    var total = sum.sum()
    for i in whole..<count { total += a[i] * b[i] }
    return total
  }

  /// The shift m of sparse rows; nil where nothing is subtracted.
  var shift: UnsafePointer<Double>? {
    if case .sparse(let sparse) = rows.form { return sparse.shift }
    return nil
  }
}
