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

  /// Values, expressions and indices, with the results that numpy gives.
  @Test(arguments: [
    ("x = [1, 2, 3]\nb = x\nb[0] = 9\nx", "[1 2 3]"),
    ("S = [[1, 2], [3, 4], [5, 6]]\ny = [1, 0, 1]\nS[range(3), y]", "[2 3 6]"),
    ("x = zeros(3)\nx[[0, 0, 2]] += 1\nx", "[2 0 1]"),
    ("x = range(6)\nx[x > 2]", "[3 4 5]"), ("x = range(10)\nx[1:8:3]", "[1 4 7]"),
    ("2 ** -1", "0.5"), ("-2 ** 2", "-4"), ("7 // 2", "3"), ("-7 % 3", "2"),
    ("not true or true", "true"), ("\"a\" + \"b\"", "ab"), ("print \"{{{1 + 1}}}\"", "{2}"),
    ("print \"{[1.5, 2]:.2f}\"", "[1.50 2.00]"), ("1e15", "1000000000000000"), ("1e16", "1e+16"),
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

  /// What `help` says of each verb, on small data: every line expects something.
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
    // train: the first loss of a run that begins where it is known. At W = 0 every margin is 0, and
    // a hinge costs 1: of three classes two are wrong, or each is one of its own.
    "m = train d lr=0.01 iters=30 batch=10\nexpect len(m.history.loss) == 30",
    "m = train d loss=squared-hinge reduction=one-vs-rest penalty=l1 reg=0.01 init=0\n"
      + "expect m.history.loss[0] == 3",
    "m = train d loss=softmax penalty=none init=0\nexpect m.history.loss[0] ~= log(3) within=1e-12",
    "m = train d loss=logistic penalty=half-l2 reg=1 init=0\n"
      + "expect m.history.loss[0] ~= 2 * log(2) within=1e-12",
    "m = train d init=(zeros(4, 3)) iters=1\nexpect m.history.loss[0] ~= 2 within=1e-12",
    // The sum of two parabolas' ends: u − h/2 at u = 1, h = 1/2.
    "m = train d loss=huberized-truncated-pinball kappa=3 init=0\nexpect m.history.loss[0] == 1.5",
    "m = train d C=1 lr=1e-4 init=0\nexpect m.history.loss[0] ~= 120 within=1e-9",
    "m = train d class-weights=balanced init=0\nexpect m.history.loss[0] == 2",
    "m = train d class-weights=[1, 2, 3] init=0 batch=60 replace=false\n"
      + "expect m.history.loss[0] == 4",
    // With W = 1, too, all scores of a row are one number; 12 weights are penalized.
    "m = train d penalty=elastic-net l1=0.1 l2=0.2 init=(ones(4, 3))\n"
      + "expect m.history.loss[0] ~= 2 + 12 * 0.1 + 12 * 0.2 / 2 within=1e-12",
    "b = add-bias d\nm = train b regularize-bias=false reg=1 init=(ones(5, 3))\n"
      + "expect m.history.loss[0] == 14",
    "m = train d batches=[[0, 1, 2], [3, 4, 5]] init=0\nexpect len(m.history.loss) == 2\n"
      + "expect m.history.loss[0] == 2",
    // One way to say it against another.
    "a = train d seed=1 solver=momentum momentum=0\nb = train d seed=1 solver=sgd\n"
      + "expect all(a.W == b.W)\nc = train d seed=1 solver=momentum momentum=0.5\n"
      + "expect any(a.W != c.W)",
    "a = train d seed=1 schedule=step every=10 factor=0.1 iters=10\n"
      + "b = train d seed=1 iters=10\nexpect all(a.W == b.W)\n"
      + "a = resume a iters=1\nb = resume b iters=1\nexpect any(a.W != b.W)",
    // The second of two steps is half as long: 1 + cos(π/2) = 1, and 1 + η₀/decay = 2.
    "a = train d seed=1 schedule=step every=1 factor=0.5 iters=2\n"
      + "b = train d seed=1 schedule=cosine iters=2\nexpect a.W ~= b.W within=1e-15\n"
      + "c = train d seed=1 schedule=inverse-decay decay=1e-3 lr=1e-3 iters=2\n"
      + "expect a.W ~= c.W within=1e-15",
    "a = train d seed=1 replace=false batch=60 iters=20\nb = train d seed=1 solver=gd iters=20\n"
      + "expect a.W ~= b.W within=1e-12",
    "m = train d solver=gd lr=0.01 tolerance=1e-3 iters=500\nexpect len(m.history.loss) < 500",
    "m = train d precision=single\nexpect m.options.precision == \"single\"",
    // An epoch is one update of all 60 rows.
    "m = train d val=d val-every=25\nexpect len(m.history.val_accuracy) == 4",
    "two = d[d.y < 2]\nt = dataset(two.X, two.y)\nm = train t reduction=binary\n"
      + "expect len(m.W) == 4\nexpect all(predict(m, t) == (scores(m, t) > 0))\n"
      + "e = evaluate m on=t\nexpect e.roc_area == 1",
    // The same seed gives the same bits; so does a resumed run.
    "a = train d seed=3\nb = train d seed=3\nexpect all(a.W == b.W)",
    "a = train d seed=3 iters=40\nb = train d seed=3 iters=25\nb = resume b iters=15\n"
      + "expect all(a.W == b.W)\nexpect all(a.history.loss == b.history.loss)",
    "t = tune d val=d lr=[1e-3, 1e-2] loss=[hinge, softmax] iters=50\n"
      + "expect len(t.loss) == 4\nexpect t.best == argmax(t.val_accuracy)\nexpect t.lr[3] == 0.01",
    // Which loss it was, and what it ended with, are two columns.
    "t = tune d val=d loss=[hinge, softmax] lr=1e-2 iters=20\nexpect t.loss[1] == \"softmax\"\n"
      + "expect t.last_loss[0] > 0 and t.last_loss[1] > 0",
    "t = tune d val=d lr=[1e-2, 1e300] iters=20\n"
      + "expect isnan(t.val_accuracy[1])\nexpect t.best == 0",
    "m = train d seed=5 lr=1e-2\nt = tune d val=d lr=[1e300, 1e-2] seed=5\nexpect t.best == 1\n"
      + "expect all(t.model.W == m.W)",
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
    "set layout=columns\nl, g = svm_loss(zeros(3, 4), d.X, d.y)\nexpect l == 2\nset layout=rows",
    "m = train d\nexplain m on=d sample=2\nexpect len(_.scores) == 3",
    "t = timeit zeros(3)\nexpect t > 0\nt = timeit repeat=3 zeros(3)\nexpect t > 0",
  ])
  func verbs(_ code: String) throws {
    #expect(code.contains("expect "))
    try TemporaryFolder().whileCurrent {
      let run = run("d = synth blobs n=60 d=4 classes=3 seed=1\n" + code)
      #expect(run.status == 0, "\(code)\n\(run.report)")
    }
  }

  /// Everything that is drawn or listed, and what each must show.
  @Test(arguments: [
    ("plot-ascii m.history", ["loss\n", "iteration"]),
    ("plot-ascii m kind=heatmap", ["weights", "feature", "class"]),
    ("plot-ascii d", ["o 0   x 1   + 2", "the two features that separate the classes best"]),
    ("plot-ascii d x=2 y=3", ["o 0   x 1   + 2", "feature 2", "feature 3"]),
    // A heat map has a line for each row.
    ("plot-ascii d.X", ["\n 0 ", "\n59 "]),
    ("plot-ascii [1, 4, 2]", ["4.0 ┤", "1.0 ┤", "2.0"]),
    ("plot-ascii [1, 4, 2] kind=histogram", ["1.0 ┤█", "4.0"]),
    ("plot-ascii x y", ["20 ┤", "4.0"]),
    (
      "plot-ascii y x=x kind=line log=y title=\"squares\"",
      ["squares", "10 ┤", "left out: 1 point"]
    ),
    ("plot-ascii e", ["confusion (row: true class)", "recall"]),
    ("plot-ascii e.confusion kind=confusion", ["confusion (row: true class)", "recall"]),
    ("print t", ["lr  reg", "best", "\n3  "]),
    ("plot-ascii t", ["validation accuracy", "0.001", "reg"]),
    ("plot-ascii t canvas=ascii", ["validation accuracy", "0.001", "reg"]),
    ("describe d", ["60 rows × 4 features, 3 classes", "20 each of 0, 1, 2", "fields: .X"]),
    ("describe d.X", ["matrix 60×4", "mean"]), ("describe 3", ["number: 3"]),
    ("describe \"text\"", ["string of 4 characters"]), ("describe sum", ["sum(x, axis=none"]),
    ("vars", ["dataset", "60×4", "model", "4×3", "evaluation", "table"]),
    ("history", ["no entries"]), ("set", ["precision  double", "layout     rows"]),
    ("answer \"q1\" \"because\"\nanswer \"q1\"", ["q1: because\nq1: because"]),
    ("help", ["train", "plot-ascii", "expect"]), ("help train", ["patience=", "solver="]),
    ("help hinge", ["φ(a) = max(0, Δ − a)", "delta=1"]), ("help sum", ["axis=none", "Examples"]),
  ])
  func shows(code: String, expected: [String]) {
    let session = TestSession()
    let before = session.run(
      """
      d = synth blobs n=60 d=4 classes=3 seed=1
      m = train d
      e = evaluate m on=d
      t = tune d val=d lr=[1e-3, 1e-2] reg=[0, 1] iters=5
      x = range(5)
      y = x * x
      """)
    #expect(before.status == 0, "\(before.report)")
    let run = session.run(code)
    #expect(run.status == 0, "\(run.report)")
    let text = "\n" + run.text
    for piece in expected { #expect(text.contains(piece), "\(code): \(piece)\n\(text)") }
  }

  /// The assignment's script as it stands parses, and its commands meet their declarations.
  @Test func theAssignmentIsCheckedBeforeItRuns() throws {
    let script = try Repository.text("scripts/walkthroughs/cs231n_svm.svm")
    let session = TestSession().session
    #expect(ScriptRunner(session).check(.init(script, name: "cs231n_svm.svm")))
  }
}
