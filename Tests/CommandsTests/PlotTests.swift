import Testing

@testable import Commands

/// What `plot-ascii` draws for its operands and options.
@Suite struct PlotTests {
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
}

/// As `run`, which in a test is the name of what was run.
private func another(_ code: String) -> Run { run(code) }
