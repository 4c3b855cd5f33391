/// The squares of the weights without a factor ½, as in CS231n since 2017.
///
///     R(W) = λ Σ W²        ∇R = 2λW
public struct L2: Penalty {
  /// λ.
  public let strength: Double

  /// λ Σ W².
  public init(_ strength: Double) { self.strength = strength }

  public var name: String { "l2" }
  public var squares: PenaltyCoefficient? { PenaltyCoefficient("reg", strength, times: 2) }
}

extension L2 {
  static let entry = CatalogEntry<any Penalty>(
    "l2", summary: "The sum of squares, without ½; reg is λ.",
    formula: "R = λ Σ W²    ∇R = 2λW",
    reference: "assignment 1 of CS231n since 2017; Hoerl and Kennard, Technometrics 12 (1970)",
    options: [.strength]
  ) { L2($0["reg"]) }
}
