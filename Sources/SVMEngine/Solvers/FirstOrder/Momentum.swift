import LinearAlgebra

/// Steps with a velocity, a decaying sum of earlier gradients, on random batches.
///
///     v ← βv − η∇,   W ← W + v            momentum
///     v ← βv − η∇,   W ← W + βv − η∇      nesterov: the gradient looks ahead
///
/// The second form is Nesterov's method in the variables of the point at which the gradient is
/// taken, so that an update only needs one gradient at W.
///
/// Problem: J with any loss and penalty. Start: any weights, step sizes η and β. Result: the last
/// weights, without a proof.
///
/// Polyak, Some methods of speeding up the convergence of iteration methods, 1964. Nesterov, A
/// method of solving a convex programming problem with convergence rate O(1/k²), Soviet Mathematics
/// Doklady 27 (1983); in this form Bengio, Boulanger-Lewandowski, Pascanu, Advances in optimizing
/// recurrent networks, ICASSP 2013, and the notes of CS231n.
public struct Momentum: UpdateRule {
  /// β.
  public let momentum: Double
  /// Whether it is Nesterov's form.
  public let looksAhead: Bool
  private var velocity = EntryMemory()

  /// A rule with β = `momentum` in [0, 1).
  public init(momentum: Double = 0.9, looksAhead: Bool = false) {
    self.momentum = momentum
    self.looksAhead = looksAhead
  }

  /// "momentum" or "nesterov".
  public var name: String { looksAhead ? "nesterov" : "momentum" }
  public var usesWholeSet: Bool { false }

  /// The velocity; nil before the first update.
  public var state: SavedState? { velocity.array.map { SavedState(name, ["velocity": $0]) } }

  /// Resumes with a velocity.
  public mutating func restore(_ state: SavedState, count: Int) throws {
    try state.require(name)
    try velocity.restore(state, "velocity", count: count)
  }

  /// v ← βv − η∇, and W moves by v, or by what the next v would be with the same gradient.
  public mutating func step(count: Int, rate: Double) -> EntryStep {
    let velocity = velocity.pointer(count: count)
    let (beta, looksAhead) = (momentum, looksAhead)
    return { entries, w, g in
      let v = velocity.value + entries.lowerBound
      for k in 0..<entries.count {
        let step = rate * g[k]
        v[k] = beta * v[k] - step
        w[k] += looksAhead ? beta * v[k] - step : v[k]
      }
    }
  }

  /// With ∇ = cW and s = ηc. Momentum: the roots of z² − (1 + β − s) z + β leave the unit circle
  /// where s > 2(1 + β). Nesterov: one of z² − (1 + β)(1 − s) z + β(1 − s) passes −1 where
  /// 1 + (1 + 2β)(1 − s) = 0.
  public var stabilityBound: Double {
    looksAhead ? 1 + 1 / (1 + 2 * momentum) : 2 * (1 + momentum)
  }
}

extension Momentum {
  private static let options = [
    OptionDescription(
      "momentum", "how much of the velocity is kept, β", default: 0.9, .halfOpen(0, 1))
  ]

  static let entry = CatalogEntry<Solver>(
    "momentum", summary: "Steps with a velocity that remembers earlier gradients.",
    formula: "v ← βv − η∇, W ← W + v", reference: "Polyak (1964)", options: options
  ) { .updates(Momentum(momentum: $0["momentum"])) }

  static let nesterovEntry = CatalogEntry<Solver>(
    "nesterov", summary: "Momentum whose gradient looks ahead.",
    formula: "v ← βv − η∇, W ← W + βv − η∇", reference: "Nesterov (1983); Bengio et al. (2013)",
    options: options
  ) { .updates(Momentum(momentum: $0["momentum"], looksAhead: true)) }
}
