import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct PenaltiesTests {
  private func evaluate(_ penalty: any Penalty, _ w: [Double]) -> (Double, [Double]) {
    var gradient = [Double](repeating: 0, count: w.count)
    let value = w.withUnsafeBufferPointer { w in
      gradient.withUnsafeMutableBufferPointer { penalty.value(w, addingGradientTo: $0) }
    }
    return (value, gradient)
  }

  @Test func byHand() {
    let w = [3.0, -1, 0, 2]
    #expect(evaluate(L2(0.5), w) == (7, [3, -1, 0, 2]))
    #expect(evaluate(HalfL2(0.5), w) == (3.5, [1.5, -0.5, 0, 1]))
    #expect(evaluate(L1(0.5), w) == (3, [0.5, -0.5, 0, 0.5]))
    #expect(evaluate(ElasticNet(l1: 2, l2: 3), w) == (12 + 21, [11, -5, 0, 8]))
    #expect(evaluate(NoPenalty(), w) == (0, [0, 0, 0, 0]))
  }

  /// Doubling λ and using half-l2 changes no bit.
  @Test func twoFormsOfLambda() {
    var stream = RandomStream(seed: 3, key: "w", count: 0)
    let w = (0..<101).map { _ in stream.normal() }
    for strength in [5e-6, 0.3, 2.5e4] {
      let full = evaluate(L2(strength), w)
      let half = evaluate(HalfL2(2 * strength), w)
      #expect(full.0 == half.0 && full.1 == half.1)
    }
  }

  @Test func sumsOfEveryLength() {
    for n in 0..<40 {
      let values = (0..<n).map { Double($0 % 5 - 2) }
      values.withUnsafeBufferPointer {
        #expect(sum($0) == values.reduce(0, +))
        #expect(sumOfSquares($0) == values.reduce(0) { $0 + $1 * $1 })
        #expect(sumOfMagnitudes($0) == values.reduce(0) { $0 + abs($1) })
      }
    }
  }
}
