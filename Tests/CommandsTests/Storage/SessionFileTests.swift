import Interpreter
import LinearAlgebra
import TestSupport
import Testing

@testable import Commands

/// A session comes back from its file as it was.
@Suite(.serialized) struct SessionFileTests {
  private static let code = """
    seed 7
    set layout=columns precision=single digits=5
    images = load "digits"
    d = split images train=1000 val=200 test=200
    m = train d.train val=d.val lr=1e-4 iters=20
    # A function.
    fn f(x, k=[1, 2]) { return x * k + a }
    g = fn(x) => f(x) + a
    a = rand(3)
    l = [m, d.train, {"w": m.W}]
    answer "q1" "because"
    expect 1 == 1 points=2
    expect 1 == 1
    """

  private func differences(_ a: Session, _ b: Session) -> [String] {
    var found: [String] = []
    if a.assignedNames != b.assignedNames { found.append("names") }
    for name in a.assignedNames + ["_"] {
      guard let x = a.peek(name), let y = b.peek(name) else {
        if (a.peek(name) == nil) != (b.peek(name) == nil) { found.append(name) }
        continue
      }
      if let difference = Sameness.difference(x, y) { found.append("\(name)\(difference)") }
    }
    if let difference = Sameness.difference(a.settings, b.settings) { found.append(difference) }
    if a.seed != b.seed { found.append("seed") }
    if a.display.digits != b.display.digits { found.append("digits") }
    if a.display.samplesAreColumns != b.display.samplesAreColumns { found.append("layout") }
    if a.answers.map(\.text) != b.answers.map(\.text) { found.append("answers") }
    if Sameness.difference(a.expectations, b.expectations) != nil { found.append("expectations") }
    return found
  }

  @Test func everythingComesBack() throws {
    try TemporaryFolder().whileCurrent {
      let first = TestSession()
      first.session.runEntry(Self.code)
      first.session.runEntry("a + 1")
      let saved = first.run("save-session to=\"s.svmsession\"")
      #expect(saved.shown[0].hasPrefix("saved 7 names, 2 entries to s.svmsession: "))
      let second = TestSession()
      second.run("gone = 1; images = 2")
      #expect(second.run("load-session \"s.svmsession\"").shown == ["7 names, 2 entries"])
      #expect(differences(first.session, second.session) == [])
      #expect(second.session.entries == first.session.entries)
      // Both go on to the same bits.
      for line in ["a = rand(5)", "m = resume m iters=5", "z = g(2)", "b = randn(4)"] {
        #expect(first.run(line).report == second.run(line).report)
      }
      #expect(differences(first.session, second.session) == [])
      _ = second.run("set layout=rows precision=double digits=8")
    }
  }

  @Test func theRunningEntryStaysTheLast() throws {
    try TemporaryFolder().whileCurrent {
      let session = TestSession()
      for entry in ["x = 1", "save-session to=\"s\"", "x = 2", "load-session \"s\""] {
        session.session.runEntry(entry)
      }
      #expect(
        session.session.entries.map(\.text) == [
          "x = 1", "save-session to=\"s\"", "load-session \"s\"",
        ])
      #expect(session.session.entries.map(\.number) == [1, 2, 4])
    }
  }

  @Test func whatCantBeStoredIsSaid() throws {
    try TemporaryFolder().whileCurrent {
      let session = TestSession()
      let run = session.run(
        "p = plot-ascii [1, 2]\nl = [1, p]\nx = 3\nsave-session to=\"s\"")
      #expect(run.status == 0)
      #expect(run.errors.count == 2)
      #expect(run.errors[0].contains("'p' is not in the file: a plot can't be stored"))
      #expect(run.text.contains("saved 1 name, 0 entries to s: "))
      #expect(session.run("load-session \"s\"\nprint x").shown.last == "3")
      #expect(session.session.assignedNames == ["x"])
    }
  }

  /// A damaged file, one of another kind, and none: the session stays as it was.
  @Test func otherFilesAreRefused() throws {
    let folder = try TemporaryFolder()
    try folder.whileCurrent {
      let session = TestSession()
      session.run("x = [1, 2]\nf = fn(y) => y + 1\nsave-session to=\"s\"")
      let bytes = try TemporaryFolder.bytes("s")
      session.run("x = 5")
      func isRefused(_ bytes: [UInt8]) throws -> Bool {
        try folder.write("other", bytes)
        let run = session.run("load-session \"other\"")
        return run.status == 4 && run.errors.count == 1
          && run.errors[0].contains("other: is no saved session, or damaged: ")
      }
      for place in bytes.indices {
        var damaged = bytes
        damaged[place] ^= 4
        #expect(try isRefused(damaged))
      }
      for count in stride(from: 0, to: bytes.count, by: 7) {
        #expect(try isRefused(Array(bytes[..<count])))
      }
      #expect(try isRefused(Array("x = 1\n".utf8)) && isRefused(bytes + bytes))
      let none = session.run("load-session \"none\"")
      #expect(none.status == 4 && none.report.contains("none: can't be read: No such file"))
      #expect(session.run("load-session \".\"").status == 4)
      #expect(session.run("print x f(1)").shown == ["5 2"])
      let full = session.run("save-session to=\"/dev/full\"")
      #expect(full.status == 4 && full.report.contains("No space left on device"))
    }
  }

  /// Loading runs nothing: what a function's text would do happens only when it is called.
  @Test func loadingRunsNoCode() throws {
    try TemporaryFolder().whileCurrent {
      let first = TestSession()
      first.run("fn f(x=rand()) { print \"ran\"; save 1 to=\"made.csv\"; return x }")
      first.run("save-session to=\"s\"")
      let second = TestSession()
      let run = second.run("load-session \"s\"")
      #expect(run.shown == ["1 name, 0 entries"] && run.errors.isEmpty)
    }
  }
}
