import Glibc
import Interpreter
import TestSupport
import Testing

@testable import Commands

/// Whatever a user gets wrong: a message in the one form, the documented status, and a session
/// that lives on.
@Suite struct WrongInputTests {
  struct Case: Sendable, CustomStringConvertible {
    var code: String
    var status: Int32
    var message: String
    init(_ code: String, _ status: Int32, _ message: String) {
      self.code = code
      self.status = status
      self.message = message
    }
    var description: String { code }
  }

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
    Case("x = (1 + 2", 2, ""), Case("x = [1, 2", 2, ""), Case("1 +", 2, ""),
    Case("x = = 2", 2, ""), Case("if x > 1 { y = 2", 2, ""), Case("} ", 2, ""),
    Case("for in x { }", 2, ""), Case("x = \"half", 2, ""), Case("x = 1 2", 2, ""),
    Case("1 < 2 < 3", 2, "and"), Case("train = 3", 2, "train"), Case("fn train(x) { }", 2, ""),
    Case("print f (x)", 2, ""), Case("print x -3", 2, ""), Case("train d lr=2*x", 2, ""),
    Case("train(d)", 2, ""), Case("x = 1_", 2, ""), Case("x = 0x", 2, ""),
    Case("print \"{1 +}\"", 2, ""), Case("print \"{x:.qf}\"", 2, ""), Case("return", 2, ""),
    Case("break", 2, ""), Case("if true { fn g() { } }", 2, ""), Case("x == 1 = 2", 2, ""),
    Case("param x = f(1)", 2, ""), Case("y = “quoted”", 2, ""), Case("_ = 3", 2, "_"),
  ]

  static let names: [Case] = [
    Case("trian d", 2, "train"), Case("train d itres=5", 2, "iters"),
    Case("train d loss=hinj", 2, "hinge"), Case("train d lr=0.1 lr=0.2", 2, "lr"),
    Case("train", 2, "data"), Case("train d d", 2, "operand"), Case("split", 2, "data"),
    Case("tune d", 3, "val"), Case("evaluate m", 2, "on"), Case("gradcheck svm_loss at=W", 2, "on"),
    Case("save x", 2, "to"), Case("train d solver=adagrad", 2, "sgd"),
    Case("train d schedule=warm", 2, "constant"), Case("train d penalty=l3", 2, "l2"),
    Case("train d precision=half", 2, "single"), Case("plot-ascii x kind=pie", 2, "line"),
    Case("synth spirals", 2, "blobs"), Case("load \"iris\" format=xml", 2, "csv"),
    Case("set thread=2", 2, "threads"), Case("center d by=tain", 2, "train"),
    Case("print undefined_name", 3, "there is no 'undefined_name'"),
    Case("print sums(x)", 3, "sum"), Case("d.trian", 3, "no field"),
    Case("m.weights", 3, "no field"),
    Case("s.test", 3, "no field"), Case("x.length", 3, "no field"), Case("help trian", 3, "train"),
    Case("forget nothing_here", 3, "nothing_here"),
  ]

  static let values: [Case] = [
    Case("train d lr=-1", 2, "lr"), Case("train d lr=0", 2, "lr"),
    Case("train d iters=0", 2, "iters"),
    Case("train d iters=2.5", 2, "whole"), Case("train d batch=0", 2, "batch"),
    Case("train d reg=-1", 2, "reg"), Case("train d lr=\"fast\"", 2, "number"),
    Case("train d lr=(1 / 0)", 3, "lr"), Case("train x", 3, "dataset"),
    Case("train s", 3, ".train"),
    Case("train 5", 2, "dataset"), Case("train d init=(zeros(2, 2))", 3, ""),
    Case("train d reg=1 C=1", 3, "C"), Case("train d penalty=elastic-net reg=1", 3, "reg"),
    Case("train d reduction=binary", 3, "2 classes"),
    Case("train d loss=softmax reduction=one-vs-rest", 3, "reduction"),
    Case("train d gamma=2", 3, "gamma"), Case("train d loss=ramp s=2", 3, "s"),
    Case("train d class-weights=[1, 2]", 3, "class-weights"),
    Case("train d batches=[[0, 99]]", 3, "batches"), Case("train d batches=[[0.5]]", 3, "batches"),
    Case("train d tolerance=1e-3", 3, "tolerance"), Case("train d val=x", 3, "dataset"),
    Case("train d lr=1e300 iters=50", 3, "finite"), Case("resume x", 3, "model"),
    Case("tune d val=d lr=[]", 3, "lr"), Case("tune d val=d folds=3", 3, "folds"),
    Case("tune d folds=99", 3, "30"), Case("train d patience=2", 3, "val"),
    Case("tune d val=d lr=[-1, 1]", 2, "lr"),
    Case("split d train=25 val=10", 4, "35"), Case("split d train=31", 4, "31"),
    Case("split d train=1.5", 4, "1.5"), Case("split d dev=40", 4, "40"),
    Case("split s", 3, "split"),
    Case("center b", 4, "bias"), Case("c = center d\nc = center c", 4, "centered"),
    Case("add-bias b", 4, "bias"), Case("rescale d to=[1, 0]", 3, "to"),
    Case("rescale d to=[1]", 3, "to"), Case("center s by=test", 3, "test"),
    Case("center x", 3, "dataset"),
    Case("synth blobs n=0", 2, "n"), Case("synth blobs n=1e18", 2, ""),
    Case("evaluate m on=x", 3, "dataset"), Case("explain m on=d sample=99", 3, "99"),
    Case("explain x on=d sample=-1", 2, "sample"), Case("gradcheck f at=W on=d", 3, ""),
    Case("gradcheck lossless at=W on=d", 3, "gradient"),
    Case("gradcheck svm_loss at=(zeros(2, 2)) on=d", 3, ""),
    Case("gradcheck svm_loss at=W on=d h=0", 2, "h"), Case("gradcheck x at=W on=d", 3, "function"),
    Case("plot-ascii", 3, "nothing"), Case("plot-ascii \"text\"", 3, "string"),
    Case("plot-ascii x y=[1, 2]", 3, "number"),
    Case("plot-ascii x kind=image shape=[2, 2]", 3, "shape"),
    Case("plot-ascii x kind=confusion", 3, "confusion"), Case("seed -1", 2, "seed"),
    Case("set digits=0", 2, "digits"), Case("set width=1e9", 2, "width"),
    Case("answer \"never written\"", 3, "never written"),
  ]

  static let arithmetic: [Case] = [
    Case("x + [1, 2]", 3, "3"), Case("M @ x", 3, "2"), Case("M[5, 0]", 3, "5"),
    Case("x[3]", 3, "3"), Case("x[1.5]", 3, "1.5"), Case("x[\"a\"]", 3, ""), Case("x[0, 0]", 3, ""),
    Case("x[7] = 1", 3, "7"), Case("M[0, :] = [1, 2, 3]", 3, "3"), Case("\"a\" - 1", 3, "string"),
    Case("x + \"a\"", 3, ""), Case("if x > 1 { y = 1 }", 3, "any"), Case("x()", 3, "called"),
    Case("f()", 3, "'a'"), Case("f(1, 2)", 3, "argument"), Case("f(b=1)", 3, "'b'"),
    Case("zeros(1e6, 1e6)", 3, "memory"), Case("zeros(-1)", 3, ""), Case("zeros(1.5)", 3, "whole"),
    Case("reshape(x, [2, 2])", 3, ""), Case("sum(x, axis=5)", 3, "axis"),
    Case("hstack(x, M)", 3, ""), Case("a, b = 1", 3, ""), Case("choice([])", 3, ""),
    Case("svm_loss(W, x)", 3, ""), Case("svm_loss(W, M, [0, 1])", 3, ""),
    Case("svm_loss(W, d, [0])", 3, "y"), Case("svm_loss(W, zeros(2, 3), [0, 7])", 4, "7"),
    Case("svm_loss(W, zeros(2, 3), [0, 0.5])", 4, "0.5"),
    Case("svm_loss(W, d, loss=\"hinj\")", 3, "hinge"),
    Case("svm_loss(W, d, nothing=1)", 3, "nothing"),
    Case("svm_loss([1, 1, 1], zeros(2, 3), [0, 1], reduction=\"binary\")", 4, "2 * y - 1"),
    Case("score_loss([[1, 2]], [5])", 4, "5"), Case("predict(m, M)", 3, "column"),
    Case("accuracy(m, zeros(2, 3))", 3, "y"), Case("accuracy(x, s)", 3, ""),
    Case("dataset(M, [0])", 4, "label"), Case("dataset(M, [0, nan])", 4, "nan"),
    Case("dataset(M, [0, 5], classes=[\"a\", \"b\"])", 4, "5"),
    Case("numerical_gradient(x, W)", 3, "function"),
    Case("prox_elastic_net(x, step=-1)", 3, "step"),
    Case("fn loop(n) { return loop(n + 1) }\nloop(0)", 3, "too deeply"),
    Case("expect 1 == 2", 1, "expect"), Case("expect x ~= [1, 2, 4]", 1, "1"),
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
    #expect(Set(all.map(\.code)).count == all.count)
  }

  @Test func files() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      try folder.write("letter.csv", "1,2,a\n3,x,b\n")
      try folder.write("short.csv", "1,2,a\n3,b\n")
      try folder.write("empty.csv", "")
      try folder.write("twice.libsvm", "+1 1:2 1:3\n")
      try folder.write("data_batch_1.bin", [UInt8](repeating: 3, count: 3072))
      try folder.write("cut.npy", [0x93] + Array("NUMPY".utf8) + [1, 0, 200])
      try folder.write("cut.csv.gz", [0x1F, 0x8B, 8, 0, 0, 0])
      symlink("/dev/full", "full.npy")
      try folder.write("wrong.svm", "print 1 +")
      try folder.write("fails.svm", "print ghost")
      let cases = [
        Case("load \"no/such/file.csv\"", 4, "no such file"), Case("load \"irs\"", 4, "iris"),
        Case("load \"letter.csv\"", 4, "letter.csv:2"),
        Case("load \"short.csv\"", 4, "short.csv:2"),
        Case("load \"empty.csv\"", 4, "empty"), Case("load \"twice.libsvm\"", 4, "twice.libsvm:1"),
        Case("load \"data_batch_1.bin\"", 4, "3073"), Case("load \"cut.npy\"", 4, "cut.npy"),
        Case("load \"cut.csv.gz\"", 4, "cut.csv.gz"), Case("load \"/\"", 4, ""),
        Case("load \"letter.csv\" label=\"color\"", 4, "color"),
        Case("load_npy(\"none.npy\")", 4, "none.npy"), Case("loadtxt(\"none.txt\")", 4, "none.txt"),
        Case("loadtxt(\"letter.csv\", delimiter=\",\")", 4, "letter.csv"),
        Case("save x to=\"no/such/folder/x.npy\"", 4, "no/such/folder"),
        Case("save x to=\"x.pdf\"", 3, "pdf"), Case("save x to=\"x\"", 3, "ending"),
        Case("save \"text\" to=\"t.npy\"", 3, "string"),
        Case("save x to=\"full.npy\"", 4, "full.npy"),
        Case("run \"none.svm\"", 4, "none.svm"),
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
