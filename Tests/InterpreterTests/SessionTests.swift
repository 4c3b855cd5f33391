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

  @Test func aNewVersionMakesStale() {
    let test = TestSession()
    test.run("d = 1\nW = d + 1\nx = W + 1\ny = 5")
    #expect(test.session.staleNames == [])
    test.run("d = 2")
    #expect(test.session.staleNames == ["W"])
    test.run("W = d + 1")
    #expect(test.session.staleNames == ["x"])
    test.run("x = W + 1")
    #expect(test.session.staleNames == [])
  }

  @Test func anUpdateMakesNothingStale() {
    let test = TestSession()
    test.run("d = [1, 2]\nW = d + 1\nd = d - 1\nd += 1\nd[0] = 3")
    #expect(test.session.staleNames == [])
  }

  @Test func readingInsideAFunctionCounts() {
    let test = TestSession()
    test.run("d = 1\nfn f() { return d }\nW = f()\nd = 2")
    #expect(test.session.staleNames == ["W"])
    test.run("W = f()\nfn f() { return 0 }")
    #expect(test.session.staleNames == ["W"])
  }

  @Test func shadowingAFunctionMakesNothingStale() {
    let test = TestSession()
    test.run("a = sum([1, 2])\nsum = 3")
    #expect(test.session.staleNames == [])
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
    #expect(test.session.entries == ["x = 1", "nowhere"])
  }
}
