import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct NumericsTests {
  /// 0 against 0 is no error, and not NaN.
  @Test func relativeErrors() throws {
    #expect(relativeError(0, 0) == 0)
    #expect(relativeError(1, 3) == 0.5)
    #expect(relativeError(-1, 1) == 1)
    #expect(relativeError(0, 5) == 1)
    #expect(relativeError(.nan, 1).isNaN)
    #expect(throws: EngineError.self) {
      try relativeError(Matrix(rows: 1, columns: 2), Matrix(rows: 2, columns: 1))
    }
  }

  @Test func numericalGradientOfAQuadratic() throws {
    let W = Matrix(rows: 2, columns: 2, [1, -2, 3, 0.5])
    let gradient = try numericalGradient({ $0.entries.reduce(0) { $0 + $1 * $1 } }, at: W)
    for i in 0..<4 { #expect(abs(gradient.entries[i] - 2 * W.entries[i]) < 1e-9) }
    #expect(throws: EngineError.self) { try numericalGradient({ _ in 0 }, at: W, step: 0) }
  }

  /// sign(v) max(|v| − t·l1, 0) / (1 + t·l2).
  @Test func proxByHand() throws {
    let v = Matrix(rows: 1, columns: 4, [3, -3, 0.25, -0.5])
    #expect(try proxElasticNet(v, step: 1, l1: 0.5, l2: 0).entries == [2.5, -2.5, 0, 0])
    #expect(try proxElasticNet(v, step: 2, l1: 0.5, l2: 1.5).entries == [0.5, -0.5, 0, 0])
    #expect(throws: EngineError.self) { try proxElasticNet(v, step: -1, l1: 0, l2: 0) }
  }

  @Test func marginsOfScores() throws {
    let scores = Matrix(rows: 2, columns: 3, [13, -7, 11, 0, 1, 2])
    let margins = try hingeMargins(scores, labels: [0, 2], delta: 10)
    #expect(margins.entries == [0, 0, 8, 8, 9, 0])
  }

  @Test func lossOfScoresIsDividedByN() throws {
    let scores = Matrix(rows: 2, columns: 3, [13, -7, 11, 0, 1, 2])
    let (loss, gradient) = try scoreLoss(
      scores, labels: [0, 2], ReducedLoss(Hinge(delta: 10), WestonWatkins()))
    #expect(loss == 12.5)
    #expect(gradient.entries == [-0.5, 0, 0.5, 0.5, 0.5, -1])
    #expect(throws: EngineError.self) { try scoreLoss(scores, labels: [0], Softmax()) }
    #expect(throws: EngineError.self) { try scoreLoss(scores, labels: [0, 3], Softmax()) }
  }

  @Test func labelsOfBinary() throws {
    #expect(try Labels.signs([1, -1, 1]) == [1, 0, 1])
    #expect {
      try Labels.signs([1, 0])
    } throws: {
      ($0 as? EngineError)?.advice != nil
    }
    #expect(try Labels.classNumbers([0, 2, 1], classes: 3) == [0, 2, 1])
    for bad in [0.5, -1, 3, .nan, .infinity] {
      #expect(throws: EngineError.self) { try Labels.classNumbers([bad], classes: 3) }
    }
  }

  @Test func columnsLayoutIsTransposed() {
    let m = Matrix(rows: 2, columns: 3, [1, 2, 3, 4, 5, 6])
    #expect(Layout.rows.convert(m) == m)
    #expect(Layout.columns.convert(m).entries == [1, 4, 2, 5, 3, 6])
  }
}
