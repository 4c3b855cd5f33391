import TestSupport
import Testing

@testable import Commands

/// `drop`, `keep` and `fill-missing`, and what a model remembers of them.
@Suite struct ColumnCommandTests {
  /// A table of features without names calls them x0, x1, …, and so may one who reads it.
  @Test func featuresWithoutNames() throws {
    try TemporaryFolder().whileCurrent {
      let result = run(
        """
        raw = dataset([[1, 9, 2], [2, 8, 3]], [0, 1])
        save raw to="raw.csv"
        again = load "raw.csv"
        d = drop again columns="x1";
        print d.X
        """)
      #expect(result.shown.last == "[[1 2]\n [2 3]]", "\(result.report)")
      let wrong = run("d = dataset([[1, 9]], [0])\ndrop d columns=\"x2\"")
      #expect(wrong.status != 0 && wrong.report.contains("x0 to x1"), "\(wrong.report)")
    }
  }

  @Test func whatTheyReport() {
    let result = run(
      """
      iris = load "iris";
      a = drop iris columns="sepal_width"
      b = keep iris columns=["petal_width", 0]
      """)
    #expect(
      result.text.hasPrefix(
        "3 features of 4: sepal_length, petal_length, petal_width\n"
          + "2 features of 4: sepal_length, petal_width"), "\(result.text)")
    let mask = run(
      """
      d = dataset([[1, 5, 2], [1, 6, 3]], [0, 1])
      k = keep d columns=(d.X[1] > d.X[0])
      print k.X
      b = add-bias d;
      k = keep b columns=(b.X[1] > b.X[0])
      print k.X
      """)
    #expect(
      mask.text
        == "2 features of 3\n[[5 2]\n [6 3]]\n2 features of 3\n[[5 2 1]\n [6 3 1]]",
      "\(mask.text) \(mask.report)")
  }

  @Test func whatIsWrong() {
    for (code, message) in [
      ("drop iris columns=\"sepal_widht\"", "did you mean sepal_width?"),
      ("keep iris columns=7", "there is no feature 7"),
      ("keep iris columns=1.5", "must be a whole number"),
      ("drop iris columns=[0, 1, 2, 3]", "no feature is left"),
      ("drop iris columns=(iris.y > 0)", "the mask has 150 entries, and there are 4 features"),
      ("drop iris", "'drop' needs 'columns='"),
      ("fill-missing iris with=mode", "mode"),
      ("fill-missing iris with=nan", "'with' must be"),
      ("f = fill-missing iris\nf = fill-missing f", "filled in already"),
    ] {
      let result = run("iris = load \"iris\";\n\(code)")
      #expect(result.report.contains(message), "\(code): \(result.report)")
    }
  }

  /// A model of selected, filled and standardized features takes raw data: the scores are those of
  /// the prepared ones.
  @Test func aModelPreparesRawData() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      let result = run(
        """
        X = [[1, 9, 2], [2, 8, nan], [4, 7, 6], [7, 6, 8]]
        raw = dataset(X, [0, 0, 1, 1])
        d = drop raw columns=1;
        d = fill-missing d;
        d = standardize d;
        d = add-bias d;
        m = train d iters=20 lr=0.1 batch=4 seed=1;
        expect max(abs(scores(m, raw) - scores(m, d))) == 0
        # By hand: the mean of 2, 6 and 8 stands for what is missing.
        x = [2, 16 / 3]
        z = (x - m.preparation.mean) * m.preparation.scale
        expect scores(m, raw)[1] ~= m.W[0] * z[0] + m.W[1] * z[1] + m.W[2] within=1e-12
        save m to="m.npz";
        again = load "m.npz";
        expect max(abs(scores(again, raw) - scores(m, d))) == 0
        print again.preparation.columns again.preparation.fill
        print accuracy(m, raw)
        other = keep raw columns=[0, 1];
        scores(m, other)
        """)
      #expect(result.text.hasSuffix("[0 2] [3.50000 5.33333]\n1"), "\(result.text)")
      #expect(result.report.contains("reduced to some features in another way"), "\(result.report)")
      #expect(!result.report.contains("expect"), "\(result.report)")
    }
  }

  @Test func theWrongNumberOfFeatures() {
    let result = run(
      """
      raw = dataset([[1, 9, 2], [2, 8, 3]], [0, 1])
      d = drop raw columns=1;
      m = train d iters=1 batch=2;
      scores(m, dataset([[1, 2], [3, 4]], [0, 1]))
      """)
    #expect(
      result.report.contains("the model takes 3 features, and the data have 2"), "\(result.report)")
  }

  @Test func aModelOfSomeFeaturesInLIBLINEARsFile() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      let result = run(
        """
        raw = dataset([[1, 9, 2], [2, 8, 3], [4, 7, 6]], [0, 1, 2])
        d = drop raw columns=1;
        m = train d iters=5 batch=3;
        save m to="m.model";
        again = load "m.model";
        expect again.W[1] ~= [0, 0, 0]
        expect scores(again, raw) ~= scores(m, raw) within=1e-12
        f = fill-missing d;
        m = train f iters=1 batch=3;
        save m to="m.model"
        """)
      #expect(result.report.contains("this format can't say"), "\(result.report)")
      #expect(!result.report.contains("expect"), "\(result.report)")
    }
  }
}

/// Models on data whose columns stand elsewhere.
@Suite struct ModelColumnTests {
  /// A model of a table with a column of texts takes tables that have its columns in another order,
  /// lack one of the texts or have another, and columns besides; with labels or without.
  @Test func columnsAreFoundByTheirNames() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      _ = try folder.write("train.csv", "a,city,b,y\n1,P,2,u\n3,Q,4,v\n5,P,7,u\n6,Q,1,v\n")
      _ = try folder.write("test.csv", "y,b,extra,city,a\nv,4,9,Q,3\nu,2,9,R,1\n")
      _ = try folder.write("new.csv", "b,city,a\n4,Q,3\n2,R,1\n")
      let result = run(
        """
        d = load "train.csv";
        d = drop d columns="b";
        d = add-bias d;
        m = train d iters=50 batch=4 lr=0.1 seed=1;
        save m to="m.npz";
        m = load "m.npz";
        t = load "test.csv";
        # By hand: a, city=P, city=Q, bias.
        S = [[3, 0, 1, 1], [1, 0, 0, 1]] @ m.W
        expect scores(m, t) ~= S within=1e-12
        e = evaluate m on=t;
        p = predict-file "test.csv" with=m to="p.csv";
        expect p.scores ~= S within=1e-12
        q = predict-file "new.csv" with=m to="q.csv";
        expect q.scores ~= S within=1e-12
        print "done"
        """)
      #expect(result.status == 0, "\(result.report)")
      #expect(result.text.hasSuffix("done"), "\(result.text) \(result.report)")
      _ = try folder.write("short.csv", "a,b,y\n1,2,u\n3,4,v\n")
      let short = run("m = load \"m.npz\";\nt = load \"short.csv\";\nscores(m, t)")
      #expect(
        short.report.contains("the data have no feature \"city=P\", which the model has"),
        "\(short.report)")
    }
  }

  /// Of data on disk, what `drop`, `keep` and `fill-missing` make is on disk, and has the same
  /// numbers as in memory. 10 MB of doubles; as sparse rows, half of that.
  @Test func whatIsMadeOfDataOnDiskIsOnDisk() throws {
    let folder = try TemporaryFolder()
    var table = ""
    var sparse = ""
    for i in 0..<6000 {
      sparse += "\(i % 3)"
      for j in 0..<200 {
        let number = Double((i &* 7919 &+ j &* 104_729) % 100_003) / 1000.1
        table += i % 97 == 5 && j == 3 ? "," : "\(number),"
        if (i + j) % 2 == 0 { sparse += " \(j + 1):\(number)" }
      }
      table += "\(i % 3)\n"
      sparse += "\n"
    }
    try folder.write("t.csv", table)
    try folder.write("t.svm", sparse)
    for name in ["t.csv", "t.svm"] {
      for (verb, columns) in [
        ("drop", "columns=[0, 7]"), ("keep", "columns=(arange(190) + 3)"), ("fill-missing", ""),
      ] {
        let run = run(
          """
          a = load "\(folder(name))" stream=true
          b = load "\(folder(name))" stream=false
          a = \(verb) a \(columns)
          b = \(verb) b \(columns)
          describe a
          describe b
          fn known(X) { return where(isnan(X), 0, X) }
          print all(isnan(a.X) == isnan(b.X)) all(known(a.X) == known(b.X))
          """)
        #expect(run.status == 0, "\(run.report)")
        #expect(run.shown.last == "true true", "\(name) \(verb)")
        let reports = run.shown.suffix(3)
        #expect(reports.first?.contains(" on disk") == true, "\(name) \(verb): \(run.text)")
        #expect(reports.dropFirst().first?.contains(" on disk") == false)
      }
    }
  }
}
