import TestSupport
import Testing

@testable import Commands

/// Warnings about data, each of which comes once, and what `describe` finds.
@Suite struct DataWarningTests {
  /// The warnings of a text.
  private func warnings(_ code: String) -> [String] {
    run(code).errors.map {
      String($0.split(separator: "\n").first ?? "")
    }
  }

  @Test func partsThatLackAClass() {
    let found = warnings(
      """
      iris = load "iris"
      d = split iris train=100 test=50
      d = split iris train=100 test=50
      """)
    #expect(
      found == [
        "warning: train has no sample of virginica; test has no sample of setosa, versicolor"
      ])
    #expect(
      warnings("iris = load \"iris\"\nd = split iris test=0.3 stratify=true shuffle=true").isEmpty)
  }

  @Test func rowsInTrainAndTest() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      let rows = (0..<20).map { "\($0),\($0 * $0),\($0 % 2)\n" }
      _ = try folder.write("train.csv", rows.joined())
      _ = try folder.write("test.csv", rows.prefix(3).joined() + "7,7,1\n")
      _ = try folder.write("other.csv", "100,1,0\n101,2,1\n")
      #expect(
        warnings("d = load \"train.csv\" test=\"test.csv\"")
          == ["warning: 3 rows of the 4 in test are in train, too"])
      #expect(warnings("d = load \"train.csv\" test=\"other.csv\"").isEmpty)
      let text = run("d = load \"train.csv\" test=\"test.csv\";\ndescribe d").text
      #expect(text.contains("3 rows of test are in train, too"), "\(text)")
    }
  }

  @Test func picturesThatAreNotCentered() {
    #expect(
      warnings(
        """
        d = synth images n=40 seed=1
        m = train d iters=1 batch=10
        m = train d iters=1 batch=10
        c = center d
        m = train c iters=1 batch=10
        """) == ["warning: the pictures are not centered"])
  }

  @Test func scalesThatAreFarApart() {
    let found = run(
      """
      d = dataset([[1, 100000], [2, 300000], [1.5, 200000]], [0, 1, 1])
      m = train d iters=1 batch=2 lr=1e-12
      m = train d iters=1 batch=2 lr=1e-12
      s = standardize d
      m = train s iters=1 batch=2
      e = dataset([[1, 1000], [2, 3000]], [0, 1])
      m = train e iters=1 batch=2 lr=1e-12
      """
    ).errors
    // Deviations of 0.408 and 81 650.
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.contains("differ by 2e+05: feature 1 against feature 0") == true)
    #expect(found.first?.contains("`standardize`") == true)
  }

  @Test func missingValuesAreNotTrainedOn() {
    let found = run(
      """
      d = dataset([[1, nan], [2, 3], [1.5, nan]], [0, 1, 1])
      m = train d iters=1 batch=2
      """)
    #expect(found.status != 0)
    #expect(
      found.report.contains("missing values: feature 1 2; the first one is in row 0, column 1"),
      "\(found.report)")
    #expect(found.report.contains("`fill-missing`"))
    let filled = run(
      """
      d = dataset([[1, nan], [2, 3], [1.5, nan]], [0, 1, 1])
      f = fill-missing d
      m = train f iters=1 batch=2
      """)
    #expect(filled.status == 0, "\(filled.report)")
  }

  @Test func whatDescribeFinds() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      let rows = (0..<60).map { "\($0),5,\($0),\($0 == 7 ? "" : "2\($0 % 2)"),\($0 % 3 / 2)\n" }
      _ = try folder.write("t.csv", "a,b,c,d,y\n" + rows.joined() + rows[0] + "1e6,5,1e6,20,0\n")
      let text = run("t = load \"t.csv\";\ndescribe t").text
      for line in [
        "    0  ████████████████████  42  67.7%", "    1  █████████▌            20  32.3%",
        "  missing   1 value in 1 feature: d", "  constant  1 feature with one value only: b",
        "  equal     1 feature the same as another one: c = a",
        "  repeated  1 row the same as an earlier one",
        "  outliers  2 values more than 6 deviations from the mean: a 1, c 1",
      ] {
        #expect(text.contains(line + "\n"), "\(line)\n\(text)")
      }
      let ascii = TestSession(display: .init(canvas: .ascii))
        .run("t = load \"t.csv\";\ndescribe t").text
      #expect(ascii.contains("    1  ##########            20  32.3%\n"), "\(ascii)")
    }
  }

  @Test func labelsThatStartAtOne() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      _ = try folder.write("one.svm", "1 1:2\n2 1:3\n3 1:5\n")
      _ = try folder.write("zero.svm", "0 1:2\n1 1:3\n2 1:5\n")
      let note = "labels 1 to 3 are numbered from 0"
      let one = run("d = load \"one.svm\"\nprint d.y d.classes").text
      #expect(one.contains(note) && one.hasSuffix("[0 1 2] [1 2 3]"), "\(one)")
      #expect(!run("d = load \"zero.svm\"").text.contains("numbered from 0"))
    }
  }

  @Test func namesOnTheAxes() {
    let plot = run("iris = load \"iris\";\nplot-ascii iris x=\"petal_length\" y=3").text
    #expect(plot.contains("petal_length") && plot.contains("petal_width"), "\(plot)")
    let histogram = run("iris = load \"iris\";\nplot-ascii iris kind=histogram x=\"sepal_width\"")
    #expect(histogram.text.contains("sepal_width"), "\(histogram.text)")
    let wrong = run("iris = load \"iris\";\nplot-ascii iris x=\"petal\"").report
    #expect(wrong.contains("there is no feature 'petal'"), "\(wrong)")
  }
}
