/// Steps that are scaled by running means of the gradient and of its square, on random batches.
///
///     m ← β₁m + (1 − β₁)∇          m̂ = m / (1 − β₁ᵗ)
///     v ← β₂v + (1 − β₂)∇²         v̂ = v / (1 − β₂ᵗ)
///     W ← W − η m̂ / (√v̂ + ε)
///
/// Problem: J with any loss and penalty, of which batches give gradients. Given: weights to start from and
/// a learning rate η. Returned: the last weights; nothing is proven.
///
/// Kingma and Ba, Adam: a method for stochastic optimization, ICLR 2015, Algorithm 1; β₁ᵗ is a running
/// product, so that no library function decides about its bits.
public struct Adam: UpdateRule {
  /// β₁.
  public let firstDecay: Double
  /// β₂.
  public let secondDecay: Double
  /// ε.
  public let epsilon: Double
  private var mean: [Double] = []
  private var square: [Double] = []
  /// β₁ᵗ and β₂ᵗ.
  private var powers = [1.0, 1.0]

  /// With the decays of the two means, and what keeps the quotient finite.
  public init(firstDecay: Double = 0.9, secondDecay: Double = 0.999, epsilon: Double = 1e-8) {
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.epsilon = epsilon
  }

  /// "adam".
  public var name: String { "adam" }
  /// False.
  public var usesWholeSet: Bool { false }

  /// Both means, and the powers of the decays.
  public var memory: [[Double]] {
    get { mean.isEmpty ? [] : [mean, square, powers] }
    set {
      guard newValue.count == 3, newValue[2].count == 2 else {
        (mean, square, powers) = ([], [], [1, 1])
        return
      }
      (mean, square, powers) = (newValue[0], newValue[1], newValue[2])
    }
  }

  /// Algorithm 1 of the paper.
  public mutating func update(
    _ parameters: UnsafeMutableBufferPointer<Double>, gradient: UnsafeBufferPointer<Double>,
    rate: Double
  ) {
    if mean.count != parameters.count || square.count != parameters.count {
      mean = [Double](repeating: 0, count: parameters.count)
      square = mean
      powers = [1, 1]
    }
    powers[0] *= firstDecay
    powers[1] *= secondDecay
    let (firstScale, secondScale) = (1 / (1 - powers[0]), 1 / (1 - powers[1]))
    let (b1, b2, small) = (firstDecay, secondDecay, epsilon)
    guard let w = parameters.baseAddress, let g = gradient.baseAddress else { return }
    let count = parameters.count
    mean.withUnsafeMutableBufferPointer { meanBuffer in
      square.withUnsafeMutableBufferPointer { squareBuffer in
        guard let m = meanBuffer.baseAddress, let v = squareBuffer.baseAddress else { return }
        for i in 0..<count {
          m[i] = b1 * m[i] + (1 - b1) * g[i]
          v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i]
          w[i] -= rate * (m[i] * firstScale) / ((v[i] * secondScale).squareRoot() + small)
        }
      }
    }
  }

  /// No step is longer than about η, whatever the penalty: nothing must diverge.
  public var stabilityBound: Double { .infinity }
}

extension Adam {
  static let entry = CatalogEntry<SolverForm>(
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
