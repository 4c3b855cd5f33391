import LinearAlgebra

/// One binary problem of `NewtonMethod`.
final class NewtonSubproblem {
  /// A bias that the penalty does not cover.
  enum FreeBias {
    case none
    /// The last column of the rows.
    case lastColumn
    /// A separate number, as if the rows had one more 1.
    case apart
  }

  /// w, padded with zeros.
  let weights: Buffer
  private(set) var bias = 0.0
  private(set) var primal = Double.nan
  private(set) var dual = -Double.infinity
  private(set) var isConverged = false
  private(set) var isStuck = false

  private let rows: RowAccess
  private let form: DualForm
  private let signs: Buffer
  private let costs: Buffer
  private let strength: Double
  private let freeBias: FreeBias
  private let tolerance: Double
  private let usesMultipliers: Bool
  private let n: Int
  /// The order of the linear system: D, and one more for a separate bias.
  private let order: Int
  /// f = Xw + b.
  private var scores: Buffer
  private var alpha: Buffer
  private let beta: Buffer
  /// y β, and Xᵀ(y β).
  private let signed: Buffer
  private let product: Buffer
  private let gradient: Buffer
  private let direction: Buffer
  private let scoreStep: Buffer
  private var rho: Double
  private var lastGap = Double.infinity
  /// Σ h x xᵀ over the active samples, with h as in `weight`.
  private let gram: GramMatrix
  private var isActive: [Bool]
  private var biasColumn: [Double]
  /// The free samples at the present weights; nil where they are not known.
  private var free: [Bool]?

  // How far a step has come. One that was interrupted goes on from there, to the same bits.
  private var hasMovedMultipliers = false
  /// Whether the samples that became free are in the Gram matrix.
  private var hasAdded = false
  private var hasMovedWeights = false
  /// Whether the step of this iteration is done.
  private(set) var hasStepped = false

  init(
    _ rows: RowAccess, _ form: DualForm, signs: [Double], costs: [Double], strength: Double,
    freeBias: FreeBias, tolerance: Double
  ) throws {
    self.rows = rows
    self.form = form
    self.signs = Buffer(zeros: signs.count)
    self.signs.fill(signs)
    self.costs = Buffer(zeros: costs.count)
    self.costs.fill(costs)
    self.strength = strength
    self.freeBias = freeBias
    self.tolerance = tolerance
    n = rows.count
    usesMultipliers = form.curvature == 0
    let padded = rows.paddedColumns
    order = rows.columns + (freeBias == .apart ? 1 : 0)
    try MemoryLimit.require(rows: n, columns: 6, bytesPerEntry: 8)
    weights = Buffer(zeros: padded)
    scores = Buffer(zeros: n)
    alpha = Buffer(zeros: n)
    beta = Buffer(zeros: n)
    signed = Buffer(zeros: n)
    product = Buffer(zeros: padded)
    gradient = Buffer(zeros: order)
    direction = Buffer(zeros: max(padded, order))
    scoreStep = Buffer(zeros: n)
    gram = try GramMatrix(rows)
    isActive = [Bool](repeating: false, count: n)
    biasColumn = [Double](repeating: 0, count: order)
    // The first ρ turns the kink of a hinge of the largest weight into a parabola of half the width
    // of the margin.
    rho = 2 * (costs.max() ?? 1) / (form.delta > 0 ? form.delta : 1)
  }

  var state: SavedState {
    SavedState(
      "newton, one class",
      [
        "weights": weights.array, "bias": [bias],
        "bias column": biasColumn, "active": isActive.map { $0 ? 1 : 0 },
        "primal": [primal], "dual": [dual], "converged": [isConverged ? 1 : 0], "rho": [rho],
        "gap": [lastGap],
        "reached": [hasMovedMultipliers, hasAdded, hasMovedWeights, hasStepped].map { $0 ? 1 : 0 },
      ], sharing: ["scores": [scores], "alpha": [alpha]], parts: [gram.state])
  }

  func restore(_ state: SavedState) throws {
    try state.require("newton, one class", parts: 1)
    weights.fill(try state.array("weights", count: weights.count))
    bias = try state.number("bias")
    scores = try state.buffers("scores", counts: [n])[0]
    alpha = try state.buffers("alpha", counts: [n])[0]
    try gram.restore(state.parts[0])
    biasColumn = try state.array("bias column", count: order)
    isActive = try state.array("active", count: n).map { $0 == 1 }
    primal = try state.number("primal")
    dual = try state.number("dual")
    isConverged = try state.flag("converged")
    rho = try state.number("rho")
    lastGap = try state.number("gap")
    let reached = try state.array("reached", count: 4).map { $0 == 1 }
    (hasMovedMultipliers, hasAdded) = (reached[0], reached[1])
    (hasMovedWeights, hasStepped) = (reached[2], reached[3])
    free = nil
  }

  /// Starts from D weights and a bias.
  func begin(at start: [Double], bias: Double) {
    weights.fill(start)
    self.bias = bias
  }

  /// The number of columns whose weights the penalty covers; they come first.
  private var penalized: Int { freeBias == .lastColumn ? rows.columns - 1 : rows.columns }

  /// h_i, without its factor ρ where multipliers are used.
  private func weight(_ i: Int) -> Double {
    usesMultipliers ? 1 : costs.pointer[i] / form.curvature
  }

  private var multipliers: NewtonMultipliers {
    NewtonMultipliers(
      signs: signs.pointer, costs: costs.pointer, alpha: alpha.pointer, scores: scores.pointer,
      beta: beta.pointer, signed: signed.pointer, steps: scoreStep.pointer, form: form, rho: rho,
      softness: usesMultipliers ? 0 : 1 / form.curvature, areUsed: usesMultipliers)
  }

  /// A flag for each sample, set by several threads.
  private final class SharedFlags: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Bool>
    private let count: Int

    init(count: Int) {
      self.count = count
      pointer = .allocate(capacity: max(count, 1))
      pointer.initialize(repeating: false, count: count)
    }

    deinit { pointer.deallocate() }

    var array: [Bool] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
  }

  /// Computes the scores of the weights, then β and the objectives.
  func evaluate() throws {
    Buffer.makeUnique(&scores)
    try rows.multiply(weights, into: scores)
    if bias != 0 { for i in 0..<n { scores.pointer[i] += bias } }
    free = try stand()
  }

  /// Computes β, the gradient and both objectives from the scores. Returns which samples are free.
  private func stand() throws -> [Bool] {
    let multipliers = multipliers
    let free = SharedFlags(count: n)
    let (losses, gains) = try blockSums(over: n, ofBlock: samplesOfBlock) { range in
      try Interruption.check()
      let form = multipliers.form
      var (losses, gains) = (0.0, 0.0)
      for i in range {
        let f = multipliers.scores[i]
        let (b, isFree) = multipliers.best(i, f)
        let (C, y) = (multipliers.costs[i], multipliers.signs[i])
        multipliers.beta[i] = b
        multipliers.signed[i] = y * b
        free.pointer[i] = isFree
        if C == 0 { continue }
        losses += C * form.value(y * f)
        gains += form.delta * b - (form.curvature > 0 ? form.curvature * b * b / (2 * C) : 0)
      }
      return (losses, gains)
    }
    try rows.multiplyTransposed(self.signed, into: product)
    let D = rows.columns
    let norm = sumOfSquares(UnsafeBufferPointer(start: weights.pointer, count: penalized))
    primal = 0.5 * strength * norm + losses
    for d in 0..<D {
      let w = d < penalized ? strength * weights.pointer[d] : 0
      gradient.pointer[d] = w - product.pointer[d]
    }
    if freeBias == .apart {
      gradient.pointer[D] = -sum(UnsafeBufferPointer(start: signed.pointer, count: n))
    }
    if freeBias == .none {
      dual = max(
        dual,
        gains - sumOfSquares(UnsafeBufferPointer(start: product.pointer, count: D))
          / (2 * strength))
    } else {
      dual = max(dual, try balancedDual())
    }
    let gap = primal - dual
    isConverged = gap <= tolerance * abs(primal)
    return free.array
  }

  /// The dual objective of a feasible β. A bias without a penalty needs Σ y β = 0, so the heavier
  /// side is scaled down.
  private func balancedDual() throws -> Double {
    var (plus, minus) = (0.0, 0.0)
    for i in 0..<n {
      if signed.pointer[i] > 0 { plus += signed.pointer[i] } else { minus -= signed.pointer[i] }
    }
    let (plusFactor, minusFactor) =
      plus > minus ? (plus == 0 ? 0 : minus / plus, 1) : (1, minus == 0 ? 0 : plus / minus)
    let balanced = Buffer(uninitialized: n)
    var gains = 0.0
    for i in 0..<n {
      let factor = signed.pointer[i] > 0 ? plusFactor : minusFactor
      balanced.pointer[i] = factor * signed.pointer[i]
      let b = factor * beta.pointer[i]
      gains += form.delta * b
      let C = costs.pointer[i]
      if form.curvature > 0 && C > 0 { gains -= form.curvature * b * b / (2 * C) }
    }
    let ends = Buffer(zeros: rows.paddedColumns)
    try rows.multiplyTransposed(balanced, into: ends)
    let norm = sumOfSquares(UnsafeBufferPointer(start: ends.pointer, count: penalized))
    return gains - norm / (2 * strength)
  }

  /// One Newton step; multipliers move first where the smooth problem is as good as solved.
  ///
  /// - Throws: `MemoryRefused`; `Interrupted`, and the next call goes on where this one stopped.
  func step() throws {
    if hasStepped { return }
    if !hasMovedWeights {
      let known = free
      free = nil
      var free = try known ?? stand()
      if isConverged { return }
      if usesMultipliers && !hasMovedMultipliers && moveMultipliers() {
        free = try stand()
        if isConverged { return }
      }
      try solve(free)
      try moveWeights()
    }
    free = try stand()
    (hasMovedMultipliers, hasMovedWeights) = (false, false)
    hasStepped = true
  }

  /// The next step is a new one.
  func beginIteration() { hasStepped = false }

  /// α ← β, where what is left of the gap is for the multipliers to close.
  ///
  /// - Returns: whether they moved: another smooth problem then.
  private func moveMultipliers() -> Bool {
    let rest =
      sumOfSquares(UnsafeBufferPointer(start: gradient.pointer, count: penalized))
      / (2 * strength)
    var freeRest = 0.0
    if freeBias != .none { freeRest = abs(gradient.pointer[order - 1]) * (1 + abs(bias)) }
    guard rest + freeRest <= 0.1 * (primal - dual) else { return false }
    Buffer.makeUnique(&alpha)
    alpha.copy(beta)
    if primal - dual > 0.25 * lastGap { rho *= 4 }
    lastGap = primal - dual
    hasMovedMultipliers = true
    return true
  }

  /// The best length along the direction, and the scores that come of it.
  private func moveWeights() throws {
    try rows.multiply(direction, into: scoreStep)
    if freeBias == .apart {
      let b = direction.pointer[order - 1]
      for i in 0..<n { scoreStep.pointer[i] += b }
    }
    let length = try bestLength()
    isStuck = length == 0
    for d in 0..<rows.columns { weights.pointer[d] += length * direction.pointer[d] }
    if freeBias == .apart { bias += length * direction.pointer[order - 1] }
    Buffer.makeUnique(&scores)
    scores.add(length, scoreStep)
    hasMovedWeights = true
  }

  /// direction ← −(μI + Σ h x xᵀ)⁻¹ g. The Gram matrix is updated by the samples that became free
  /// or stopped being so; where most did, it is built anew. O(D³ + changed rows · D²).
  private func solve(_ free: [Bool]) throws {
    var (coming, going, staying) = ([Int32](), [Int32](), 0)
    for i in 0..<n where free[i] != isActive[i] {
      if free[i] { coming.append(Int32(i)) } else { going.append(Int32(i)) }
    }
    for i in 0..<n where free[i] { staying += 1 }
    if coming.count + going.count > staying {
      gram.reset()
      biasColumn = [Double](repeating: 0, count: order)
      isActive = [Bool](repeating: false, count: n)
      going = []
      coming = (0..<Int32(n)).filter { free[Int($0)] }
    }
    let biasSums = freeBias == .apart ? try [biasSums(of: coming, 1), biasSums(of: going, -1)] : []
    if !hasAdded { try gram.add(coming, factors: coming.map { weight(Int($0)) }) }
    hasAdded = true
    try gram.add(going, factors: going.map { -weight(Int($0)) })
    for sums in biasSums {
      for d in 0..<sums.count { biasColumn[d] += sums[d] }
    }
    isActive = free
    hasAdded = false
    let system = try Cholesky(order: order)
    let D = rows.columns
    let A = system.entries.pointer
    try gram.write(to: A, stride: system.stride, count: D)
    if freeBias == .apart {
      for d in 0..<order { A[D * system.stride + d] = biasColumn[d] }
    }
    let scale = usesMultipliers ? rho : 1
    for i in 0..<order {
      if i % 16 == 0 { try Interruption.check() }
      for j in 0...i { A[i * system.stride + j] *= scale }
      // A bias without a penalty has no curvature where no sample is free. A little keeps its step
      // finite, and the line search does the rest.
      let isPenalized = i < D && !(freeBias == .lastColumn && i == D - 1)
      A[i * system.stride + i] += isPenalized ? strength : 1e-3 * strength
    }
    try system.factorize()
    for i in 0..<direction.count { direction.pointer[i] = 0 }
    for i in 0..<order { direction.pointer[i] = -gradient.pointer[i] }
    try system.solve(direction.pointer)
  }

  /// What the samples of a list add to the bias's column of the system; nothing of an empty one.
  private func biasSums(of list: [Int32], _ sign: Double) throws -> [Double] {
    if list.isEmpty { return [] }
    let marks = Buffer(zeros: n)
    var total = 0.0
    for i in list {
      marks.pointer[Int(i)] = sign * weight(Int(i))
      total += sign * weight(Int(i))
    }
    let sums = Buffer(zeros: rows.paddedColumns)
    try rows.multiplyTransposed(marks, into: sums)
    return (0..<rows.columns).map { sums.pointer[$0] } + [total]
  }

  /// The length s at which the derivative along the direction is zero, to 1 % of its value at 0: μ
  /// w·d + s μ d·d − Σ β_i(s) y_i (Xd)_i. Newton's steps inside of a shrinking bracket.
  private func bestLength() throws -> Double {
    var (wd, dd) = (0.0, 0.0)
    for d in 0..<penalized {
      wd += weights.pointer[d] * direction.pointer[d]
      dd += direction.pointer[d] * direction.pointer[d]
    }
    let multipliers = multipliers
    let strength = strength
    func derivative(_ s: Double) -> (slope: Double, curvature: Double) {
      let (pull, bend) = blockSums(over: n, ofBlock: samplesOfBlock) { multipliers.pull($0, at: s) }
      return (strength * (wd + s * dd) - pull, strength * dd + bend)
    }
    var atZero = 0.0
    for d in 0..<order { atZero += gradient.pointer[d] * direction.pointer[d] }
    guard atZero < 0 else { return 0 }
    var (low, high) = (0.0, Double.infinity)
    var s = 1.0
    for _ in 0..<200 {
      try Interruption.check()
      let (slope, curvature) = derivative(s)
      if abs(slope) <= 1e-2 * -atZero { return s }
      if slope < 0 { low = s } else { high = s }
      var next = curvature > 0 ? s - slope / curvature : .infinity
      if !(next > low && next < high) {
        next = high.isInfinite ? 2 * max(s, low) : (low + high) / 2
      }
      if next == s { break }
      s = next
    }
    return s
  }
}
