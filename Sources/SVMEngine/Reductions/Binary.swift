import LinearAlgebra

/// Two classes with one weight vector and a separate bias, which is never penalized.
///
///     L(f, y) = φ(y f),   f = w·x + b,   y ∈ {−1, +1}
///     ∂L/∂f = y φ′(y f)
///
/// The row is the one score f. The label is the class number, 0 for y = −1 and 1 for y = +1.
public struct Binary: Reduction {
  /// The reduction has no options.
  public init() {}

  public var name: String { "binary" }
  public var isBinary: Bool { true }
  /// Accepts two classes only.
  public func check(classes: Int) throws {
    guard classes != 2 else { return }
    throw EngineError(
      .option, "'binary' needs 2 classes, and the data have \(classes)",
      help: "\(option: "reduction", "one-vs-rest") is a binary problem for each class")
  }
  /// The one margin y f.
  public var coupling: MarginCoupling { .separate }

  public func replaceBySubgradient(
    _ s: UnsafeMutableBufferPointer<Double>, label: Int, _ loss: any MarginLoss
  ) -> Double {
    let y = label == 1 ? 1.0 : -1.0
    let a = y * s[0]
    s[0] = y * loss.derivative(a)
    return loss.value(a)
  }

  public func textbook(
    _ s: [Double], label: Int, _ loss: any MarginLoss
  ) -> (loss: Double, subgradient: [Double]) {
    let y = label == 1 ? 1.0 : -1.0
    return (loss.value(y * s[0]), [y * loss.derivative(y * s[0])])
  }

  /// y ∘ f for all rows.
  public func vectorized(
    _ S: Matrix, labels: [Int], _ loss: any MarginLoss
  ) -> (losses: [Double], subgradient: Matrix) {
    let y = labels.map { $0 == 1 ? 1.0 : -1.0 }
    let A = S.mapped { i, _, f in y[i] * f }
    return (A.entries.map { loss.value($0) }, A.mapped { i, _, a in y[i] * loss.derivative(a) })
  }

  /// y f.
  public func margins(_ s: [Double], label: Int) -> [(column: Int, margin: Double)] {
    [(0, label == 1 ? s[0] : 0 - s[0])]
  }
}

extension Binary {
  static let entry = CatalogEntry<any Reduction>(
    "binary", Binary(), summary: "Two classes, one weight vector, and a bias apart.",
    formula: "L = φ(y f), f = w·x + b, y ∈ {−1, +1}    ∂L/∂f = y φ′(y f)",
    reference: "Cortes and Vapnik, Machine Learning 20 (1995)")
}
