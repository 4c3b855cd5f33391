import Interpreter
import TestSupport
import Testing

@testable import Commands

/// The lines that the product was designed with do what was said of them.
@Suite struct DesignTests {
  /// The script that introduces the language.
  @Test func theFirstScript() {
    let run = run(
      """
      ## # Multiclass SVM on images
      ## The loss starts near 9, because nine wrong classes each violate a margin of 1.

      seed 231
      images = load "patches10"
      d = split images train=850 val=150 dev=500
      d = center d by=train
      d = add-bias d
      W = randn(d.d, d.k) * 1e-4
      loss, dW = svm_loss(W, d.dev, reg=5e-6)
      print "loss: {loss:.6f}"
      expect loss ~= 9 within=1.5
      gradcheck svm_loss at=W on=d.dev reg=5e1 samples=10
      expect _.passed
      m = train d.train lr=1e-7 reg=2.5e4 iters=300 batch=200
      plot-ascii m.history
      expect accuracy(m, d.val) > 0.3
      expect m.history.loss[0] ~= 785 within=30
      """)
    #expect(run.status == 0, "\(run.report)")
    #expect(run.text.contains("numerical: "))
    #expect(run.text.contains("iteration"))
  }

  /// Values, expressions and indices of language.md, with the results that numpy gives.
  @Test(arguments: [
    ("x = [1, 2, 3]\nb = x\nb[0] = 9\nx", "[1 2 3]"),
    ("S = [[1, 2], [3, 4], [5, 6]]\ny = [1, 0, 1]\nS[range(3), y]", "[2 3 6]"),
    ("x = zeros(3)\nx[[0, 0, 2]] += 1\nx", "[2 0 1]"),
    ("x = range(6)\nx[x > 2]", "[3 4 5]"), ("x = range(10)\nx[1:8:3]", "[1 4 7]"),
    ("2 ** -1", "0.5"), ("-2 ** 2", "-4"), ("7 // 2", "3"), ("-7 % 3", "2"),
    ("not true or true", "true"), ("\"a\" + \"b\"", "ab"), ("print \"{{{1 + 1}}}\"", "{2}"),
    ("print \"{[1.5, 2]:.2f}\"", "[1.50 2.00]"), ("1e15", "1000000000000000.0"), ("1e16", "1e+16"),
    ("49_000", "49000"),
    ("none", ""), ("append([], \"a\")", "[\"a\"]"), ("[1, 2] == [1, 3]", "[true false]"),
    ("fn f(x, p=2) { return x ** p }\nf(3, p=3)", "27"), ("sum = 3\nforget sum\nsum([1, 2])", "3"),
    ("m = [[1, 2], [3, 4]]\nm.T", "[[1 3]\n [2 4]]"), ("shape([[1, 2, 3]])", "[1 3]"),
    ("t = 0\nfor i, x in enumerate([5, 6]) { t += i * x }\nt", "6"),
    ("x = 3;\nprint x", "3"), ("a, b = 1, 2\nprint b a", "2 1"),
    ("prox_elastic_net([3, -0.2, -2], step=1, l1=0.5)", "[2.5 0.0 -1.5]"),
    ("relative_error(1, 3)", "0.5"), ("relative_error(0, 0)", "0"),
    ("margins([[1, 0], [0, 1]], [[3, 4]], [0])", "[[0 2]]"),
    ("predict([[1, 0], [0, 1]], [[3, 4], [4, 3]])", "[1 0]"),
    ("accuracy([[1, 0], [0, 1]], [[3, 4], [4, 3]], [1, 1])", "0.5"),
    ("confusion([[1, 0], [0, 1]], [[3, 4], [4, 3]], [1, 1])", "[[0 0]\n [1 1]]"),
    (
      "fn q(W) { return sum(W * W) }\nprint \"{numerical_gradient(q, [1, 2]):.4f}\"",
      "[2.0000 4.0000]"
    ),
  ])
  func lines(code: String, shows: String) {
    let run = run(code)
    #expect(run.status == 0, "\(code)\n\(run.report)")
    #expect((run.shown.last ?? "") == shows, "\(code)")
  }

  /// What commands.md says of each verb, on small data.
  @Test(arguments: [
    // split: counts, fractions rounded down, the rest is train.
    "s = split d val=0.1 test=0.25\nexpect s.train.n == 39\nexpect s.val.n == 6\n"
      + "expect s.test.n == 15",
    "s = split d train=30\nexpect s.train.n == 30",
    "s = split d stratify=true train=30\nexpect all(bincount(s.train.y) == 10)",
    "s = split d dev=5\nexpect s.dev.n == 5",
    // The statistics are train's and are applied to all parts.
    "s = split d train=40 val=20\nc = center s\nexpect abs(mean(c.train.X)) < 1e-12\n"
      + "expect c.val.X ~= s.val.X - c.mean within=1e-12",
    "c = standardize d\nexpect std(c.X, axis=0) ~= ones(4) within=1e-12",
    "c = center d\ns = standardize c\nt = standardize d\nexpect s.X ~= t.X within=1e-12",
    "c = rescale d to=[-1, 1]\nexpect min(c.X, axis=0) ~= -ones(4) within=1e-12",
    "b = add-bias d\nexpect b.d == 5\nexpect all(b.X[:, 4] == 1)",
    "e = d[0:7]\nexpect e.n == 7\nexpect e.k == 3", "e = d[d.y == 1]\nexpect e.n == 20",
    // train: every option of this version.
    "m = train d lr=0.01 iters=30 batch=10\nexpect len(m.history.loss) == 30",
    "m = train d loss=squared-hinge reduction=one-vs-rest penalty=l1 reg=0.01",
    "m = train d loss=softmax penalty=none", "m = train d loss=logistic penalty=half-l2 reg=1",
    "m = train d penalty=elastic-net l1=0.1 l2=0.2", "m = train d C=1 lr=1e-4",
    "m = train d class-weights=balanced", "m = train d class-weights=[1, 2, 3]",
    "m = train d solver=momentum momentum=0.5", "m = train d solver=gd tolerance=1e-3 iters=500",
    "m = train d schedule=step every=10 factor=0.1", "m = train d schedule=cosine",
    "m = train d schedule=inverse-decay decay=2", "m = train d replace=false batch=7 iters=20",
    "m = train d batches=[[0, 1, 2], [3, 4, 5]] init=0\nexpect len(m.history.loss) == 2",
    "m = train d init=(zeros(4, 3)) iters=1\nexpect m.history.loss[0] ~= 2 within=1e-12",
    "m = train d precision=single\nexpect m.options.precision == \"single\"",
    "m = train d val=d val-every=25\nexpect len(m.history.val_accuracy) >= 4",
    "m = train d regularize-bias=false reg=1",
    "m = train d loss=huberized-truncated-pinball kappa=3",
    "two = d[d.y < 2]\nt = dataset(two.X, two.y)\nm = train t reduction=binary\n"
      + "expect len(m.W) == 4\nexpect all(predict(m, t) >= 0)\n"
      + "e = evaluate m on=t\nexpect e.roc_area >= 0",
    // The same seed gives the same bits; so does a resumed run.
    "a = train d seed=3\nb = train d seed=3\nexpect all(a.W == b.W)",
    "a = train d seed=3 iters=40\nb = train d seed=3 iters=25\nb = resume b iters=15\n"
      + "expect all(a.W == b.W)\nexpect all(a.history.loss == b.history.loss)",
    "m = train d seed=1 iters=50\n"
      + "t = tune d val=d lr=[1e-3, 1e-2] loss=[hinge, softmax] iters=50 seed=1\n"
      + "expect len(t.loss) == 4\nexpect t.best >= 0\nexpect t.lr[3] == 0.01",
    // Which loss it was, and what it ended with, are two columns.
    "t = tune d val=d loss=[hinge, softmax] lr=1e-2 iters=20\nexpect t.loss[1] == \"softmax\"\n"
      + "expect t.last_loss[0] > 0 and t.last_loss[1] > 0",
    "t = tune d val=d lr=[1e-2, 1e300] iters=20\n"
      + "expect isnan(t.val_accuracy[1])\nexpect t.best == 0",
    "m = train d seed=5 lr=1e-2\nt = tune d val=d lr=[1e-3, 1e-2] seed=5\nexpect t.best >= 0\n"
      + "if t.best == 1 { expect all(t.model.W == m.W) }",
    "t = tune d folds=3 lr=[1e-3, 1e-2] iters=30\nexpect len(t.val_accuracy) == 2\n"
      + "expect accuracy(t.model, d) > 0.3",
    "t = tune d val=d lr=[1e-3, 1e-2, 1e-1] reg=[0, 1, 2] random=4 iters=5\nexpect len(t.lr) == 4",
    "m = train d val=d patience=2 iters=5000 val-every=5\nexpect len(m.history.loss) < 5000",
    // Models predict raw data, and refuse data that are prepared in another way.
    "c = center d\nc = add-bias c\nm = train c lr=0.1\nexpect accuracy(m, d) == accuracy(m, c)\n"
      + "expect all(predict(m, d.X, raw=true) == predict(m, c))",
    // Files and back.
    "m = train d\nsave m to=\"m.npz\"\nn = load \"m.npz\"\nexpect all(n.W == m.W)\n"
      + "expect all(n.history.loss == m.history.loss)\nexpect accuracy(n, d) == accuracy(m, d)\n"
      + "expect n.options.lr == m.options.lr",
    "c = add-bias d\nm = train c\nsave m to=\"m.npz\"\nn = load \"m.npz\"\n"
      + "expect all(predict(n, d) == predict(m, c))",
    "save d to=\"d.npz\"\ne = load \"d.npz\"\nexpect all(e.X == d.X)\nexpect all(e.y == d.y)",
    "save d to=\"d.csv\"\ne = load \"d.csv\"\nexpect all(e.X == d.X)\nexpect all(e.y == d.y)",
    "save d to=\"d.libsvm\"\ne = load \"d.libsvm\"\nexpect all(e.X == d.X)",
    "save [1, 2] to=\"v.npy\"\nv = load \"v.npy\"\nexpect all(v == [1, 2])",
    "save_npy(\"m.npy\", d.X)\nexpect all(load_npy(\"m.npy\") == d.X)",
    "savetxt(\"m.txt\", d.X)\nexpect all(loadtxt(\"m.txt\") == d.X)",
    "m = train d\nsave m.history to=\"h.npz\"\nh = load \"h.npz\"\n"
      + "expect all(h.loss == m.history.loss)",
    // Settings are defaults of the options of the same name.
    "set precision=single\nm = train d\nexpect m.options.precision == \"single\"",
    "set threads=1\na = train d seed=1\nset threads=2\nb = train d seed=1\nexpect all(a.W == b.W)",
    "set layout=columns\nl, g = svm_loss(zeros(3, 4), d.X.T, d.y)\nexpect l == 2\nset layout=rows",
    // Everything that has a plot.
    "m = train d\nplot-ascii m.history\nplot-ascii m kind=heatmap\n"
      + "plot-ascii d\nplot-ascii d x=2 y=3",
    "plot-ascii d.X\nplot-ascii [1, 4, 2]\nplot-ascii [1, 4, 2] kind=histogram\n"
      + "x = range(5)\ny = x * x\nplot-ascii x y\nplot-ascii x y kind=line log=y title=\"squares\"",
    "m = train d\ne = evaluate m on=d\nplot-ascii e\nplot-ascii e.confusion kind=confusion",
    "t = tune d val=d lr=[1e-3, 1e-2] reg=[0, 1] iters=5\n"
      + "print t\nplot-ascii t\nplot-ascii t canvas=ascii",
    "describe d\ndescribe d.X\ndescribe 3\ndescribe \"text\"\ndescribe sum\nvars\nhistory\nset",
    "m = train d\nexplain m on=d sample=2\nexpect len(_.scores) == 3",
    "answer \"q1\" \"because\"\nanswer \"q1\"\nhelp\nhelp train\nhelp hinge\nhelp sum",
    "t = timeit zeros(3)\nexpect t > 0\nt = timeit repeat=3 zeros(3)",
  ])
  func verbs(_ code: String) throws {
    try TemporaryFolder().whileCurrent {
      let run = run("d = synth blobs n=60 d=4 classes=3 seed=1\n" + code)
      #expect(run.status == 0, "\(code)\n\(run.report)")
    }
  }

  /// The assignment's script as it stands parses, and its commands meet their declarations.
  @Test func theAssignmentIsCheckedBeforeItRuns() throws {
    let script = try TemporaryFolder.text(
      repositoryPath("scripts/walkthroughs/cs231n_svm.svm"))
    let session = TestSession().session
    #expect(ScriptRunner(session).check(.init(script, name: "cs231n_svm.svm")))
  }
}
