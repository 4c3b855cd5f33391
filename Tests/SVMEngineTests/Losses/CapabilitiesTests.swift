import LinearAlgebra
import Testing

@testable import SVMEngine

/// What losses, reductions and solvers say of themselves: solvers, refusals and proofs rest on it.
@Suite struct CapabilitiesTests {
  /// A loss of one's own says its name and its subgradient.
  private struct OwnLoss: ScoreLoss {
    let name = "own"
    /// Σ_{j≠y} max(0, s_j − s_y + 1), the loop of the lecture notes.
    func replaceBySubgradient(_ s: UnsafeMutableBufferPointer<Double>, label y: Int) -> Double {
      let scores = Array(s)
      var loss = 0.0
      s.update(repeating: 0)
      for j in scores.indices where j != y {
        let violation = scores[j] - scores[y] + 1
        if violation > 0 {
          loss += violation
          s[j] += 1
          s[y] -= 1
        }
      }
      return loss
    }
  }

  /// The hinge as somebody would write it who knows nothing of dual forms.
  private struct OwnMargin: MarginLoss {
    let name = "own"
    func value(_ a: Double) -> Double { a < 1 ? 1 - a : 0 }
    func derivative(_ a: Double) -> Double { a < 1 ? -1 : 0 }
  }

  /// Half of what Weston and Watkins's reduction makes of three classes.
  private struct OwnReduction: Reduction {
    let name = "own"
    func replaceBySubgradient(
      _ s: UnsafeMutableBufferPointer<Double>, label: Int, _ loss: any MarginLoss
    ) -> Double {
      let sum = WestonWatkins().replaceBySubgradient(s, label: label, loss)
      for j in s.indices { s[j] /= 2 }
      return sum / 2
    }
    func margins(_ scores: [Double], label: Int) -> [(column: Int, margin: Double)] {
      WestonWatkins().margins(scores, label: label)
    }
  }

  private func value(_ loss: any ScoreLoss, _ engine: Engine) throws -> ObjectiveValue {
    let data = Example.training()
    return try Objective(loss: loss, penalty: L2(0.5)).value(
      Example.weights(), data.features, labels: data.labels, engine: engine)
  }

  @Test(arguments: Engine.allCases)
  func lossesOfOnesOwnAreTheSameLosses(engine: Engine) throws {
    let known = try value(ReducedLoss(Hinge(), WestonWatkins()), engine)
    for loss in [OwnLoss(), ReducedLoss(OwnMargin(), WestonWatkins())] as [any ScoreLoss] {
      let own = try value(loss, engine)
      #expect(agree(own.loss, known.loss, within: 1e-14))
      #expect(distance(own.gradient, known.gradient) < 1e-15)
    }
    let half = try value(ReducedLoss(Hinge(), OwnReduction()), engine)
    #expect(half.dataLoss == known.dataLoss / 2)
  }

  /// Nothing is claimed of them that a proof could rest on.
  @Test func lossesOfOnesOwnClaimNothing() {
    let losses: [any ScoreLoss] = [
      OwnLoss(), ReducedLoss(OwnMargin(), WestonWatkins()), ReducedLoss(Hinge(), OwnReduction()),
    ]
    #expect(losses.map(\.isConvex) == [false, false, false])
    for loss in losses {
      #expect(!loss.isBinary && loss.columns(classes: 3) == 3)
      #expect(!DualCoordinateDescent().requirements.allow(loss))
      #expect(!NewtonMethod().requirements.allow(loss))
    }
    // The hinge's kinks are known, and how this reduction ties margins together is not.
    #expect(!FISTA().requirements.allow(losses[2]))
  }

  /// Kinks and breakpoints by hand, in the places where papers have them.
  @Test func whatFollowsFromTheDualForm() {
    #expect(Hinge(delta: 3).kinks == [3] && Perceptron().kinks == [0])
    #expect(Pinball(delta: 2, tau: 0.25).kinks == [2])
    #expect(Set(ModifiedHuber().breakpoints) == [-1, 1] && ModifiedHuber().isSmooth)
    #expect(Set(RennieSrebro().breakpoints) == [0, 1] && RennieSrebro().isSmooth)
    #expect(Set(SmoothHinge(delta: 1, gamma: 0.25).breakpoints) == [0.75, 1])
    #expect(SquaredHinge(delta: 2).breakpoints == [2] && SquaredHinge().isSmooth)
    #expect(Pinball(tau: 0).neverRises && !Pinball(tau: 0.5).neverRises && Hinge().neverRises)
  }

  /// A dual form is the loss: max over β of β(Δ − a) − ½κβ², by the formula and by the loss.
  @Test func dualFormsAreTheLoss() throws {
    var seen = 0
    for entry in LossCatalog.catalog.entries {
      guard case .margin(let loss) = try entry.make(given: [:]), let form = loss.dualForm else {
        continue
      }
      seen += 1
      for step in -50...50 {
        let a = Double(step) / 16
        #expect(agree(form.value(a), loss.value(a), within: 1e-14), "\(entry.name) at \(a)")
      }
    }
    #expect(seen == 7)
  }

  /// What a solver says that it takes is what it takes, of every loss and reduction.
  @Test func requirementsAreWhatSolversTake() throws {
    let margins = try LossCatalog.catalog.entries.compactMap { entry in
      if case .margin = try entry.make(given: [:]) { return entry.name }
      return nil
    }
    let pairs =
      margins.flatMap { loss in ReductionCatalog.catalog.names.map { (loss, Optional($0)) } }
      + [("softmax", nil), ("structured", nil)]
    for (loss, reduction) in pairs {
      var options = NamedOptions()
      (options.objective.loss, options.objective.reduction) = (loss, reduction)
      options.objective.numbers["reg"] = 0.5
      options.iterations = 1
      let classes = reduction == "binary" ? 2 : 3
      if loss == "structured" {
        options.objective.cost = Matrix(rows: 3, columns: 3, [0, 1, 2, 1, 0, 1, 2, 1, 0])
      }
      let scoreLoss = try options.objective.made(alsoTaken: []).loss
      for entry in SolverCatalog.catalog.entries {
        guard case .minimizes(let solver) = try entry.make(given: [:]) else { continue }
        options.solver = solver.name
        var takes = true
        do {
          _ = try Training.run(Example.training(12, 3, classes), options)
        } catch let error as EngineError {
          takes = false
          #expect(error.message.contains("'\(solver.name)'") || error.message.contains("convex"))
        }
        #expect(
          takes == solver.requirements.allow(scoreLoss), "\(solver.name) and \(scoreLoss.name)")
      }
    }
  }

  /// The terms of ∇R by hand, as a learner writes them.
  @Test func penaltiesAsTheirCoefficients() {
    #expect(L2(3).squares?.text == "2·reg" && L2(3).l2Coefficient == 6 && L2(3).l1Coefficient == 0)
    #expect(HalfL2(3).squares?.text == "reg" && HalfL2(3).l2Coefficient == 3)
    #expect(L1(3).magnitudes?.text == "reg" && L1(3).squares == nil)
    let net = ElasticNet(l1: 0.5, l2: 2)
    #expect(net.magnitudes?.text == "l1" && net.squares?.text == "l2")
    #expect(net.description == "elastic-net (l1 = 0.5, l2 = 2)")
    #expect(L2(25000).description == "l2 (λ = 25000)" && NoPenalty().description == "none")
  }
}
