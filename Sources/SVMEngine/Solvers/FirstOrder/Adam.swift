import LinearAlgebra

/// Steps scaled by running means of the gradient and of its square, on random batches.
///
///     m ← β₁m + (1 − β₁)∇          m̂ = m / (1 − β₁ᵗ)
///     v ← β₂v + (1 − β₂)∇²         v̂ = v / (1 − β₂ᵗ)
///     W ← W − η m̂ / (√v̂ + ε)
///
/// Problem: J with any loss and penalty. Start: any weights, a learning rate η. Result: the last
/// weights, without a proof.
///
/// Kingma and Ba, Adam: a method for stochastic optimization, ICLR 2015, Algorithm 1. β₁ᵗ is a
/// running product, so that its bits don't depend on a library function.
public struct Adam: UpdateRule {
  /// β₁.
  public let firstDecay: Double
  /// β₂.
  public let secondDecay: Double
  /// ε.
  public let epsilon: Double
  private var mean = EntryMemory()
  private var square = EntryMemory()
  /// β₁ᵗ and β₂ᵗ.
  private var powers = [1.0, 1.0]

  /// A rule with the decays of both means, in [0, 1), and ε > 0, which keeps the quotient finite.
  public init(firstDecay: Double = 0.9, secondDecay: Double = 0.999, epsilon: Double = 1e-8) {
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.epsilon = epsilon
  }

  public var name: String { "adam" }
  public var usesWholeSet: Bool { false }

  /// Both means and the powers of the decays; nil before the first update.
  public var state: SavedState? {
    guard let mean = mean.array, let square = square.array else { return nil }
    return SavedState(name, ["mean": mean, "square": square, "powers": powers])
  }

  /// Resumes with both means.
  public mutating func restore(_ state: SavedState, count: Int) throws {
    try state.require(name)
    try mean.restore(state, "mean", count: count)
    try square.restore(state, "square", count: count)
    powers = try state.array("powers", count: 2)
  }

  /// Algorithm 1 of the paper.
  public mutating func step(count: Int, rate: Double) -> EntryStep {
    let (mean, square) = (mean.pointer(count: count), square.pointer(count: count))
    let (b1, b2, small) = (firstDecay, secondDecay, epsilon)
    let (firstScale, secondScale) = (1 / (1 - powers[0] * b1), 1 / (1 - powers[1] * b2))
    return { entries, w, g in
      let (m, v) = (mean.value + entries.lowerBound, square.value + entries.lowerBound)
      for k in 0..<entries.count {
        m[k] = b1 * m[k] + (1 - b1) * g[k]
        v[k] = b2 * v[k] + (1 - b2) * g[k] * g[k]
        w[k] -= rate * (m[k] * firstScale) / ((v[k] * secondScale).squareRoot() + small)
      }
    }
  }

  /// The powers of the next update.
  public mutating func finish(_ parameters: Buffer) {
    powers = [powers[0] * firstDecay, powers[1] * secondDecay]
  }

  /// No step is longer than about η, whatever the penalty.
  public var stabilityBound: Double { .infinity }
}

extension Adam {
  static let entry = CatalogEntry<Solver>(
    "adam", summary: "Steps scaled by running means of the gradient and its square.",
    formula: """
      m ← β₁m + (1 − β₁)∇, v ← β₂v + (1 − β₂)∇²
      W ← W − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
      """, reference: "Kingma and Ba, ICLR 2015",
    options: [
      OptionDescription("beta1", "decay of the mean gradient", default: 0.9, .halfOpen(0, 1)),
      OptionDescription(
        "beta2", "decay of the mean squared gradient", default: 0.999, .halfOpen(0, 1)),
      OptionDescription("epsilon", "added to the root, ε", default: 1e-8, .positive),
    ]
  ) {
    .updates(
      Adam(firstDecay: $0["beta1"], secondDecay: $0["beta2"], epsilon: $0["epsilon"]))
  }
}
