/// The step of Pegasos: one over the modulus of strong convexity of R times the number of the
/// update.
///
///     η_t = 1 / (μ (t + 1)),   μ = 2λ for l2, λ for half-l2, l2 for elastic-net, 1 for C=
///
/// Shalev-Shwartz, Singer, Srebro, Cotter, Pegasos, Mathematical Programming 127 (2011).
public struct PegasosSchedule: Schedule {
  /// The modulus of strong convexity of R.
  public let strongConvexity: Double
  /// The schedule for μ > 0; a run replaces μ by that of its penalty.
  public init(strongConvexity: Double = 1) { self.strongConvexity = strongConvexity }
  public var name: String { "pegasos" }
  /// 1 / (μ (t + 1)).
  public func rate(_ t: Int, base: Double, total: Int) -> Double {
    1 / (strongConvexity * Double(t + 1))
  }
  /// The schedule with the μ of the objective's penalty.
  ///
  /// - Throws: `EngineError` where the penalty is not strongly convex.
  public func prepared(for objective: Objective) throws -> any Schedule {
    PegasosSchedule(
      strongConvexity: try objective.strongConvexity(neededBy: "schedule 'pegasos'"))
  }
}

extension PegasosSchedule {
  static let entry = CatalogEntry<any Schedule>(
    "pegasos", PegasosSchedule(),
    summary: "One over μt, with μ the strong convexity of the penalty; lr is not used.",
    formula: "η_t = 1 / (μ (t + 1)), μ = 2λ for l2, λ for half-l2, l2 for elastic-net, 1 for C=",
    reference: "Shalev-Shwartz et al., Mathematical Programming 127 (2011)")
}
