import Glibc
import TestSupport
import Testing

@testable import LineEditor

/// The prompt as a user meets it.
@Suite struct SessionTests {
  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  /// A session at its first prompt, on a screen with nothing else.
  private func session(
    columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try #require(
      PseudoTerminal(columns: columns, rows: rows, environment: environment))
    try #require(terminal.wait(forLastLine: "svm[1]>"), "\(terminal.screen.text)")
    return terminal
  }

  private func expect(
    _ terminal: PseudoTerminal, shows expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    // The welcome is left out.
    func rest(_ screen: Screen) -> String {
      screen.text.split(separator: "\n", omittingEmptySubsequences: false)
        .drop { !$0.hasPrefix("svm[") }.joined(separator: "\n")
    }
    let isReached = terminal.wait { rest($0) == expected }
    #expect(
      isReached, "the screen is\n\(rest(terminal.screen))\nnot\n\(expected)",
      sourceLocation: sourceLocation)
  }

  @Test func entriesOfSeveralLines() throws {
    let terminal = try session()
    let entry = """
      fn double(x) {
         ...>   return 2 * x
         ...>
      """
    let before = "svm[1]> \(entry) }\nsvm[2]> double(21)\n42\nsvm[3]>"
    terminal.type("fn double(x) {\r")
    #expect(terminal.wait(forLastLine: "   ...>"))
    terminal.type("return 2 * x\r")
    expect(terminal, shows: "svm[1]> \(entry)")
    terminal.type("}\r")
    terminal.type("double(21)\r")
    expect(terminal, shows: before)
    // Recalled whole, and changed inside.
    terminal.type(Key.up)
    terminal.type(Key.up)
    expect(terminal, shows: "\(before) \(entry) }")
    terminal.type(Key.left + Key.up)
    terminal.type(Key.end + " + 1\r" + Key.control("C"))
  }

  @Test func anErrorLeavesTheSessionAlive() throws {
    let terminal = try session()
    terminal.type("a = 20\ra + b\r")
    #expect(terminal.wait(for: "there is no 'b'"), "\(terminal.screen.text)")
    #expect(terminal.wait(forLastLine: "svm[3]>"))
    // An empty Tab gives the line back.
    terminal.type(Key.tab)
    #expect(terminal.wait(forLastLine: "svm[3]> a + b"), "\(terminal.screen.text)")
    terminal.type(Key.backspace + "22\r")
    #expect(
      terminal.wait { $0.text.hasSuffix("svm[3]> a + 22\n42\nsvm[4]>") }, "\(terminal.screen.text)")
  }

  @Test func controlCClearsTheLineAndSaysHowToLeave() throws {
    let terminal = try session()
    terminal.type("half a li")
    #expect(terminal.wait(forLastLine: "svm[1]> half a li"))
    terminal.type(Key.control("C"))
    expect(terminal, shows: "svm[1]> half a li^C\nsvm[1]>")
    terminal.type(Key.control("C"))
    expect(
      terminal, shows: "svm[1]> half a li^C\nsvm[1]> ^C\nCtrl-D or `quit` leaves\nsvm[1]>")
    terminal.type(Key.control("D"))
    #expect(terminal.waitForEnd() == 0)
  }

  @Test func controlCStopsAComputationAndKeepsTheSession() throws {
    let terminal = try session()
    terminal.type("kept = 7\r")
    #expect(terminal.wait(forLastLine: "svm[2]>"))
    terminal.type("while true { if kept == 7 { print \"begun\" }; kept = 8 }\r")
    #expect(terminal.wait(for: "\nbegun"), "\(terminal.screen.text)")
    terminal.type(Key.control("C"))
    #expect(terminal.wait(for: "interrupted"), "\(terminal.screen.text)")
    #expect(terminal.wait(forLastLine: "svm[3]>"), "\(terminal.screen.text)")
    terminal.type("kept\r")
    #expect(
      terminal.wait { $0.text.contains("kept\n8\n") || $0.text.contains("kept\n7\n") },
      "\(terminal.screen.text)")
  }

  /// Whether it comes while the entry is read, before its first statement or in the loop: one
  /// Ctrl-C is enough, and the next entry is run.
  @Test func oneControlCIsEnoughAtAnyMoment() throws {
    let terminal = try session()
    for delay in 0..<40 {
      terminal.type("while true { }\r")
      usleep(UInt32(delay) * 100)
      terminal.type(Key.control("C"))
      let isAnswered = terminal.wait {
        let lines = $0.text.split(separator: "\n")
        return (lines.last ?? "").hasSuffix("]>")
          && lines.contains { $0.contains("interrupted") || $0.contains("^C") }
      }
      #expect(isAnswered, "\(delay): \(terminal.screen.text)")
      guard isAnswered else { return }
      terminal.type("print \"and on\"\r")
      #expect(terminal.wait(for: "\nand on\n"), "\(delay): \(terminal.screen.text)")
      terminal.type(Key.control("L"))
      #expect(terminal.wait { !$0.text.contains("and on") })
    }
  }

  @Test func controlCInTrainKeepsTheModelSoFar() throws {
    let terminal = try session()
    terminal.type("d = synth blobs n=2000 d=200 classes=5 seed=1;\r")
    #expect(terminal.wait(forLastLine: "svm[2]>"), "\(terminal.screen.text)")
    terminal.type("m = train d lr=1e-4 iters=100000000\r")
    // The bar, with the steps so far.
    #expect(terminal.wait(for: "/100000000"), "\(terminal.screen.text)")
    terminal.type(Key.control("C"))
    #expect(terminal.wait(forLastLine: "svm[3]>"), "\(terminal.screen.text)")
    #expect(terminal.screen.text.contains("interrupted"))
    #expect(!terminal.screen.text.contains("/100000000"), "the bar is gone")
    terminal.type("print (len(m.history.loss) > 0)\r")
    #expect(terminal.wait(for: "\ntrue\n"), "\(terminal.screen.text)")
    terminal.type("r = resume m iters=5;\r")
    #expect(terminal.wait(forLastLine: "svm[5]>"), "\(terminal.screen.text)")
    #expect(!terminal.screen.text.contains("error:"), "\(terminal.screen.text)")
    terminal.type("quit\r")
    #expect(terminal.waitForEnd() == 0)
  }

  /// A table that takes a while: the bar has its bytes, and is gone when they are read.
  @Test func loadShowsHowMuchIsRead() throws {
    let folder = try TemporaryFolder()
    var row = (0..<40).map { "\(Double($0) / 7)" }.joined(separator: ",")
    row += ",a\n"
    let path = try folder.write("t.csv", String(repeating: row, count: 320_000))
    let terminal = try session()
    terminal.type("d = load \"\(path)\"\r")
    #expect(terminal.wait(for: "MB/"), "\(terminal.screen.text)")
    #expect(terminal.screen.text.contains("load "))
    #expect(terminal.wait(forLastLine: "svm[2]>"), "\(terminal.screen.text)")
    #expect(terminal.screen.text.contains("320 000 rows"), "\(terminal.screen.text)")
    #expect(!terminal.screen.text.contains("MB/"), "the bar is gone")
  }

  /// A lesson from the first line to the last; what is volatile stands as `…`.
  @Test func aWholeSession() throws {
    let terminal = try session(columns: 100, rows: 40)
    func type(_ keys: String, until line: String) {
      terminal.type(keys)
      #expect(terminal.wait(forLastLine: line), "\(terminal.screen.text)")
    }
    type("fn hinge_loss(s, y) {\r", until: "   ...>")
    type("return sum(maximum(0, s - s[y] + 1)) - 1\r}\r", until: "svm[2]>")
    type("hinge_loss([3, 5, 1], 0)\r", until: "svm[3]>")
    // Up brings the line back, to be changed.
    type(Key.up, until: "svm[3]> hinge_loss([3, 5, 1], 0)")
    type(Key.backspace + Key.backspace + "1)\r", until: "svm[4]>")
    type("d = synth blobs n=900 d=90 classes=3 seed=1;\r", until: "svm[5]>")
    type("m = trai" + Key.tab, until: "svm[5]> m = train")
    type("d itres=5\r", until: "svm[6]>")
    type(
      "m = train d lr=1e-4 iters=100000000\r", until: "svm[6]> m = train d lr=1e-4 iters=100000000")
    #expect(terminal.wait(for: "/100000000"), "\(terminal.screen.text)")
    terminal.type(Key.control("C"))
    #expect(terminal.wait(forLastLine: "svm[7]>"), "\(terminal.screen.text)")
    type("print (len(m.history.loss) > 0)\r", until: "svm[8]>")
    let shown = terminal.screen.text.split(separator: "\n").drop { !$0.hasPrefix("svm[") }
      .map { line in
        if line.hasPrefix("sgd lr=") { return "sgd lr=…" }
        return line.hasPrefix("interrupted after ") ? "interrupted after …" : String(line)
      }
    #expect(
      shown.joined(separator: "\n") == """
        svm[1]> fn hinge_loss(s, y) {
           ...>   return sum(maximum(0, s - s[y] + 1)) - 1
           ...> }
        svm[2]> hinge_loss([3, 5, 1], 0)
        3
        svm[3]> hinge_loss([3, 5, 1], 1)
        0
        svm[4]> d = synth blobs n=900 d=90 classes=3 seed=1;
        svm[5]> m = train d itres=5
        error: 'train' has no option 'itres'
          svm[5]:1:13
            1 | m = train d itres=5
              |             ^^^^^
          help: did you mean 'iters'? `help train` lists all options.
        Up, or Tab on an empty line, brings the entry back
        svm[6]> m = train d lr=1e-4 iters=100000000
        hinge, weston-watkins; l2 (λ = 1e-05)
        sgd lr=…
        interrupted after …
        interrupted
        svm[7]> print (len(m.history.loss) > 0)
        true
        svm[8]>
        """)
    terminal.type("quit\r")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test func tabCompletesAndThenLists() throws {
    let terminal = try session()
    terminal.type("trai" + Key.tab)
    #expect(terminal.wait { $0.lines.contains("svm[1]> train") && $0.column == 14 })
    terminal.type("d pen" + Key.tab)
    #expect(terminal.wait(forLastLine: "svm[1]> train d penalty="), "\(terminal.screen.text)")
    terminal.type("half" + Key.tab)
    #expect(
      terminal.wait(forLastLine: "svm[1]> train d penalty=half-l2"), "\(terminal.screen.text)")
    terminal.type(Key.control("U") + "x = 1; spl_x = 1\rspl" + Key.tab)
    // No entry begins so: nothing is suggested after the cursor. Two names begin so: the part that
    // they share is there already, and a second Tab lists them.
    #expect(terminal.wait(forLastLine: "svm[2]> spl"))
    terminal.type(Key.tab)
    #expect(
      terminal.wait { $0.text.contains("svm[2]> spl\n split  ") && $0.text.contains("\n spl_x ") },
      "\(terminal.screen.text)")
    // Tab goes from one to the next, and Enter takes it.
    terminal.type(Key.tab + Key.tab)
    #expect(terminal.wait { $0.text.contains("svm[2]> spl_x\n") }, "\(terminal.screen.text)")
    terminal.type("\u{1B}[Z")
    #expect(terminal.wait { $0.text.contains("svm[2]> split\n") }, "\(terminal.screen.text)")
    terminal.type("\u{7}")
    #expect(terminal.wait(forLastLine: "svm[2]> spl"), "\(terminal.screen.text)")
    terminal.type(Key.tab + Key.tab + Key.tab + "\r")
    #expect(terminal.wait(forLastLine: "svm[2]> split"), "\(terminal.screen.text)")
    #expect(terminal.screen.column == 14)
  }

  @Test func whatIsTypedAheadWaitsForItsPrompt() throws {
    let terminal = try session()
    terminal.type("for i in range(200000) { x = i }\rprint \"second\"\rx")
    #expect(terminal.wait(forLastLine: "svm[3]> x"), "\(terminal.screen.text)")
    expect(
      terminal,
      shows: """
        svm[1]> for i in range(200000) { x = i }
        svm[2]> print "second"
        second
        svm[3]> x
        """)
  }

  @Test func historyGoesFromSessionToSession() throws {
    let terminal = try session()
    for entry in ["alpha = 1", "beta = 2", "alpha2 = 3"] { terminal.type(entry + "\r") }
    #expect(terminal.wait(forLastLine: "svm[4]>"))
    terminal.type("al" + Key.up)
    #expect(terminal.wait(forLastLine: "svm[4]> alpha2 = 3"))
    terminal.type(Key.up)
    #expect(terminal.wait(forLastLine: "svm[4]> alpha = 1"))
    terminal.type(Key.down)
    #expect(terminal.wait(forLastLine: "svm[4]> alpha2 = 3"))
    terminal.type(Key.control("U"))
    terminal.type(Key.control("R") + "beta")
    #expect(terminal.wait(for: "svm[4]> beta = 2"), "\(terminal.screen.text)")
    terminal.type("\r")
    #expect(terminal.wait(forLastLine: "svm[5]>"), "\(terminal.screen.text)")
    let next = try #require(terminal.anotherSession())
    #expect(next.wait(forLastLine: "svm[1]>"))
    next.type(Key.up + Key.up)
    #expect(next.wait(forLastLine: "svm[1]> alpha2 = 3"), "\(next.screen.text)")
  }

  @Test func theTerminalIsGivenBackAsItWas() throws {
    let terminal = try #require(
      PseudoTerminal("/bin/sh", ["-c", "\(PseudoTerminal.program); stty -a; echo done"]))
    #expect(terminal.wait(forLastLine: "svm[1]>"))
    terminal.type(Key.control("D"))
    #expect(terminal.wait(for: "done"))
    let words = terminal.screen.text.split { $0 == " " || $0 == "\n" || $0 == ";" }
    #expect(words.contains("echo") && words.contains("icanon"), "\(terminal.screen.text)")
  }

  @Test func aDumbTerminalGetsPlainLines() throws {
    let terminal = try session(environment: ["TERM": "dumb"])
    terminal.type("fn f() {\r")
    #expect(terminal.wait(forLastLine: "   ...>"), "\(terminal.screen.text)")
    // Each line after its prompt: the driver echoes what comes earlier, which mixes with the
    // prompts.
    terminal.type("return 5\r")
    #expect(terminal.wait(for: "return 5\n   ...>"), "\(terminal.screen.text)")
    terminal.type("}\r")
    #expect(terminal.wait(forLastLine: "svm[2]>"), "\(terminal.screen.text)")
    terminal.type("f()\r")
    #expect(terminal.wait(for: "\n5\n"), "\(terminal.screen.text)")
    #expect(!terminal.screen.hasSeenColor)
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func theScreenMayChangeItsWidth() throws {
    let terminal = try session(columns: 60)
    terminal.type("x = 1 + 2 + 3")
    #expect(terminal.wait(forLastLine: "svm[1]> x = 1 + 2 + 3"))
    terminal.resize(columns: 80, rows: 24)
    terminal.type(" + 4\r" + "x\r")
    #expect(terminal.wait(for: "\n10\n"), "\(terminal.screen.text)")
  }

  /// At once, and after the terminal changed: `set` alone says the width in force.
  @Test func widthZeroIsTheTerminals() throws {
    let terminal = try session(columns: 60)
    terminal.type("set width=50\r" + "set\r")
    #expect(terminal.wait(for: "width      50"), "\(terminal.screen.text)")
    terminal.type("set width=0\r" + "set\r")
    #expect(terminal.wait(for: "width      60"), "\(terminal.screen.text)")
    terminal.type("set width=50\r")
    terminal.resize(columns: 90, rows: 24)
    terminal.type("print 7\r" + "set width=0\r" + "set\r")
    #expect(terminal.wait(for: "width      90"), "\(terminal.screen.text)")
  }
}
