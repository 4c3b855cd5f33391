import Glibc
import TestSupport
import Testing

@testable import LineEditor

/// Sessions that come back after the program was killed.
@Suite(.serialized) struct ResumeTests {
  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  private func session(environment: [String: String] = [:]) throws -> PseudoTerminal {
    let terminal = try #require(
      PseudoTerminal(columns: 100, rows: 40, environment: environment))
    try #require(terminal.wait(forLastLine: "svm[1]>"), "\(terminal.screen.text)")
    return terminal
  }

  /// The last line that is shown before the prompt `svm[number]>`.
  private func answer(_ terminal: PseudoTerminal, before number: Int) -> String {
    let isReached = terminal.wait(forLastLine: "svm[\(number)]>")
    #expect(isReached, "\(terminal.screen.text)")
    return String(terminal.screen.text.split(separator: "\n").dropLast().last ?? "")
  }

  @Test func whatWasTypedIsBack() throws {
    let first = try session()
    first.type("seed 5\rfn double(u) { return u * 2 }\ra = rand()\r")
    first.type("undo\ra = rand()\rset digits=3\rb = double(a)\ranswer \"why\" \"so\"\rprint a\r")
    let value = answer(first, before: 10)
    first.crash()
    _ = first.waitForEnd()

    let told = try #require(first.anotherSession())
    #expect(told.wait(for: "`svmrepl --resume` brings it back"), "\(told.screen.text)")
    told.type("quit\r")
    #expect(told.waitForEnd() == 0)

    let list = try #require(first.anotherSession(["--resume", "list"]))
    #expect(list.waitForEnd() == 0)
    let line = list.screen.text.split(separator: "\n").first { $0.contains("died") } ?? ""
    #expect(line.contains("9 entries: print a"), "\(list.screen.text)")
    let id = String(line.prefix { $0 != " " })

    let again = try #require(first.anotherSession(["--resume", id]))
    #expect(again.wait(for: "9 entries and 3 names are back"), "\(again.screen.text)")
    again.type("print a\r")
    #expect(answer(again, before: 11) == value)
    again.type("print (b == double(a))\r")
    #expect(answer(again, before: 12) == "true")
    again.type("set\r")
    #expect(again.wait(for: "digits     3"), "\(again.screen.text)")
    again.type("\u{0C}undo\r")
    #expect(again.wait(for: "b is gone"), "\(again.screen.text)")
    again.type("quit\r")
    #expect(again.waitForEnd() == 0)
  }

  @Test func changedFilesAreTold() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.csv", "1,2,0\n3,4,1\n")
    let first = try session()
    first.type("d = load \"\(path)\"\rx = 1\r")
    #expect(first.wait(forLastLine: "svm[3]>"))
    first.crash()
    _ = first.waitForEnd()
    try folder.write("x.csv", "1,2,0\n3,5,1\n")
    let again = try #require(first.anotherSession(["--resume"]))
    #expect(again.wait(for: "x.csv has changed since [1] read it"), "\(again.screen.text)")
    again.type("quit\r")
    #expect(again.waitForEnd() == 0)
  }

  @Test func aSessionThatIsNotThere() throws {
    let first = try session()
    first.type("quit\r")
    #expect(first.waitForEnd() == 0)
    let wrong = try #require(first.anotherSession(["--resume", "nothing"]))
    #expect(wrong.waitForEnd() == 4)
    #expect(wrong.screen.text.contains("there is no session 'nothing'"), "\(wrong.screen.text)")
  }

  /// x₀ = 1, xₖ = 3 xₖ₋₁ + rand(): each value depends on all before it.
  private func line(_ k: Int) -> String { k == 0 ? "x0 = 1" : "x\(k) = 3 * x\(k - 1) + rand()" }

  /// The number of kills, which SVMREPL_KILLS says for long tests.
  private func kills(_ usual: Int) -> Int {
    getenv("SVMREPL_KILLS").flatMap { Int(String(cString: $0)) } ?? usual
  }

  /// Waits until a session is back, and its prompt.
  private func waitUntilBack(_ terminal: PseudoTerminal) -> Bool {
    terminal.wait {
      $0.text.contains(" back\n") && ($0.text.split(separator: "\n").last ?? "").hasPrefix("svm[")
    }
  }

  private static let data = "d = synth blobs n=200 d=20 classes=4 noise=0.4 seed=1"
  private static let endless = "train d lr=1e-3 batch=20 seed=2 iters=100000000"

  /// Whatever is being written when the program is killed, a whole checkpoint comes back, or none.
  @Test func killedWhileCheckpointsAreWritten() throws {
    var numbers = SeededNumbers(seed: 12)
    var partial = 0
    for _ in 0..<kills(4) {
      let first = try session(environment: ["SVMREPL_CHECKPOINT_SECONDS": "0"])
      first.type(Self.data + "\rk = 7; m = \(Self.endless)\r")
      try #require(first.wait(for: "svm[2]>"))
      first.read(for: Double.random(in: 0.1...0.6, using: &numbers))
      first.crash()
      _ = first.waitForEnd()
      let again = try #require(first.anotherSession(["--resume"]))
      #expect(waitUntilBack(again), "\(again.screen.text)")
      // The statement before the one that ran, in the same entry.
      #expect(again.screen.text.contains("it was running then"), "\(again.screen.text)")
      let isBack = again.screen.text.contains("m is as of its last checkpoint")
      if isBack {
        partial += 1
        again.type("\u{0C}n = len(m.history.loss); q = \(Self.endless) stop-after=n;\r")
        again.type("print \"same {norm(q.W - m.W) == 0} {n > 0} {k}\"\r")
        #expect(again.wait(for: "\nsame true true 7\n"), "\(again.screen.text)")
        // It goes on as a run that nobody stopped.
        again.type("\u{0C}m = resume m iters=5; q = \(Self.endless) stop-after=(n+5);\r")
        again.type("print \"same {norm(q.W - m.W) == 0}\"\r")
        #expect(again.wait(for: "\nsame true\n"), "\(again.screen.text)")
      }
      again.type("quit\r")
      #expect(again.waitForEnd() == 0)
    }
    #expect(partial > 0)
  }

  @Test func aScriptThatWasKilledIsBack() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "l.svm",
      """
      ## Prose.
      param n = 3
      x = rand(n); y = x * 2
      40 + 1;
      40 + 2
      z = _
      fn f(u) {
        # Text.
        return g(u)
      }
      fn g(u) { return u + n }
      run "beside.svm"
      \(Self.data)
      print "values {x[0]} {sum(y)} {z} {f(1)} {q}"
      t = tune d folds=2 lr=[1e-3, 1e-2] iters=100000000
      print "never"
      """)
    try folder.write("beside.svm", "p = 1\nq = p + n")
    let first = try #require(
      PseudoTerminal(
        PseudoTerminal.program, ["--journal", file, "n=4"], columns: 100, rows: 40,
        environment: ["SVMREPL_CHECKPOINT_SECONDS": "0"]))
    try #require(first.wait(for: "values "), "\(first.screen.text)")
    let values = first.screen.text.split(separator: "\n").first { $0.hasPrefix("values ") } ?? ""
    #expect(values.hasSuffix(" 42 5 5"), "\(values)")
    first.read(for: 1)
    first.crash()
    _ = first.waitForEnd()
    let again = try #require(first.anotherSession(["--resume"]))
    #expect(waitUntilBack(again), "\(again.screen.text)")
    #expect(again.screen.text.contains("l.svm came no further than that"), "\(again.screen.text)")
    #expect(again.screen.text.contains("t is as of its last checkpoint"), "\(again.screen.text)")
    again.type("\u{0C}print \"values {x[0]} {sum(y)} {z} {f(1)} {q}\"\r")
    #expect(again.wait { $0.text.contains("\n\(values)\n") }, "\(again.screen.text)")
    again.type("print len(t.lr)\r")
    #expect(again.wait(for: "\n2\n"), "\(again.screen.text)")
    again.type("quit\r")
    #expect(again.waitForEnd() == 0)
  }

  /// A script that came to its end is there, too; one that can't be parsed leaves nothing.
  @Test func scriptsWithAJournal() throws {
    let first = try #require(
      PseudoTerminal(
        PseudoTerminal.program, ["--journal", "--keep-going", "-c", "a = 1\nb = c\nd = a + 4"],
        columns: 100, rows: 40))
    #expect(first.waitForEnd() == 3)
    let broken = try #require(first.anotherSession(["--journal", "-c", "x = ("]))
    #expect(broken.waitForEnd() == 2)
    let again = try #require(first.anotherSession(["--resume"]))
    #expect(again.wait(for: "3 entries and 2 names are back"), "\(again.screen.text)")
    again.type("print \"is {d}\"\r")
    #expect(again.wait(for: "\nis 5\n"), "\(again.screen.text)")
    again.type("quit\r")
    #expect(again.waitForEnd() == 0)
    for arguments in [
      ["--journal", "check", "x.svm"], ["--journal", "export", "x.svm"],
      ["--journal", "help"], ["--journal", "cache"], ["--journal", "import", "x.ipynb"],
      ["--journal", "--cache", "x.svm"], ["--journal", "--resume"], ["--journal", "--json"],
    ] {
      let run = ProgramRun(arguments)
      #expect(run.status == 2 && run.errors.hasPrefix("error: "), "\(arguments) \(run.errors)")
    }
  }

  @Test func killedAtAnyMomentNothingThatWasAcceptedIsLost() throws {
    let count = 40
    let lines = (0..<count).map { line($0) }
    let run = ProgramRun([
      "-c", (lines + (0..<count).map { "print x\($0)" }).joined(separator: "\n"),
    ])
    let expected = run.output.split(separator: "\n").map(String.init)
    try #require(expected.count == count)

    var numbers = SeededNumbers(seed: 11)
    for _ in 0..<kills(12) {
      let first = try session()
      first.type(lines.joined(separator: "\r") + "\r")
      first.read(for: Double.random(in: 0...0.25, using: &numbers))
      first.crash()
      _ = first.waitForEnd()
      // The prompt of an entry is shown once those before it are on the disk.
      let shown = (1...count + 1).last { first.screen.text.contains("svm[\($0)]>") } ?? 1
      guard shown > 1 else { continue }
      // The history has whole lines, in order, also where it was being written.
      let kept = HistoryStore(path: first.historyPath).entries
      #expect(kept == Array(lines.prefix(kept.count)) && kept.count >= shown - 1)
      let again = try #require(first.anotherSession(["--resume"]))
      #expect(waitUntilBack(again), "\(again.screen.text)")
      let next = (1...count + 1).last { again.screen.text.contains("svm[\($0)]>") } ?? 1
      #expect(next >= shown, "\(again.screen.text)")
      again.type("\u{0C}print x\(shown - 2)\r")
      let isRight = again.wait { $0.text.contains("\n\(expected[shown - 2])\n") }
      #expect(isRight, "\(expected[shown - 2]) after \(shown - 1): \(again.screen.text)")
      again.type("quit\r")
      #expect(again.waitForEnd() == 0)
    }
  }
}
