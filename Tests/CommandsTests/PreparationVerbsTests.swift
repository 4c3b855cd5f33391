import Interpreter
import TestSupport
import Testing

@testable import Commands

/// Groups, names of classes, and models on other files than those that they learned from.
@Suite struct PreparationVerbsTests {
  // MARK: Groups

  /// Ten rows in groups of 3, 2, 4 and 1: the middle of the third is row 7, in the second half.
  @Test(arguments: [
    "[0, 0, 0, 1, 1, 2, 2, 2, 2, 3]", "[7, 7, 7, -1, -1, 0.5, 0.5, 0.5, 0.5, 1e9]",
    "[\"a\", \"a\", \"a\", \"b\", \"b\", \"c\", \"c\", \"c\", \"c\", \"d\"]",
  ])
  func groupsStayTogether(groups: String) {
    let made = "d = dataset(reshape(range(10), [10, 1]), range(10) % 2)\n"
    let halves = run(
      made + "s = split d train=0.5 test=0.5 groups=\(groups)\nprint s.train.X.T s.test.X.T")
    #expect(halves.shown.last == "[[0 1 2 3 4]] [[5 6 7 8 9]]", "\(halves.report)")
    // A third of the rows ends inside the first group, whose middle is row 1.5.
    let third = run(
      made + "s = split d train=3 val=2 test=5 groups=\(groups)\nprint s.train.n s.val.n s.test.n")
    #expect(third.shown.last == "3 2 5", "\(third.report)")
  }

  @Test func noGroupIsInTwoParts() {
    var whole = 0
    for seed in 1...40 {
      let run = run(
        """
        seed \(seed)
        n = randint(20, 60)
        groups = randint(0, 9, [n])
        d = dataset(hstack(reshape(range(n), [n, 1]), reshape(groups, [n, 1])), range(n) % 2)
        s = split d train=0.5 val=0.2 test=0.3 shuffle=true groups=groups
        for g in range(9) {
          parts = any(s.train.X[:, 1] == g) + any(s.val.X[:, 1] == g) + any(s.test.X[:, 1] == g)
          expect parts <= 1
        }
        rows = sort(hstack(s.train.X[:, 0], s.val.X[:, 0], s.test.X[:, 0]))
        expect len(unique(rows)) == len(rows)
        largest = max(bincount(groups))
        expect abs(s.train.n - 0.5 * n) <= largest
        """)
      // A part may get no group at all, and then it is said.
      let isSaid = run.report.contains("no group fits into")
      #expect(run.status == 0 || isSaid, "seed \(seed): \(run.report)")
      if run.status == 0 { whole += 1 }
    }
    #expect(whole >= 30)
  }

  @Test(arguments: [
    ("groups=[1, 2]", "'groups' has 2 entries, and there are 3 rows"),
    ("groups=[1, nan, 2]", "nan"), ("groups=5", "must be"), ("groups=[1, [2], 3]", "must be"),
    ("groups=[1, 1, 1] test=1", "no group fits into test"),
    ("groups=[1, 2, 3] stratify=true", "leave out"),
  ])
  func groupsThatDoNotFit(options: String, message: String) {
    let run = run("d = dataset([[1], [2], [3]], [0, 1, 0])\ns = split d \(options)")
    #expect(run.status != 0 && run.report.contains(message), "\(run.report)")
  }

  // MARK: Names of classes

  @Test func renamedAndJoined() {
    let made = "d = dataset([[1], [2], [3], [4]], [2, 0, 1, 2], classes=[\"a\", \"b\", \"c\"])\n"
    let joined = run(made + "e = rename-classes d to=[\"x\", \"y\", \"x\"]\nprint e.classes e.y")
    #expect(joined.shown.last == "[\"x\", \"y\"] [0 0 1 0]", "\(joined.report)")
    let one = run(made + "e = rename-classes d from=\"b\" to=\"a\"\nprint e.classes e.y d.classes")
    #expect(one.shown.last == "[\"a\", \"c\"] [1 0 0 1] [\"a\", \"b\", \"c\"]")
    let parts = run(
      made
        + "s = split d train=2 test=2\ns = rename-classes s from=[\"c\", \"a\"] to=[\"C\", \"A\"]\n"
        + "print s.test.classes s.train.y")
    #expect(parts.shown.last == "[\"A\", \"b\", \"C\"] [2 0]", "\(parts.report)")
    for (options, message) in [
      ("to=[\"x\"]", "there are 3 classes, and 1 name"), ("from=\"z\" to=\"x\"", "no class 'z'"),
      ("from=[\"a\", \"b\"] to=\"x\"", "'from' has 2 classes, and 'to' 1 name"),
    ] {
      let wrong = run(made + "rename-classes d \(options)")
      #expect(wrong.status != 0 && wrong.report.contains(message), "\(wrong.report)")
    }
  }

  // MARK: Models on other data

  /// W sends x to the class of its largest entry, so that predictions are known: a, c, b, b.
  private let model = """
    d = dataset([[9, 0, 1], [0, 1, 9], [1, 9, 0], [2, 7, 3]], [0, 2, 1, 0], classes=["a", "b", "c"])
    m = train dataset(eye(3), [0, 1, 2], classes=["a", "b", "c"]) iters=100 lr=0.1 batch=3 reg=0

    """

  @Test func classesAreFoundByName() {
    // Labels a, c, b, a: three of four are right, whatever the order of the names.
    let same = run(model + "print accuracy(m, d)")
    #expect(same.shown.last == "0.75", "\(same.report)")
    let other = run(
      model + "e = dataset(d.X, [\"a\", \"c\", \"b\", \"a\"], classes=[\"c\", \"a\", \"b\"])\n"
        + "r = evaluate m on=e\nprint accuracy(m, e) r.accuracy r.confusion confusion(m, e)")
    // Row: true class. a: one right, one taken for b.
    let table = "[[1 1 0]\n [0 1 0]\n [0 0 1]]"
    #expect(other.shown.last == "0.75 0.75 \(table) \(table)", "\(other.report)")
    let fewer = run(
      model
        + "e = dataset(d.X[:2], [\"a\", \"c\"])\nr = evaluate m on=e\nprint r.accuracy e.classes")
    #expect(fewer.shown.last == "1 [\"a\", \"c\"]", "\(fewer.report)")
    let unknown = run(model + "e = dataset(d.X[:2], [\"a\", \"z\"])\nevaluate m on=e")
    #expect(
      unknown.status == 4 && unknown.report.contains("rows of the class z"), "\(unknown.report)")
  }

  /// Columns of other names are taken in their order, which is said; labels are no features.
  @Test func rowsOfOtherNames() throws {
    try TemporaryFolder().whileCurrent {
      let session = TestSession()
      session.run("d = load \"iris\"\nm = train d iters=3")
      let file = try TemporaryFolder()
      try file.write("other.csv", "a,b,c,e\n1,2,3,4\n")
      try file.write("texts.csv", "a,b,y\n1,2,p\n3,4,q\n")
      let other = session.run("predict-file \"\(file("other.csv"))\" with=m to=\"o.csv\"")
      #expect(other.status == 0 && other.report.contains("taken in their order"), "\(other.report)")
      let texts = session.run("predict-file \"\(file("texts.csv"))\" with=m to=\"o.csv\"")
      #expect(texts.status == 4 && texts.report.contains("the model has 4"), "\(texts.report)")
    }
  }

  /// A file of three columns has no labels, and one of four has.
  @Test func rowsOfFiles() throws {
    try TemporaryFolder().whileCurrent {
      let session = TestSession()
      session.run(model)
      session.run("savetxt(\"rows.csv\", d.X, delimiter=\",\"); save d to=\"labeled.csv\"")
      session.run("save d.X to=\"rows.npy\"; save d to=\"labeled.npz\"; save d to=\"rows.libsvm\"")
      session.run("expected = scores(m, d.X, raw=true)")
      for file in ["rows.csv", "labeled.csv", "rows.npy", "labeled.npz", "rows.libsvm"] {
        let run = session.run(
          """
          p = predict-file "\(file)" with=m to="out.npz"
          expect all(p.predictions == [0, 2, 1, 1])
          expect all(p.scores == expected)
          out = load "out.npz"
          print out.prediction
          """)
        #expect(run.status == 0, "\(file): \(run.report)")
        #expect(run.shown.last == "[\"a\", \"c\", \"b\", \"b\"]", "\(file)")
        let isNamed = file.hasPrefix("labeled")
        #expect(run.text.contains("accuracy 0.7500") == isNamed, "\(file): \(run.text)")
      }
      let table = session.run("predict-file \"labeled.csv\" with=m to=\"out.csv\"")
      #expect(table.status == 0)
      let lines = String(decoding: try TemporaryFolder.bytes("out.csv"), as: UTF8.self)
        .split(separator: "\n").map(String.init)
      #expect(lines.first == "label,prediction,score a,score b,score c")
      #expect(lines.dropFirst().map { $0.prefix(4) } == ["a,a,", "c,c,", "b,b,", "a,b,"])
      session.run("savetxt(\"wide.csv\", ones(2, 9), delimiter=\",\")")
      for (line, message) in [
        ("predict-file \"rows.csv\" with=m to=\"out.txt\"", "endings: .csv .npz"),
        ("predict-file \"wide.csv\" with=m to=\"o.csv\"", "the model has 3"),
        ("predict-file \"none.csv\" with=m to=\"o.csv\"", "none.csv"),
      ] {
        let wrong = session.run(line)
        #expect(wrong.status != 0 && wrong.report.contains(message), "\(line): \(wrong.report)")
      }
    }
  }
}
