import LinearAlgebra

/// The dual of a binary problem: one variable α_i to a sample, in its box.
///
///     min ½‖Σ α_i y_i x_i‖² − Σ (Δ α_i − κ α_i²/(2 C_i)),   lower·C_i ≤ α_i ≤ upper·C_i
///     G_i = y_i w·x_i − Δ + κ α_i/C_i;   α_i ← clamp(α_i − G_i/(‖x_i‖² + κ/C_i))
///
/// Samples at a bound whose gradient says that they stay there are left out for a while. Hsieh et al.,
/// ICML 2008, Algorithm 3.
final class BoxDual: DualPart {
  let weights: RowWeights
  private(set) var primal = 0.0
  private(set) var dual = 0.0
  private(set) var isFresh = false
  private(set) var isConverged = false

  private let rows: RowAccess
  private let form: DualForm
  private let signs: Buffer
  private let costs: Buffer
  private let tolerance: Double
  private let seed: UInt64
  private let column: Int
  private var alpha: [Double]
  private var order: [Int32]
  private var active: Int
  /// The largest and least projected gradient of the pass before.
  private var largest = Double.infinity
  private var least = -Double.infinity
  /// Where a range of projected gradients is small enough to look at the gap.
  private var threshold: Double
  private var isDue = false
  /// Whether all were looked at, and moved by less than the threshold.
  private var isSettled = false
  private var passes = 0
  /// The pass after which the gap is looked at in any case.
  private var nextLook = 5

  init(
    _ rows: RowAccess, _ form: DualForm, signs: [Double], costs: [Double], tolerance: Double,
    seed: UInt64, column: Int
  ) throws {
    self.rows = rows
    self.form = form
    self.signs = Buffer(zeros: signs.count)
    self.signs.fill(signs)
    self.costs = Buffer(zeros: costs.count)
    self.costs.fill(costs)
    self.tolerance = tolerance
    self.seed = seed
    self.column = column
    weights = try RowWeights(rows, classes: 1)
    try MemoryLimit.require(rows: rows.count, columns: 4, bytesPerEntry: 8)
    alpha = [Double](repeating: 0, count: rows.count)
    // Samples that count nothing keep α = 0.
    order = (0..<Int32(rows.count)).filter { costs[Int($0)] > 0 }
    active = order.count
    threshold = 0.1 * max(form.delta, 0.1)
  }

  var state: [[Double]] {
    get {
      let numbers: [Double] = [
        Double(active), largest, least, threshold, Double(passes), isConverged ? 1 : 0, primal,
        dual, Double(nextLook),
      ]
      return [alpha, order.map { Double($0) }, numbers] + weights.state
    }
    set {
      guard newValue.count == 6, newValue[0].count == rows.count, newValue[2].count == 9 else {
        return
      }
      alpha = newValue[0]
      order = newValue[1].map { Int32($0) }
      let numbers = newValue[2]
      active = Int(numbers[0])
      (largest, least, threshold) = (numbers[1], numbers[2], numbers[3])
      passes = Int(numbers[4])
      isConverged = numbers[5] == 1
      (primal, dual) = (numbers[6], numbers[7])
      nextLook = Int(numbers[8])
      weights.state = Array(newValue[3...])
    }
  }

  func pass(_ t: Int) {
    isFresh = false
    passes += 1
    var random = PassOrder(seed: seed, part: column, pass: t)
    var (top, bottom) = (-Double.infinity, Double.infinity)
    let (weights, form, count) = (weights, form, order.count)
    let (norms, signs, costs) = (rows.squaredNorms.pointer, signs.pointer, costs.pointer)
    let (largest, least) = (largest, least)
    var active = active
    let hasShrunk = active < count
    alpha.withUnsafeMutableBufferPointer { alphaBuffer in
      order.withUnsafeMutableBufferPointer { orderBuffer in
        guard let alpha = alphaBuffer.baseAddress, let order = orderBuffer.baseAddress else {
          return
        }
        random.shuffle(order, active)
        var s = 0
        while s < active {
          weights.prefetch(Int(order[min(s + 4, count - 1)]))
          let i = Int(order[s])
          let (y, C, old) = (signs[i], costs[i], alpha[i])
          let (low, high) = (form.lower * C, form.upper * C)
          let curvature = form.curvature > 0 ? form.curvature / C : 0
          let G = y * weights.score(i) - form.delta + curvature * old
          var projected = G
          if old <= low || old >= high {
            if old <= low ? G > largest : G < least {
              active -= 1
              (order[s], order[active]) = (order[active], order[s])
              continue
            }
            projected = old <= low ? min(G, 0) : max(G, 0)
          }
          top = max(top, projected)
          bottom = min(bottom, projected)
          if abs(projected) > 1e-12 {
            let scale = norms[i] + curvature
            let new = scale > 0 ? min(max(old - G / scale, low), high) : G < 0 ? high : low
            if new != old {
              alpha[i] = new
              weights.add(i, (new - old) * y)
            }
          }
          s += 1
        }
      }
    }
    self.active = active
    let range = active == 0 ? 0 : top - bottom
    if range <= threshold {
      // The others are looked at again before the gap is.
      isDue = !hasShrunk
      isSettled = isDue
      self.active = order.count
      (self.largest, self.least) = (.infinity, -.infinity)
    } else {
      self.largest = top > 0 ? top : .infinity
      self.least = bottom < 0 ? bottom : -.infinity
      isDue = passes >= nextLook
      isSettled = false
      if isDue {
        // Whoever was left out by mistake is not left out for long.
        self.active = order.count
        (self.largest, self.least) = (.infinity, -.infinity)
      }
    }
  }

  func evaluateIfDue() throws {
    if isDue { try evaluate() }
  }

  func evaluate() throws {
    var (losses, gains) = (0.0, 0.0)
    for i in 0..<rows.count {
      if i % 4096 == 0 { try Interruption.check() }
      let (C, a) = (costs.pointer[i], alpha[i])
      if C == 0 { continue }
      losses += C * form.value(signs.pointer[i] * weights.score(i))
      gains += form.delta * a
      if form.curvature > 0 { gains -= form.curvature * a * a / (2 * C) }
    }
    let norm = weights.squaredNorm
    primal = 0.5 * norm + losses
    dual = gains - 0.5 * norm
    isFresh = true
    let gap = primal - dual
    isConverged = gap <= tolerance * abs(primal)
    if !isConverged && isSettled && primal > 0 {
      // How much smaller violations must become is guessed from how far the gap still is.
      threshold *= min(max(0.5 * tolerance * primal / gap, 0.1), 0.7)
      threshold = max(threshold, 1e-14)
    }
    isDue = false
    nextLook = passes + max(5, passes / 2)
  }
}
