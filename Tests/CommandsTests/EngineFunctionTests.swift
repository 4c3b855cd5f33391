import Interpreter
import SVMEngine
import TestSupport
import Testing

@testable import Commands

/// Losses and gradients through the language.
@Suite struct EngineFunctionTests {
  /// cs231n.github.io/linear-classify: scores, true class and loss as the notes have them.
  @Test func theLectureNotesExamples() {
    let run = run(
      """
      loss, dS = score_loss([[13, -7, 11]], [0], delta=10)
      print loss
      print dS
      loss, dS = score_loss([[-2.85, 0.86, 0.28]], [2])
      print "{loss:.2f}"
      loss, dS = score_loss([[-2.85, 0.86, 0.28]], [2], loss="softmax")
      print "{loss:.2f}"
      """)
    #expect(run.shown == ["8", "[[-1  0  1]]", "1.58", "1.04"], "\(run.report)")
  }

  /// `inf` is typed as a number: losses, solvers, the gradient check, `tune` and saved models take
  /// it where a formula has it as its limit.
  @Test func infiniteEndsAtThePrompt() throws {
    let folder = try TemporaryFolder()
    let run = run(
      """
      d = load "iris"
      d = standardize d
      d = add-bias d
      W = randn(5, 3)
      l, g = svm_loss(W, d, loss="truncated-pinball", s=inf, reg=0.1)
      l0, g0 = svm_loss(W, d, loss="pinball", reg=0.1)
      print "loss {l == l0} {all(g == g0)}"
      fn same(a, b) { return all(a.W == b.W) }
      for solver in ["dual", "fista", "lbfgs", "pegasos"] {
        a = train d loss=truncated-pinball s=inf solver=(solver) reg=0.1 iters=20 seed=1
        b = train d loss=pinball solver=(solver) reg=0.1 iters=20 seed=1
        print "{solver} {same(a, b)} {all(a.history.loss == b.history.loss)}"
      }
      a = train d loss=huberized-truncated-pinball s=inf kappa=inf solver=lbfgs reg=0.1
      b = train d loss=huberized-pinball solver=lbfgs reg=0.1
      print "huberized {same(a, b)} {a.history.gap[-1] == b.history.gap[-1]}"
      save a to="\(folder("a.npz"))"
      r = load "\(folder("a.npz"))"
      print "saved {same(a, r)} {r.options.kappa == inf}"
      gradcheck svm_loss at=W on=d loss=huberized-truncated-pinball s=inf kappa=inf
      t = tune d folds=3 loss=truncated-pinball s=[1, inf] solver=sgd iters=20 seed=1
      t
      explain W on=d sample=0 loss=truncated-pinball s=inf
      """)
    #expect(run.status == 0, "\(run.report)")
    for line in [
      "loss true true", "dual true true", "fista true true", "lbfgs true true",
      "pegasos true true", "huberized true true", "saved true true", "passed: 10 entries",
    ] {
      #expect(run.text.contains(line), "\(line) in \(run.text)")
    }
  }

  private static let reductions = ["weston-watkins", "crammer-singer", "one-vs-rest", "binary"]

  /// The three engines agree to 1e-12, and single precision to 1e-5, for every loss and reduction,
  /// without, with little and with much regularization. Weights and data are random, so that no
  /// margin stands at a kink.
  @Test(arguments: LossCatalog.catalog.names) func enginesAgree(_ loss: String) {
    let isOfRow = loss == "softmax" || loss == "structured"
    for reduction in isOfRow ? [nil] : Self.reductions.map(Optional.some) {
      let isBinary = reduction == "binary"
      var options = "loss=\"\(loss)\""
      if loss == "structured" {
        options += ", cost=[[0, 1, 2, 3], [0.5, 0, 1, 1], [2, 0.25, 0, 1], [1, 1, 4, 0]]"
      }
      if let reduction { options += ", reduction=\"\(reduction)\"" }
      if isBinary { options += ", b=0.3" }
      for reg in ["0", "5e-6", "5e1"] {
        func call(_ number: Int, _ engine: String) -> String {
          "l\(number), g\(number)\(isBinary ? ", b\(number)" : "") = "
            + "svm_loss(W, X, y, reg=\(reg), \(options), engine=\(engine))"
        }
        let run = run(
          """
          fn agree(l, g, l0, g0, within) {
            return abs(l - l0) / abs(l0) <= within and norm(g - g0) / norm(g0) <= within
          }
          seed 7
          X = randn(33, 21)
          y = \(isBinary ? "2 * randint(0, 2, size=33) - 1" : "randint(0, 4, size=33)")
          W = randn(\(isBinary ? "21" : "21, 4")) * 0.3
          \(call(1, "\"naive\""))
          \(call(2, "\"vectorized\""))
          \(call(3, "\"fused\""))
          \(call(4, "\"fused\", precision=\"single\""))
          print agree(l2, g2, l1, g1, 1e-12) \
            agree(l3, g3, l1, g1, 1e-12) agree(l4, g4, l1, g1, 1e-5)
          """)
        #expect(
          run.text == "true true true",
          "\(loss) \(reduction ?? "") reg=\(reg): \(run.text) \(run.report)")
      }
    }
  }

  /// The other convention of the course gives the transposes, to the bit.
  @Test func layoutsAreTransposes() {
    let run = run(
      """
      X = randn(20, 6)
      y = randint(0, 3, size=20)
      W = randn(6, 3)
      l, g = svm_loss(W, X, y, reg=0.5)
      lt, gt = svm_loss(W.T, X.T, y, reg=0.5, layout="columns")
      print (l == lt) all(g.T == gt)
      """)
    #expect(run.text == "true true", "\(run.report)")
  }

  /// The naive loss, and what a beginner gets wrong in it, one at a time.
  private static let naive = """
    fn svm_loss_naive(W, X, y, reg) {
      dW = zeros(W.shape)
      loss = 0
      n = X.shape[0]
      for i in range(n) {
        s = X[i] @ W
        for j in range(W.shape[1]) {
          if j != y[i] {
            margin = s[j] - s[y[i]] + 1
            if margin > 0 {
              loss += margin
              dW[:, j] += X[i]
              dW[:, y[i]] -= X[i]
            }
          }
        }
      }
      return loss / n + reg * sum(W * W), dW / n + 2 * reg * W
    }
    d = synth blobs n=60 d=5 classes=4 seed=3;
    d = add-bias d;
    W = randn(d.d, d.k) * 0.1

    """

  private func check(_ naive: String, reg: String) -> Run {
    run(naive + "g = gradcheck svm_loss_naive at=W on=d reg=\(reg) samples=all\nprint g.passed")
  }

  @Test func theNaiveLossIsRight() {
    #expect(check(Self.naive, reg: "0").shown.last == "true")
    #expect(check(Self.naive, reg: "5e1").shown.last == "true")
    let run = run(
      Self.naive + """
        l1, g1 = svm_loss_naive(W, d.X, d.y, 5e1)
        l2, g2 = svm_loss(W, d, reg=5e1)
        expect l1 ~= l2 within=1e-9
        expect g1 ~= g2 within=1e-9
        """)
    #expect(run.status == 0, "\(run.report)")
  }

  @Test func gradcheckFindsAMissingRegularizationGradient() {
    let planted = Self.naive.replacing(" + 2 * reg * W", with: "")
    #expect(check(planted, reg: "5e1").shown.last == "false")
    #expect(check(planted, reg: "0").shown.last == "true", "nothing is missing at 0")
    #expect(
      run(planted + "g = gradcheck svm_loss_naive at=W on=d reg=5e1\nprint g.cause").shown.last
        == "the gradient lacks the term of the penalty, 2·reg·W: add it")
    #expect(
      check(planted, reg: "5e1").text.contains(
        "suspected cause: the gradient lacks the term of the penalty, 2·reg·W: add it"))
  }

  /// Mistakes as people type them, and a piece of the sentence that names each.
  @Test(arguments: [
    ("dW / n + 2 * reg * W", "dW + 2 * reg * W", "divide the sum over the samples by 60"),
    ("dW / n + 2 * reg * W", "(dW + 2 * reg * W) / n", "divided by N: divide the data's part"),
    ("2 * reg * W", "reg * W", "half of the term of the penalty: it is 2·reg·W, not reg·W"),
    ("2 * reg * W", "4 * reg * W", "twice: it is 2·reg·W, not 4·reg·W"),
    ("n + 2 * reg", "n - 2 * reg", "wrong sign: add 2·reg·W, don't subtract it"),
    ("dW[:, y[i]] -= X[i]", "", "the term −count·x of the true class is missing"),
    ("dW[:, j] += X[i]", "", "the columns of the wrong classes lack"),
  ])
  func gradcheckNamesTheCause(right: String, wrong: String, cause: String) {
    #expect(Self.naive.contains(right))
    let run = check(Self.naive.replacing(right, with: wrong), reg: "5e1")
    let words = run.text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("suspected cause: ") && words.contains(cause), "\(run.text)")
  }

  @Test func rightGradientsHaveNoCause() {
    let run = run(Self.naive + "g = gradcheck svm_loss_naive at=W on=d reg=5e1\nprint g.cause")
    #expect(run.shown.last == "none" && !run.text.contains("cause:"), "\(run.text)")
  }

  /// b is checked like w: the engine's, and that of a function with a parameter `b`.
  @Test func gradcheckOfTheBinaryReductionChecksB() {
    let code = """
      fn loss_of(w, X, y, reg, b=0) {
        n = len(y)
        s = 2 * y - 1
        a = s * (X @ w + b)
        violates = a < 1
        g = where(violates, -s, 0) / n
        return sum(where(violates, 1 - a, 0)) / n + reg * sum(w * w), X.T @ g + 2 * reg * w, sum(g)
      }
      d = synth blobs n=60 d=3 classes=2 seed=3;
      w = [0.1, 0.2, -0.3]

      """
    for function in ["svm_loss", "loss_of"] {
      let run = run(
        code
          + "g = gradcheck \(function) at=w on=d reduction=binary b=0.3 reg=2 samples=2\n"
          + "print g.passed")
      #expect(run.shown.last == "true", "\(run.text)\(run.report)")
      #expect(run.text.contains("(b)"), "\(function): \(run.text)")
    }
    let check = "gradcheck loss_of at=w on=d reduction=binary b=0.3 reg=2"
    let planted = run(code.replacing("sum(g)", with: "sum(g) * n") + check)
    #expect(planted.text.contains("\n  b: wrong\n"), "\(planted.text)")
    let short = run(code.replacing(", sum(g)", with: "") + check)
    #expect(short.report.contains("in w and in b"), "\(short.report)")
  }

  /// The vectorized form of the assignment, in which the correct class's column gets −1 for a
  /// sample in the place of minus the count of its violations.
  @Test func gradcheckFindsMinusOneInThePlaceOfTheCount() {
    let right =
      Self.naive + """
        fn svm_loss_vectorized(W, X, y, reg) {
          n = X.shape[0]
          S = X @ W
          margins = maximum(0, S - reshape(S[range(n), y], [n, 1]) + 1)
          margins[range(n), y] = 0
          mask = margins > 0
          G = mask * 1
          G[range(n), y] = -sum(mask, axis=1)
          return sum(margins) / n + reg * sum(W * W), X.T @ G / n + 2 * reg * W
        }
        g = gradcheck svm_loss_vectorized at=W on=d reg=0 samples=all
        print g.passed
        """
    #expect(run(right).shown.last == "true")
    let planted = run(right.replacing("-sum(mask, axis=1)", with: "-1"))
    #expect(planted.shown.last == "false", "\(planted.text)\(planted.report)")
    #expect(planted.text.contains(": wrong"))
    #expect(planted.text.contains("−1·x") && planted.text.contains("−count·x"))
  }

  /// Both margins of this W are exactly 0: the strict indicator counts neither, and `>=` both.
  @Test func comparisonAtAKinkFindsGreaterOrEqual() {
    let data = "X = [[1, 0], [0, 1]]\ny = [0, 1]\nW = [[1, 0], [0, 1]]\n"
    let compare = """
      l1, g1 = svm_loss_naive(W, X, y, 0)
      l2, g2 = svm_loss(W, X, y, reg=0)
      print (l1 == l2) all(g1 == g2)
      """
    #expect(run(Self.naive + data + compare).shown.last == "true true")
    let planted = Self.naive.replacing("margin > 0", with: "margin >= 0")
    #expect(run(planted + data + compare).shown.last == "true false")
  }

  /// The options of one call are not those of the next, nor are the defaults of a session. By hand:
  /// scores are equal, so each of two wrong classes costs δ, and the penalty is 6 λ.
  @Test func optionsBelongToTheirCall() {
    let run = run(
      """
      X = [[1, 2], [3, 4]]
      y = [0, 1]
      W = ones(2, 3)
      print svm_loss(W, X, y)[0] svm_loss(W, X, y)[0]
      print svm_loss(W, X, y, reg=1)[0] svm_loss(W, X, y)[0] svm_loss(W, X, y, reg=1)[0]
      print svm_loss(W, X, y, reg=1, delta=2)[0] svm_loss(W, X, y, delta=2)[0]
      print svm_loss(W, X, y)[0]
      set layout=columns
      print svm_loss(W.T, X.T, y)[0] svm_loss(W.T, X.T, y, delta=2)[0]
      """)
    #expect(run.report == "")
    #expect(
      run.shown.filter { $0.allSatisfy { "0123456789 ".contains($0) } } == [
        "2 2", "8 2 8", "10 4", "2", "2 4",
      ])
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return String(self[..<range.lowerBound]) + other + self[range.upperBound...]
  }
}
