import LinearAlgebra

/// Lower bounds of the minimum of J, for a convex data loss f and a penalty with a strongly convex
/// part: l1 Σ|w| + ½μ Σw², μ > 0.
///
/// A convex f lies above its tangents. Take tangents at points (W_i, b_i) with weights λ ≥ 0, Σ λ_i
/// = 1, such that their gradients in the free parameter b cancel, Σ λ_i ∂f/∂b_i = 0:
///
///     J(W, b) ≥ c + G·W + l1 Σ|w| + ½μ Σw²
///     G = Σ λ_i ∇_W f_i,   c = Σ λ_i (f_i − ∇f_i·(W_i, b_i))
///     J* ≥ c − Σ_k max(|G_k| − l1, 0)² / (2μ)
///
/// Where R covers every parameter, one tangent is enough. A free b needs two, on both sides of the
/// best b for the same W.
///
/// Fenchel duality: Rockafellar, Convex Analysis (1970), section 31.
extension MinimizationProblem {
  /// The parameters that R leaves out: b, or a bias row.
  var freeCount: Int { parameters.count - penalizedCount }

  /// Whether these bounds hold here. More than one free parameter would need more tangents.
  var hasLowerBound: Bool {
    objective.loss.isConvex && objective.penalty.l2Coefficient > 0 && freeCount <= 1
  }

  /// The bound of one tangent, where R covers every parameter.
  ///
  /// - Parameters:
  ///   - loss: f at the point.
  ///   - gradient: ∇f there.
  func lowerBound(at point: Buffer, loss: Double, gradient: Buffer) -> Double {
    lowerBound(constant: loss - gradient.dot(point), gradient: gradient)
  }

  private func lowerBound(constant c: Double, gradient G: Buffer) -> Double {
    c - penaltyConjugate(at: G)
  }

  /// R*(−G), of the parameters that R covers: Σ max(|G| − a, 0)²/(2c).
  func penaltyConjugate(at G: Buffer) -> Double {
    let penalty = objective.penalty
    let l1 = penalty.l1Coefficient
    let squares = blockSum(over: penalizedCount) { range in
      var sum = 0.0
      for k in range {
        let rest = max(abs(G.pointer[k]) - l1, 0)
        sum += rest * rest
      }
      return sum
    }
    return squares / (2 * penalty.l2Coefficient)
  }

  /// The bound of two tangents at the weights of `point`, where one parameter is free; always in
  /// double precision. −∞ where no best b is found.
  ///
  /// Costs three passes over the data.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  func lowerBoundOfFreeBias(at point: Buffer) throws -> Double {
    var exact = self
    exact.precision = .double
    guard let (low, high) = try exact.bracketOfBestBias(at: point) else { return -.infinity }
    let place = penalizedCount
    func tangent(_ shift: Double) throws -> (constant: Double, gradient: Buffer) {
      let moved = Buffer(uninitialized: point.count)
      moved.copy(point)
      moved.pointer[place] += shift
      let gradient = Buffer(uninitialized: point.count)
      let loss = try exact.dataLoss(at: moved, gradient: gradient)
      return (loss - gradient.dot(moved), gradient)
    }
    let (left, right) = (try tangent(low), try tangent(high))
    let (g, h) = (left.gradient.pointer[place], right.gradient.pointer[place])
    guard g <= 0, h >= 0 else { return -.infinity }
    let share = h > g ? h / (h - g) : 1
    let (a, b) = (left.gradient, right.gradient)
    a.forEachPart {
      for k in $0 { a.pointer[k] = share * a.pointer[k] + (1 - share) * b.pointer[k] }
    }
    return exact.lowerBound(
      constant: share * left.constant + (1 - share) * right.constant, gradient: a)
  }

  /// Two nearby changes of the free bias between which f is minimal; nil where f is unbounded in
  /// it.
  private func bracketOfBestBias(at point: Buffer) throws -> (low: Double, high: Double)? {
    let scores = try Products.scores(data.features, weights(of: point), precision: .double)
    let b = hasOwnBias ? point.pointer[weightCount] : 0
    /// ∂f/∂b after a change of b, up to a positive factor.
    func slope(_ change: Double) -> Double {
      scores.withEntries { entries in
        let scores = UncheckedSendable(entries)
        return blockSum(over: data.labels.count) { range in
          var sum = 0.0
          for i in range {
            let y = data.labels[i]
            var score = scores.value[i] + b + change
            withUnsafeMutablePointer(to: &score) {
              _ = objective.loss.replaceBySubgradient(
                UnsafeMutableBufferPointer(start: $0, count: 1), label: y)
            }
            sum += (objective.classWeights?[y] ?? 1) * score
          }
          return sum
        }
      }
    }
    let first = slope(0)
    guard first.isFinite else { return nil }
    if first == 0 { return (0, 0) }
    // Growing steps from the point on, to the other side of the minimum.
    let direction = first > 0 ? -1.0 : 1.0
    var (near, far) = (0.0, 1e-9 * max(1, abs(point.pointer[penalizedCount])))
    while slope(direction * far) * first > 0 {
      (near, far) = (far, 4 * far)
      if far > 1e18 { return nil }
    }
    let width = 1e-8 * max(1, abs(point.pointer[penalizedCount]))
    while far - near > width {
      let middle = near + (far - near) / 2
      if middle == near || middle == far { break }
      if slope(direction * middle) * first > 0 { near = middle } else { far = middle }
    }
    return direction > 0 ? (near, far) : (-far, -near)
  }

  /// Whether the tangent of every iteration bounds the optimum.
  var provesEachIteration: Bool { hasLowerBound && freeCount == 0 }

  /// The certificate of a point where iterations have no bound of their own. With one free
  /// parameter, every tenth iteration tries a proof once J hardly changes. Otherwise it only says
  /// whether J hardly changes.
  ///
  /// - Parameters:
  ///   - objective: J at the point.
  ///   - previous: J an iteration before; nil where there is none.
  ///
  /// - Returns: nil where every iteration has its own bound.
  func lateCertificate(
    of objective: Double, previous: Double?, at point: Buffer, tolerance: Double, iteration: Int
  ) throws -> Certificate? {
    if provesEachIteration { return nil }
    let hardlyChanges = previous.map { abs($0 - objective) <= tolerance * abs($0) } ?? false
    guard hasLowerBound else { return Certificate(objective: objective, isSettled: hardlyChanges) }
    guard hardlyChanges, iteration % 10 == 9 else { return Certificate(objective: objective) }
    let gap = max(objective - (try lowerBoundOfFreeBias(at: point)), 0)
    guard gap <= tolerance * abs(objective) else { return Certificate(objective: objective) }
    return Certificate(objective: objective, gap: gap, isConverged: true)
  }
}
