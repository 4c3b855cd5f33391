import TestSupport
import Testing

@testable import Commands

/// `m.support`: the row numbers of the support vectors. The numbers are scikit-learn's, printed by
/// support_vectors.py.
@Suite struct SupportTests {
  /// Two classes of iris, with the b that SVC has: not part of the penalty.
  @Test(arguments: [
    (
      "0.1",
      "[0, 1, 2, 4, 5, 6, 8, 13, 15, 16, 18, 20, 22, 23, 25, 26, 27, 28, 33, 34, 35, 36, 37, "
        + "40, 41, 51, 53, 56, 60, 61, 63, 64, 66, 69, 71, 73, 76, 77, 79, 83, 84, 87, 88, 89, "
        + "91, 92, 95, 96, 97, 99]"
    ),
    (
      "1",
      "[2, 6, 13, 16, 18, 20, 22, 26, 27, 33, 34, 56, 60, 69, 73, 76, 77, 79, 83, 88, 96, 97, 99]"
    ),
    ("100", "[20, 22, 27, 33, 69, 76, 77, 79, 83, 88]"),
  ])
  func binaryAgainstSVC(C: String, rows: String) {
    let run = run(
      """
      iris = load "iris"
      d = dataset(iris.X[50:150], iris.y[50:150] - 1)
      m = train d reduction=binary solver=newton C=\(C) tolerance=1e-9 iters=100000
      expected = \(rows)
      print(len(m.support), all(m.support == expected))
      """)
    #expect(
      run.shown.last == "\(rows.split(separator: ",").count) true", "\(run.text)\(run.report)")
  }

  @Test(arguments: [
    (
      "one-vs-rest",
      "[1, 3, 8, 9, 12, 13, 20, 24, 25, 29, 30, 34, 35, 38, 41, 45, 50, 51, 52, 53, 54, 55, 56, "
        + "57, 58, 59, 60, 61, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, "
        + "79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, "
        + "101, 102, 103, 104, 105, 106, 107, 108, 110, 111, 112, 113, 116, 118, 119, 122, 123, "
        + "125, 126, 127, 128, 129, 130, 131, 132, 133, 134, 135, 137, 138, 139, 141, 142, 146, "
        + "147, 149]"
    ),
    (
      "crammer-singer",
      "[24, 41, 53, 54, 55, 56, 59, 63, 64, 66, 68, 70, 72, 77, 78, 79, 83, 84, 87, 90, 98, 110, "
        + "119, 123, 125, 126, 127, 129, 131, 133, 138, 141, 147, 149]"
    ),
  ])
  func severalClassesAgainstLinearSVC(reduction: String, rows: String) {
    let run = run(
      """
      iris = load "iris"
      d = add-bias iris
      m = train d reduction=\(reduction) solver=dual C=1 tolerance=1e-9 iters=100000
      expected = \(rows)
      print(len(m.support), all(m.support == expected))
      """)
    #expect(
      run.shown.last == "\(rows.split(separator: ",").count) true", "\(run.text)\(run.report)")
  }

  /// One feature, and W of the caller's choice: margins by hand. With cost, the required margins
  /// are
  /// those of the true class's row.
  @Test func marginsByHand() {
    let run = run(
      """
      d = dataset([[1], [2], [0.5], [-1], [1]], [1, 1, 1, 0, 0])
      n = train d init=[[-0.5, 0.5]] iters=1 lr=1e-12
      print n.support
      c = train d init=[[-0.5, 0.5]] iters=1 lr=1e-12 loss=structured cost=[[0, 3], [0.25, 0]]
      print c.support
      z = train d init=[[-0.5, 0.5]] iters=1 lr=1e-12 class-weights=[0, 1]
      print z.support
      """)
    // s_y − s_j: 1 2 0.5 1 −1; required: 1 of all, or 0.25 of class 1 and 3 of class 0.
    #expect(run.shown.filter { $0.hasPrefix("[") } == ["[0 2 3 4]", "[3 4]", "[0 2]"])
    #expect(run.status == 0, "\(run.report)")
  }

  @Test func whereThereAreNone() throws {
    let smooth = run(
      "d = synth blobs n=40 d=2 classes=2\nm = train d loss=logistic iters=3\nm.support")
    #expect(smooth.report.contains("has no margin beyond which a sample has no effect"))
    try TemporaryFolder().whileCurrent {
      let read = run(
        "d = synth blobs n=40 d=2 classes=2\nm = train d iters=3\nsave m to=\"m.json\"\n"
          + "m = load \"m.json\"\nm.support")
      #expect(read.report.contains("help: a model that was read from a file does not: train it"))
    }
  }
}
