import Testing

@testable import Commands

/// What `gradcheck` hands to a function of the user, and how it reports it.
@Suite struct GradcheckTests {
  /// Two samples of two features. With w = (1, 1), b = 0.5: f = 3.5 and 1.5, y = −1 and +1. The
  /// hinge of Δ = 2 is (2 + 3.5 + 2 − 1.5) / 2 = 3; with labels 0 and 1 it would be
  /// (2 + 0.5) / 2 = 1.25.
  private static let data = """
    d = dataset([[1, 2], [0.5, 0.5]], [0, 1])
    w = [1, 1]
    fn hinge(w, X, y, reg, b, delta) {
      print "{mean(maximum(0, delta - y * (X @ w + b))):.4f}"
      m = delta - y * (X @ w + b)
      g = where(m > 0, -y, 0)
      return mean(maximum(0, m)) + reg * sum(w * w), X.T @ g / len(y) + 2 * reg * w, mean(g)
    }

    """

  @Test func binaryLabelsAreSignsAndOptionsArePassedOn() {
    let run = run(
      Self.data + "r = gradcheck hinge at=w on=d reduction=binary delta=2 b=0.5 samples=all")
    #expect(run.status == 0, "\(run.report)")
    #expect(run.shown.first == "3.0000")
    #expect(run.shown.last?.contains("passed: 3 entries") == true)
    #expect(
      run.shown.last?.hasSuffix(
        "called as hinge(w 2, X 2×2, y 2 of -1 and 1, reg=0, delta=2, b=0.5)") == true,
      "\(run.text)")
  }

  @Test func aWrapperOfTheEngineAgreesWithIt() {
    let run = run(
      """
      d = synth blobs n=40 d=3 classes=2 seed=2
      w = [0.1, -0.2, 0.3]
      fn wrapper(w, X, y, reg, b, delta) {
        return svm_loss(w, X, y, reg=reg, b=b, delta=delta, reduction="binary")
      }
      a = gradcheck wrapper at=w on=d reduction=binary delta=1.5 reg=0.1 b=0.2 samples=all
      e = gradcheck svm_loss at=w on=d reduction=binary delta=1.5 reg=0.1 b=0.2 samples=all
      print a.passed all(a.analytic == e.analytic) all(a.numerical == e.numerical)
      """)
    #expect(run.shown.last == "true true true", "\(run.text) \(run.report)")
  }

  /// A function that tells vectors from matrices by their shape.
  @Test func aVectorStaysAVectorAndAMatrixAMatrix() {
    let run = run(
      """
      d = dataset([[1, 2], [3, 4]], [0, 1])
      fn half(w, X, y, reg) {
        print w.shape
        return 0.5 * sum(w * w), w
      }
      r = gradcheck half at=[1, 2] on=d samples=1
      r = gradcheck half at=[[1, 2], [3, 4]] on=d samples=1
      """)
    #expect(run.status == 0, "\(run.report)")
    #expect(run.shown.first == "[2]")
    #expect(run.shown.contains("[2 2]"))
    #expect(run.text.contains("called as half(w 2, X 2×2, y 2 of 0…1, reg=0)"))
    #expect(run.text.contains("called as half(W 2×2, X 2×2, y 2 of 0…1, reg=0)"))
  }

  @Test func anOptionThatTheFunctionLacksIsTheEnginesAlone() {
    let run = run(
      """
      d = dataset([[1, 2], [3, 4]], [0, 1])
      fn half(W, X, y) { return 0.5 * sum(W * W), W }
      r = gradcheck half at=[[1, 2], [3, 4]] on=d delta=3 samples=1
      r = gradcheck half at=[[1, 2], [3, 4]] on=d reg=3
      """)
    #expect(run.text.contains("called as half(W 2×2, X 2×2, y 2 of 0…1)"))
    #expect(run.report.contains("'half' takes no reg"))
  }

  @Test func weightsForOtherClassesAreRefused() {
    for line in ["gradcheck svm_loss at=W on=d", "print (svm_loss(W, d))", "explain W on=d"] {
      let run = run("d = synth blobs n=50 d=3 classes=4 seed=1\nW = zeros(3, 6)\n\(line)")
      #expect(run.status == 3)
      #expect(run.report.contains("W is 3×6, and the data have 4 classes"), "\(run.report)")
    }
  }
}
