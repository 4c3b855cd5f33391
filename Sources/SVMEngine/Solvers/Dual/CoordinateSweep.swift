import CKernels
import LinearAlgebra

/// Coordinate descent on the dual of a binary problem, one dual variable α_i to a row:
///
///     min ½‖Σ α_i y_i x_i‖² − Σ (Δ α_i − ½ κ_i α_i²),   low_i ≤ α_i ≤ high_i
///     G_i = y_i w·x_i − Δ + κ_i α_i;   α_i ← clamp(α_i − G_i / (‖x_i‖² + κ_i))
///
/// Shrinking: later sweeps leave out variables that their gradient G_i holds at a bound. Sparse
/// rows that are not centered have a loop of their own in C. `visitPlainly` is its equivalent in
/// Swift, with the same bits.
final class CoordinateSweep: @unchecked Sendable {
  /// The constants of all rows with the same label and cost.
  struct Group: Sendable {
    /// The label y, −1 or +1.
    let sign: Double
    /// The bounds of α.
    let low, high: Double
    /// The curvature κ of the conjugate loss; 0 where it is linear.
    let curvature: Double
  }

  /// The primal weights w = Σ α_i y_i x_i.
  let weights: RowWeights
  /// The number of variables that the next sweep visits; these come first in `order`.
  private(set) var active: Int
  let rows: RowAccess
  let delta: Double
  let coordinates: TypedScratch<svm_coordinate>
  let groups: [svm_coordinate_group]
  private var order: [Int32]
  /// A sweep that was interrupted, and goes on.
  private var halfDone: SweepOutcome?
  /// Sweeps since the last extrapolation, the most variables that one of them visited, and those
  /// that the last one left active.
  private var (sweeps, visited, remaining) = (0, 0, 0)
  /// Sweeps from one extrapolation to the next. Where rows are short, it grows while extrapolations
  /// gain little.
  private var period: Int
  /// The least period. An extrapolation costs as much as a few dozen entries of each row.
  private let leastPeriod: Int
  /// Sweeps on two cores; nil where one core is used.
  private let halves: SweepHalves?
  /// Steps between sweeps; nil where they seldom pay.
  private let extrapolation: SweepExtrapolation?

  /// The inverse of a curvature of 0, with which steps go to a bound of the box.
  static let huge = 1e300

  /// A start from α = 0.
  ///
  /// - Parameters:
  ///   - groupOf: the group of each row. Rows with low = high never move.
  ///   - inHalves: whether long sweeps may use two cores; see `SweepHalves`.
  ///   - extrapolatesAlways: whether to extrapolate also where that seldom pays.
  /// - Throws: `MemoryRefused`.
  init(
    _ rows: RowAccess, delta: Double, groups: [Group], groupOf: [Int],
    inHalves: Bool = false, extrapolatesAlways: Bool = false
  ) throws {
    self.rows = rows
    self.delta = delta
    weights = try RowWeights(rows, classes: 1)
    try MemoryLimit.require(rows: rows.count, columns: 5, bytesPerEntry: 8)
    self.groups = groups.map {
      svm_coordinate_group(
        sign: $0.sign, low: $0.low, high: $0.high, curvature: $0.curvature,
        softness: $0.curvature > 0 ? 1 / $0.curvature : Self.huge)
    }
    coordinates = TypedScratch(rows.count)
    for i in 0..<rows.count {
      let scale = rows.squaredNorms.pointer[i] + groups[groupOf[i]].curvature
      var (start, count) = (0, 0)
      if case .sparse(let sparse) = rows.form {
        start = sparse.starts[2 * i]
        count = sparse.starts[2 * i + 1] - start
      }
      // Without curvature, the optimum along α is the bound that −G points to.
      coordinates.pointer[i] = svm_coordinate(
        alpha: 0, inverse: scale > 0 ? 1 / scale : Self.huge, start: Int64(start),
        count: Int32(count), group: Int32(groupOf[i]))
    }
    // With short rows there are many to a column: nearly all α are at bounds, and little of a
    // direction is left.
    let isShort = !extrapolatesAlways && rows.meanEntries < 32
    leastPeriod = isShort ? 2 : 1
    period = leastPeriod
    let pays = !isShort || groups.contains { $0.curvature > 0 }
    halves = inHalves ? try SweepHalves(rows, classes: 1) : nil
    extrapolation = pays ? try SweepExtrapolation(rows) : nil
    order = (0..<Int32(rows.count)).filter {
      let group = groups[groupOf[Int($0)]]
      return group.low < group.high
    }
    active = order.count
  }

  /// The number of variables that can move.
  var count: Int { order.count }

  /// The dual variable α of a row.
  func alpha(_ i: Int) -> Double { coordinates.pointer[i].alpha }

  /// The label y of a row, −1 or +1.
  func sign(_ i: Int) -> Double { groups[Int(coordinates.pointer[i].group)].sign }

  /// Whether the last sweep was interrupted: the next call goes on with it.
  var isHalfDone: Bool { halfDone != nil }

  /// Undoes the shrinking: the next sweep visits all variables.
  func activateAll() { active = order.count }

  /// Extrapolates α where that is due by `period`; see `SweepExtrapolation`.
  ///
  /// - Parameter gained: the rise of the dual objective in the last sweep.
  /// - Returns: its rise by the extrapolation; 0 where none was due.
  /// - Throws: `Interrupted`; the next call then makes the extrapolation.
  func extrapolate(after gained: Double) throws -> Double {
    try order.withUnsafeBufferPointer { buffer in
      guard let extrapolation, let order = buffer.baseAddress, sweeps >= period else { return 0 }
      let gain = try extrapolation.extrapolate(
        self, order: order, visited: visited, active: remaining)
      (sweeps, visited) = (0, 0)
      if leastPeriod > 1 { period = gain > 0.1 * gained ? leastPeriod : min(2 * period, 16) }
      return gain
    }
  }

  /// All that the next sweep depends on.
  var state: SavedState {
    let alpha = Buffer(uninitialized: rows.count)
    for i in 0..<rows.count { alpha.pointer[i] = self.alpha(i) }
    return SavedState(
      "sweeps",
      [
        "order": order.map { Double($0) },
        "active": [Double(active)], "sweeps": [Double(sweeps)], "visited": [Double(visited)],
        "remaining": [Double(remaining)], "period": [Double(period)],
        "half done": halfDone?.numbers ?? [],
      ], sharing: ["alpha": [alpha]],
      parts: [weights.state] + (extrapolation.map { [$0.state] } ?? []))
  }

  func restore(_ state: SavedState) throws {
    try state.require("sweeps", parts: extrapolation == nil ? 1 : 2)
    let alpha = try state.buffers("alpha", counts: [rows.count])[0]
    for i in 0..<rows.count { coordinates.pointer[i].alpha = alpha.pointer[i] }
    order = try state.rows("order", below: rows.count)
    func counted(_ name: String) throws -> Int { min(try state.count(name), order.count) }
    active = try counted("active")
    visited = try counted("visited")
    remaining = try counted("remaining")
    sweeps = try state.count("sweeps")
    period = try state.count("period")
    halfDone = try SweepOutcome(state, "half done", below: order.count)
    try weights.restore(state.parts[0])
    if let extrapolation { try extrapolation.restore(state.parts[1]) }
  }

  /// One sweep over the active variables, after `shuffle` has put them in order; or the rest of one
  /// that was interrupted.
  ///
  /// - Parameters:
  ///   - largest: the shrinking threshold at the lower bound: variables with a gradient above are
  ///     left out.
  ///   - least: the one at the upper bound: variables with a gradient below are left out.
  /// - Throws: `Interrupted`; the weights are then those of the steps made so far.
  func sweep(
    largest: Double, least: Double,
    shuffle: (_ order: UnsafeMutablePointer<Int32>, _ active: Int) throws -> Void
  ) throws -> SweepOutcome {
    try order.withUnsafeMutableBufferPointer { buffer in
      guard let order = buffer.baseAddress else { return SweepOutcome(kept: 0) }
      let inHalves = halves.map { $0.rounds(of: active) > 0 } ?? false
      if halfDone == nil {
        try shuffle(order, active)
        visited = max(visited, active)
        sweeps += 1
      }
      var found = halfDone ?? SweepOutcome(kept: inHalves ? 0 : active)
      do {
        if inHalves, let halves {
          try sweep(order, in: halves, &found, largest, least)
        } else {
          try visit(
            order, &found,
            Visit(weights: weights, boost: 1, largest: largest, least: least, before: nil))
        }
      } catch {
        halfDone = found
        throw error
      }
      halfDone = nil
      (active, remaining) = (found.kept, found.kept)
      return found
    }
  }

  /// The same sweep in two halves on two cores.
  private func sweep(
    _ order: UnsafeMutablePointer<Int32>, in halves: SweepHalves, _ whole: inout SweepOutcome,
    _ largest: Double, _ least: Double
  ) throws {
    let before = TypedScratch<Double>(active)
    let places = UncheckedSendable(order)
    try halves.pass(weights, order: order, active: active, &whole) { range, weights, found in
      let visit = Visit(
        weights: weights, boost: SweepHalves.boost, largest: largest, least: least,
        before: before.pointer + range.lowerBound)
      try self.visit(places.value + range.lowerBound, &found, visit)
    } retreat: { range, t in
      for s in range {
        let i = Int(order[s])
        let alpha = before.pointer[s]
        coordinates.pointer[i].alpha = alpha + t * (coordinates.pointer[i].alpha - alpha)
      }
    }
  }

  /// The arguments of both loops, beside the order.
  struct Visit {
    let weights: RowWeights
    /// The factor σ of a change in the weights, and so of ‖x‖² in the curvature; 1 for a sweep
    /// alone.
    let boost: Double
    /// The shrinking thresholds; see `sweep`.
    let largest, least: Double
    /// Gets α before each step, by position in the order; nil where it is not needed.
    let before: UnsafeMutablePointer<Double>?
  }

  /// The steps between two looks for an interruption: a tenth of a millisecond.
  private var mostSteps: Int { max(16, (1 << 16) / (16 + rows.meanEntries)) }

  /// Steps along the variables of the order from `found.place` on, up to those that are left out.
  ///
  /// - Throws: `Interrupted`; `found` tells where to go on.
  func visit(
    _ order: UnsafeMutablePointer<Int32>, _ found: inout SweepOutcome, _ visit: Visit
  ) throws {
    let most = mostSteps
    while found.place < found.kept {
      if found.place > 0 { try Interruption.check() }
      if case .sparse(let sparse) = rows.form, sparse.shift == nil {
        visitSparse(sparse, order, &found, most: most, visit)
      } else {
        visitPlainly(order, &found, most: most, visit)
      }
    }
  }

  /// At most so many steps in C.
  private func visitSparse(
    _ sparse: RowAccess.SparseRows, _ order: UnsafeMutablePointer<Int32>,
    _ found: inout SweepOutcome, most: Int, _ visit: Visit
  ) {
    // Gathers wait for the stores of the last step: with short rows that costs more than they gain.
    let variant = sparse.meanCount < 32 ? Int32(svm_portable) : Kernels.number
    var met = svm_sweep_found(
      max_violation: found.maxViolation, min_violation: found.minViolation, gap: found.gap,
      gain: found.gain, linear: found.linear, curved: found.curved, place: Int64(found.place))
    found.kept = visit.weights.withPlainEntries { w, bias in
      svm_sweep(
        variant, coordinates.pointer, groups, order, found.kept, most, delta, visit.largest,
        visit.least, sparse.indices, sparse.isUnit ? nil : sparse.values, visit.boost, w, bias,
        visit.before, &met)
    }
    (found.maxViolation, found.minViolation, found.gap) = (
      met.max_violation, met.min_violation, met.gap
    )
    (found.gain, found.linear, found.curved) = (met.gain, met.linear, met.curved)
    found.place = Int(met.place)
  }

  /// The same steps in Swift, for rows of any form.
  func visitPlainly(
    _ order: UnsafeMutablePointer<Int32>, _ outcome: inout SweepOutcome, most: Int, _ visit: Visit
  ) {
    let (weights, boost, coordinates, delta) = (
      visit.weights, visit.boost, coordinates.pointer, delta
    )
    var found = outcome
    groups.withUnsafeBufferPointer { groups in
      var (s, active, left) = (found.place, found.kept, most)
      while s < active && left > 0 {
        left -= 1
        if s + 4 < active { weights.prefetch(Int(order[s + 4])) }
        let i = Int(order[s])
        let group = groups[Int(coordinates[i].group)]
        let alpha = coordinates[i].alpha
        let G = group.sign * weights.score(i) - delta + group.curvature * alpha
        var projected = G
        if alpha <= group.low || alpha >= group.high {
          let isLow = alpha <= group.low
          if isLow ? G > visit.largest : G < visit.least {
            active -= 1
            (order[s], order[active]) = (order[active], order[s])
            continue
          }
          projected = isLow ? min(G, 0) : max(G, 0)
        }
        found.maxViolation = max(found.maxViolation, projected)
        found.minViolation = min(found.minViolation, projected)
        // The Fenchel–Young gap of the sample: the rise along α for constant w.
        let best = min(max(alpha - G * group.softness, group.low), group.high)
        found.gap -= (best - alpha) * (G + 0.5 * group.curvature * (best - alpha))
        if let before = visit.before { before[s] = alpha }
        s += 1
        if abs(projected) <= 1e-12 { continue }
        let whole = coordinates[i].inverse
        let inverse = whole / (boost - (boost - 1) * group.curvature * whole)
        let next = min(max(alpha - G * inverse, group.low), group.high)
        coordinates[i].alpha = next
        let move = next - alpha
        if move == 0 { continue }
        found.gain -= move * (G + 0.5 * (move / inverse))
        found.linear += move * (delta - group.curvature * alpha)
        found.curved += group.curvature * move * move
        weights.add(i, boost * move * group.sign)
      }
      (found.place, found.kept) = (s, active)
    }
    outcome = found
  }
}
