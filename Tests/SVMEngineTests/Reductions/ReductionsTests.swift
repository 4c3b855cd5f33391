import Glibc
import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct ReductionsTests {
  /// The two worked examples of the lecture notes of CS231n on linear classification.
  @Test func lectureNotes() {
    let first = ReducedLoss(Hinge(delta: 10), WestonWatkins())
    #expect(evaluate(first, [13, -7, 11], label: 0).loss == 8)
    #expect(evaluate(first, [13, -7, 11], label: 0).subgradient == [-1, 0, 1])
    let hinge = ReducedLoss(Hinge(), WestonWatkins())
    let scores = [-2.85, 0.86, 0.28]
    #expect(abs(evaluate(hinge, scores, label: 2).loss - 1.58) < 1e-12)
    // scipy: logsumexp(scores) - 0.28
    #expect(abs(evaluate(Softmax(), scores, label: 2).loss - 1.0401905694301081) < 1e-12)
  }

  @Test func theThreeFormsAgree() throws {
    for (seed, k) in [(1, 2), (2, 3), (3, 7), (4, 1)] {
      var stream = RandomStream(seed: UInt64(seed), key: "scores", count: 0)
      for loss in Example.losses {
        let width = loss.columns(classes: k)
        let n = 20
        // Quarters: ties of scores, margins exactly at kinks.
        let scores = Matrix(
          rows: n, columns: width,
          (0..<n * width).map { _ in Double(stream.integer(below: 17) - 8) / 4 })
        let labels = (0..<n).map { _ in stream.integer(below: width == 1 ? min(k, 2) : k) }
        let matrix = loss.vectorized(scores, labels: labels)
        for i in 0..<n {
          let row = (0..<width).map { scores[i, $0] }
          let textbook = loss.textbook(row, label: labels[i])
          let inPlace = evaluate(loss, row, label: labels[i])
          #expect(agree(textbook.loss, inPlace.loss), "\(loss.name)")
          #expect(agree(textbook.loss, matrix.losses[i]), "\(loss.name)")
          for j in 0..<width {
            #expect(agree(textbook.subgradient[j], inPlace.subgradient[j]), "\(loss.name) \(row)")
            #expect(agree(textbook.subgradient[j], matrix.subgradient[i, j]), "\(loss.name) \(row)")
          }
        }
      }
    }
  }

  @Test func slopesAreThoseOfTheLoss() {
    var stream = RandomStream(seed: 5, key: "slopes", count: 0)
    for loss in Example.losses {
      let width = loss.columns(classes: 5)
      for label in 0..<min(width + 1, 2) {
        let row = (0..<width).map { _ in stream.normal() }
        let subgradient = evaluate(loss, row, label: label).subgradient
        for j in 0..<width {
          var (above, below) = (row, row)
          above[j] += 1e-6
          below[j] -= 1e-6
          let numerical =
            (evaluate(loss, above, label: label).loss - evaluate(loss, below, label: label).loss)
            / 2e-6
          #expect(abs(numerical - subgradient[j]) < 1e-7, "\(loss.name)")
        }
      }
    }
  }

  /// The true class is not in the sum, and gets minus the count.
  @Test func correctClassGetsMinusTheCount() {
    let loss = ReducedLoss(Hinge(), WestonWatkins())
    let (value, subgradient) = evaluate(loss, [0, 0, 0, 0, 5], label: 1)
    #expect(value == 9)
    #expect(subgradient == [1, -4, 1, 1, 1])
    // Exactly at the kink: the same loss, no slope.
    #expect(evaluate(loss, [0, 1], label: 1).subgradient == [0, 0])
    #expect(evaluate(loss, [0, 1], label: 1).loss == 0)
  }

  /// The arg-max is over the wrong classes, and ties take the first.
  @Test func crammerSingerTakesTheFirstWrongClass() {
    let loss = ReducedLoss(Hinge(), CrammerSinger())
    #expect(evaluate(loss, [1, 9, 3, 3], label: 1).subgradient == [0, 0, 0, 0])
    #expect(evaluate(loss, [1, 2, 3, 3], label: 1).subgradient == [0, -1, 1, 0])
    #expect(evaluate(loss, [1, 2, 3, 3], label: 1).loss == 2)
    #expect(evaluate(loss, [3, 3, 3], label: 0).subgradient == [-1, 1, 0])
    #expect(evaluate(loss, [0, .nan, 3], label: 0).loss.isNaN)
  }

  @Test func zeroWeights() {
    for k in [2, 3, 10] {
      let zeros = [Double](repeating: 0, count: k)
      for margin in Example.margins {
        let phi = margin.value(0)
        let classes = Double(k)
        #expect(
          evaluate(ReducedLoss(margin, WestonWatkins()), zeros, label: 1).loss
            == (classes - 1) * phi)
        #expect(evaluate(ReducedLoss(margin, CrammerSinger()), zeros, label: 1).loss == phi)
        #expect(evaluate(ReducedLoss(margin, OneVsRest()), zeros, label: 1).loss == classes * phi)
      }
      #expect(abs(evaluate(Softmax(), zeros, label: 0).loss - log(Double(k))) < 1e-15)
    }
  }

  @Test func identities() {
    var stream = RandomStream(seed: 9, key: "identities", count: 0)
    for margin in Example.margins {
      for _ in 0..<50 {
        let row = (0..<6).map { _ in Double(stream.integer(below: 33) - 16) / 8 }
        let y = stream.integer(below: 6)
        let ww = evaluate(ReducedLoss(margin, WestonWatkins()), row, label: y)
        let cs = evaluate(ReducedLoss(margin, CrammerSinger()), row, label: y)
        #expect(cs.loss <= ww.loss)
        #expect(abs(ww.subgradient.reduce(0, +)) < 1e-12)
        #expect(cs.subgradient.reduce(0, +) == 0)
        // Two classes: the binary loss of the difference of the scores.
        let pair = Array(row[..<2])
        let binary = evaluate(
          ReducedLoss(margin, Binary()), [pair[1] - pair[0]], label: y % 2)
        for reduction in [WestonWatkins(), CrammerSinger()] as [any Reduction] {
          let two = evaluate(ReducedLoss(margin, reduction), pair, label: y % 2)
          #expect(two.loss == binary.loss)
          #expect(two.subgradient == [-binary.subgradient[0], binary.subgradient[0]])
        }
      }
    }
  }

  @Test func oneClassCostsNothing() {
    for reduction in [WestonWatkins(), CrammerSinger()] as [any Reduction] {
      let (loss, subgradient) = evaluate(ReducedLoss(Hinge(), reduction), [3], label: 0)
      #expect(loss == 0 && subgradient == [0])
    }
    #expect(evaluate(Softmax(), [3], label: 0).loss == 0)
  }

  @Test func termsAddUpToTheLoss() {
    let row = [0.5, -1, 2, 0.25]
    for margin in Example.margins {
      for reduction in Example.reductions {
        let loss = ReducedLoss(margin, reduction)
        let scores = Array(row[..<loss.columns(classes: 4)])
        let sum = loss.terms(scores, label: 1).reduce(0) { $0 + $1.value }
        #expect(agree(sum, evaluate(loss, scores, label: 1).loss))
      }
    }
  }
}
