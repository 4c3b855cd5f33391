import Testing

@testable import Commands

/// `set layout=columns`: X is D×N and W is K×D in whatever takes or gives them, and all numbers are
/// those of `layout=rows`.
@Suite struct LayoutTests {
  /// As many features as classes, so that a matrix that is not turned over is no error.
  private static let square = """
    d = synth blobs n=40 d=3 classes=3 seed=1
    m = train d lr=0.05 iters=30 seed=1

    """

  @Test func fieldsAndFunctionsHeedIt() {
    let run = run(
      Self.square + """
        fn allclose(a, b) { return max(abs(a - b)) < 1e-12 }
        W = m.W
        X = d.X
        y = d.y
        l, g = svm_loss(W, d, reg=0.1)
        S = X @ W
        sl, sg = score_loss(S, y)
        M = margins(W, X, y)
        p = predict(W, X)
        set layout=columns
        print(shape(m.W), shape(d.X), all(m.W == W.T), all(d.X == X.T))
        lc, gc = svm_loss(m.W, d, reg=0.1)
        lx, gx = svm_loss(m.W, d.X, y, reg=0.1)
        print(lc == l, all(gc == g.T), lx == l, all(gx == g.T))
        print(allclose(m.W @ d.X, scores(m.W, d.X)), allclose(S.T, scores(m, d)))
        slc, sgc = score_loss(S.T, y)
        print(slc == sl, all(sgc == sg.T), all(margins(m.W, d.X, y) == M.T))
        same = all(predict(m.W, d.X) == p)
        print(same, all(predict(m, d.X) == p), accuracy(m.W, d) == accuracy(m, d))
        e = dataset(d.X, y)
        print(e.n == 40, all(e.X == d.X))
        n = train d init=(m.W) iters=1 lr=1e-12 seed=1
        print (max(abs(n.W - m.W)) < 1e-9)
        """)
    #expect(run.status == 0, "\(run.report)")
    let results = run.shown.filter { $0.hasPrefix("true") || $0.hasPrefix("[") }
    #expect(
      results == [
        "[3 3] [3 40] true true", "true true true true", "true true", "true true true",
        "true true true", "true true", "true",
      ], "\(run.shown)")
  }

  /// D = 4, N = 40, K = 3 wherever a shape is shown; `set layout=rows` gives the old ones back.
  @Test func shownShapesAreThose() {
    let made = "d = synth blobs n=40 d=4 classes=3 seed=1\nm = train d lr=0.05 iters=3 seed=1\n"
    let looks = "d\nm\nvars\ndescribe m\ndescribe d"
    let columns = run(made + "set layout=columns\n" + looks)
    let rows = run(made + "set layout=columns\nset layout=rows\n" + looks)
    #expect(columns.status == 0 && rows.status == 0, "\(columns.report)")
    func texts(_ run: Run) -> [String] { Array(run.shown.suffix(5)) }
    let expected = [
      ("4 features × 40 columns", "40 rows × 4 features"), ("W 3×4", "W 4×3"),
      ("dataset  4×40", "dataset  40×4"), ("W 3×4", "W 4×3"),
      ("4 features × 40 columns", "40 rows × 4 features"),
    ]
    for (i, (turned, usual)) in expected.enumerated() {
      let (shown, before) = (texts(columns)[i], texts(rows)[i])
      #expect(shown.contains(turned) && !shown.contains(usual), "\(shown)")
      #expect(before.contains(usual) && !before.contains(turned), "\(before)")
    }
    #expect(texts(columns)[2].contains(/model +3×4/), "\(texts(columns)[2])")
  }

  @Test func shapesInMessagesAreThose() {
    let code = """
      d = synth blobs n=40 d=4 classes=3 seed=1
      fn f(q) { return q + 1 }
      f(d)
      """
    #expect(run(code).report.contains("in f(q: dataset 40×4)"))
    let turned = run("set layout=columns\n" + code).report
    #expect(turned.contains("in f(q: dataset 4×40)") && !turned.contains("40×4"), "\(turned)")
  }

  /// The function computes in the layout that the user set.
  @Test func gradcheckHandsOverInIt() {
    let code = """
      fn loss(W, X, y, reg) {
        S = W @ X
        n = X.shape[1]
        right = S[y, range(n)]
        m = maximum(0, S - right + 1)
        m[y, range(n)] = 0
        G = where(m > 0, 1, 0)
        G[y, range(n)] = 0 - sum(G, axis=0)
        return sum(m) / n + reg * sum(W * W), G @ X.T / n + 2 * reg * W
      }
      d = synth blobs n=30 d=4 classes=3 seed=1
      set layout=columns
      W = randn(3, 4)
      r = gradcheck loss at=W on=d reg=0.1 samples=all
      print r.passed
      e = gradcheck svm_loss at=W on=d reg=0.1 samples=all
      print (max(abs(e.analytic - r.analytic)) < 1e-12)
      """
    let run = run(code)
    #expect(run.status == 0, "\(run.report)")
    #expect(run.text.contains("called as loss(W 3×4, X 4×30, y 30 of 0…2, reg=0.1)"), "\(run.text)")
    #expect(run.shown.contains("true"))
    #expect(run.shown.last == "true", "\(run.text)")
  }

  @Test func explainTakesAndGivesIt() {
    let run = run(
      """
      d = dataset([[2, 1]], [0], classes=["cat", "car", "frog"])
      set layout=columns
      e = explain [[3, 0], [2.5, 0.5], [0, 1]] on=d
      print e.loss
      print e.gradient
      """)
    #expect(run.shown.suffix(2) == ["0.5", "[[-2 -1]\n [ 2  1]\n [ 0  0]]"], "\(run.shown)")
  }

  @Test(arguments: [
    ("svm_loss(zeros(4, 3), d)", "W is 4×3, and X is 4×30 in layout=columns"),
    ("svm_loss(zeros(5, 4), d)", "W is 5×4, and the data have 3 classes"),
    ("scores(zeros(4, 3), d)", "W is 4×3, and X is 4×30 in layout=columns"),
    ("margins(zeros(4, 3), d)", "W is 4×3, and X is 4×30 in layout=columns"),
  ])
  func messagesHaveItsShapes(_ call: String, _ message: String) {
    let run = run(
      "d = synth blobs n=30 d=4 classes=3 seed=1\nset layout=columns\nprint (\(call))")
    #expect(run.status == 3)
    #expect(run.report.contains(message), "\(run.report)")
  }

  @Test func helpExplainsIt() {
    let help = run("help layout").text
    #expect(help.contains("X is D×N, W is K×D") && help.contains("init="))
  }
}
