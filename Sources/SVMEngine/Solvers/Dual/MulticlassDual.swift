import LinearAlgebra

/// The dual of a loss that compares the true class with the wrong ones: one variable β_ij for each
/// sample and wrong class.
///
///     W = Σ_i x_i γ_iᵀ,   γ_ij = −β_ij for j ≠ y_i,   γ_iy = Σ_j β_ij
///     Weston–Watkins:  β_ij in its box                     conjugate κ Σ β²/(2C)
///     Crammer–Singer:  β_ij ≥ 0, Σ_j β_ij ≤ upper·C        conjugate κ (Σ β)²/(2C)
///
/// A step optimizes all β of a sample, the others fixed. With A = ‖x_i‖² and g_j = Δ_j + s_j − s_y,
/// the optimum is β_j = clamp(a (b_j − θ)), b_j = β_j + g_j/A, for one θ; a = A/(A + κ/C) for
/// Weston–Watkins, 1 for Crammer–Singer. Keerthi et al., KDD 2008; for Crammer–Singer with a box
/// also Crammer and Singer, JMLR 2 (2001).
final class MulticlassDual: DualSubproblem, @unchecked Sendable {
  let weights: RowWeights
  private(set) var primal = 0.0
  private(set) var dual = 0.0
  private(set) var isFresh = false
  private(set) var isConverged = false

  private let rows: RowAccess
  private let form: DualForm
  private let takesMaximum: Bool
  private let labels: [Int]
  private let classes: Int
  /// C_i.
  private let costs: [Double]
  /// Δ_j, K×K, row = true class.
  private let margins: [Double]
  private let tolerance: Double
  private let seed: UInt64
  /// β, a row of `stride` numbers for each sample; 0 at the true class and in the padding.
  private let beta: Buffer
  /// Sweeps on two cores; nil where one core is used.
  private let halves: SweepHalves?
  /// K, rounded up to whole `SIMDLanes`.
  private let stride: Int
  private var order: [Int32]
  private var active: Int
  /// A pass that was interrupted, and goes on.
  private var halfDone: SweepOutcome?
  private var largest = Double.infinity
  private var schedule = GapSchedule()

  init(
    _ rows: RowAccess, _ problem: MinimizationProblem, _ form: DualForm, strength: Double,
    takesMaximum: Bool, costs: Matrix?, tolerance: Double
  ) throws {
    self.rows = rows
    self.form = form
    self.takesMaximum = takesMaximum
    self.tolerance = tolerance
    labels = problem.data.labels
    classes = problem.columns
    seed = problem.seed
    self.costs = DualCosts(problem, strength: strength).ofSamples
    margins = costs?.entries ?? [Double](repeating: form.delta, count: classes * classes)
    weights = try RowWeights(rows, classes: classes)
    stride = (classes + 3) / 4 * 4
    try MemoryLimit.require(rows: rows.count, columns: stride + 2, bytesPerEntry: 8)
    beta = Buffer(zeros: rows.count * stride)
    halves = try SweepHalves(rows, classes: classes)
    // Samples of weight 0 keep β = 0.
    let counts = self.costs
    order = (0..<Int32(rows.count)).filter { counts[Int($0)] > 0 }
    active = order.count
    let zeros = Buffer(zeros: max(classes, 1))
    for i in 0..<rows.count { primal += terms(i, scores: zeros.pointer).loss }
    schedule.begin(at: primal)
    isFresh = true
  }

  var state: SavedState {
    SavedState(
      "dual, all classes",
      [
        "order": order.map { Double($0) }, "active": [Double(active)],
        "largest": [largest], "converged": [isConverged ? 1 : 0], "primal": [primal],
        "dual": [dual], "half done": halfDone?.numbers ?? [],
      ], sharing: ["beta": [beta.copied]], parts: [schedule.state, weights.state])
  }

  func restore(_ state: SavedState) throws {
    try state.require("dual, all classes", parts: 2)
    try state.read("beta", into: beta)
    order = try state.rows("order", below: rows.count)
    active = min(try state.count("active"), order.count)
    largest = try state.number("largest")
    isConverged = try state.flag("converged")
    primal = try state.number("primal")
    dual = try state.number("dual")
    halfDone = try SweepOutcome(state, "half done", below: order.count)
    isFresh = false
    try schedule.restore(state.parts[0])
    try weights.restore(state.parts[1])
  }

  func pass(_ t: Int) throws {
    if schedule.passes > t { return }
    isFresh = false
    var random = PassOrder(seed: seed, part: 0, pass: t)
    let inHalves = halves.map { $0.rounds(of: active) > 0 } ?? false
    var met = halfDone ?? SweepOutcome(kept: inHalves ? 0 : active)
    try order.withUnsafeMutableBufferPointer { buffer in
      guard let order = buffer.baseAddress else { return }
      if halfDone == nil { try random.shuffle(order, active) }
      do {
        if inHalves, let halves {
          try pass(order, in: halves, &met)
        } else {
          try visit(order, &met, Visit(weights: weights, boost: 1, before: nil))
        }
      } catch {
        halfDone = met
        throw error
      }
    }
    halfDone = nil
    active = met.kept
    dual += met.gain
    largest = met.maxViolation > 0 ? met.maxViolation : .infinity
    schedule.count(
      gap: met.gap, dual: dual, tolerance: tolerance, hasShrunk: active < order.count)
  }

  /// The pass in two halves on two cores.
  private func pass(
    _ order: UnsafeMutablePointer<Int32>, in halves: SweepHalves, _ whole: inout SweepOutcome
  ) throws {
    let before = Buffer(uninitialized: active * stride)
    let places = UncheckedSendable(order)
    try halves.pass(weights, order: order, active: active, &whole) { range, weights, met in
      let visit = Visit(
        weights: weights, boost: SweepHalves.boost,
        before: before.pointer + range.lowerBound * stride)
      try self.visit(places.value + range.lowerBound, &met, visit)
    } retreat: { range, t in
      for s in range {
        let (own, old) = (beta.pointer + Int(order[s]) * stride, before.pointer + s * stride)
        for j in 0..<classes { own[j] = old[j] + t * (own[j] - old[j]) }
      }
    }
  }

  /// The arguments of `visit`, beside the order.
  private struct Visit {
    let weights: RowWeights
    /// The factor σ of a change in the weights, and so of ‖x‖² in the curvature; 1 for a pass on
    /// one core.
    let boost: Double
    /// Gets β before each step, by position in the order; nil where it is not needed.
    let before: UnsafeMutablePointer<Double>?
  }

  /// Steps along the samples of the order from `outcome.place` on, up to those that are left out.
  ///
  /// - Throws: `Interrupted`; `outcome` tells where to go on.
  private func visit(
    _ order: UnsafeMutablePointer<Int32>, _ outcome: inout SweepOutcome, _ visit: Visit
  ) throws {
    let (K, weights) = (classes, visit.weights)
    let scratch = Buffer(zeros: 3 * stride)
    let (s, b, change) = (scratch.pointer, scratch.pointer + stride, scratch.pointer + 2 * stride)
    for j in K..<stride { s[j] = Self.absent }
    // Looks are a tenth of a millisecond apart.
    let most = max(16, (1 << 16) / (classes * (16 + rows.meanEntries)))
    var left = most
    var met = outcome
    var k = met.place
    defer {
      met.place = k
      outcome = met
    }
    while k < met.kept {
      if left == 0 {
        try Interruption.check()
        left = most
      }
      left -= 1
      // Rows come in random order. Prefetch the bounds of a row's entries, then the entries, then
      // the weights of their columns.
      if k + 6 < met.kept { prefetch(Int(order[k + 6])) }
      if k + 3 < met.kept { weights.prefetch(Int(order[k + 3])) }
      if k + 1 < met.kept { weights.prefetchWeights(Int(order[k + 1])) }
      let i = Int(order[k])
      let y = labels[i]
      weights.scores(i, into: s)
      let own = beta.pointer + i * stride
      let correct = s[y]
      for j in 0..<K { s[j] += margins[y * K + j] - correct }
      s[y] = Self.absent
      let look = inspect(own, gains: s, y: y, cost: costs[i])
      if look.isFirm {
        met.kept -= 1
        (order[k], order[met.kept]) = (order[met.kept], order[k])
        continue
      }
      met.maxViolation = max(met.maxViolation, look.violation)
      met.gap += look.gap
      visit.before?.advanced(by: k * stride).update(from: own, count: stride)
      if look.violation > 1e-12 {
        let step = move(
          own, gains: s, y: y, cost: costs[i],
          norm: visit.boost * rows.squaredNorms.pointer[i], before: look.sum, b, change)
        met.gain += step.gain
        if visit.before != nil {
          met.linear += step.slope
          met.curved += step.bend
          for j in 0..<K where j != y { met.linear -= margins[y * K + j] * change[j] }
          for j in 0..<K { change[j] *= visit.boost }
        }
        weights.add(i, change)
      }
      k += 1
    }
  }

  private func prefetch(_ i: Int) {
    weights.prefetchPlace(i)
    Prefetch.ask(beta.pointer + i * stride, count: stride)
    Prefetch.ask(rows.squaredNorms.pointer + i, count: 1)
  }

  /// The gain of the true class, and of the padding.
  private static let absent = -1e300

  /// The state of a sample's variables before its step.
  private struct Look {
    /// The largest violation of their optimality conditions.
    var violation = 0.0
    /// Whether gradients above the largest violation of the last pass hold all of them at bounds:
    /// the sample is then left out.
    var isFirm = false
    /// Their part of the duality gap: C L − Σ_j β_j g_j + conjugate.
    var gap = 0.0
    /// Σ β.
    var sum = 0.0
  }

  private func inspect(
    _ own: UnsafePointer<Double>, gains g: UnsafePointer<Double>, y: Int, cost C: Double
  ) -> Look {
    takesMaximum
      ? inspectSum(own, gains: g, cost: C) : inspectBoxes(own, gains: g, y: y, cost: C)
  }

  /// φ(a) at the margin a with Δ − a = `gain`.
  private func value(gain: Double) -> Double { form.value(form.delta - gain) }

  /// Weston–Watkins: each variable has a box.
  private func inspectBoxes(
    _ own: UnsafePointer<Double>, gains g: UnsafePointer<Double>, y: Int, cost C: Double
  ) -> Look {
    let curvature = form.curvature / C
    var look = Look()
    var (loss, gain, squares) = (0.0, 0.0, 0.0)
    look.isFirm = classes > 1
    for j in 0..<classes where j != y {
      let h = g[j] - curvature * own[j]
      if own[j] <= form.lower * C {
        look.violation = max(look.violation, h)
        if h >= -largest { look.isFirm = false }
      } else if own[j] >= form.upper * C {
        look.violation = max(look.violation, -h)
        if h <= largest { look.isFirm = false }
      } else {
        look.violation = max(look.violation, abs(h))
        look.isFirm = false
      }
      loss += value(gain: g[j])
      gain += own[j] * g[j]
      look.sum += own[j]
      squares += own[j] * own[j]
    }
    look.gap = C * loss - gain + 0.5 * curvature * squares
    return look
  }

  /// Crammer–Singer: the sum has a bound. The rest up to it counts as one more variable, whose gain
  /// is 0.
  private func inspectSum(
    _ own: UnsafePointer<Double>, gains g: UnsafePointer<Double>, cost C: Double
  ) -> Look {
    var (top, low) = (SIMDLanes(repeating: Self.absent), SIMDLanes(repeating: .infinity))
    var (sums, gains, counts) = (SIMDLanes.zero, SIMDLanes.zero, SIMDLanes.zero)
    for j in Swift.stride(from: 0, to: stride, by: SIMDLanes.scalarCount) {
      let (o, x) = (SIMDLanes(at: own + j), SIMDLanes(at: g + j))
      let holds = o .> 0
      top.replace(with: x, where: x .> top)
      low.replace(with: x, where: holds .& (x .< low))
      counts.replace(with: counts + 1, where: holds)
      sums += o
      gains += o * x
    }
    var look = Look()
    look.sum = sums.sum()
    let shift = form.curvature / C * look.sum
    let strongest = top.max()
    let loss = strongest > Self.absent ? value(gain: strongest) : 0
    look.gap = C * loss - gains.sum() + 0.5 * shift * look.sum
    let highest = max(strongest - shift, 0)
    var (lowest, holders) = (low.min() - shift, counts.sum())
    let hasRest = form.upper * C - look.sum > 1e-12 * C
    if hasRest { (lowest, holders) = (min(lowest, 0), holders + 1) }
    look.violation = lowest.isInfinite ? highest : max(highest - lowest, 0)
    // All of the sum is at the class with the highest gain. How far below is the next?
    if holders == 1 && lowest == highest {
      var (second, ties) = (hasRest ? -Double.infinity : 0, 0)
      for j in 0..<classes {
        let h = g[j] - shift
        if h == highest { ties += 1 } else { second = max(second, h) }
      }
      if ties > (hasRest ? 0 : 1) { second = highest }
      look.isFirm = highest - second > largest
    }
    return look
  }

  /// Moves a sample's variables, whose sum is `before`, to their optimum. `change` gets what x_i is
  /// multiplied by in the change of W: old − new β_j at each wrong class, and minus their sum at
  /// the true one.
  private func move(
    _ own: UnsafeMutablePointer<Double>, gains g: UnsafePointer<Double>, y: Int, cost C: Double,
    norm: Double, before: Double, _ b: UnsafeMutablePointer<Double>,
    _ change: UnsafeMutablePointer<Double>
  ) -> Step {
    let curvature = form.curvature / C
    // A row of zeros does not change W: any A > 0 gives the optimum.
    let A = norm > 0 ? norm : 1e-12
    let inverse = 1 / A
    var top = SIMDLanes(repeating: -.infinity)
    for j in Swift.stride(from: 0, to: stride, by: SIMDLanes.scalarCount) {
      let line = SIMDLanes(at: own + j) + SIMDLanes(at: g + j) * inverse
      line.store(at: b + j)
      top.replace(with: line, where: line .> top)
    }
    let theta: Double
    let search: ThresholdSearch
    if takesMaximum {
      search = ThresholdSearch(slope: 1, lower: 0, upper: .infinity)
      let ratio = 1 + curvature / A
      let free = search.solve(
        b, count: classes, skipping: y, p: before / ratio, q: 1 / ratio, from: 0)
      let total = (free + before) / ratio
      if total > form.upper * C {
        theta = search.solve(
          b, count: classes, skipping: y, p: form.upper * C, q: 0,
          from: top.max() - form.upper * C)
      } else {
        theta = free
      }
    } else {
      search = ThresholdSearch(
        slope: A / (A + curvature), lower: form.lower * C, upper: form.upper * C)
      theta = search.solve(b, count: classes, skipping: y, p: before, q: 1, from: 0)
    }
    var (totals, gains) = (SIMDLanes.zero, SIMDLanes.zero)
    var (squares, conjugates) = (SIMDLanes.zero, SIMDLanes.zero)
    let (lower, upper) = (SIMDLanes(repeating: search.lower), SIMDLanes(repeating: search.upper))
    for j in Swift.stride(from: 0, to: stride, by: SIMDLanes.scalarCount) {
      let (old, x) = (SIMDLanes(at: own + j), SIMDLanes(at: g + j))
      var new = search.slope * (SIMDLanes(at: b + j) - theta)
      new.replace(with: lower, where: new .< lower)
      new.replace(with: upper, where: new .> upper)
      new.replace(with: 0, where: x .<= Self.absent)
      let less = old - new
      new.store(at: own + j)
      less.store(at: change + j)
      totals += less
      gains -= x * less
      squares += less * less
      conjugates += new * new - old * old
    }
    let total = totals.sum()
    change[y] = -total
    let conjugate = takesMaximum ? total * (total - 2 * before) : conjugates.sum()
    let bend = takesMaximum ? total * total : squares.sum()
    return Step(
      gain: gains.sum() - 0.5 * norm * (squares.sum() + total * total)
        - 0.5 * curvature * conjugate,
      slope: -0.5 * curvature * (conjugate - bend), bend: curvature * bend)
  }

  /// The effect of a sample's step.
  private struct Step {
    /// The rise of the dual objective.
    let gain: Double
    /// The slope of the conjugate's part of the dual along the step, and minus its curvature.
    let slope, bend: Double
  }

  func evaluateIfDue() throws {
    if schedule.isDue { try evaluate() }
  }

  func objectives() throws -> (primal: Double, dual: Double) {
    let (losses, gains) = try blockSums(over: rows.count, ofBlock: samplesOfBlock) { [self] range in
      try Interruption.check()
      let s = Buffer(zeros: classes)
      var (losses, gains) = (0.0, 0.0)
      for i in range {
        weights.scores(i, into: s.pointer)
        let (loss, gain) = terms(i, scores: s.pointer)
        losses += loss
        gains += gain
      }
      return (losses, gains)
    }
    let norm = weights.squaredNorm
    return (0.5 * norm + losses, gains - 0.5 * norm)
  }

  func evaluate() throws {
    (primal, dual) = try objectives()
    isFresh = true
    isConverged = primal - dual <= tolerance * abs(primal)
    if !isConverged && schedule.learn(gap: primal - dual, hasShrunk: active < order.count) {
      active = order.count
      largest = .infinity
    }
  }

  /// C L, and Σ Δ β − conjugate, of a sample.
  private func terms(
    _ i: Int, scores s: UnsafePointer<Double>
  ) -> (loss: Double, gain: Double) {
    let (K, y, C) = (classes, labels[i], costs[i])
    if C == 0 { return (0, 0) }
    let own = beta.pointer + i * stride
    var (loss, gain, sum, squares) = (0.0, 0.0, 0.0, 0.0)
    var strongest = -Double.infinity
    for j in 0..<K where j != y {
      let margin = margins[y * K + j]
      let u = margin + s[j] - s[y]
      gain += margin * own[j]
      sum += own[j]
      squares += own[j] * own[j]
      if takesMaximum { strongest = max(strongest, u) } else { loss += value(gain: u) }
    }
    if takesMaximum && strongest > -.infinity { loss = value(gain: strongest) }
    return (C * loss, gain - form.curvature * (takesMaximum ? sum * sum : squares) / (2 * C))
  }
}
