import Glibc
import Interpreter
import TestSupport
import Testing

@testable import Commands

/// Whatever a user gets wrong: a message in the one form, the documented status, and a session
/// that lives on.
@Suite struct WrongInputTests {
  /// A text, the status that it ends with, and a piece of what is reported.
  typealias Case = (code: String, status: Int32, message: String)

  /// What every case may use.
  private static let setUp = """
    d = synth blobs n=30 d=3 classes=3 seed=1
    s = split d train=20 val=10
    b = add-bias d
    W = zeros(3, 3)
    m = train d iters=3 batch=5
    x = [1, 2, 3]
    M = [[1, 2], [3, 4]]
    fn f(a) { return a }
    fn lossless(W, X, y, reg) { return sum(W) }
    """

  static let syntax: [Case] = [
    ("x = (1 + 2", 2, ""), ("x = [1, 2", 2, ""), ("1 +", 2, ""),
    ("x = = 2", 2, ""), ("if x > 1 { y = 2", 2, ""), ("} ", 2, ""),
    ("for in x { }", 2, ""), ("x = \"half", 2, ""), ("x = 1 2", 2, ""),
    ("1 < 2 < 3", 2, "and"), ("train = 3", 2, "train"), ("fn train(x) { }", 2, ""),
    ("print f (x)", 2, ""), ("print x -3", 2, ""), ("train d lr=2*x", 2, ""),
    ("train(d)", 2, ""), ("x = 1_", 2, ""), ("x = 0x", 2, ""),
    ("print \"{1 +}\"", 2, ""), ("print \"{x:.qf}\"", 2, ""), ("return", 2, ""),
    ("break", 2, ""), ("if true { fn g() { } }", 2, ""), ("x == 1 = 2", 2, ""),
    ("param x = f(1)", 2, ""), ("y = “quoted”", 2, ""), ("_ = 3", 2, "_"),
  ]

  static let names: [Case] = [
    ("trian d", 2, "train"), ("train d itres=5", 2, "iters"),
    ("train d loss=hinj", 2, "hinge"), ("train d lr=0.1 lr=0.2", 2, "lr"),
    ("train", 2, "data"), ("train d d", 2, "operand"), ("split", 2, "data"),
    ("tune d", 2, "val"), ("evaluate m", 2, "on"), ("gradcheck svm_loss at=W", 2, "on"),
    ("save x", 2, "to"), ("train d solver=adagrad", 2, "sgd"),
    ("train d schedule=warm", 2, "constant"), ("train d penalty=l3", 2, "l2"),
    ("train d precision=half", 2, "single"), ("plot-ascii x kind=pie", 2, "line"),
    ("synth spirals", 2, "blobs"), ("load \"iris\" format=xml", 2, "csv"),
    ("set thread=2", 2, "threads"), ("center d by=tain", 2, "train"),
    ("print undefined_name", 3, "there is no 'undefined_name'"),
    ("print sums(x)", 2, "sum"), ("d.trian", 3, "no field"),
    ("m.weights", 3, "no field"),
    ("s.test", 3, "no field"), ("x.length", 3, "no field"), ("help trian", 3, "train"),
    ("forget nothing_here", 3, "nothing_here"),
    ("load patches10", 2, "write `\"patches10\"`"), ("run my.svm", 2, "write `\"my.svm\"`"),
    ("save x to=model.npz", 2, "write `\"model.npz\"`"),
    ("train d lr=0.1,0.01", 2, "`lr=[0.1, 0.01]`; `tune`"),
    ("train d -lr 0.1", 2, "write `train d lr=0.1`"), ("plot [1, 2]", 2, "`plot-ascii x` draws"),
    ("print x -x 3", 2, "print(x, -x, 3)"), ("print x (x) 3", 2, "print(x, x, 3)"),
    ("print x x + 1 3", 2, "write `print(x, x + 1, 3)`"),
    ("expect 1 ~= 2 within=-1", 3, "at least 0, not -1"),
    ("reshape(zeros(24), [2, 2, 3, 2])", 3, "vectors and matrices only"),
    ("y = True", 3, "write `true`"), ("y = None", 3, "write `none`"),
    ("y = np.zeros(3)", 3, "zeros(3)"), ("exit", 3, "`quit`"), ("pass", 3, "`{ }`"),
    ("try: x", 2, "opens with '{'"), ("x.sqrt()", 3, "it is a function: `sqrt(x)`"),
  ]

  static let values: [Case] = [
    ("train d lr=-1", 2, "lr"), ("train d lr=0", 2, "lr"),
    ("train d iters=0", 2, "iters"),
    ("train d iters=2.5", 2, "whole"), ("train d batch=0", 2, "batch"),
    ("train d reg=-1", 2, "reg"), ("train d lr=\"fast\"", 2, "number"),
    ("train d lr=(1 / 0)", 3, "lr"), ("train x", 3, "dataset"),
    ("train s", 3, ".train"),
    ("train 5", 2, "dataset"), ("train d init=(zeros(2, 2))", 3, ""),
    ("train d reg=1 C=1", 3, "C"), ("train d penalty=elastic-net reg=1", 3, "reg"),
    ("train d reduction=binary", 3, "2 classes"),
    ("train d loss=softmax reduction=one-vs-rest", 3, "leave out `reduction=one-vs-rest`"),
    ("train d solver=dual penalty=l1", 3, "use `penalty=l2`; or use `solver=sgd`"),
    ("train d gamma=2", 3, "gamma"), ("train d loss=ramp s=2", 3, "s"),
    ("train d loss=ramp s=inf", 3, "below 1"), ("train d delta=inf", 2, "delta"),
    ("train d kappa=0", 2, "above 0, or inf"),
    ("train d class-weights=[1, 2]", 3, "class-weights"),
    ("train d batches=[[0, 99]]", 3, "batches"), ("train d batches=[[0.5]]", 3, "batches"),
    ("train d tolerance=1e-3", 3, "tolerance"), ("train d val=x", 3, "dataset"),
    ("train d lr=1e300 iters=50", 3, "finite"), ("resume x", 3, "model"),
    ("tune d val=d lr=[]", 3, "lr"), ("tune d val=d folds=3", 2, "folds"),
    ("tune d folds=99", 3, "30"), ("train d patience=2", 3, "val"),
    ("tune d val=d lr=[-1, 1]", 2, "lr"),
    ("split d train=25 val=10", 4, "35"), ("split d train=31", 4, "31"),
    ("split d train=1.5", 4, "1.5"), ("split d dev=40", 4, "40"),
    ("split s", 3, "split"),
    ("center b", 4, "bias"), ("c = center d\nc = center c", 4, "centered"),
    ("add-bias b", 4, "bias"), ("rescale d to=[1, 0]", 3, "to"),
    ("rescale d to=[1]", 3, "to"), ("center s by=test", 3, "test"),
    ("center x", 3, "dataset"),
    ("synth blobs n=0", 2, "n"), ("synth blobs n=1e18", 2, ""),
    ("evaluate m on=x", 3, "dataset"), ("explain m on=d sample=99", 3, "99"),
    ("explain x on=d sample=-1", 2, "sample"), ("gradcheck f at=W on=d", 3, ""),
    ("gradcheck lossless at=W on=d", 3, "gradient"),
    ("gradcheck svm_loss at=(zeros(2, 2)) on=d", 3, ""),
    ("gradcheck svm_loss at=W on=d h=0", 2, "h"), ("gradcheck x at=W on=d", 3, "function"),
    ("plot-ascii", 3, "nothing"), ("plot-ascii \"text\"", 3, "string"),
    ("plot-ascii x y=[1, 2]", 3, "number"),
    ("plot-ascii x kind=image shape=[2, 2]", 3, "shape"),
    ("plot-ascii x kind=confusion", 3, "confusion"), ("seed -1", 2, "seed"),
    ("set digits=0", 2, "digits"), ("set width=1e9", 2, "width"),
    ("set threads=1025", 2, "from 1 to 1024"),
    ("plot-ascii x width=1001", 2, "from 1 to 1000"),
    ("plot-ascii x height=1001", 2, "from 1 to 1000"),
    ("plot-ascii d samples=1001", 2, "from 1 to 1000"),
    ("answer \"never written\"", 3, "never written"),
  ]

  static let arithmetic: [Case] = [
    ("x + [1, 2]", 3, "3"), ("M @ x", 3, "2"), ("M[5, 0]", 3, "5"),
    ("x[3]", 3, "3"), ("x[1.5]", 3, "1.5"), ("x[\"a\"]", 3, ""), ("x[0, 0]", 3, ""),
    ("x[7] = 1", 3, "7"), ("M[0, :] = [1, 2, 3]", 3, "3"), ("\"a\" - 1", 3, "string"),
    ("x + \"a\"", 3, ""), ("if x > 1 { y = 1 }", 3, "any"), ("x()", 3, "called"),
    ("f()", 3, "'a'"), ("f(1, 2)", 3, "argument"), ("f(b=1)", 3, "'b'"),
    ("zeros(1e6, 1e6)", 3, "memory"), ("zeros(-1)", 3, ""), ("zeros(1.5)", 3, "whole"),
    ("reshape(x, [2, 2])", 3, ""), ("sum(x, axis=5)", 3, "axis"),
    ("hstack(x, M)", 3, ""), ("a, b = 1", 3, ""), ("choice([])", 3, ""),
    ("svm_loss(W, x)", 3, ""), ("svm_loss(W, M, [0, 1])", 3, ""),
    ("svm_loss(W, d, [0])", 3, "y"), ("svm_loss(W, zeros(2, 3), [0, 7])", 4, "7"),
    ("svm_loss(W, zeros(2, 3), [0, 0.5])", 4, "0.5"),
    ("svm_loss(W, d, loss=\"hinj\")", 3, "hinge"),
    ("svm_loss(W, d, nothing=1)", 3, "nothing"),
    ("svm_loss([1, 1, 1], zeros(2, 3), [0, 1], reduction=\"binary\")", 4, "2 * y - 1"),
    ("score_loss([[1, 2]], [5])", 4, "5"), ("predict(m, M)", 3, "column"),
    ("svm_loss(zeros(2, 3), zeros(4, 3), [0, 1, 1, 0])", 3, "`W.T`"),
    ("accuracy(m, zeros(2, 3))", 3, "y"), ("accuracy(x, s)", 3, ""),
    ("dataset(M, [0])", 4, "label"), ("dataset(M, [0, nan])", 4, "nan"),
    ("dataset(M, [0, 5], classes=[\"a\", \"b\"])", 4, "5"),
    ("numerical_gradient(x, W)", 3, "function"),
    ("prox_elastic_net(x, step=-1)", 3, "step"),
    ("fn loop(n) { return loop(n + 1) }\nloop(0)", 3, "too deeply"),
    ("expect 1 == 2", 1, "expect"), ("expect x ~= [1, 2, 4]", 1, "1"),
  ]

  @Test(arguments: [syntax, names, values, arithmetic]) func aClearMessage(_ cases: [Case]) {
    let session = TestSession()
    #expect(session.run(Self.setUp).status == 0)
    for wrong in cases { check(wrong, session) }
  }

  private func check(_ wrong: Case, _ session: TestSession) {
    let run = session.run(wrong.code)
    #expect(run.status == wrong.status, "\(wrong.code)\n\(run.report)")
    #expect(run.report.contains(wrong.message), "\(wrong.code)\n\(run.report)")
    // The one form: what, where, the line, the mark under it.
    let lines = run.report.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("error: ") }, "\(wrong.code)\n\(run.report)")
    #expect(lines.contains { $0.contains("test.svm:") }, "\(wrong.code)\n\(run.report)")
    #expect(lines.contains { $0.contains("^") }, "\(wrong.code)\n\(run.report)")
    let after = session.run("print len(x)")
    #expect(after.text == "3", "after \(wrong.code)")
  }

  @Test func thereAreMoreThanAHundred() {
    let all = [Self.syntax, Self.names, Self.values, Self.arithmetic].flatMap { $0 }
    #expect(all.count >= 100)
    #expect(Set(all.map { $0.code }).count == all.count)
  }

  @Test func files() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      try folder.write("letter.csv", "1,2,a\n3,x,b\n")
      try folder.write("short.csv", "1,2,a\n3,b\n")
      try folder.write("empty.csv", "")
      try folder.write("half.libsvm", "+1 1:2 3:\n")
      try folder.write("data_batch_1.bin", [UInt8](repeating: 3, count: 3072))
      try folder.write("cut.npy", [0x93] + Array("NUMPY".utf8) + [1, 0, 200])
      try folder.write("cut.csv.gz", [0x1F, 0x8B, 8, 0, 0, 0])
      symlink("/dev/full", "full.npy")
      try folder.write("wrong.svm", "print 1 +")
      try folder.write("fails.svm", "print ghost")
      let cases: [Case] = [
        ("load \"no/such/file.csv\"", 4, "no such file"), ("load \"irs\"", 4, "iris"),
        ("load \"letter.csv\"", 4, "letter.csv:2"),
        ("load \"short.csv\"", 4, "short.csv:2"),
        ("load \"empty.csv\"", 4, "empty"), ("load \"half.libsvm\"", 4, "half.libsvm:1"),
        ("load \"data_batch_1.bin\"", 4, "3073"), ("load \"cut.npy\"", 4, "cut.npy"),
        ("load \"cut.csv.gz\"", 4, "cut.csv.gz"), ("load \"/\"", 4, ""),
        ("load \"letter.csv\" label=\"color\"", 4, "color"),
        ("load_npy(\"none.npy\")", 4, "none.npy"), ("loadtxt(\"none.txt\")", 4, "none.txt"),
        ("loadtxt(\"letter.csv\", delimiter=\",\")", 4, "letter.csv"),
        ("save x to=\"no/such/folder/x.npy\"", 4, "no/such/folder"),
        ("save x to=\"x.pdf\"", 3, "pdf"), ("save x to=\"x\"", 3, "ending"),
        ("save \"text\" to=\"t.npy\"", 3, "string"),
        ("save x to=\"full.npy\"", 4, "full.npy"),
        ("run \"none.svm\"", 4, "none.svm"),
      ]
      let session = TestSession()
      #expect(session.run(Self.setUp).status == 0)
      for wrong in cases { check(wrong, session) }
      for (file, status) in [("wrong.svm", Int32(2)), ("fails.svm", 3)] {
        let run = session.run("run \"\(file)\"")
        #expect(run.status == status && run.report.contains("\(file):1"), "\(run.report)")
      }
    }
  }

  @Test func nanInTheDataIsNamed() throws {
    let run = run(
      """
      X = ones(10, 2)
      X[4, 1] = nan
      d = dataset(X, range(10) % 2)
      m = train d iters=5
      """)
    #expect(run.status == 3)
    #expect(run.report.contains("row 4, column 1"), "\(run.report)")
  }
}
