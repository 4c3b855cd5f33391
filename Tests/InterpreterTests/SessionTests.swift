import Testing

@testable import Interpreter

@Suite struct SessionTests {
  // MARK: Random streams

  @Test func aLineElsewhereShiftsNothing() {
    let plain = run("a = draw()\nb = draw()\nprint a b").text
    #expect(
      run("print 1;\nc = draw()\na = draw()\nx = [draw(), 1]\nb = draw()\nprint a b").text
        .hasSuffix(plain))
  }

  @Test func aLineWithTheSameKeyShifts() {
    let once = run("a = draw()\nprint a").text
    let twice = run("a = draw()\nprint a\na = draw()\nprint a").shown
    #expect(twice[0] == once)
    #expect(twice[1] != once)
  }

  @Test func aSeedRestartsTheCounts() {
    let run = run("a = draw()\nprint a\nseed 0\na = draw()\nprint a\nseed 1\na = draw()\nprint a")
    #expect(run.shown[0] == run.shown[1])
    #expect(run.shown[0] != run.shown[2])
  }

  @Test func aStatementDrawsInOrder() {
    let loop = run("v = zeros(2)\nfor i in range(2) { v[i] = draw() }\nprint (v[0] == v[1])")
    #expect(loop.text == "false")
    // The functions that it calls draw from the same stream.
    let direct = run("a = [draw(), draw()]\nprint a[1]").text
    #expect(run("fn f() { return draw() }\na = [draw(), f()]\nprint a[1]").text == direct)
  }

  @Test func theKeyIsTheFirstNameAssigned() {
    #expect(run("a = draw()\nprint a").text == run("a, b = draw(), 1\nprint a").text)
    #expect(run("if true { a = draw() }\nprint a").text == run("a = draw()\nprint a").text)
  }

  // MARK: Staleness

  /// Lines, each with the names that are stale after it.
  @Test(arguments: [
    // A new version makes stale what was made from the one before, until it is made anew.
    [
      ("d = 1\nW = d + 1\nx = W + 1\ny = 5", []), ("d = 2", ["W", "x"]), ("W = d + 1", ["x"]),
      ("x = W + 1", []),
    ],
    // An update reads what it changes.
    [("d = [1, 2]\nW = d + 1\nd = d - 1\nd += 1\nd[0] = 3", [])],
    // Reading inside a function counts.
    [
      ("d = 1\nfn f() { return d }\nW = f()\nd = 2", ["W"]),
      ("W = f()\nfn f() { return 0 }", ["W"]),
    ],
    // The same value again changes nothing.
    [("d = 1\nW = d + 1\nd = 2", ["W"]), ("d = 1", [])],
    // A name that hides a function is no version of it.
    [("a = sum([1, 2])\nsum = 3", [])],
  ])
  func staleness(steps: [(line: String, stale: [String])]) {
    let test = TestSession()
    for (line, stale) in steps {
      test.run(line)
      #expect(test.session.stale.map(\.name) == stale, "\(line)")
    }
  }

  // MARK: Names

  @Test func namesInTheOrderOfTheText() {
    let test = TestSession()
    test.run("b = 1\na = 2\n5")
    #expect(test.session.assignedNames == ["b", "a"])
    test.run("forget b")
    #expect(test.session.assignedNames == ["a"])
  }

  @Test func entriesAreKept() {
    let test = TestSession()
    #expect(test.session.runEntry("x = 1") == 0)
    #expect(test.session.runEntry("nowhere") == 3)
    #expect(test.session.entries.map(\.text) == ["x = 1", "nowhere"])
  }
}
