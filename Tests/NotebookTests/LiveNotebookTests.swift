import Commands
import Glibc
import Interpreter
import Language
import LinearAlgebra
import Record
import Synchronization
import TestSupport
import Testing
import Text

@testable import Notebook

/// Scripts that are run again after each change.
@Suite(.serialized) struct LiveNotebookTests {
  /// A notebook whose `counted(x)` gives x and counts its calls.
  private final class Live {
    let notebook: LiveNotebook
    private static let calls = Atomic<Int>(0)

    init(store: Store = Store(folder: nil, limit: nil) { _ in }) {
      let counted = BuiltinFunction(
        "counted", [.required("x")], usage: "counted(x)", summary: "x.", examples: ["counted(1)"]
      ) { arguments, _ in
        Live.calls.add(1, ordering: .relaxed)
        return arguments[0]
      }
      let standard = CommandCatalog.standard
      notebook = LiveNotebook(
        name: "folder/t.svm",
        catalog: Vocabulary(
          commands: standard.commands, functions: standard.functions + [counted]),
        facts: PageFacts(version: "1", kernel: "portable"),
        options: LiveNotebook.Options(cache: ResultCache(store, recentBytes: 1 << 24)),
        didChange: {})
    }

    deinit { notebook.end() }

    /// Runs a text to its end; returns how often `counted` was called.
    @discardableResult
    func run(_ text: String) -> Int {
      let before = Self.calls.load(ordering: .relaxed)
      #expect(notebook.run(text))
      waitForEnd()
      return Self.calls.load(ordering: .relaxed) - before
    }

    func waitForEnd() {
      var waited = 0
      while notebook.isAtWork, waited < 120_000 {
        usleep(500)
        waited += 1
      }
      #expect(!notebook.isAtWork)
    }

    /// What stands in the page, without times.
    var main: String { notebook.page().main.replacing(#/<i>[^<]*</i>/#, with: "") }
  }

  // MARK: Only what depends on the change

  @Test func onlyWhatDependsOnTheChangeRuns() {
    let live = Live()
    let text = """
      a = counted(1)
      b = counted(a + 1)
      c = counted(5)
      print counted(b) c
      expect counted(b) > 0
      """
    #expect(live.run(text) == 5)
    #expect(live.run(text + "\n") == 0)
    #expect(live.run("## Prose.\n\n" + text) == 0)
    #expect(live.run(text.replacing("counted(5)", with: "counted(6)")) == 2)
    #expect(live.run(text.replacing("a + 1", with: "a + 2").replacing("(5)", with: "(6)")) == 3)
    #expect(live.run(text.replacing("(1)", with: "(1 + 0)")) == 4)
    #expect(live.main.contains("2 5"))
  }

  /// A time is not taken again, but neither is it taken for what gives the same again: what is made
  /// of it is kept nowhere.
  @Test func timesAreTakenOnce() throws {
    let folder = try TemporaryFolder()
    let store = Store(folder: folder("cache"), limit: nil) { _ in }
    let live = Live(store: store)
    let text = "a = counted(1)\nt = timeit counted(a)\nx = t * 2\nprint x"
    #expect(live.run(text) == 2)
    let shown = live.main
    #expect(live.run(text + "\n\n") == 0)
    #expect(live.main == shown)
    #expect(live.run(text.replacing("(1)", with: "(2)")) == 2)
    // After a replay, what takes long is not stored under a fingerprint either.
    live.run(text + "\nfor i in range(100000) { x = t + i }")
    live.run(text + "\nfor i in range(100001) { x = t + i }")
    #expect(store.contents().entries == 0)
  }

  @Test func settingsSeedsAndDrawsCount() {
    let live = Live()
    let text = "seed 1\nx = counted(rand())\nset digits=3\ny = counted(2)\n\"{x}\""
    #expect(live.run(text) == 2)
    #expect(live.run(text) == 0)
    #expect(live.run(text.replacing("seed 1", with: "seed 2")) == 1)
    #expect(live.run("seed 2\nz = counted(rand())\n" + text.dropFirst(7)) == 1)
  }

  @Test func changedFilesAreReadAgain() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.csv", "1,2,0\n3,4,1\n")
    let live = Live()
    let text = "d = load \"\(path)\"\nx = counted(d.n)\nprint x"
    #expect(live.run(text) == 1)
    #expect(!live.notebook.hasChangedFiles)
    #expect(live.run(text) == 0)
    try folder.write("x.csv", "1,2,0\n3,4,1\n5,6,1\n")
    #expect(live.notebook.hasChangedFiles)
    #expect(live.run(text) == 1)
    #expect(live.main.contains(">3<"))
  }

  @Test func aMissingFileIsWaitedFor() throws {
    let folder = try TemporaryFolder()
    let text = "d = load \"\(folder("x.csv"))\"\nx = counted(d.n)\nprint x"
    let live = Live()
    #expect(live.run(text) == 0)
    #expect(live.main.contains("no such file") && !live.notebook.hasChangedFiles)
    try folder.write("x.csv", "1,2,0\n3,4,1\n")
    #expect(live.notebook.hasChangedFiles)
    #expect(live.run(text) == 1)
    #expect(live.main.contains(">2<") && !live.notebook.hasChangedFiles)
  }

  /// A script that writes what it reads does not run for ever.
  @Test func whatTheScriptWritesIsNoChange() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.npy", try TemporaryFolder.bytes(npy(in: folder)))
    let live = Live()
    live.run("x = load \"\(path)\"\nsave (x + 1) to=\"\(path)\"")
    #expect(live.notebook.page().course.ending?.hasPrefix("up to date") == true, "\(live.main)")
    #expect(!live.notebook.hasChangedFiles)
  }

  private func npy(in folder: TemporaryFolder) -> String {
    let path = folder("a.npy")
    Live().run("save [1, 2] to=\"\(path)\"")
    return path
  }

  // MARK: What the page shows

  @Test func errorsShowTheirPlaceAndKeepTheRest() {
    let live = Live()
    live.run("x = 41\nx\ny = x + 1\ny")
    live.run("x = 41\nx\ny = nothing + 1\ny")
    let main = live.main
    #expect(main.contains("3 | y = nothing + 1\n"))
    #expect(main.contains("    ^"))
    // What comes after it is shown as it was, and so marked.
    #expect(
      main.contains("<div class=\"former\"><pre class=\"output\"><samp>42</samp></pre>\n</div>"))
    #expect(live.notebook.page().course.ending?.hasPrefix("stopped by an error") == true)
    live.run("x = 41\nx\ny = (x + 1\ny")
    #expect(live.main.contains("<pre class=\"output error\""))
    #expect(live.main.contains("<div class=\"former\"><pre class=\"output\"><samp>41</samp></pre>"))
    live.run("x = 41\nx\ny = x + 1\ny")
    #expect(!live.main.contains("former"))
  }

  @Test func aLoopIsStoppedByTheNextText() {
    let live = Live()
    live.run("x = counted(1)")
    #expect(live.notebook.run("x = counted(1)\nwhile true { y = 1 }"))
    var waited = 0
    while !live.main.contains("id=\"running\""), waited < 120_000 {
      usleep(500)
      waited += 1
    }
    #expect(live.main.contains("id=\"running\""))
    // What was complete before the loop is still there.
    #expect(live.run("x = counted(1)\nx") == 0)
    #expect(live.main.contains("<samp>1</samp>"))
    #expect(live.run("for i in range(20000) { print i }") == 0)
    #expect(live.notebook.page().event.utf8.count < 100_000)
  }

  @Test func counterpartsOfStatements() {
    func of(_ new: String, _ old: String) -> [Int?] {
      LiveText.counterparts(of: new.map(String.init), among: old.map(String.init))
    }
    #expect(of("abc", "abc") == [0, 1, 2])
    #expect(of("axc", "abc") == [0, 1, 2])
    #expect(of("abxc", "abc") == [0, 1, nil, 2])
    #expect(of("ac", "abc") == [0, 2])
    #expect(of("xyabc", "abc") == [nil, nil, 0, 1, 2])
    #expect(of("", "abc") == [])
    #expect(of("abc", "") == [nil, nil, nil])
    #expect(of("xbyd", "abcd") == [0, 1, 2, 3])
    #expect(of("ba", "ab").compactMap { $0 }.count == 1)
  }

  // MARK: As a run from the beginning

  private static let statements = [
    "x = 1", "x = 2", "y = x + 1", "x += 1", "z = randn(3)", "z", "\"{x} {y}\"", "print z, x",
    "fn f(a) { return a * x }", "y = f(3)", "seed 1", "seed 2", "set digits=3", "set digits=7",
    "d = synth blobs n=20 d=2 classes=2", "m = train d iters=3 batch=5", "evaluate m on=d",
    "for i in range(3) { y += i; print y }", "w = [f, y]", "print typeof(w)", "describe d",
    "c = m.W * 2", "c", "expect x > 0", "if x > 1 { y = 5 } else { z = [1] }",
    "e = split d train=0.5 val=0.5", "t = tune e.train reg=[0.1, 1] val=e.val iters=2",
    "timeit x + 1 repeat=2", "vars", "how y", "if x > 0 { y = 2; vars }", "help y", "set",
    "expect y > 100", "print typeof(f)",
  ]
  private static let start = [
    "x = 1", "y = 2", "z = randn(2)", "fn f(a) { return a + x }",
    "d = synth blobs n=30 d=2 classes=2", "m = train d iters=2", "c = 0", "w = 0",
  ]

  /// After each of some random changes, the page is that of a notebook that has run nothing before.
  @Test(arguments: 0..<6)
  func randomChanges(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let live = Live()
    var lines = Self.start
    for _ in 0..<12 {
      let place = Int.random(in: Self.start.count...lines.count, using: &numbers)
      switch Int.random(in: 0..<4, using: &numbers) {
      case 0 where place < lines.count: lines.remove(at: place)
      case 1:
        // The beginning changes, too, in what it gives.
        lines[2] = "z = randn(\(Int.random(in: 1...4, using: &numbers)))"
      default:
        if let line = Self.statements.randomElement(using: &numbers) {
          lines.insert(line, at: place)
        }
      }
      let text = lines.joined(separator: "\n")
      live.run(text)
      let fresh = Live()
      fresh.run(text)
      guard fresh.notebook.page().course.ending?.hasPrefix("up to date") == true else { continue }
      #expect(live.main == fresh.main, "seed \(seed):\n\(text)")
    }
  }
}
