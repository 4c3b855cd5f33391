import TestSupport
import Testing

/// Models as LIBLINEAR's files.
@Suite struct LIBLINEARModelTests {
  /// Files that LIBLINEAR 2.49 wrote after training on iris, and the decision values that it gives
  /// the first rows with them: `-s 4 -B 2`, and `-s 1 -B 1` with labels 7 and −1, the positive one
  /// first.
  @Test func filesOfLIBLINEARGiveItsDecisionValues() throws {
    let folder = try TemporaryFolder()
    let run = run(
      """
      d = load "iris"
      m = load "\(try folder.write("cs.model", Self.three))"
      print "{m.classes} {scores(m, d.X, raw=true)[0:3, :] :.12f}"
      t = load "\(try folder.write("two.model", Self.two))"
      s = scores(t, d.X, raw=true)
      print "{t.classes} {s[0:2] :.12f} {s[-2:] :.12f}"
      """)
    let text = run.shown.joined(separator: " ")
    for value in [
      "4.151267344486", "2.426914898497", "-6.578182242983", "3.687884798136", "-6.180619084997",
      "7.191158082594", "6.528358497882", "-1.414900268262", "-0.714709116158", "[1 2 3]", "[-1 7]",
    ] {
      #expect(text.contains(value), "\(value) in \(run.report)")
    }
  }

  /// Saved and read again, a model gives raw rows the scores that it gave prepared ones: with a
  /// bias column, with a shift alone, with nothing, with b apart, and with two classes and a column
  /// for each.
  @Test func savedModelsTakeRawRows() throws {
    let folder = try TemporaryFolder()
    for (prepare, options) in [
      ("e = standardize d\ne = add-bias e", "loss=hinge"), ("e = center d", "loss=softmax"),
      ("e = d", "loss=squared-hinge reduction=one-vs-rest"),
      ("e = standardize d", "loss=logistic reduction=binary"),
      ("e = add-bias d", "loss=logistic reduction=one-vs-rest"),
    ] {
      let data =
        options.contains("binary") || prepare == "e = add-bias d" ? "breast_cancer" : "iris"
      let run = run(
        """
        d = load "\(data)"
        \(prepare)
        m = train e \(options) iters=50 lr=1e-6 seed=3
        save m to="\(folder("saved.model"))"
        r = load "\(folder("saved.model"))"
        a = scores(m, d)
        b = scores(r, d.X, raw=true)
        print (norm(ravel(a - b)) <= 1e-12 * norm(ravel(a)))
        print all(predict(m, d) == predict(r, d.X, raw=true))
        """)
      #expect(run.shown.suffix(2) == ["true", "true"], "\(options): \(run.report)")
    }
  }

  /// Names that are one number, and a single class: each keeps its own column.
  @Test func labelsThatAreNoDifferentNumbers() throws {
    let folder = try TemporaryFolder()
    for (names, rows, classes) in [
      ("[\"1\", \"01\", \"2\"]", "[[0, 1], [1, 1], [2, 1]], [0, 1, 2]", "[0 1 2]"),
      ("[\"5\"]", "[[0.5, 1]], [0]", "[5]"),
    ] {
      let path = folder("one.model")
      let run = run(
        """
        d = dataset(\(rows), classes=\(names))
        m = train d iters=3 lr=0.1
        save m to="\(path)"
        r = load "\(path)"
        print r.classes
        print (norm(ravel(scores(m, d) - scores(r, d.X, raw=true))) <= 1e-12)
        """)
      #expect(run.shown.suffix(2) == [classes, "true"], "\(names): \(run.report) \(run.text)")
    }
  }

  /// Files that are none, are cut off, or hold something else than a classifier.
  @Test func brokenFiles() throws {
    let folder = try TemporaryFolder()
    for (text, message) in [
      ("", "no model of LIBLINEAR"), ("1 2 3\n", "no model of LIBLINEAR"),
      (
        Self.two.replacing("label 7 -1", with: "label 7"),
        "'label' must have 2 different whole numbers"
      ),
      (Self.two.replacing("nr_feature 4", with: "nr_feature 9"), "10 rows of 1 weights are needed"),
      (
        Self.two.replacing("nr_feature 4", with: "nr_feature \(Int.max)"),
        "'nr_feature' is missing, or no whole number that could be"
      ),
      (Self.two.replacing("SVC_DUAL", with: "SVR_DUAL"), "does not tell classes apart"),
      (Self.two.replacing("bias 1", with: "bias x"), "'bias' is missing, or no number"),
      (Self.two.replacing("0.98525910978865427", with: "much"), "\"much\" is not a number"),
      // Cut after each line, and within one.
      ("solver_type L2R_L2LOSS_SVC_DUAL\n", "no model of LIBLINEAR"),
      (Self.two.cut(before: "w\n"), "no model of LIBLINEAR"),
      (Self.two.cut(before: "0.8508"), "the file holds no numbers"),
      (Self.two.cut(before: "1.7069"), "5 rows of 1 weights are needed, and there are 4 of 1"),
      (Self.three.cut(before: "-0.67735"), "5 rows of 3 weights are needed"),
      (Self.two + "1\n", "5 rows of 1 weights are needed, and there are 6 of 1"),
      (Self.two.replacing("nr_class 2", with: "nr_class 3"), "'label' must have 3 different whole"),
      (Self.two.replacing("nr_class 2", with: "nr_class 0"), "'nr_class' is missing, or no whole"),
      (Self.two.replacing("nr_class 2", with: "nr_class -2"), "'nr_class' is missing, or no whole"),
      (Self.two.replacing("nr_class 2\n", with: ""), "'nr_class' is missing, or no whole"),
      (
        Self.two.replacing("nr_class 2", with: "nr_class 99999999999999999999"),
        "'nr_class' is missing, or no whole number that could be"
      ),
      (Self.two.replacing("nr_feature 4\n", with: ""), "'nr_feature' is missing, or no whole"),
      (Self.two.replacing("nr_feature 4", with: "nr_feature 4.5"), "'nr_feature' is missing, or"),
      (Self.two.replacing("label 7 -1", with: "label 7 7"), "'label' must have 2 different whole"),
      (Self.two.replacing("label 7 -1", with: "label a b"), "'label' must have 2 different whole"),
      (Self.two.replacing("label 7 -1\n", with: ""), "'label' must have 2 different whole"),
      (Self.two.replacing("bias 1", with: "bias nan"), "'bias' is missing, or no number"),
      (Self.two.replacing("bias 1\n", with: ""), "'bias' is missing, or no number"),
      (Self.two.replacing("bias 1", with: "bias -1"), "4 rows of 1 weights are needed"),
      (Self.two.replacing("0.85", with: "\0.85"), "the file is not text"),
      (Self.two.replacing("solver_type L2R_L2LOSS_SVC_DUAL", with: "solver_type"), "no model of"),
      (Self.two.replacing("SVC_DUAL", with: "ONECLASS"), "does not tell classes apart"),
    ] {
      let run = run("m = load \"\(try folder.write("broken.model", text))\"")
      #expect(run.report.contains(message), "\(message): \(run.report)")
    }
    let run = run("save [1, 2] to=\"\(folder("x.model"))\"")
    #expect(run.report.contains("a vector can't be written as .model, which takes a model"))
  }

  private static let two = """
    solver_type L2R_L2LOSS_SVC_DUAL
    nr_class 2
    label 7 -1
    nr_feature 4
    bias 1
    w
    0.85085014908720691 
    0.98525910978865427 
    -1.3778679827525298 
    -1.8723788918395721 
    1.706906392210632 

    """

  private static let three = """
    solver_type MCSVM_CS
    nr_class 3
    label 1 2 3
    nr_feature 4
    bias 2
    w
    0.52848262907514387 0.14886876215578437 -0.67735139123091859 
    0.71537204107034191 0.21012199992334588 -0.92549404099368382 
    -1.3309323371847266 -0.17932377085728052 1.5102561080420183 
    -0.82564256491584376 -0.74269186597489578 1.5683344308907354 
    0.49031878874916573 0.66592443208316421 -1.1562432208323346 

    """
}

extension String {
  /// What stands before a part.
  fileprivate func cut(before part: String) -> String {
    firstRange(of: part).map { String(self[..<$0.lowerBound]) } ?? self
  }
}
