/// The magnitudes of the weights. Proximal solvers make many weights exactly 0.
///
///     R(W) = λ Σ |W|        ∇R = λ sign(W), 0 at 0
///
/// Tibshirani, Regression shrinkage and selection via the lasso, JRSS B 58 (1996).
public struct L1: Penalty {
  /// λ.
  public let strength: Double

  /// λ Σ |W|.
  public init(_ strength: Double) { self.strength = strength }

  public var name: String { "l1" }
  public var magnitudes: PenaltyCoefficient? { PenaltyCoefficient("reg", strength) }
}

extension L1 {
  static let entry = CatalogEntry<any Penalty>(
    "l1", summary: "The sum of magnitudes; reg is λ.",
    formula: "R = λ Σ |W|    ∇R = λ sign(W), 0 at 0",
    reference: "Tibshirani, Regression shrinkage and selection via the lasso, JRSS B 58 (1996)",
    options: [.strength]
  ) { L1($0["reg"]) }
}
