/// Half the squares of the weights, as in most papers and in the starter code of CS231n in 2015/16.
///
///     R(W) = ½λ Σ W²        ∇R = λW
public struct HalfL2: Penalty {
  /// λ.
  public let strength: Double

  /// ½λ Σ W².
  public init(_ strength: Double) { self.strength = strength }

  public var name: String { "half-l2" }
  public var squares: PenaltyCoefficient? { PenaltyCoefficient("reg", strength) }
}

extension HalfL2 {
  static let entry = CatalogEntry<any Penalty>(
    "half-l2", summary: "Half the sum of squares; reg is λ.",
    formula: "R = ½λ Σ W²    ∇R = λW",
    reference: "starter code of CS231n in 2015 and 2016", options: [.strength]
  ) { HalfL2($0["reg"]) }
}
