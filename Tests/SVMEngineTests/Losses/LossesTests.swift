import Testing

@testable import SVMEngine

@Suite struct LossesTests {
  /// The catalog's losses of a margin, with their usual numbers.
  private func margins() throws -> [any MarginLoss] {
    let margins = try LossCatalog.catalog.entries.compactMap { entry in
      if case .margin(let loss) = try entry.make(given: [:]) { loss } else { nil }
    }
    try #require(margins.count >= 12)
    return margins
  }

  @Test func hingeByHand() {
    let hinge = Hinge()
    #expect([-2, 0, 0.5, 1, 3].map(hinge.value) == [3, 1, 0.5, 0, 0])
    // At the kink the slope is 0, the strict indicator.
    #expect([-2, 0.5, 1, 3].map(hinge.derivative) == [-1, -1, 0, 0])
    #expect(Hinge(delta: 10).value(-2) == 12)
  }

  @Test func squaredHingeByHand() {
    let loss = SquaredHinge()
    #expect([-2, 0, 0.5, 1, 3].map(loss.value) == [9, 1, 0.25, 0, 0])
    #expect([-2, 0, 0.5, 1, 3].map(loss.derivative) == [-6, -2, -1, 0, 0])
  }

  @Test func everyMarginLossHasItsSlope() throws {
    for loss in try margins() {
      for step in -400...400 {
        let a = Double(step) / 100
        if loss.breakpoints.contains(where: { abs($0 - a) < 1e-4 }) {
          if loss.kinks.contains(a) { #expect(loss.derivative(a) == 0) }
          continue
        }
        let h = 1e-6
        let numerical = (loss.value(a + h) - loss.value(a - h)) / (2 * h)
        #expect(abs(numerical - loss.derivative(a)) < 1e-6, "\(loss.name) at \(a)")
      }
    }
  }

  @Test func convexLossesLieAboveTheirTangents() throws {
    for loss in try margins() where loss.isConvex {
      for i in -30...30 {
        for j in -30...30 {
          let (a, b) = (Double(i) / 8, Double(j) / 8)
          // At a kink 0 need not be a subgradient of every loss; it is where φ is flat on one side.
          #expect(loss.value(b) >= loss.value(a) + loss.derivative(a) * (b - a) - 1e-12)
        }
      }
    }
  }

  @Test func finiteFarOutAndNaNStaysNaN() throws {
    for loss in try margins() {
      for a in [-1e3, 1e3] {
        #expect(loss.value(a).isFinite && loss.derivative(a).isFinite)
      }
      #expect(loss.value(.nan).isNaN, "\(loss.name) hides NaN")
    }
  }

  /// With ends at infinity the truncated losses are their limits, in every bit.
  @Test func endsAtInfinityAreTheLimits() {
    for (delta, tau, h) in [(1.0, 0.5, 0.5), (0.25, 1, 0.1), (3, 0, 2)] {
      let pairs: [(any MarginLoss, any MarginLoss)] = [
        (
          TruncatedPinball(delta: delta, tau: tau, s: .infinity), Pinball(delta: delta, tau: tau)
        ),
        (
          HuberizedTruncatedPinball(
            delta: delta, tau: tau, huber: h, s: .infinity, kappa: .infinity),
          HuberizedPinball(delta: delta, tau: tau, huber: h)
        ),
      ]
      for (loss, limit) in pairs {
        for step in -400...400 {
          let a = Double(step) / 32
          #expect(loss.value(a) == limit.value(a) && loss.derivative(a) == limit.derivative(a))
        }
        #expect(Set(loss.kinks) == Set(limit.kinks))
        #expect(loss.breakpoints.allSatisfy { $0.isFinite })
        #expect(Set(loss.breakpoints) == Set(limit.breakpoints))
        #expect(loss.isConvex && loss.neverRises == (tau == 0))
        #expect(loss.dualForm == limit.dualForm)
      }
    }
    // With one end left it is not convex.
    #expect(!HuberizedTruncatedPinball(s: .infinity).isConvex)
    #expect(!HuberizedTruncatedPinball(kappa: .infinity).isConvex)
    #expect(!TruncatedPinball().isConvex && TruncatedPinball(tau: 0).isConvex)
  }

  @Test func rowsOfMarginsAreTheSingleOnes() {
    for loss in Example.margins {
      let margins = [-1.5, 0, 0.5, 1, 2, 7]
      var row = margins
      let sum = row.withUnsafeMutableBufferPointer { loss.replaceByDerivatives($0) }
      #expect(row == margins.map(loss.derivative))
      #expect(sum == margins.map(loss.value).reduce(0, +))
    }
  }

  @Test func softmaxAgainstSciPy() {
    // scipy.special.softmax([1, 2, 3, 4]), logsumexp([1, 2, 3, 4]) - 2
    let (loss, subgradient) = evaluate(Softmax(), [1, 2, 3, 4], label: 1)
    #expect(agree(loss, 2.4401896985611957, within: 1e-15))
    let p = [0.03205860328008499, 0.08714431874203257, 0.23688281808991013, 0.6439142598879724]
    for j in 0..<4 { #expect(agree(subgradient[j], p[j] - (j == 1 ? 1 : 0), within: 1e-14)) }
    // logsumexp([1000, 0, -1000]) - 0
    #expect(evaluate(Softmax(), [1000, 0, -1000], label: 1).loss == 1000)
    #expect(evaluate(Softmax(), [1, .nan], label: 0).loss.isNaN)
  }

  /// Values by hand, from the formulas in the papers that the catalog names.
  @Test func furtherLossesByHand() {
    func check(_ loss: any MarginLoss, _ margins: [Double], _ values: [Double]) {
      for (a, value) in zip(margins, values) {
        #expect(abs(loss.value(a) - value) < 1e-15, "\(loss.name) at \(a)")
      }
    }
    check(Perceptron(), [-2, 0, 1], [2, 0, 0])
    check(RennieSrebro(), [-1, 0, 0.5, 1, 2], [1.5, 0.5, 0.125, 0, 0])
    check(SmoothHinge(gamma: 0.5), [-1, 0.5, 0.75, 1, 2], [1.75, 0.25, 0.0625, 0, 0])
    check(ModifiedHuber(), [-3, -1, 0, 0.5, 1], [12, 4, 1, 0.25, 0])
    // numpy: log1p(exp(-a))
    check(Logistic(), [0, 2, -1], [0.6931471805599453, 0.1269280110429725, 1.3132616875182228])
    check(Pinball(), [-1, 1, 3], [2, 0, 1])
    check(TruncatedPinball(), [-1, 1, 1.5, 2, 7], [2, 0, 0.25, 0.5, 0.5])
    check(Ramp(), [-5, -1, 0, 1, 2], [2, 2, 1, 0, 0])
    check(HuberizedPinball(), [-1, 0.75, 1, 1.25, 3], [1.75, 0.0625, 0, 0.03125, 0.875])
    check(HuberizedTruncatedPinball(), [-9, 0, 1, 9], [2, 0.75, 0, 0.5])
  }

  @Test func limitsOfTheFamilies() {
    for i in -80...80 {
      let a = Double(i) / 16
      func same(_ x: any MarginLoss, _ y: any MarginLoss, _ factor: Double = 1) {
        #expect(abs(x.value(a) - factor * y.value(a)) < 1e-8, "\(x.name) at \(a)")
      }
      same(SmoothHinge(gamma: 1), RennieSrebro())
      same(ModifiedHuber(), SmoothHinge(gamma: 2), 4)
      same(SmoothHinge(gamma: 1e-9), Hinge())
      same(Perceptron(), Hinge(delta: 0))
      same(Pinball(tau: 0), Hinge())
      same(TruncatedPinball(s: 1e9), Pinball())
      same(Ramp(s: -1e9), Hinge())
      same(HuberizedPinball(huber: 1e-9), Pinball())
      same(HuberizedTruncatedPinball(s: .infinity, kappa: .infinity), HuberizedPinball())
      same(HuberizedTruncatedPinball(huber: 1e-9, kappa: .infinity), TruncatedPinball())
      same(
        HuberizedTruncatedPinball(tau: 0, huber: 0.25, kappa: .infinity), SmoothHinge(gamma: 0.25))
    }
  }

  @Test func nonConvexLossesAreBounded() {
    #expect(Ramp().value(-1e9) == 2)
    #expect(abs(HuberizedTruncatedPinball().value(-1e9) - 2) < 1e-6)
    #expect(abs(HuberizedTruncatedPinball().value(1e9) - 0.5) < 1e-6)
  }
}
