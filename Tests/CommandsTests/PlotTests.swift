import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine
import Testing

@testable import Commands

/// What `plot-ascii` draws for its operands and options.
@Suite struct PlotTests {
  /// After other characters were asked for, `auto` brings those of the output back.
  @Test func autoIsTheCanvasOfTheOutput() {
    let plot = "plot-ascii [1, 3, 2]\n"
    let usual = run(plot).text
    #expect(run("set canvas=ascii\n" + plot).text != usual)
    #expect(run("set canvas=ascii\nset canvas=auto\n" + plot).text == usual)
  }

  /// Two lines that cross at 25: the one begins at the top, the other ends there.
  @Test func vectorsOverAnAxisAreACurveEach() {
    for line in ["plot-ascii a b x=range(50) kind=line", "plot-ascii a b x=range(50)"] {
      let run = run(
        "a = arange(50)\nb = 49 - a\n\(line) labels=[\"up\", \"down\"] canvas=ascii width=60")
      #expect(run.status == 0, "\(run.report)")
      #expect(run.text.contains("up") && run.text.contains("down"), "\(run.text)")
      // Each of the columns has marks of both; a against b would be one falling line.
      let rows = run.text.split(separator: "\n").filter {
        $0.contains("┤") || $0.contains("│") || $0.contains("|")
      }
      let top = rows.first ?? ""
      let marks = top.drop { !"┤|│".contains($0) }.dropFirst()
      #expect(marks.first { $0 != " " } != nil && marks.last { $0 != " " } != nil)
      #expect(marks.filter { $0 != " " }.count >= 2, "\(run.text)")
    }
    let wrong = run("a = [1, 2]\nplot-ascii a a x=range(3)")
    #expect(wrong.report.contains("x has 3 numbers, and a curve has 2"))
    let names = run("a = [1, 2]\nplot-ascii a a kind=line labels=[\"a\"]")
    #expect(names.report.contains("'labels' has 1 name, and there are 2 curves"))
  }

  private static let histories = """
    d = synth blobs n=100 d=3 classes=3 seed=1
    m = train d lr=0.01 iters=40 seed=1
    n = train d lr=0.1 iters=40 seed=1

    """

  @Test func historiesLieOverOneAnother() {
    let run = run(
      Self.histories + "plot-ascii m.history n.history labels=[\"slow\", \"fast\"] canvas=ascii")
    #expect(run.status == 0, "\(run.report)")
    for text in ["slow", "fast", "iteration", "loss"] {
      #expect(run.shown.last?.contains(text) == true, "\(run.text)")
    }
    let mixed = another(Self.histories + "a = [1, 2]\nplot-ascii m.history a")
    #expect(mixed.report.contains("histories are drawn over one another"))
  }

  /// One sample to a batch: the losses jump between 0 and their largest.
  @Test func noisyLossesHaveTheirRunningMean() {
    let noisy = run(
      "d = synth blobs n=100 d=3 classes=3 noise=4 seed=1\n"
        + "m = train d lr=1e-3 iters=400 batch=1 seed=1\nplot-ascii m.history canvas=ascii")
    #expect(noisy.shown.last?.contains("running mean of 41") == true, "\(noisy.text)")
    let smooth = run(
      "d = synth blobs n=100 d=3 classes=3 seed=1\n"
        + "m = train d lr=1e-3 iters=400 batch=100 seed=1\nplot-ascii m.history canvas=ascii")
    #expect(smooth.shown.last?.contains("running mean") == false, "\(smooth.text)")
  }

  @Test(arguments: [
    ("plot-ascii [1, 2, 3] samples=3", "samples"),
    ("plot-ascii [1, 2, 3] color=[0, 1, 0]", "color"),
    ("plot-ascii [[1, 2], [3, 4]] x=[1, 2]", "x"), ("plot-ascii [[1, 2], [3, 4]] log=y", "log"),
    ("plot-ascii m.history x=[1, 2]", "x"), ("plot-ascii m.history y=[1, 2]", "y"),
    ("plot-ascii m kind=heatmap shape=[1, 3]", "shape"), ("plot-ascii d samples=3", "samples"),
    ("plot-ascii d kind=bars x=0", "x"), ("plot-ascii d labels=[\"a\", \"b\"]", "labels"),
    ("a = [1, 2]\nplot-ascii a a shape=[1, 2]", "shape"),
    ("plot-ascii [1, 2] kind=bars log=y", "log"),
    ("plot-ascii m.history n.history color=[1, 2]", "color"),
    ("plot-ascii evaluation samples=3", "samples"),
  ])
  func noOptionIsIgnored(_ line: String, _ option: String) {
    let run = run(
      Self.histories + "evaluation = evaluate m on=d\n" + line)
    #expect(run.status == 3, "\(line): \(run.text)")
    #expect(run.report.contains("'\(option)' means nothing for this plot"), "\(run.report)")
    #expect(run.report.contains("leave out `\(option)=`"))
  }

  /// Of iris' features the petals' separate the species best: Fisher's ratios by scipy's f_oneway
  /// are 119, 49, 1180 and 960.
  @Test func aTableIsDrawnByTheFeaturesThatSeparateItsClasses() {
    let run = run("iris = load \"iris\"\nplot-ascii iris")
    #expect(run.shown.last?.contains("petal_length") == true, "\(run.text)")
    #expect(run.shown.last?.contains("petal_width") == true)
    #expect(run.shown.last?.contains("the two features that separate the classes best") == true)
    for name in ["setosa", "versicolor", "virginica"] {
      #expect(run.shown.last?.contains(name) == true)
    }
    let chosen = another("iris = load \"iris\"\nplot-ascii iris x=\"sepal_length\" y=1")
    #expect(chosen.shown.last?.contains("sepal_length") == true)
    #expect(chosen.shown.last?.contains("sepal_width") == true)
    #expect(chosen.shown.last?.contains("separate") == false)
  }

  /// A gray picture of 8 × 8 between 120 and 126, darker to the left.
  @Test func aPictureOfLittleContrastIsStretchedInAPipe() {
    let run = run(
      "v = 120 + arange(64) % 8 * 6 / 7\nplot-ascii v kind=image shape=[8, 8]")
    #expect(Set(run.shown.last ?? "").subtracting(["\n", " "]).count >= 4, "\(run.text)")
  }

  /// Points by hand, a line by hand: f = x − 2 is 0 at x = 2, and ±1 at 1 and 3.
  private static let plane = """
    X = [[0, 0], [1, 4], [4, 0], [3, 4], [0, 4], [4, 4], [2.5, 2]]
    d = dataset(X, [-1, -1, 1, 1, -1, 1, 1])
    d = add-bias d
    m = train d reduction=binary init=[1, 0, -2] lr=1e-12 iters=1

    """

  @Test func aLineBetweenTwoClasses() {
    for operands in ["d m", "m d"] {
      let run = run(
        Self.plane + "plot-ascii \(operands) canvas=ascii width=43 height=20\nprint m.support")
      #expect(run.status == 0, "\(run.report)")
      // (1, 4), (3, 4) are on the margin, (2.5, 2) inside.
      #expect(run.shown.last == "[1 3 6]")
      let plot = run.shown.dropLast().last ?? ""
      for key in ["o -1", "x 1", "O X 3 support vectors", "# f = 0", ". margins, f = -1 and 1"] {
        #expect(plot.contains(key), "\(plot)")
      }
      let rows = plot.split(separator: "\n").filter { $0.contains("|") || $0.contains("+") }
        .filter { !$0.contains("--") }
        .map { $0[($0.firstIndex { "|+".contains($0) } ?? $0.startIndex)...].dropFirst() }
      // Marks of the points at y = 4, from the left: classes by letters, support vectors large.
      #expect((rows.first ?? "").filter { !" .#".contains($0) } == "oOXx", "\(plot)")
      // The line is upright: one column has a mark in every row of the plot.
      let columns = rows.map { row in
        Set(row.enumerated().filter { $1 == "#" }.map(\.offset))
      }
      #expect(Set(columns).count == 1 && columns.first?.count == 1, "\(plot)")
      let dots = rows.map { $0.count { $0 == "." } }
      #expect(dots.contains(2) && dots.contains(0), "\(plot)")
    }
  }

  /// The same line in raw numbers, of a model that learned from standardized data: f of each row is
  /// the difference of its scores, whichever numbers the data have.
  @Test func aLineInTheNumbersOfTheData() throws {
    let session = TestSession()
    let run = session.run(
      """
      d = synth blobs n=60 d=2 classes=2 seed=3
      s = standardize d
      s = add-bias s
      m = train s reduction=binary solver=dual C=1
      f = scores(m, s)
      c = center d
      """)
    #expect(run.status == 0, "\(run.report)")
    func object<T>(_ name: String) throws -> T {
      guard case .object(let box)? = session.session.value(of: name) else {
        throw Failure("no \(name)")
      }
      return try #require(box.object as? T)
    }
    let model: LinearClassifier = try object("m")
    guard case .array(let scores)? = session.session.value(of: "f"), scores.count == 60 else {
      Issue.record("no scores")
      return
    }
    for name in ["d", "c", "s"] {
      let data: Dataset = try object(name)
      let plane = try DecisionPlane(model, data)
      let X = try data.features.matrix()
      for i in 0..<60 {
        let f = plane.slopes[0] * X[i, 0] + plane.slopes[1] * X[i, 1] + plane.level
        #expect(abs(f - scores.pointer[i]) < 1e-9, "\(name) \(i)")
      }
    }
  }

  @Test func whereThereIsNoLine() {
    let many = run(Self.histories + "plot-ascii d m")
    #expect(many.report.contains("a line is drawn between 2 classes of 2 features"))
    let smooth = run(
      "d = synth blobs n=40 d=2 classes=2 seed=1\nm = train d loss=logistic iters=5\n"
        + "plot-ascii d m canvas=ascii")
    #expect(smooth.shown.last?.contains("f = 0") == true, "\(smooth.text)")
    #expect(smooth.shown.last?.contains("margins") == false, "\(smooth.text)")
    let far = run(
      Self.plane + "n = train d reduction=binary init=[1, 0, -20] lr=1e-12 iters=1\n"
        + "plot-ascii d n canvas=ascii width=60")
    #expect(far.shown.last?.contains("outside of the plot: f = 0, f = -1, f = 1") == true)
  }

  /// Losses above accuracies, each with its own scale over the same axis.
  @Test func validationAccuraciesHaveAPanel() {
    let run = run(
      "d = synth blobs n=100 d=3 classes=3 seed=1\n"
        + "m = train d lr=0.01 iters=200 batch=20 seed=1 val=d\n"
        + "plot-ascii m.history canvas=ascii width=70\nprint m.history.val_accuracy")
    #expect(run.status == 0, "\(run.report)")
    let plot = run.shown.dropLast().last ?? ""
    let lines = plot.split(separator: "\n", omittingEmptySubsequences: false)
    let loss = lines.firstIndex(of: "loss")
    let accuracy = lines.firstIndex(of: "validation accuracy")
    #expect(loss != nil && accuracy != nil && (loss ?? 0) < (accuracy ?? 0), "\(plot)")
    #expect(lines.count { $0.contains("iteration") } == 1)
    // Both plots begin in the same column, and their marks below are the same.
    let floors = lines.filter { $0.contains("--") }
    #expect(floors.count == 2 && floors.first == floors.last, "\(plot)")
  }
}

/// As `run`, which in a test is the name of what was run.
private func another(_ code: String) -> Run { run(code) }
