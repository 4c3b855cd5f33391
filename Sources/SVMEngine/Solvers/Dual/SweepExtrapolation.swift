import LinearAlgebra

/// An extrapolation of α after a sweep: to the maximum of the dual objective over the plane of two
/// directions. These are d, the change of α by the sweep, and p, the change over the last sweep and
/// its extrapolation.
///
///     max over a, b of the dual at α + a d + b p:   [d·Hd  d·Hp; d·Hp  p·Hp] [a; b] = [g·d; g·p]
///
/// Products with the Hessian H need the weights of d and p, and these are changes of w. So no row
/// is read, except where α_i would leave its box: α_i stops at the bound, and an exact line search
/// goes along what is left of the step. These are conjugate gradients with a sweep for a
/// preconditioner: a fourth to a half fewer sweeps to a gap of 1e-3 than descent alone. The duality
/// gap is to be evaluated before this step, not after it: a sweep leaves w nearer to the optimum.
///
/// After Bertrand and Massias, Anderson acceleration of coordinate descent, AISTATS 2021, with an
/// exact search in the place of their regularized fit.
final class SweepExtrapolation {
  /// The weights w before the sweep, the weights of p, and room for a step's.
  private let before, previous, step: RowWeights
  /// The dual variables α before the sweep, and p, of each row.
  private var start, change: Buffer

  init(_ rows: RowAccess) throws {
    try MemoryLimit.require(rows: rows.count, columns: 2, bytesPerEntry: 8)
    before = try RowWeights(rows, classes: 1)
    previous = try RowWeights(rows, classes: 1)
    step = try RowWeights(rows, classes: 1)
    start = Buffer(zeros: rows.count)
    change = Buffer(zeros: rows.count)
  }

  /// All that the next step depends on.
  var state: SavedState {
    SavedState(
      "extrapolation", sharing: ["start": [start], "change": [change]],
      parts: [before.state, previous.state])
  }

  func restore(_ state: SavedState) throws {
    try state.require("extrapolation", parts: 2)
    start = try state.buffers("start", counts: [start.count])[0]
    change = try state.buffers("change", counts: [change.count])[0]
    try before.restore(state.parts[0])
    try previous.restore(state.parts[1])
  }

  /// The step, along the active variables.
  ///
  /// - Parameters:
  ///   - order: the rows in the order of the last sweep.
  ///   - visited: the number of rows, the first of `order`, that were visited since the last step.
  ///   - active: the number of these that were not left out; they come first.
  /// - Returns: the rise of the dual objective.
  /// - Throws: `Interrupted`; the next call then makes the step, with the same bits.
  func extrapolate(
    _ sweep: CoordinateSweep, order: UnsafePointer<Int32>, visited: Int, active: Int
  ) throws -> Double {
    Buffer.makeUnique(&start)
    Buffer.makeUnique(&change)
    let (weights, start, change) = (sweep.weights, start.pointer, change.pointer)
    // Variables that were left out stay where they are: they have no part in d and p. A second time
    // there is nothing left to do for them.
    try Interruption.forEachRange(
      of: max(visited - active, 0), costEach: 16 + 2 * sweep.rows.meanEntries
    ) { range in
      for k in range {
        let i = Int(order[active + k])
        let moved = sweep.alpha(i) - start[i]
        if moved != 0 { before.add(i, moved * sweep.sign(i)) }
        if change[i] != 0 { previous.add(i, -change[i] * sweep.sign(i)) }
        start[i] = sweep.alpha(i)
        change[i] = 0
      }
    }
    let moves = Buffer(uninitialized: 4 * max(active, 1))
    let places = TypedScratch<Int32>(2 * max(active, 1))
    return try sweep.groups.withUnsafeBufferPointer { groups in
      guard let groups = groups.baseAddress else { return 0 }
      let plane = SweepPlane(
        coordinates: sweep.coordinates.pointer, groups: groups, delta: sweep.delta, order: order,
        active: active, moves: moves.pointer, places: places.pointer)
      let (gain, t) = try go(sweep, plane)
      // Nothing throws from here on.
      plane.take(t, start: start, change: change)
      weights.go(t, step, before: before, change: previous)
      return gain
    }
  }

  /// The best step: as much of a d + b p as the boxes let, for the best a and b. Its weights are
  /// written to `step`.
  ///
  /// - Returns: the rise of the dual objective, and the step length t of the line search.
  private func go(_ sweep: CoordinateSweep, _ plane: SweepPlane) throws -> (
    gain: Double, length: Double
  ) {
    let weights = sweep.weights
    var products = try plane.read(start: start.pointer, change: change.pointer)
    products.add(weights.products(before: before, previous: previous, difference: step))
    let (a, b) = products.best
    let (share, leaving) = try plane.setStep(a: a, b: b)
    guard share > 0 else { return (0, 0) }
    step.combine(share * a, share * b, previous)
    var slope = share * (a * products.gd + b * products.gp)
    var bend =
      share * share * (a * a * products.dd + 2 * a * b * products.dp + b * b * products.pp)
    if leaving > 0 {
      try Interruption.forEachRange(of: leaving, costEach: 16 + sweep.rows.meanEntries) { range in
        for l in range {
          let k = Int(plane.places[l])
          let missing = plane.e[k] - share * (a * plane.d[k] + b * plane.p[k])
          let i = Int(plane.order[k])
          step.add(i, missing * sweep.sign(i))
        }
      }
      (slope, bend) = plane.ownTerms()
      slope -= weights.dot(step)
      bend += step.dot(step)
    }
    guard slope > 0 else { return (0, 0) }
    let t = bend > slope ? slope / bend : 1
    return (t * (slope - 0.5 * t * bend), t)
  }
}
