import Testing

/// Optima of convex objectives on real data, reached by every solver that takes them.
@Suite struct OptimaTests {
  /// The least value of ½‖W‖² + Σ L on iris with a bias column, by cvxpy 1.7 with Clarabel
  /// (tolerances 1e-10): conic programs, no gradient method.
  private static let iris: [(reduction: String, loss: String, optimum: Double)] = [
    ("weston-watkins", "hinge", 20.01822996), ("weston-watkins", "squared-hinge", 16.91302055),
    ("weston-watkins", "perceptron", 0), ("weston-watkins", "pinball", 106.5904571),
    ("weston-watkins", "smooth-hinge", 10.48543127),
    ("weston-watkins", "rennie-srebro", 10.48543127),
    ("weston-watkins", "modified-huber", 16.91302055), ("weston-watkins", "logistic", 36.99539049),
    ("weston-watkins", "huberized-pinball", 64.14711344), ("crammer-singer", "hinge", 20.01822996),
    ("crammer-singer", "squared-hinge", 16.91302055), ("crammer-singer", "perceptron", 0),
    ("crammer-singer", "smooth-hinge", 10.48543127),
    ("crammer-singer", "rennie-srebro", 10.48543127),
    ("crammer-singer", "modified-huber", 16.91302055), ("crammer-singer", "logistic", 35.43708089),
    ("one-vs-rest", "hinge", 113.0240411), ("one-vs-rest", "squared-hinge", 118.5634874),
    ("one-vs-rest", "perceptron", 0), ("one-vs-rest", "pinball", 194.5817314),
    ("one-vs-rest", "smooth-hinge", 60.0484976), ("one-vs-rest", "rennie-srebro", 60.0484976),
    ("one-vs-rest", "modified-huber", 118.5634874), ("one-vs-rest", "logistic", 119.1110635),
    ("one-vs-rest", "huberized-pinball", 123.0140829), ("", "softmax", 36.85068274),
    ("", "structured", 11.31827254),
  ]

  private func trained(
    _ options: String, solvers: [String], on data: String
  ) -> [(solver: String, objective: Double)] {
    solvers.compactMap { solver in
      let run = run(
        """
        \(data)
        m = train d \(options) solver=\(solver) iters=200000
        print "{m.history.loss[-1]:.12g} {m.history.gap[-1] <= 1e-6 * m.history.loss[-1]}"
        """)
      let words = run.shown.last?.split(separator: " ") ?? []
      guard words.count == 2, let objective = Double(words[0]) else {
        // A solver that can't take it says what it takes.
        #expect(run.report.contains("help:"), "\(options) \(solver): \(run.report)")
        return nil
      }
      #expect(words[1] == "true", "\(options) \(solver)")
      return (solver, objective)
    }
  }

  @Test func irisAgainstAConicSolver() {
    for (reduction, loss, optimum) in Self.iris {
      var options = "loss=\(loss) C=1 tolerance=5e-7"
      if !reduction.isEmpty { options += " reduction=\(reduction)" }
      if loss == "structured" { options += " cost=[[0, 1, 2], [0.5, 0, 1], [2, 0.25, 0]]" }
      let found = trained(
        options,
        // The slowest is tried with one reduction.
        solvers: ["dual", "newton", "lbfgs"]
          + (reduction == "weston-watkins" ? ["fista restart=true"] : []),
        on: "d = load \"iris\"\nd = add-bias d")
      let fewest = loss == "softmax" || loss == "logistic" || loss == "huberized-pinball" ? 1 : 2
      #expect(found.count >= fewest, "\(reduction) \(loss)")
      for (solver, objective) in found {
        #expect(
          abs(objective - optimum) <= 1e-6 * optimum + 1e-9,
          "\(reduction) \(loss) \(solver): \(objective), not \(optimum)")
      }
    }
  }

  /// The elastic net, mean of the losses, by the same conic solver.
  @Test func irisWithTheElasticNet() {
    let expected: [(loss: String, l1: Double, l2: Double, optimum: Double)] = [
      ("squared-hinge", 0.01, 0, 0.1690794332), ("logistic", 0.01, 0, 0.2956163366),
      ("smooth-hinge", 0.01, 0, 0.1205574531), ("squared-hinge", 0.01, 0.02, 0.2352529986),
      ("logistic", 0.01, 0.02, 0.4638252802), ("smooth-hinge", 0.01, 0.02, 0.1638169735),
    ]
    for (loss, l1, l2, optimum) in expected {
      for how in ["fista restart=true", "lbfgs"] {
        let run = run(
          """
          d = load "iris"
          d = add-bias d
          m = train d loss=\(loss) penalty=elastic-net l1=\(l1) l2=\(l2) solver=\(how) \
          tolerance=\(how == "lbfgs" ? "1e-12" : "1e-10") iters=30000
          print "{m.history.loss[-1]:.12g}"
          """)
        let found = Double(run.shown.last ?? "") ?? .nan
        #expect(abs(found - optimum) <= 1e-6 * optimum, "\(loss) \(l1) \(l2) \(how): \(run.text)")
      }
    }
  }

  /// A bias apart that costs nothing: hinge, squared hinge and pinball on breast_cancer,
  /// standardized, by the same conic solver.
  @Test func aBiasApartAgainstAConicSolver() {
    for (loss, optimum, bias) in [
      ("hinge", 26.525455159838735, -0.0442531), ("squared-hinge", 31.032269191294773, 0.2210214),
      ("pinball", 169.2353795811018, -0.3086845),
    ] {
      let run = run(
        """
        d = load "breast_cancer"
        d = standardize d
        m = train d loss=\(loss) reduction=binary C=1 solver=newton tolerance=1e-9
        print "{m.history.loss[-1]:.12g} {m.b:.7f}"
        """)
      let words = run.shown.last?.split(separator: " ").compactMap { Double($0) } ?? []
      #expect(words.count == 2 && abs(words[0] - optimum) <= 1e-7 * optimum, "\(loss) \(words)")
      #expect(words.count == 2 && abs(words[1] - bias) <= 2e-4, "\(loss) \(words)")
    }
  }

  /// Two kinds of proof on digits: no solver's objective is above another's by more than 1e-6.
  @Test func digits() {
    let data = "d = load \"digits\"\nd = standardize d\nd = add-bias d"
    for (options, solvers) in [
      ("loss=hinge reduction=one-vs-rest", ["dual", "newton"]),
      ("loss=squared-hinge reduction=one-vs-rest", ["newton", "lbfgs"]),
      ("loss=hinge", ["dual", "lbfgs"]),
      ("loss=hinge reduction=crammer-singer", ["dual", "lbfgs"]),
      ("loss=squared-hinge", ["dual", "lbfgs"]),
      ("loss=softmax", ["lbfgs", "fista restart=true"]),
    ] {
      let found = trained(options + " reg=0.1 tolerance=9e-7", solvers: solvers, on: data)
      #expect(found.count == solvers.count, "\(options)")
      for a in found {
        for b in found {
          #expect(abs(a.objective - b.objective) <= 1e-6 * a.objective, "\(options) \(a) \(b)")
        }
      }
    }
  }

  /// A bias that no penalty covers: a small change of the objective proves nothing, and once
  /// stopped FISTA 2e-5 above the optimum. The optimum is that of a conic solver.
  @Test(arguments: ["fista L=2.375", "fista", "lbfgs"])
  func convergedIsProvenWithAFreeBias(solver: String) {
    let optimum = 0.1757900627
    let session = TestSession()
    let run = session.run(
      """
      iris = load "iris"
      X = iris.X[50:150]
      X = (X - mean(X, axis=0)) / std(X, axis=0)
      y = ones(100)
      y[:50] = -1
      m = train dataset(X, y) reduction=binary loss=smooth-hinge gamma=0.5 \\
        penalty=elastic-net l1=0.02 l2=0.05 init=0 iters=100000 solver=\(solver)
      print "{m.history.loss[-1]:.12g}"
      """)
    #expect(run.status == 0, "\(run.report)")
    #expect(run.text.contains("converged after"), "\(run.text)")
    let loss = run.shown.last.flatMap { Double($0) } ?? .nan
    #expect(loss >= optimum - 1e-10 && loss - optimum <= 1e-6 * optimum, "\(loss)")
  }

  /// Without a strongly convex penalty there is no bound: the report says what was measured.
  @Test(arguments: ["fista", "lbfgs", "gd lr=0.003 tolerance=1e-4"])
  func nothingUnprovenIsCalledConverged(solver: String) {
    let session = TestSession()
    let run = session.run(
      """
      d = load "iris"
      m = train d loss=squared-hinge reg=0 iters=20000 solver=\(solver)
      """)
    #expect(run.status == 0, "\(run.report)")
    #expect(run.text.contains("how near the optimum is, nothing proves"), "\(run.text)")
    #expect(!run.text.contains("converged after"))
  }
}
