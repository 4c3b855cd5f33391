import LinearAlgebra

/// The dual of a loss that compares the true class with the wrong ones: one variable β_ij to a sample
/// and wrong class.
///
///     W = Σ_i x_i γ_iᵀ,   γ_ij = −β_ij for j ≠ y_i,   γ_iy = Σ_j β_ij
///     Weston–Watkins:  β_ij in its box                     conjugate κ Σ β²/(2C)
///     Crammer–Singer:  β_ij ≥ 0, Σ_j β_ij ≤ upper·C        conjugate κ (Σ β)²/(2C)
///
/// A step takes all β of a sample to their best, the others fixed: with A = ‖x_i‖² and g_j = Δ_j + s_j −
/// s_y, the best is β_j = clamp(·, b_j − θ), b_j = β_j + g_j/A, for one θ. Keerthi et al., KDD 2008; for
/// Crammer–Singer with a box also Crammer and Singer, JMLR 2 (2001).
final class RowDual: DualPart {
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
  /// Δ_j for each true class, row by row.
  private let margins: [Double]
  private let tolerance: Double
  private let seed: UInt64
  /// N×K; that of the true class stays 0.
  private let beta: Buffer
  private var order: [Int32]
  private var active: Int
  private var largest = Double.infinity
  private var schedule: GapSchedule

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
    try MemoryLimit.require(rows: rows.count, columns: classes + 2, bytesPerEntry: 8)
    beta = Buffer(zeros: rows.count * classes)
    // Samples that count nothing keep β = 0.
    let counts = self.costs
    order = (0..<Int32(rows.count)).filter { counts[Int($0)] > 0 }
    active = order.count
    schedule = GapSchedule(delta: margins.max() ?? 1)
  }

  var state: [[Double]] {
    get {
      let numbers = [Double(active), largest, isConverged ? 1 : 0, primal, dual]
      let all = Array(UnsafeBufferPointer(start: beta.pointer, count: beta.count))
      return [all, order.map { Double($0) }, numbers, schedule.state] + weights.state
    }
    set {
      guard newValue.count == 7, newValue[0].count == beta.count, newValue[2].count == 5 else {
        return
      }
      for i in 0..<beta.count { beta.pointer[i] = newValue[0][i] }
      order = newValue[1].map { Int32($0) }
      let numbers = newValue[2]
      (active, largest) = (Int(numbers[0]), numbers[1])
      isConverged = numbers[2] == 1
      (primal, dual) = (numbers[3], numbers[4])
      schedule.state = newValue[3]
      weights.state = Array(newValue[4...])
    }
  }

  func pass(_ t: Int) {
    isFresh = false
    var random = PassOrder(seed: seed, part: 0, pass: t)
    let K = classes
    var worst = 0.0
    let scratch = Buffer(zeros: 3 * K)
    let hasShrunk = active < order.count
    let (s, b, change) = (scratch.pointer, scratch.pointer + K, scratch.pointer + 2 * K)
    order.withUnsafeMutableBufferPointer { buffer in
      guard let order = buffer.baseAddress else { return }
      random.shuffle(order, active)
      var k = 0
      while k < active {
        if k + 2 < active { weights.prefetch(Int(order[k + 2])) }
        let i = Int(order[k])
        let y = labels[i]
        weights.scores(i, into: s)
        let own = beta.pointer + i * K
        let correct = s[y]
        for j in 0..<K { s[j] += margins[y * K + j] - correct }
        let (violation, isFirm) = inspect(own, gains: s, y: y, cost: costs[i])
        if isFirm {
          active -= 1
          (order[k], order[active]) = (order[active], order[k])
          continue
        }
        worst = max(worst, violation)
        if violation > 1e-12 {
          move(own, gains: s, y: y, cost: costs[i], norm: rows.squaredNorms.pointer[i], b, change)
          weights.add(i, change)
        }
        k += 1
      }
    }
    if schedule.count(violation: worst, hasShrunk: hasShrunk) {
      active = order.count
      largest = .infinity
    } else {
      largest = worst
    }
  }

  /// How far a sample's variables are from where their gradients want them, and whether all of them
  /// lie at bounds by more than the largest violation of the pass before.
  private func inspect(
    _ own: UnsafePointer<Double>, gains g: UnsafePointer<Double>, y: Int, cost C: Double
  ) -> (violation: Double, isFirm: Bool) {
    let K = classes
    let curvature = form.curvature / C
    if !takesMaximum {
      var (violation, isFirm) = (0.0, true)
      for j in 0..<K where j != y {
        let h = g[j] - curvature * own[j]
        if own[j] <= form.lower * C {
          violation = max(violation, h)
          if h >= -largest { isFirm = false }
        } else if own[j] >= form.upper * C {
          violation = max(violation, -h)
          if h <= largest { isFirm = false }
        } else {
          violation = max(violation, abs(h))
          isFirm = false
        }
      }
      return (violation, isFirm && K > 1)
    }
    // What is left of the box counts as one more variable, whose gain is 0.
    var sum = 0.0
    for j in 0..<K { sum += own[j] }
    let rest = form.upper * C - sum
    let shift = curvature * sum
    var (highest, second) = (0.0, -Double.infinity)
    var (lowest, holders) = (Double.infinity, 0)
    var holderIsHighest = false
    if rest > 1e-12 * C {
      (lowest, holders, holderIsHighest) = (0, 1, true)
    }
    for j in 0..<K where j != y {
      let h = g[j] - shift
      let holds = own[j] > 0
      if holds {
        lowest = min(lowest, h)
        holders += 1
      }
      if h > highest {
        (highest, second) = (h, highest)
        holderIsHighest = holds
      } else {
        second = max(second, h)
      }
    }
    let violation = lowest.isInfinite ? highest : highest - lowest
    let isFirm = holders == 1 && holderIsHighest && highest - second > largest
    return (max(violation, 0), isFirm)
  }

  /// Takes a sample's variables to their best; `change` gets what is added to each class's weights.
  private func move(
    _ own: UnsafeMutablePointer<Double>, gains g: UnsafePointer<Double>, y: Int, cost C: Double,
    norm A: Double, _ b: UnsafeMutablePointer<Double>, _ change: UnsafeMutablePointer<Double>
  ) {
    let K = classes
    var before = 0.0
    for j in 0..<K { before += own[j] }
    let curvature = form.curvature / C
    // A row of zeros has no part in W: any A will do to find the best.
    let A = A > 0 ? A : 1e-12
    for j in 0..<K { b[j] = own[j] + g[j] / A }
    let theta: Double
    let search: ThresholdSearch
    if takesMaximum {
      search = ThresholdSearch(slope: 1, lower: 0, upper: .infinity)
      let ratio = 1 + curvature / A
      let free = search.solve(
        b, count: K, skipping: y, p: before / ratio, q: 1 / ratio, from: 0)
      let total = (free + before) / ratio
      if total > form.upper * C {
        var top = -Double.infinity
        for j in 0..<K where j != y { top = max(top, b[j]) }
        theta = search.solve(
          b, count: K, skipping: y, p: form.upper * C, q: 0, from: top - form.upper * C)
      } else {
        theta = free
      }
    } else {
      search = ThresholdSearch(
        slope: A / (A + curvature), lower: form.lower * C, upper: form.upper * C)
      theta = search.solve(b, count: K, skipping: y, p: before, q: 1, from: 0)
    }
    var total = 0.0
    for j in 0..<K where j != y {
      let new = min(max(search.slope * (b[j] - theta), search.lower), search.upper)
      change[j] = own[j] - new
      total += change[j]
      own[j] = new
    }
    change[y] = -total
  }

  func evaluateIfDue() throws {
    if schedule.isDue { try evaluate() }
  }

  func objectives() throws -> (primal: Double, dual: Double) {
    let K = classes
    let chunks = min(16, (rows.count + 255) / 256)
    let sums = Buffer(zeros: 2 * max(chunks, 1))
    let part = SharedRowDual(self)
    try Parallel.forEach(chunks) { c in
      let s = Buffer(zeros: K)
      let me = part.dual
      for i in me.rows.count * c / chunks..<me.rows.count * (c + 1) / chunks {
        if i % 1024 == 0 { try Interruption.check() }
        me.weights.scores(i, into: s.pointer)
        let (loss, gain) = me.terms(i, scores: s.pointer)
        sums.pointer[2 * c] += loss
        sums.pointer[2 * c + 1] += gain
      }
    }
    let norm = weights.squaredNorm
    var (primal, dual) = (0.5 * norm, -0.5 * norm)
    for c in 0..<chunks {
      primal += sums.pointer[2 * c]
      dual += sums.pointer[2 * c + 1]
    }
    return (primal, dual)
  }

  func evaluate() throws {
    (primal, dual) = try objectives()
    isFresh = true
    let gap = primal - dual
    isConverged = gap <= tolerance * abs(primal)
    schedule.learn(primal: primal, gap: gap, tolerance: tolerance)
  }

  /// C L, and Σ Δ β less the conjugate, of a sample.
  private func terms(
    _ i: Int, scores s: UnsafePointer<Double>
  ) -> (loss: Double, gain: Double) {
    let (K, y, C) = (classes, labels[i], costs[i])
    if C == 0 { return (0, 0) }
    let own = beta.pointer + i * K
    var (loss, gain, sum, squares) = (0.0, 0.0, 0.0, 0.0)
    var strongest = -Double.infinity
    for j in 0..<K where j != y {
      let margin = margins[y * K + j]
      let u = margin + s[j] - s[y]
      gain += margin * own[j]
      sum += own[j]
      squares += own[j] * own[j]
      if takesMaximum { strongest = max(strongest, u) } else { loss += form.value(form.delta - u) }
    }
    if takesMaximum && strongest > -.infinity { loss = form.value(form.delta - strongest) }
    return (C * loss, gain - form.curvature * (takesMaximum ? sum * sum : squares) / (2 * C))
  }
}

private struct SharedRowDual: @unchecked Sendable {
  let dual: RowDual
  init(_ dual: RowDual) { self.dual = dual }
}
