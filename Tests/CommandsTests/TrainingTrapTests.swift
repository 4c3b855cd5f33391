import Testing

@testable import Commands

/// What used to go wrong without a word.
@Suite struct TrainingTrapTests {
  /// Pictures of bytes have ‖x‖² near 10⁷, so that steps of 1e-3 overshoot by 10⁴. With the rate
  /// that the warning names, the loss falls.
  @Test func aLossThatRisesIsWarnedOf() {
    let data = """
      d = load "patches10"
      d = center d
      d = add-bias d

      """
    let risen = run(data + "m = train d.train iters=40 seed=1")
    #expect(risen.status == 0)
    #expect(risen.report.contains("warning: the loss rose from"), "\(risen.report)")
    #expect(risen.report.contains("the steps are too long for these data"))
    #expect(risen.report.contains("take a smaller lr, as lr=8e-08"), "\(risen.report)")
    let advised = run(
      data + "m = train d.train lr=8e-08 iters=40 seed=1\n"
        + "print (mean(m.history.loss[-5:]) < mean(m.history.loss[:5]))")
    #expect(advised.report.isEmpty && advised.shown.last == "true", "\(advised.report)")
  }

  @Test func tuneWithoutRowsToChooseByIsFoundBeforeAnythingRuns() {
    let none = run("print 1\nd = synth blobs n=20 d=2\nt = tune d lr=[1e-3, 1e-2]")
    #expect(none.status == 2)
    #expect(none.shown.isEmpty)
    #expect(none.report.contains("'tune' needs rows to choose by"))
    #expect(none.report.contains("give `val=` or `folds=`"))
    let both = run("print 1\nd = synth blobs n=20 d=2\nt = tune d val=d folds=2")
    #expect(both.status == 2)
    #expect(both.shown.isEmpty)
    #expect(both.report.contains("'val' and 'folds' are two ways to choose"))
  }

  /// 569 · 0.8 = 455.2 and 569 · 0.2 = 113.8: 455 + 113 is one row less.
  @Test func fractionsThatAddUpToOneLeaveNoRowOut() {
    let run = run(
      """
      d = load "breast_cancer"
      a = split d train=0.8 test=0.2 shuffle=true
      b = split d train=0.7 val=0.1 test=0.2 stratify=true
      c = split d train=0.5 test=0.2 shuffle=true
      e = split d train=455 test=113 shuffle=true
      print a.train.n a.test.n b.train.n b.val.n b.test.n c.train.n c.test.n e.train.n e.test.n
      """)
    #expect(run.shown.last == "456 113 400 56 113 284 113 455 113", "\(run.text) \(run.report)")
  }

  @Test func anOrderedSplitThatLeavesAClassOutIsWarnedOf() {
    let run = run("iris = load \"iris\"\ns = split iris train=0.6 test=0.4")
    #expect(run.report.contains("train has no sample of virginica"), "\(run.report)")
    #expect(run.report.contains("`shuffle=true` mixes the rows"))
  }

  /// A grid of learning rates, one of which makes the loss infinite: the error says what goes on,
  /// and both do.
  @Test func aGridGoesOnAfterADivergence() {
    let data = "d = synth blobs n=40 d=3 classes=3 seed=1\n"
    let alone = run(data + "m = train d lr=1e300 iters=50")
    #expect(alone.status == 3)
    #expect(alone.report.contains("the loss is no longer finite"), "\(alone.report)")
    #expect(
      alone.report.contains("`try { … } catch problem { … }`")
        && alone.report.contains("`tune`"), "\(alone.report)")
    let loop = run(
      data + """
        done = []
        for lr in [1e300, 0.01] {
          try {
            m = train d lr=(lr) iters=50
            done = append(done, lr)
          } catch problem {
            print "left out"
          }
        }
        print done
        t = tune d lr=[1e300, 0.01] iters=50 folds=2
        print t.best
        """)
    #expect(loop.status == 0, "\(loop.report)")
    #expect(loop.text.contains("left out"))
    #expect(loop.text.contains("[0.01]") && loop.shown.last == "1", "\(loop.text)")
    // Data that are not finite are not helped by going on.
    let data2 = run("m = train dataset([[1, 2], [nan, 1]], [0, 1]) iters=3")
    #expect(!data2.report.contains("catch"), "\(data2.report)")
  }

  /// More updates in all than can be counted.
  @Test(arguments: ["val=d", "folds=2"]) func updatesThatNobodyCanCount(choice: String) {
    let run = run(
      """
      d = synth blobs n=6 d=2 seed=1
      t = tune d \(choice) lr=(1e300 + zeros(1100)) iters=8900000000000000 batch=2
      print len(t.lr)
      """)
    #expect(run.status == 0 && run.shown.last == "1100", "\(run.report)")
  }
}
