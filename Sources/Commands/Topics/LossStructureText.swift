import SVMEngine

extension Topics {
  /// What solvers may rely on in a loss, and those that know the optimum and take it.
  static func structure(of entry: CatalogEntry<LossForm>) -> String {
    guard case .margin(let loss)? = try? entry.make(given: [:]) else { return "" }
    let shape =
      loss.isConvex
      ? "Convex, and \(loss.neverRises ? "never rises" : "rises again")" : "Not convex"
    return "\(shape). It is taken by \(solvers(of: loss))."
  }

  /// Those that take steps, and those that minimize the whole problem with the reductions that they
  /// take the loss in.
  private static func solvers(of loss: any MarginLoss) -> String {
    let reductions = ReductionCatalog.catalog.entries.compactMap { try? $0.make(given: [:]) }
    var groups: [(solvers: [String], reductions: String)] = []
    for entry in SolverCatalog.catalog.entries {
      guard case .minimizes(let solver)? = try? entry.make(given: [:]) else { continue }
      let taken = reductions.filter { solver.requirements.allow(ReducedLoss(loss, $0)) }
      guard !taken.isEmpty else { continue }
      let names =
        taken.count == reductions.count
        ? "every reduction" : TopicDrawings.list(taken.map { "`\($0.name)`" })
      if let i = groups.firstIndex(where: { $0.reductions == names }) {
        groups[i].solvers.append("`\(entry.name)`")
      } else {
        groups.append((["`\(entry.name)`"], names))
      }
    }
    let phrases = groups.map { "\(TopicDrawings.list($0.solvers)) with \($0.reductions)" }
    return (["all solvers that take steps"] + phrases).joined(separator: "; ")
  }
}
