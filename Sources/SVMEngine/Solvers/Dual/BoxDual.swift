import LinearAlgebra

/// The dual of a binary problem: one variable α_i to a sample, in the box of its loss.
///
///     min ½‖Σ α_i y_i x_i‖² − Σ (Δ α_i − κ α_i²/(2 C_i)),   lower·C_i ≤ α_i ≤ upper·C_i
///
/// Sweeps in random order (`CoordinateSweep`), and looks at the gap as `GapSchedule` says. Hsieh et al.,
/// ICML 2008, Algorithm 3.
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
  private var schedule: GapSchedule

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
    schedule = GapSchedule(delta: form.delta)
  }

  var state: [[Double]] {
    get { [[largest, least, isConverged ? 1 : 0, primal, dual], schedule.state] + sweep.state }
    set {
      guard newValue.count == 8, newValue[0].count == 5 else { return }
      let numbers = newValue[0]
      (largest, least) = (numbers[0], numbers[1])
      isConverged = numbers[2] == 1
      (primal, dual) = (numbers[3], numbers[4])
      schedule.state = newValue[1]
      sweep.state = Array(newValue[2...])
    }
  }

  func pass(_ t: Int) {
    isFresh = false
    var random = PassOrder(seed: seed, part: column, pass: t)
    let hasShrunk = sweep.active < sweep.count
    let (top, bottom) = sweep.sweep(largest: largest, least: least) { order, active in
      random.shuffle(order, active)
    }
    if schedule.count(violation: top - bottom, hasShrunk: hasShrunk) {
      sweep.activateAll()
      (largest, least) = (.infinity, -.infinity)
    } else {
      largest = top > 0 ? top : .infinity
      least = bottom < 0 ? bottom : -.infinity
    }
  }

  func evaluateIfDue() throws {
    if schedule.isDue { try evaluate() }
  }

  func objectives() throws -> (primal: Double, dual: Double) {
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
    return (0.5 * norm + losses, gains - 0.5 * norm)
  }

  func evaluate() throws {
    (primal, dual) = try objectives()
    isFresh = true
    let gap = primal - dual
    isConverged = gap <= tolerance * abs(primal)
    schedule.learn(primal: primal, gap: gap, tolerance: tolerance)
  }
}
