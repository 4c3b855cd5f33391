import LinearAlgebra

/// A convex loss with kinks, smoothed around multipliers. So methods that need derivatives can
/// minimize it, and prove how near they are to the minimum.
///
///     L(s) = max_β { Σ_j β_j u_j − L*(β) }
///     smoothed:  max_β { Σ_j β_j u_j − L*(β) − ½γ ‖β − α‖² }
///     u: Δ − margin of each term, β in the loss's dual set
///
/// This is the Moreau envelope; its slopes are the best β. Once the smooth problem is solved, α ←
/// β. This is the method of multipliers, which needs no small γ. β also gives the dual objective, Σ
/// (β·Δ − L*(β)) − R*(−G) with G the data's gradient, and so the gap.
///
/// For one-vs-rest, binary and Weston–Watkins every term has its own box (`DualForm`). For a
/// maximum over wrong classes, β_j = max(0, α_j + u_j/γ − θ) with one θ for the row.
///
/// Rockafellar, Augmented Lagrangians and applications of the proximal point algorithm in convex
/// programming, Math. Oper. Res. 1 (1976).
final class KinkSmoothing: @unchecked Sendable {
  /// γ.
  private(set) var width: Double
  /// The original data loss at the last gradient.
  private(set) var trueLoss = Double.nan
  /// Σ (β·Δ − L*(β)) there.
  private(set) var gain = -Double.infinity

  /// The structure of a loss with kinks that can be smoothed.
  enum Terms {
    /// φ(±s_j) of every score.
    case each(DualForm, isBinary: Bool)
    /// φ(s_y − s_j) for every wrong class.
    case pairs(DualForm)
    /// φ of the least margin, for a φ with a `DualForm`. `margins`, K×K, replaces Δ where given.
    case maximum(DualForm, margins: Matrix?)
    /// φ of the least margin, for a smooth non-increasing φ.
    case smoothMaximum(any MarginLoss)

    /// Nil for a loss that is not convex, or has another structure.
    init?(_ loss: any ScoreLoss) {
      guard loss.isConvex, let structure = loss.structure else { return nil }
      switch (structure.margin.dualForm, structure.coupling) {
      case (let form?, .separate): self = .each(form, isBinary: loss.isBinary)
      case (let form?, .pairs): self = .pairs(form)
      case (let form?, .maximum): self = .maximum(form, margins: structure.costs)
      case (nil, .maximum) where structure.margin.isSmooth: self = .smoothMaximum(structure.margin)
      default: return nil
      }
    }
  }

  private let terms: Terms
  private let loss: any ScoreLoss
  private let problem: MinimizationProblem
  private let columns: Int
  /// α and β, N×K.
  private let multipliers: Buffer
  private let subgradient: Buffer
  private var lastGap = Double.infinity

  /// The smoothing of an objective's loss; nil where its kinks can't be smoothed.
  ///
  /// - Throws: `MemoryRefused`.
  init?(_ problem: MinimizationProblem) throws {
    loss = problem.objective.loss
    guard let terms = Terms(loss) else { return nil }
    self.terms = terms
    self.problem = problem
    columns = problem.columns
    let n = problem.data.labels.count
    try MemoryLimit.require(rows: n, columns: 2 * columns, bytesPerEntry: 8)
    multipliers = Buffer(zeros: n * columns)
    subgradient = Buffer(zeros: n * columns)
    width = 0.5
  }

  var state: SavedState {
    SavedState(
      "smoothing",
      [
        "multipliers": multipliers.array, "subgradient": subgradient.array, "width": [width],
        "gap": [lastGap], "loss": [trueLoss], "gain": [gain],
      ])
  }

  func restore(_ state: SavedState) throws {
    try state.require("smoothing")
    multipliers.fill(try state.array("multipliers", count: multipliers.count))
    subgradient.fill(try state.array("subgradient", count: subgradient.count))
    width = try state.number("width")
    lastGap = try state.number("gap")
    trueLoss = try state.number("loss")
    gain = try state.number("gain")
  }

  /// The smoothed data loss; writes its gradient.
  func dataLoss(at parameters: Buffer, gradient: Buffer) throws -> Double {
    let (labels, K) = (problem.data.labels, columns)
    let n = labels.count
    let sums = Buffer(uninitialized: 3 * n)
    let classWeights = problem.objective.classWeights
    let scale = problem.objective.dataScale(batch: n, total: n)
    _ = try Products.pass(
      problem.data.features, problem.weights(of: parameters), precision: problem.precision,
      finish: { entries, sums in
        for k in entries { gradient.pointer[k] = sums[k] * scale }
      }
    ) { positions, scores in
      let copy = Buffer(uninitialized: K)
      for (r, i) in positions.enumerated() {
        let row = UnsafeMutableBufferPointer(start: scores + r * K, count: K)
        let c = classWeights?[labels[i]] ?? 1
        for j in 0..<K { copy.pointer[j] = row[j] }
        sums.pointer[n + i] =
          c
          * self.loss.replaceBySubgradient(
            UnsafeMutableBufferPointer(start: copy.pointer, count: K), label: labels[i])
        let (smoothed, gain) = self.replaceBySubgradient(row, label: labels[i], position: i)
        sums.pointer[i] = c * smoothed
        sums.pointer[2 * n + i] = c * gain
        for j in 0..<K { row[j] *= c }
      }
    }
    func total(_ part: Int) -> Double {
      sum(UnsafeBufferPointer(start: sums.pointer + part * n, count: n)) * scale
    }
    trueLoss = total(1)
    gain = total(2)
    return total(0)
  }

  /// The smoothed data loss, without its gradient.
  func dataLoss(at parameters: Buffer) throws -> Double {
    // β must stay that of the last gradient.
    let kept = Buffer(uninitialized: subgradient.count)
    kept.copy(subgradient)
    let (loss, gain) = (trueLoss, gain)
    defer {
      subgradient.copy(kept)
      (trueLoss, self.gain) = (loss, gain)
    }
    return try dataLoss(at: parameters, gradient: Buffer(uninitialized: parameters.count))
  }

  /// The dual objective of β, with the data's gradient that was computed with it.
  func dual(dataGradient G: Buffer) -> Double {
    gain - problem.penaltyConjugate(at: G)
  }

  /// α ← β, once the smooth problem's suboptimality `rest` is at most a tenth of the gap. γ is
  /// quartered where the gap is more than a quarter of that at the last update.
  ///
  /// - Returns: whether the smooth problem has changed.
  func update(gap: Double, rest: Double) -> Bool {
    guard rest <= 0.1 * gap else { return false }
    multipliers.copy(subgradient)
    if gap > 0.25 * lastGap { width /= 4 }
    lastGap = gap
    return true
  }

  /// The smoothed loss of a row, and β·Δ − L*(β); the slopes replace the scores.
  private func replaceBySubgradient(
    _ s: UnsafeMutableBufferPointer<Double>, label y: Int, position: Int
  ) -> (smoothed: Double, gain: Double) {
    let K = columns
    let alpha = multipliers.pointer + position * K
    let beta = subgradient.pointer + position * K
    let gamma = width
    var (smoothed, gain) = (0.0, 0.0)
    func take(_ j: Int, _ u: Double, _ b: Double, _ delta: Double) {
      beta[j] = b
      smoothed += b * u - 0.5 * gamma * (b - alpha[j]) * (b - alpha[j])
      gain += b * delta
    }
    switch terms {
    case .each(let form, let isBinary):
      for j in 0..<K {
        let sign = (isBinary ? y == 1 : j == y) ? 1.0 : -1.0
        let u = form.delta - sign * s[j]
        let b = form.best(u, around: alpha[j], width: gamma)
        take(j, u, b, form.delta)
        let conjugate = 0.5 * form.curvature * b * b
        smoothed -= conjugate
        gain -= conjugate
        s[j] = -sign * b
      }
      return (smoothed, gain)
    case .pairs(let form):
      let correct = s[y]
      var total = 0.0
      for j in 0..<K where j != y {
        let u = form.delta + s[j] - correct
        let b = form.best(u, around: alpha[j], width: gamma)
        take(j, u, b, form.delta)
        let conjugate = 0.5 * form.curvature * b * b
        smoothed -= conjugate
        gain -= conjugate
        s[j] = b
        total += b
      }
      s[y] = -total
      return (smoothed, gain)
    case .maximum(let form, let margins):
      guard K > 1 else { break }
      let correct = s[y]
      // β holds b = α + u/γ until θ is known.
      for j in 0..<K {
        let u = (margins?[y, j] ?? form.delta) + s[j] - correct
        s[j] = u
        beta[j] = alpha[j] + u / gamma
      }
      let theta = threshold(beta, y, form)
      var total = 0.0
      for j in 0..<K where j != y {
        take(j, s[j], max(beta[j] - theta, 0), margins?[y, j] ?? form.delta)
        total += beta[j]
      }
      let conjugate = 0.5 * form.curvature * total * total
      for j in 0..<K { s[j] = beta[j] }
      (beta[y], s[y]) = (0, -total)
      return (smoothed - conjugate, gain - conjugate)
    case .smoothMaximum(let margin):
      guard K > 1 else { break }
      let correct = s[y]
      for j in 0..<K {
        s[j] -= correct
        beta[j] = alpha[j] + s[j] / gamma
      }
      let theta = threshold(beta, y, margin)
      var total = 0.0
      for j in 0..<K where j != y {
        take(j, s[j], max(beta[j] - theta, 0), 0)
        total += beta[j]
      }
      // The conjugate of φ by Fenchel's equality, at the margin that θ gives.
      let a = -gamma * theta
      let conjugate = -(margin.value(a) + total * a)
      for j in 0..<K { s[j] = beta[j] }
      (beta[y], s[y]) = (0, -total)
      return (smoothed - conjugate, gain - conjugate)
    }
    for j in 0..<K { (s[j], beta[j]) = (0, 0) }
    return (0, 0)
  }

  /// θ of a maximum whose conjugate is ½κB² on 0 ≤ B ≤ upper: γθ = κB, or more at the upper bound.
  private func threshold(_ b: UnsafePointer<Double>, _ y: Int, _ form: DualForm) -> Double {
    let search = ThresholdSearch(slope: 1, lower: 0, upper: .infinity)
    var (theta, total) = (0.0, 0.0)
    if form.curvature > 0 {
      let q = width / form.curvature
      theta = search.solve(b, count: columns, skipping: y, p: 0, q: q, from: 0)
      total = q * theta
    } else {
      for j in 0..<columns where j != y { total += max(b[j], 0) }
    }
    guard total > form.upper else { return theta }
    var top = -Double.infinity
    for j in 0..<columns where j != y { top = max(top, b[j]) }
    return search.solve(
      b, count: columns, skipping: y, p: form.upper, q: 0, from: top - form.upper)
  }

  /// θ of a maximum of a smooth φ: Σ max(0, b_j − θ) = −φ′(−γθ), by bisection.
  private func threshold(_ b: UnsafePointer<Double>, _ y: Int, _ loss: any MarginLoss) -> Double {
    func excess(_ theta: Double) -> Double {
      var sum = loss.derivative(-width * theta)
      for j in 0..<columns where j != y { sum += max(b[j] - theta, 0) }
      return sum
    }
    var step = 1.0
    var (low, high) = (0.0, 0.0)
    if excess(0) > 0 {
      while excess(high) > 0, step < 1e300 {
        low = high
        high += step
        step *= 2
      }
    } else {
      while excess(low) < 0, step < 1e300 {
        high = low
        low -= step
        step *= 2
      }
    }
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if excess(middle) > 0 { low = middle } else { high = middle }
    }
    return low
  }
}

extension DualForm {
  /// The best β of β u − ½κβ² − ½γ(β − α)² in the box.
  func best(_ u: Double, around alpha: Double, width gamma: Double) -> Double {
    min(max((u + gamma * alpha) / (curvature + gamma), lower), upper)
  }
}
