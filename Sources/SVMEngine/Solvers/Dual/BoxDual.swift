import LinearAlgebra

/// The dual of a binary problem: one variable α_i to a sample, in the box of its loss.
///
///     min ½‖Σ α_i y_i x_i‖² − Σ (Δ α_i − κ α_i²/(2 C_i)),   lower·C_i ≤ α_i ≤ upper·C_i
///
/// Sweeps in random order (`CoordinateSweep`) until the largest violation is below a threshold; then
/// everybody is looked at again, and then the gap, which says how much smaller the threshold must be.
/// Hsieh et al., ICML 2008, Algorithm 3.
final class BoxDual: DualPart {
  private(set) var primal = 0.0
  private(set) var dual = 0.0
  private(set) var isFresh = false
  private(set) var isConverged = false
  var weights: RowWeights { sweep.weights }

  private let rows: RowAccess
  private let form: DualForm
  private let costs: [Double]
  private let tolerance: Double
  private let seed: UInt64
  private let column: Int
  private let sweep: CoordinateSweep
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
  private var nextLook = 10

  init(
    _ rows: RowAccess, _ form: DualForm, signs: [Double], costs: [Double], tolerance: Double,
    seed: UInt64, column: Int
  ) throws {
    self.rows = rows
    self.form = form
    self.costs = costs
    self.tolerance = tolerance
    self.seed = seed
    self.column = column
    // Samples of the same sign and cost are a group.
    var groups: [CoordinateSweep.Group] = []
    var known: [[Double]: Int] = [:]
    let groupOf = (0..<rows.count).map { i in
      let key = [signs[i], costs[i]]
      if let group = known[key] { return group }
      let C = costs[i]
      known[key] = groups.count
      groups.append(
        CoordinateSweep.Group(
          sign: signs[i], low: form.lower * C, high: C == 0 ? 0 : form.upper * C,
          curvature: form.curvature > 0 && C > 0 ? form.curvature / C : 0))
      return groups.count - 1
    }
    sweep = try CoordinateSweep(rows, delta: form.delta, groups: groups, groupOf: groupOf)
    threshold = 0.1 * max(form.delta, 0.1)
  }

  var state: [[Double]] {
    get {
      [
        [
          largest, least, threshold, Double(passes), isConverged ? 1 : 0, primal, dual,
          Double(nextLook),
        ]
      ] + sweep.state
    }
    set {
      guard newValue.count == 7, newValue[0].count == 8 else { return }
      let numbers = newValue[0]
      (largest, least, threshold) = (numbers[0], numbers[1], numbers[2])
      passes = Int(numbers[3])
      isConverged = numbers[4] == 1
      (primal, dual) = (numbers[5], numbers[6])
      nextLook = Int(numbers[7])
      sweep.state = Array(newValue[1...])
    }
  }

  func pass(_ t: Int) {
    isFresh = false
    passes += 1
    var random = PassOrder(seed: seed, part: column, pass: t)
    let hasShrunk = sweep.active < sweep.count
    let (top, bottom) = sweep.sweep(largest: largest, least: least) { order, active in
      random.shuffle(order, active)
    }
    let isSmall = !(top - bottom > threshold)
    isSettled = isSmall && !hasShrunk
    isDue = isSettled || passes >= nextLook
    if isSmall || isDue {
      // The others are looked at again before the gap is, and whoever was left out by mistake is not
      // left out for long.
      sweep.activateAll()
      (largest, least) = (.infinity, -.infinity)
    } else {
      largest = top > 0 ? top : .infinity
      least = bottom < 0 ? bottom : -.infinity
    }
  }

  func evaluateIfDue() throws {
    if isDue { try evaluate() }
  }

  func evaluate() throws {
    var (losses, gains) = (0.0, 0.0)
    for i in 0..<rows.count {
      if i % 4096 == 0 { try Interruption.check() }
      let (C, a) = (costs[i], sweep.alpha(i))
      if C == 0 { continue }
      losses += C * form.value(sweep.sign(i) * weights.score(i))
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
    nextLook = max(10, 2 * passes)
  }
}
