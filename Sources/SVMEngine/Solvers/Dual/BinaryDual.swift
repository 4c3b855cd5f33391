import LinearAlgebra

/// The dual of a binary problem: one variable α_i for each sample, in the box of its loss.
///
///     min ½‖Σ α_i y_i x_i‖² − Σ (Δ α_i − κ α_i²/(2 C_i)),   lower·C_i ≤ α_i ≤ upper·C_i
///
/// Each pass is a sweep in random order (`CoordinateSweep`), with an extrapolation before it.
/// `GapSchedule` decides when the duality gap is evaluated. Hsieh et al., ICML 2008, Algorithm 3.
final class BinaryDual: DualSubproblem, @unchecked Sendable {
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
  /// The largest and least projected gradient of the last pass.
  private var largest = Double.infinity
  private var least = -Double.infinity
  /// The rise of the dual objective in the last pass.
  private var gained = 0.0
  private var schedule = GapSchedule()

  init(
    _ rows: RowAccess, _ form: DualForm, signs: [Double], costs: [Double], tolerance: Double,
    seed: UInt64, column: Int, isAlone: Bool
  ) throws {
    self.rows = rows
    self.form = form
    self.costs = costs
    self.tolerance = tolerance
    self.seed = seed
    self.column = column
    // Samples with the same sign and cost are a group. There are at most as many as classes.
    var groups: [CoordinateSweep.Group] = []
    var known: [(sign: Double, C: Double)] = []
    let groupOf = (0..<rows.count).map { i in
      let (sign, C) = (signs[i], costs[i])
      if let group = known.firstIndex(where: { $0.sign == sign && $0.C == C }) { return group }
      known.append((sign, C))
      groups.append(
        CoordinateSweep.Group(
          sign: sign, low: form.lower * C, high: C == 0 ? 0 : form.upper * C,
          curvature: form.curvature > 0 && C > 0 ? form.curvature / C : 0))
      return groups.count - 1
    }
    sweep = try CoordinateSweep(
      rows, delta: form.delta, groups: groups, groupOf: groupOf, inHalves: isAlone)
    for C in costs where C > 0 { primal += C * form.value(0) }
    schedule.begin(at: primal)
    isFresh = true
  }

  var state: SavedState {
    SavedState(
      "dual, one class",
      [
        "largest": [largest], "least": [least], "converged": [isConverged ? 1 : 0],
        "primal": [primal], "dual": [dual], "gained": [gained],
      ], parts: [schedule.state, sweep.state])
  }

  func restore(_ state: SavedState) throws {
    try state.require("dual, one class", parts: 2)
    largest = try state.number("largest")
    least = try state.number("least")
    isConverged = try state.flag("converged")
    primal = try state.number("primal")
    dual = try state.number("dual")
    gained = try state.number("gained")
    isFresh = false
    try schedule.restore(state.parts[0])
    try sweep.restore(state.parts[1])
  }

  func pass(_ t: Int) throws {
    if schedule.passes > t { return }
    // The extrapolation comes before a sweep and not after one: a sweep leaves weights nearer to
    // the optimum, and these are evaluated.
    if t > 0 && !sweep.isHalfDone { dual += try sweep.extrapolate(after: gained) }
    isFresh = false
    var random = PassOrder(seed: seed, part: column, pass: t)
    let found = try sweep.sweep(largest: largest, least: least) { order, active in
      try random.shuffle(order, active)
    }
    gained = found.gain
    dual += gained
    largest = found.maxViolation > 0 ? found.maxViolation : .infinity
    least = found.minViolation < 0 ? found.minViolation : -.infinity
    schedule.count(
      gap: found.gap, dual: dual, tolerance: tolerance, hasShrunk: sweep.active < sweep.count)
  }

  func evaluateIfDue() throws {
    if schedule.isDue { try evaluate() }
  }

  func objectives() throws -> (primal: Double, dual: Double) {
    let (weights, sweep, costs, form) = (weights, sweep, costs, form)
    let (losses, gains) = try blockSums(over: rows.count, ofBlock: samplesOfBlock) { range in
      try Interruption.check()
      var (losses, gains) = (0.0, 0.0)
      for i in range where costs[i] > 0 {
        let (C, a) = (costs[i], sweep.alpha(i))
        losses += C * form.value(sweep.sign(i) * weights.score(i))
        gains += form.delta * a
        if form.curvature > 0 { gains -= form.curvature * a * a / (2 * C) }
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
    if !isConverged && schedule.learn(gap: primal - dual, hasShrunk: sweep.active < sweep.count) {
      sweep.activateAll()
      (largest, least) = (.infinity, -.infinity)
    }
  }
}
