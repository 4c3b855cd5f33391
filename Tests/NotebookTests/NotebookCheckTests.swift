import Commands
import Interpreter
import Language
import Testing
import Text

@testable import Notebook

/// Scripts whose recorded outputs are compared with what they show.
@Suite struct NotebookCheckTests {
  private func check(_ text: String) -> NotebookCheck {
    NotebookCheck(text, name: "t.svm", catalog: CommandCatalog.standard)
  }

  private static let script = """
    ## # Title
    seed 1
    x = [1, 2, 3] / 7
    x
    #> [0.142857 0.285714 0.428571]
    sum(x); x * 2
    #> 0.8571428571428571
    #> [0.285714 0.571429 0.857143]
    for i in range(3) { print i }
    #> 0
    #> 1
    #> 2
    timeit sum(x)
    #> sum(x): 3 ms
    plot-ascii [1, 3, 2, 4] kind=bars title="bars"
    #> …
    print "done"
    #> done

    """

  @Test func whatIsAsRecordedPasses() {
    let check = check(Self.script)
    #expect(check.status == 0, "\(check.difference)")
    #expect(check.difference.isEmpty && check.updated == Self.script)
    #expect(check.remarks == ["t.svm: 6 outputs as recorded"])
  }

  /// A changed digit, a changed word, a line too few and a line too many.
  @Test(arguments: [
    ("#> [0.142857 0", "#> [0.142957 0", "-#> [0.142957 0.285714 0.428571]"),
    ("#> done", "#> Done", "-#> Done"), ("#> 1\n", "", "+#> 1"),
    ("#> 2\n", "#> 2\n#> 3\n", "-#> 3"),
    ("#> 1\n", "#> 2\n", "-#> 2"), ("#> done\n", "", "+#> done"),
    ("#> sum(x): 3 ms", "#> sum(y): 3 ms", "-#> sum(y): 3 ms"),
  ])
  func whatDiffersIsFound(now: String, before: String, line: String) {
    let wrong = Self.script.replacing(now, with: before, maxReplacements: 1)
    let check = check(wrong)
    #expect(check.status == 1)
    #expect(check.difference.hasPrefix("--- t.svm\n+++ t.svm, as it is now\n@@ -"))
    #expect(check.difference.contains("\n" + line), "\(check.difference)")
    #expect(check.remarks == ["t.svm: 1 of 6 outputs differs"])
    // An update writes what is true, and changes no other line.
    #expect(self.check(check.updated).status == 0)
    func others(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { !$0.hasPrefix("#>") }
    }
    #expect(others(check.updated) == others(Self.script))
    let changed = check.updated.split(separator: "\n").filter { !wrong.contains($0) }
    #expect(changed.count <= 1, "\(changed)")
  }

  /// Output that is recorded where there is none.
  @Test func whatIsNotShownIsTakenOut() {
    let check = check("seed 1\n#> x\nprint 1\n#> 1\n")
    #expect(check.status == 1 && check.updated == "seed 1\nprint 1\n#> 1\n")
  }

  @Test func whatFollowsQuitIsKept() {
    let check = check("print 1\n#> 1\nquit\nprint 2\n#> 3\n")
    #expect(check.status == 1 && check.difference.isEmpty)
    #expect(check.remarks.first?.hasPrefix("t.svm:3: the run ended here, 1 recorded") == true)
    #expect(self.check("print 1\n#> 1\nquit\n").status == 0)
  }

  /// Bits of single precision are those of one machine.
  @Test func singlePrecisionNeedsATolerance() {
    let script = """
      d = synth blobs n=20 seed=1;
      if true { m = train d iters=2 precision=single }
      print "done"
      #> done

      """
    let check = check(script)
    #expect(check.status == 1 && check.remarks.first?.hasPrefix("t.svm:2: single") == true)
    #expect(self.check("#~ rel=1e-3\n" + script).status == 0)
    #expect(self.check(script.replacing("single", with: "double")).status == 0)
  }

  /// `patch` takes the difference.
  @Test func theHeadsOfHunksCountLines() {
    let lines = (0..<30).map { "print \($0)\n#> \($0)" }.joined(separator: "\n") + "\n"
    let wrong = lines.replacing("#> 2\n", with: "#> 7\n").replacing("#> 20\n", with: "")
    let difference = check(wrong).difference
    #expect(
      difference.contains("\n@@ -3,7 +3,7 @@\n") && difference.contains("\n@@ -39,6 +39,7 @@\n"))
  }

  @Test func tolerances() {
    #expect(check("1 / 3\n#> 0.3333333333333\n").status == 0)
    #expect(check("1 / 3\n#> 0.3334\n").status == 0)  // One unit in the last place.
    #expect(check("1 / 3\n#> 0.3335\n").status == 1)
    #expect(check("1000001\n#> 1000000\n").status == 0)  // 1e-6 of it.
    #expect(check("3073\n#> 3072\n").status == 1)  // A whole number counts in each digit.
    #expect(check("#~ rel=1e-3\n3073\n#> 3072\n").status == 0)
    #expect(check("1\n#> 1\n#~ rel=0.1\n110\n#> 100\n110\n#> 100\n").status == 1)
    // Above the first statement, it is for the whole file.
    #expect(check("#~ rel=0.1\n1\n#> 1\n110\n#> 100\n").status == 0)
    #expect(check("#~ abs=2\n3\n#> 1.5\n").status == 0)
    #expect(check("print \"patches10\"\n#> patches11\n").status == 1)
    #expect(check("nan\n#> nan\n").status == 0)
    #expect(check("1e-7\n#> 1.1e-07\n").status == 0)
    let wrong = check("#~ tolerance=3\n1\n#> 1\n")
    #expect(wrong.status == 2 && wrong.errors.count == 1)
  }

  @Test func dotsStandForAnything() {
    #expect(check("print \"a 12 b\"\n#> a … b\n").status == 0)
    #expect(check("print \"a 12 b\"\n#> a … c\n").status == 1)
    #expect(check("for i in range(9) { print i }\n#> 0\n#> …\n#> 8\n").status == 0)
    #expect(check("for i in range(9) { print i }\n#> 0\n#> …\n#> 7\n").status == 1)
    #expect(check("x = 1\n#> …\n").status == 0)
  }

  @Test func anErrorIsRecordedLikeAnyOutput() {
    let script = """
      print 1
      #> 1
      zeros(2) + zeros(3)
      #> error: the shapes of '+' don't fit: a vector of 2 and a vector of 3

      """
    #expect(check(script).status == 0)
    let goesOn = check(script + "print 2\n#> 2\n")
    #expect(goesOn.status == 1 && goesOn.difference.isEmpty)
    #expect(goesOn.remarks.first?.hasPrefix("t.svm:3: the run ended here") == true)
    // What follows keeps what it had.
    let other = check(script.replacing("don't fit", with: "fit") + "print 2\n#> 3\n")
    #expect(other.updated == script + "print 2\n#> 3\n")
  }

  @Test func aFailedExpectationIsRecorded() {
    let check = check("print 1\n#> 1\nexpect 1 > 2\n")
    #expect(check.updated.contains("#> error: expect failed: 1 > 2\n#>   left:  1\n"))
    #expect(check.runErrors == 1)
    #expect(self.check(check.updated).status == 0)
  }

  @Test func withoutRecordsItMustRun() {
    #expect(check("print 1\n").status == 0)
    #expect(check("print 1\n").updated == "print 1\n#> 1\n")
    #expect(check("nowhere\n").status == 3)
    #expect(check("x = (\n").status == 2)
    #expect(check("").status == 0)
  }

  @Test func linesKeepTheirEnds() {
    #expect(check("x = 3\r\nx\r\n#> 4\r\n").updated == "x = 3\r\nx\r\n#> 3\r\n")
    #expect(check("print 1").updated == "print 1\n#> 1")
    #expect(check("\u{FEFF}print 1\n#> 2\n").updated == "\u{FEFF}print 1\n#> 1\n")
    #expect(check("print \"漢字\"\n#> 漢字\n").status == 0)
    #expect(check("print \"\"\n#>\n").status == 0)
  }
}
