import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct PegasosTests {
  /// W ← (1 − 1/t) W − ∇/(μt), and onto the ball; against the recursion written out.
  @Test func pegasosAgainstItsRecursion() throws {
    let data = Example.training()
    let batches = [[0, 5, 5, 2], [11, 3, 7, 1], [4, 4, 4, 9]]
    for project in [0.0, 1] {
      var options = NamedOptions()
      options.solver = "pegasos"
      options.objective.numbers = ["reg": 0.05, "project": project]
      options.batches = batches
      let model = try Training.run(data, options)
      let objective = try options.makeObjective(data)
      var W = Matrix(rows: 4, columns: 3)
      // L₀ = (K − 1) φ(0) = 2.
      let radius = (2 / 0.1).squareRoot()
      for (t, rows) in batches.enumerated() {
        let value = try objective.value(
          W, data.features, labels: data.labels, rows: rows, engine: .naive)
        W = W.mapped { i, j, w in w - value.gradient[i, j] / (0.1 * Double(t + 1)) }
        let norm = W.entries.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if project == 1 && norm > radius { W = W.mapped { _, _, w in w * radius / norm } }
      }
      #expect(distance(W, model.weights) < 1e-14)
    }
  }
}
