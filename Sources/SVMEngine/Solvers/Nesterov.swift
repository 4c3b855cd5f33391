/// Momentum whose gradient looks ahead, on random batches.
///
///     v ← βv − η∇(W),   W ← W + βv − η∇(W)
///
/// This is Nesterov's method in the variables of the point that the gradient is taken at, so that
/// one gradient at W is all that an update needs.
///
/// Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²), Soviet
/// Mathematics Doklady 27 (1983); in this form Bengio, Boulanger-Lewandowski, Pascanu, Advances in
/// optimizing recurrent networks, ICASSP 2013, and the notes of CS231n.
public struct Nesterov: UpdateRule {
  /// β.
  public let momentum: Double
  private var velocity: [Double] = []

  /// With β = `momentum`.
  public init(momentum: Double = 0.9) { self.momentum = momentum }

  /// "nesterov".
  public var name: String { "nesterov" }
  /// False.
  public var usesWholeSet: Bool { false }

  /// The velocity.
  public var memory: [[Double]] {
    get { velocity.isEmpty ? [] : [velocity] }
    set { velocity = newValue.first ?? [] }
  }

  /// v ← βv − η∇, W ← W + βv − η∇.
  public mutating func update(
    _ parameters: UnsafeMutableBufferPointer<Double>, gradient: UnsafeBufferPointer<Double>,
    rate: Double
  ) {
    if velocity.count != parameters.count {
      velocity = [Double](repeating: 0, count: parameters.count)
    }
    guard let w = parameters.baseAddress, let g = gradient.baseAddress else { return }
    let count = parameters.count
    let beta = momentum
    velocity.withUnsafeMutableBufferPointer { buffer in
      guard let v = buffer.baseAddress else { return }
      for i in 0..<count {
        let step = rate * g[i]
        v[i] = beta * v[i] - step
        w[i] += beta * v[i] - step
      }
    }
  }

  /// With ∇ = cW and s = ηc the update has the characteristic polynomial
  /// z² − (1 + β)(1 − s) z + β(1 − s). A root passes −1 where 1 + (1 + β)(1 − s) + β(1 − s) = 0.
  public var stabilityBound: Double { 1 + 1 / (1 + 2 * momentum) }
}

extension Nesterov {
  static let entry = CatalogEntry<SolverForm>(
    "nesterov", summary: "Momentum whose gradient looks ahead.",
    formula: "v ← βv − η∇, W ← W + βv − η∇", reference: "Nesterov (1983); Bengio et al. (2013)",
    options: [
      OptionDescription(
        "momentum", "how much of the velocity is kept, β", default: 0.9, .halfOpen(0, 1))
    ]
  ) { .updates(Nesterov(momentum: $0["momentum"])) }
}
