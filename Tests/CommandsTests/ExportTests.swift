import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Commands
@testable import Interpreter

/// Scripts that a session writes of itself.
@Suite struct ExportTests {
  /// Entries, whose exported script makes the value again in another session.
  @Test(arguments: [
    // A stream that two statements of its key have drawn from before.
    ("x = rand(3)\nx = rand(3)\nx = rand(3)", "x"),
    ("seed 4\nx = rand()\nseed 9\ny = rand()\nz = x + y", "z"),
    // What a function reads where it is called.
    ("k = 2\nfn f(u) { return u * k }\nk = 5\ny = f(3)", "y"),
    // A statement that failed after it had changed something.
    ("a = 1\nfor i in range(9) { a += i; b = [1, 2][i] }", "a"),
    ("d = synth blobs n=30 d=2\nm = train d iters=9 batch=5 schedule=cosine stop-after=4", "m"),
    ("set precision=single\nd = synth blobs n=30 d=2\nm = train d iters=9 batch=5", "m"),
    ("1 + 2\ny = _ * 2", "y"),
    ("x = \"a {1 + 1}\"\nset digits=3\ns = \"{[1 / 3, 2]}\"", "s"),
  ])
  func madeAgain(entries: String, name: String) throws {
    let first = TestSession()
    first.run(entries, keepGoing: true)
    let script = try first.session.script(making: [name])
    let again = TestSession()
    let run = again.run(script)
    #expect(run.status == 0, "\(script)\n\(run.report)")
    let (a, b) = (try #require(first.session.peek(name)), try #require(again.session.peek(name)))
    #expect(Sameness.difference(a, b) == nil, "\(script)")
  }

  /// Ctrl-C after so many updates.
  private final class Stop: ProgressDisplay {
    var after: Int?
    func begin(_ title: String, total: Int, unit: ProgressUnit) {}
    func update(step: Int, loss: Double?) {
      guard let limit = after, step >= limit else { return }
      after = nil
      Interruption.request()
    }
    func end() {}
  }

  private static let search = [
    "d = synth blobs n=60 d=3 classes=3 noise=0.4 seed=1",
    "g = tune d lr=[0.1, 0.01] batch=10 iters=40 ",
  ]

  /// Entries, of which those with a number are stopped after as many updates.
  private func ran(_ entries: [(code: String, stop: Int?)]) -> Session {
    let test = TestSession()
    let stop = Stop()
    test.session.progress = stop
    for (code, limit) in entries {
      stop.after = limit
      #expect(test.session.runEntry(code) == (limit == nil ? 0 : 130), "\(code)")
    }
    return test.session
  }

  /// A search that was stopped, and gone on with, is written as if nobody had stopped it.
  @Test(arguments: ["val=d", "folds=3"], ["g", "h"])
  func aSearchThatWasStopped(choice: String, name: String) throws {
    let begin = [(Self.search[0], nil), (Self.search[1] + choice, 5)] as [(String, Int?)]
    let undisturbed = ran([(Self.search[0], nil), (Self.search[1] + choice, nil)]).peek("g")
    for end in [
      [("\(name) = resume g", nil)], [("f = resume g", 3), ("\(name) = resume f", nil)],
    ] as [[(String, Int?)]] {
      let session = ran(begin + end)
      let script = try session.script(making: [name])
      #expect(!script.contains("resume"))
      let again = TestSession()
      let run = again.run(script)
      #expect(run.status == 0, "\(script)\n\(run.report)")
      let made = try #require(again.session.peek(name))
      #expect(Sameness.difference(made, try #require(undisturbed)) == nil, "\(script)")
      #expect(Sameness.difference(made, try #require(session.peek(name))) == nil, "\(script)")
    }
  }

  /// What was read of it before its end can't be made again.
  @Test(
    arguments: [
      ("g", []), ("x", [("x = len(g.lr)", nil), ("g = resume g", nil)]),
      ("h", [("h = resume g", 3)]),
      ("both", [("h = resume g", nil), ("both = [g, h]", nil)]),
    ] as [(String, [(String, Int?)])])
  func aSearchThatDidNotEnd(name: String, entries: [(String, Int?)]) throws {
    let session = ran([(Self.search[0], nil), (Self.search[1] + "val=d", 5)] + entries)
    #expect(throws: Failure.self) { try session.script(making: [name]) }
  }

  /// SVMREPL_EXPORTS is the number of values, which are those of examples of all verbs and
  /// functions.
  @Test func madeAgainByAnotherProcess() throws {
    var left = getenv("SVMREPL_EXPORTS").flatMap { Int(String(cString: $0)) } ?? 8
    let catalog = CommandCatalog.standard
    let examples =
      catalog.signatures.flatMap(\.examples).map(\.code)
      + catalog.functions.flatMap(\.examples).map { Example($0).code }
    var (types, refused): (Set<String>, [String]) = ([], [])
    for code in [StoredValueTests.everything] + examples where left > 0 {
      try TemporaryFolder().whileCurrent {
        let first = TestSession()
        first.run(code)
        for name in first.session.assignedNames where left > 0 {
          guard let value = first.session.peek(name), value.typeName != "plot" else { continue }
          let script: String
          do { script = try first.session.script(making: [name]) } catch {
            refused.append("\(name) of \(code): \(Session.diagnostic(of: error).message)")
            continue
          }
          left -= 1
          types.insert(value.typeName)
          let again = try madeByAnotherProcess(name, script)
          let difference = Sameness.$comparesPlaces.withValue(false) {
            Sameness.difference(value, again)
          }
          #expect(difference == nil, "\(name) of:\n\(code)\n\(script)")
        }
      }
    }
    #expect(refused.allSatisfy { $0.contains("can't be made again: ") }, "\(refused)")
    #expect(types.count >= min(8, types.count + left))
    print("exported: \(types.sorted()); refused: \(refused)")
  }

  /// The value that a process with this script makes, in a folder of its own.
  private func madeByAnotherProcess(_ name: String, _ script: String) throws -> Value {
    let folder = try TemporaryFolder()
    try folder.write("make.svm", script + "\nsave-session to=\"made.svmsession\"\n")
    let program =
      getenv("SVMREPL_BINARY").map { String(cString: $0) }
      ?? Repository.path(".build/debug/svmrepl")
    let line = "cd '\(folder.path)' && timeout 60 '\(program)' make.svm >out 2>&1"
    let status = system(line)
    let output = try TemporaryFolder.text(folder("out"))
    #expect(status == 0, "\(output)\n\(script)")
    let session = TestSession().session
    try SessionFile.image(at: folder("made.svmsession"), for: session).replace(session)
    return try #require(session.peek(name))
  }

  @Test func aFileIsCheckedWhereverTheScriptRuns() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.csv", "1,2,0\n3,4,1\n")
    let first = TestSession()
    first.run("d = load \"\(path)\" label=last")
    let script = try first.session.script(making: ["d"])
    #expect(script.contains("expect sha256(\"\(path)\") == \""))
    #expect(TestSession().run(script).status == 0)
    try folder.write("x.csv", "1,2,1\n3,4,0\n")
    let changed = TestSession().run(script)
    #expect(changed.status == 1)
    #expect(changed.report.contains("is not the file that was read"))
    #expect(throws: (any Error).self) { try first.session.script(making: ["d"]) }
  }

  @Test func whatCantBeMadeAgainIsRefused() throws {
    let test = TestSession()
    test.run("t = timeit 1 + 1")
    let run = test.run("export t to=\"t.svm\"")
    #expect(run.status == 3)
    #expect(run.report.contains("can't be made again: it is a time"), "\(run.report)")
  }

  @Test func aScriptHasNoEntries() throws {
    let folder = try TemporaryFolder()
    let path = folder("s.svm")
    #expect(run("export-session to=\"\(path)\"").errors.joined().contains("a script has none"))
  }

  /// Entries with their outputs, those that failed as comments, and the script passes.
  @Test func aSessionAsItWasTyped() throws {
    let test = TestSession()
    test.session.keepsOldValues = true
    for entry in [
      "x = 2", "x + 1", "x + nothing", "for i in [1, 2] { x += i; y = [5][i - 1] }", "x",
    ] {
      test.session.runEntry(entry, number: 1)
    }
    let script = test.session.scriptOfEntries
    #expect(
      script == """
        ## A session, as it was typed.

        x = 2

        x + 1
        #> 3

        # x + nothing
        #   error: there is no 'nothing'

        try {
          for i in [1, 2] { x += i; y = [5][i - 1] }
        } catch problem { }

        x
        #> 5

        """)
    #expect(TestSession().run(script).status == 0)
  }
}
