import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct MetricsTests {
  @Test func confusionByHand() throws {
    let labels = [0, 0, 0, 1, 1, 2]
    let predicted = [0, 0, 1, 1, 0, 0]
    let confusion = try Metrics.confusion(predicted, labels, classes: 4)
    #expect(confusion.entries == [2, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    let scores = Metrics.classScores(confusion)
    #expect(scores.precision == [0.5, 0.5, 0, 0])
    #expect(scores.recall == [2.0 / 3, 0.5, 0, 0])
    #expect(scores.f1 == [4.0 / 7, 0.5, 0, 0])
    #expect(try Metrics.accuracy(predicted, labels) == 0.5)
  }

  @Test func areasByHand() {
    // Pairs of a positive and a negative: 0.8 beats both, 0.35 beats 0.1 of the negatives 0.1, 0.4.
    let scores = [0.1, 0.4, 0.35, 0.8]
    let positives = [false, false, true, true]
    #expect(Metrics.rocArea(scores, positives: positives) == 0.75)
    // Thresholds 0.8: P 1, R ½; 0.4: nothing new; 0.35: P 2/3, R 1.
    #expect(abs(Metrics.averagePrecision(scores, positives: positives) - 5.0 / 6) < 1e-15)
    // All equal: chance, and the share of positives.
    #expect(Metrics.rocArea([1, 1, 1, 1], positives: positives) == 0.5)
    #expect(Metrics.averagePrecision([1, 1, 1, 1], positives: positives) == 0.5)
    #expect(Metrics.rocArea([1, 2], positives: [true, true]).isNaN)
    #expect(Metrics.averagePrecision([1], positives: [false]).isNaN)
    #expect(Metrics.rocArea([.nan, 2], positives: [true, false]).isNaN)
  }

  @Test func wrongInputIsAnError() {
    #expect(throws: EngineError.self) { try Metrics.accuracy([1], [1, 2]) }
    #expect(throws: EngineError.self) { try Metrics.accuracy([], []) }
    #expect(throws: EngineError.self) { try Metrics.confusion([0], [3], classes: 2) }
  }

  @Test func evaluationOfTwoClasses() throws {
    let data = Example.training(30, 3, 2)
    var options = NamedOptions()
    options.iterations = 30
    for reduction in ["weston-watkins", "binary"] {
      options.objective.reduction = reduction
      let model = try Training.run(data, options)
      let evaluation = try Evaluation(model, on: data.features, labels: data.labels)
      #expect(evaluation.accuracy == (try model.accuracy(data.features, labels: data.labels)))
      #expect(evaluation.confusion.entries.reduce(0, +) == 30)
      // Of two columns their difference tells the classes apart, of one the number itself.
      let scores = try model.scores(data.features)
      let margins = (0..<30).map { i in
        scores.columns == 1 ? scores[i, 0] : scores[i, 1] - scores[i, 0]
      }
      let positives = data.labels.map { $0 == 1 }
      #expect(evaluation.rocArea == Metrics.rocArea(margins, positives: positives))
      #expect(
        evaluation.averagePrecision == Metrics.averagePrecision(margins, positives: positives))
    }
  }
}
