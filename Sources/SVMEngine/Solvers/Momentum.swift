/// Steps with a velocity that remembers earlier gradients, on random batches.
///
///     v ← βv − η∇,   W ← W + v
///
/// Polyak, Some methods of speeding up the convergence of iteration methods, 1964.
public struct Momentum: UpdateRule {
  /// β.
  public let momentum: Double
  private var velocity: [Double] = []

  /// With β = `momentum`.
  public init(momentum: Double = 0.9) { self.momentum = momentum }

  /// "momentum".
  public var name: String { "momentum" }
  /// False.
  public var usesWholeSet: Bool { false }

  /// The velocity.
  public var memory: [[Double]] {
    get { velocity.isEmpty ? [] : [velocity] }
    set { velocity = newValue.first ?? [] }
  }

  /// v ← βv − η∇, W ← W + v.
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
        v[i] = beta * v[i] - rate * g[i]
        w[i] += v[i]
      }
    }
  }

  /// The roots of z² − (1 + β − ηc) z + β leave the unit circle where ηc > 2(1 + β).
  public var stabilityBound: Double { 2 * (1 + momentum) }
}

extension Momentum {
  static let entry = CatalogEntry<SolverForm>(
    "momentum", summary: "Steps with a velocity that remembers earlier gradients.",
    formula: "v ← βv − η∇, W ← W + v", reference: "Polyak (1964)",
    options: [
      OptionDescription(
        "momentum", "how much of the velocity is kept, β", default: 0.9, .halfOpen(0, 1))
    ]
  ) { .updates(Momentum(momentum: $0["momentum"])) }
}
