import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct ExplanationTests {
  /// The lecture notes' example as W: x = 1, scores [13, −7, 11], y = 0, Δ = 10.
  @Test func lectureNotes() throws {
    let X = Features(DoubleMatrix(Matrix(rows: 1, columns: 1, [1])))
    let W = Matrix(rows: 1, columns: 3, [13, -7, 11])
    let explanation = try Explanation(
      W, X, label: 0, sample: 0, ReducedLoss(Hinge(delta: 10), WestonWatkins()), delta: 10)
    #expect(explanation.scores == [13, -7, 11])
    #expect(explanation.terms.map(\.column) == [1, 2])
    #expect(explanation.terms.map(\.value) == [0, 8])
    #expect(explanation.count == 1 && explanation.loss == 8 && explanation.prediction == 0)
    #expect(explanation.subgradient == [-1, 0, 1])
    #expect(explanation.contribution(toColumn: 2) == [1])
    #expect(throws: EngineError.self) {
      try Explanation(W, X, label: 0, sample: 1, Softmax())
    }
    #expect(throws: EngineError.self) {
      try Explanation(W, X, label: 3, sample: 0, Softmax())
    }
  }

  @Test func contributionsAddUpToTheGradient() throws {
    let (X, y, W) = Example.random(8, 3, 4, seed: 3)
    let loss = ReducedLoss(SquaredHinge(), WestonWatkins())
    let gradient = try Objective(loss: loss).value(W, X, labels: y).gradient
    var sum = Matrix(rows: 3, columns: 4)
    for i in 0..<8 {
      let explanation = try Explanation(W, X, label: y[i], sample: i, loss)
      for j in 0..<4 {
        for (d, g) in explanation.contribution(toColumn: j).enumerated() { sum[d, j] += g / 8 }
      }
    }
    #expect(distance(gradient, sum) < 1e-13)
  }
}
