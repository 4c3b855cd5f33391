import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct LinearClassifierTests {
  private func model() throws -> LinearClassifier {
    let raw = Example.features(12, 3, hasBias: false)
    let features = raw.with(Preparation(mean: [1, -1, 0.5], scale: [0.5, 1, 2], hasBias: true))
    var options = NamedOptions()
    options.iterations = 10
    return try Training.run(
      TrainingData(features: features, labels: Example.labels(), classes: ["a", "b", "c"]), options)
  }

  @Test func rawDataArePrepared() throws {
    let model = try model()
    let raw = Example.features(12, 3, hasBias: false)
    let expected = try model.scores(raw.with(model.preparation))
    #expect(try model.scores(raw) == expected)
    #expect(
      try model.scores(raw.with(Preparation(mean: [1, -1, 0.5], scale: nil, hasBias: false)))
        == expected)
    let rows = (0..<12).flatMap { raw.row($0) }
    let bare = Matrix(rows: 12, columns: 3, rows)
    #expect(try model.scores(bare, raw: true) == expected)
    // By hand: (x − μ)∘σ and a one, times W.
    let x = raw.row(2)
    let prepared = [(x[0] - 1) * 0.5, x[1] + 1, (x[2] - 0.5) * 2, 1]
    for j in 0..<3 {
      let score = (0..<4).reduce(0) { $0 + prepared[$1] * model.weights[$1, j] }
      #expect(agree(score, expected[2, j], within: 1e-13))
    }
  }

  @Test func otherwisePreparedDataAreRefused() throws {
    let model = try model()
    let raw = Example.features(12, 3, hasBias: false)
    for other in [
      Preparation(mean: [0, 0, 0], scale: nil, hasBias: false),
      Preparation(mean: nil, scale: [1, 1, 1], hasBias: false),
    ] {
      #expect(throws: EngineError.self) { try model.scores(raw.with(other)) }
    }
    #expect(throws: EngineError.self) { try model.scores(Example.features(12, 4, hasBias: false)) }
    #expect(throws: EngineError.self) { try model.scores(Matrix(rows: 2, columns: 3), raw: false) }
  }

  @Test func theFirstArgMaxWins() {
    let scores = Matrix(rows: 3, columns: 3, [1, 3, 3, 0, 0, 0, -1, -2, 5])
    #expect(LinearClassifier.decide(scores, isBinary: false) == [1, 0, 2])
    #expect(
      LinearClassifier.decide(Matrix(rows: 3, columns: 1, [-1, 0, 2]), isBinary: true) == [0, 0, 1])
    let nan = Matrix(rows: 1, columns: 2, [.nan, .nan])
    #expect(LinearClassifier.decide(nan, isBinary: false) == [0])
  }
}
