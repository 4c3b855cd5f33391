import Glibc
import TestSupport
import Testing

@testable import LineEditor

/// What the prompt takes beside the language, and the keys that one knows from elsewhere.
@Suite struct PromptWordsTests {
  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  private func session(
    rows: Int = 24, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try #require(PseudoTerminal(rows: rows, environment: environment))
    try #require(terminal.wait(forLastLine: "svm[1]>"), "\(terminal.screen.text)")
    return terminal
  }

  /// The terminal is asked when a picture is wanted, and keys that come with its answer are kept.
  @Test func aTerminalWithoutPictures() throws {
    let terminal = try session()
    #expect(terminal.screen.questions == 0)
    terminal.type("set canvas=pixels\r")
    #expect(terminal.wait { $0.questions == 1 })
    terminal.type("1 + \u{1B}[?62;22c41\r")
    #expect(
      terminal.wait { $0.text.contains("it did not answer that it can") }, "\(terminal.screen.text)"
    )
    #expect(terminal.wait { $0.text.contains("\n42\n") }, "\(terminal.screen.text)")
    terminal.type("plot-ascii [1, 3, 2]\r")
    #expect(terminal.wait { $0.text.contains("3.0 ┤") }, "\(terminal.screen.text)")
    #expect(terminal.screen.questions == 1 && terminal.screen.unknown.isEmpty)
  }

  /// The bytes of a text in base 64.
  private func decoded(_ text: String) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let values = text.compactMap { letters.firstIndex(of: $0) }
    return stride(from: 0, to: values.count - 1, by: 4).flatMap { i -> [UInt8] in
      let group = values[i..<min(i + 4, values.count)]
      let bits = group.reduce(0) { $0 << 6 | $1 } << (6 * (4 - group.count))
      return (0..<group.count - 1).map { UInt8(bits >> (16 - 8 * $0) & 255) }
    }
  }

  /// Terminals that answer as kitty, iTerm2 and xterm do get a whole picture, and the prompt below.
  @Test(arguments: [
    ("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[6;20;10t\u{1B}[?62;22c", "_Ga=T,f=100,q=2,m="),
    ("\u{1B}P>|iTerm2 3.5.0\u{1B}\\\u{1B}[6;20;10t\u{1B}[?62;4c", "]1337;File=inline=1;size="),
    ("\u{1B}[6;20;10t\u{1B}[?62;4;22c", "P0;1q\"1;1;"),
  ])
  func aTerminalWithPictures(answer: String, start: String) throws {
    let terminal = try session()
    terminal.type("set canvas=pixels\r")
    #expect(terminal.wait { $0.questions == 1 })
    terminal.type(answer + "plot-ascii [1, 3, 2]\r")
    #expect(terminal.wait(forLastLine: "svm[3]>"), "\(terminal.screen.text)")
    let pictures = terminal.screen.pictures
    #expect(pictures.first?.hasPrefix(start) == true, "\(pictures.first?.prefix(40) ?? "none")")
    #expect(terminal.screen.unknown.isEmpty && !terminal.screen.text.contains("┤"))
    if start.hasPrefix("P") { return }
    // What PNG files begin and end with.
    let png = decoded(
      pictures.map { String($0.split { ";:".contains($0) }.last ?? "") }.joined())
    #expect(png.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(png.suffix(8) == [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
    if start.hasPrefix("]") { #expect(pictures[0].contains("size=\(png.count);")) }
  }

  @Test func theShellIsThere() throws {
    let terminal = try session()
    terminal.type("!echo one && exit 3\r")
    #expect(terminal.wait { $0.text.contains("\none\n") }, "\(terminal.screen.text)")
    terminal.type("cd /usr/share\rpwd\r")
    #expect(
      terminal.wait { $0.text.contains("svm[3]> pwd\n/usr/share\n") }, "\(terminal.screen.text)")
    terminal.type("cd /no/such/place\r")
    #expect(terminal.wait(for: "can't go to '/no/such/place'"), "\(terminal.screen.text)")
    terminal.type("cd -\rls /usr/share/doc/..\r")
    #expect(terminal.wait { $0.text.contains("doc") }, "\(terminal.screen.text)")
    // Ctrl-C stops the command, and not the session.
    terminal.type("!sleep 100\r")
    terminal.waitUntilKeysAreRead()
    usleep(200_000)
    terminal.type(Key.control("C"))
    #expect(terminal.wait(forLastLine: "svm[8]>"), "\(terminal.screen.text)")
    // A name of the session means what it means.
    terminal.type("ls = 5\rls\r")
    #expect(terminal.wait { $0.text.contains("svm[9]> ls\n5\n") }, "\(terminal.screen.text)")
    terminal.type("clear\r")
    #expect(terminal.wait { $0.text == "svm[11]>" }, "\(terminal.screen.text)")
  }

  /// The history has the numbers of the prompt, with commands for the shell among the entries.
  @Test func theHistoryHasEveryEntry() throws {
    let terminal = try session()
    terminal.type("x = 1\r!echo one\rcd .\rhistory\r")
    #expect(
      terminal.wait {
        $0.text.contains("\n1  x = 1\n2  !echo one\n3  cd .\n4  history\n")
      }, "\(terminal.screen.text)")
  }

  @Test func noScriptCanUseThem() {
    for word in ["!ls", "cd /", "pwd", "clear", "edit"] {
      #expect(ProgramRun(["-c", word]).status == 2 || ProgramRun(["-c", word]).status == 3)
    }
  }

  @Test func theUsersEditorChangesAnEntry() throws {
    let folder = try TemporaryFolder()
    let editor = folder.path + "/editor"
    let file = open(editor, O_WRONLY | O_CREAT, 0o700)
    FileOutput.write("#!/bin/sh\nsed -i 's/20/21/' \"$1\"\necho edited\n", to: file)
    close(file)
    let terminal = try session(environment: ["VISUAL": editor])
    terminal.type("2 * 20" + Key.control("X") + Key.control("E"))
    #expect(terminal.wait(forLastLine: "svm[1]> 2 * 21"), "\(terminal.screen.text)")
    terminal.type("\r")
    #expect(terminal.wait { $0.text.contains("\n42\nsvm[2]>") }, "\(terminal.screen.text)")
    terminal.type("fn f(x) { return x + 20 }\redit f\rf(1)\r")
    #expect(terminal.wait { $0.text.contains("f(1)\n22\n") }, "\(terminal.screen.text)")
    terminal.type("edit nothing\r")
    #expect(terminal.wait(for: "there is no function 'nothing'"), "\(terminal.screen.text)")
  }

  @Test func whatIsLongIsShownInPages() throws {
    let terminal = try session(rows: 12)
    terminal.type("help train\r")
    #expect(terminal.wait { $0.lines.last?.hasPrefix("lines 1-11 of") == true })
    let first = terminal.screen.lines[0]
    terminal.type(" ")
    #expect(terminal.wait { $0.lines.last?.hasPrefix("lines 12-22 of") == true })
    terminal.type("/patience\r")
    #expect(terminal.wait { $0.lines[0].contains("patience") }, "\(terminal.screen.text)")
    terminal.type("/no such word\r")
    #expect(terminal.wait { $0.lines.last?.contains("no further") == true })
    terminal.type("g")
    #expect(terminal.wait { $0.lines[0] == first })
    terminal.type("G")
    #expect(terminal.wait { $0.lines.last?.contains("q leaves") == true })
    terminal.type("q")
    #expect(terminal.wait(forLastLine: "svm[2]>"), "\(terminal.screen.text)")
    terminal.type("set pager=off\rhelp train\r")
    #expect(terminal.wait(forLastLine: "svm[4]>"), "\(terminal.screen.text)")
  }

  @Test func aPagerOfTheUsersOwnIsUsed() throws {
    let terminal = try session(rows: 12, environment: ["PAGER": "wc -l; echo paged"])
    terminal.type("help train\r")
    #expect(terminal.wait { $0.text.contains("\npaged\n") }, "\(terminal.screen.text)")
  }

  @Test func killsAddUpAndComeBack() throws {
    let terminal = try session()
    func expectLine(_ line: String, after keys: String) {
      terminal.type(keys)
      #expect(terminal.wait(forLastLine: "svm[1]> " + line), "\(terminal.screen.text)")
    }
    expectLine(
      "one", after: "one two three" + Key.control("W") + Key.control("W") + Key.control("H"))
    expectLine("onetwo three", after: Key.control("Y"))
    expectLine("one", after: Key.control("A") + Key.control("K") + "one")
    expectLine("oneonetwo three", after: Key.control("Y"))
    expectLine("onetwo three", after: "\u{1B}y")
    expectLine("oneonetwo three", after: Key.control("_"))
    expectLine("onetwo three", after: "\u{1B}/")
    expectLine("onetwo three", after: "\u{1B}/")
  }

  @Test func theLastWordOfEntriesBefore() throws {
    let terminal = try session()
    terminal.type("alpha = 1\rbeta = [2,3]\rprint \u{1B}.")
    #expect(terminal.wait(forLastLine: "svm[3]> print [2,3]"), "\(terminal.screen.text)")
    terminal.type("\u{1B}.")
    #expect(terminal.wait(forLastLine: "svm[3]> print 1"), "\(terminal.screen.text)")
  }

  @Test func aSearchFindsEntriesAndGivesTheLineBack() throws {
    let terminal = try session()
    terminal.type("alpha = 1\rbeta = 2\ralpha2 = 3\rdraft")
    terminal.type(Key.control("R") + "alp")
    #expect(terminal.wait { $0.text.hasSuffix("svm[4]> alpha2 = 3\nsearch: alp") })
    terminal.type(Key.control("R"))
    #expect(terminal.wait { $0.text.hasSuffix("svm[4]> alpha = 1\nsearch: alp") })
    terminal.type("zzz")
    #expect(
      terminal.wait { $0.text.hasSuffix("svm[4]> draft\nsearch: alpzzz  no entry has it") },
      "\(terminal.screen.text)")
    terminal.type(Key.control("G"))
    #expect(terminal.wait(forLastLine: "svm[4]> draft"))
    terminal.type(Key.control("R") + "beta" + Key.end + " + 1\rbeta\r")
    #expect(terminal.wait { $0.text.contains("svm[5]> beta\n3\n") }, "\(terminal.screen.text)")
  }

  /// Once, and only once, it is said how to get back to what failed.
  @Test func afterAnErrorOneIsTold() throws {
    let terminal = try session()
    terminal.type("nope\rnope2\r")
    #expect(terminal.wait(forLastLine: "svm[3]>"))
    let hints = terminal.screen.text.components(of: "brings the entry back")
    #expect(hints == 1, "\(terminal.screen.text)")
    // What failed is brought back, but not suggested.
    terminal.type("nop")
    #expect(terminal.wait(forLastLine: "svm[3]> nop"), "\(terminal.screen.text)")
    terminal.type(Key.right + Key.control("U") + Key.up)
    #expect(terminal.wait(forLastLine: "svm[3]> nope2"), "\(terminal.screen.text)")
  }

  @Test func aSettingThatIsWrongCostsOnlyItself() throws {
    let folder = try TemporaryFolder()
    mkdir(folder.path + "/svmrepl", 0o700)
    let file = open(folder.path + "/svmrepl/init.svm", O_WRONLY | O_CREAT, 0o600)
    FileOutput.write("x = 1\nnope\ny = 2\n", to: file)
    close(file)
    let terminal = try session(environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(terminal.screen.text.contains("there is no 'nope'"))
    terminal.type("x + y\r")
    #expect(terminal.wait { $0.text.contains("svm[1]> x + y\n3\n") }, "\(terminal.screen.text)")
  }

  @Test func aHangUpThatIsIgnoredIsIgnored() throws {
    let program = ProgramRun.quoted(PseudoTerminal.program)
    let terminal = try #require(
      PseudoTerminal("/bin/sh", ["-c", "trap '' HUP; exec \(program)"]))
    #expect(terminal.wait(forLastLine: "svm[1]>"))
    // Its parent is the session.
    terminal.type("!kill -HUP $PPID\r6 * 7\r")
    #expect(terminal.wait { $0.text.contains("\n42\n") }, "\(terminal.screen.text)")
  }

  /// What a session that was killed left is not taken for what the user wants.
  @Test func aTerminalThatWasLeftSilentIsMended() throws {
    let program = ProgramRun.quoted(PseudoTerminal.program)
    let terminal = try #require(
      PseudoTerminal("/bin/sh", ["-c", "stty -echo -icanon; \(program); stty -a; echo done"]))
    #expect(terminal.wait(forLastLine: "svm[1]>"))
    terminal.type(Key.control("D"))
    #expect(terminal.wait(for: "done"))
    let words = terminal.screen.text.split { $0 == " " || $0 == "\n" || $0 == ";" }
    #expect(words.contains("echo") && words.contains("icanon"), "\(terminal.screen.text)")
  }

  @Test func lettersAreTypedInAnyLocale() throws {
    let terminal = try session(environment: ["LC_ALL": "C"])
    terminal.type("len(\"éäöüßñÿ日\")")
    #expect(terminal.wait(forLastLine: "svm[1]> len(\"éäöüßñÿ日\")"), "\(terminal.screen.text)")
    terminal.type("\r")
    #expect(terminal.wait { $0.text.contains("\n8\n") }, "\(terminal.screen.text)")
  }

  @Test func errorsNameTheirCell() throws {
    let terminal = try session()
    terminal.type("x = 1\rif x == 1 {\r  nope\r}\r")
    #expect(terminal.wait(for: "svm[2]:2:3"), "\(terminal.screen.text)")
  }

  @Test func suggestionsAreTakenByTheWord() throws {
    let terminal = try session()
    terminal.type("alpha = [1, 2, 3]\rfn f(x) {\ralp")
    #expect(terminal.wait(forLastLine: "   ...> alpha = [1, 2, 3]"), "\(terminal.screen.text)")
    terminal.type("\u{1B}f")
    terminal.waitUntilKeysAreRead()
    terminal.type(Key.control("C"))
    #expect(terminal.wait { $0.text.contains("...> alpha^C") }, "\(terminal.screen.text)")
  }

  /// The call that the cursor is in stands below the entry, and goes with it.
  @Test func theCallIsShownBelow() throws {
    let terminal = try session()
    terminal.type("s = sum([1, 2]")
    #expect(
      terminal.wait(forLastLine: "sum(x, axis=none, keepdims=false)"), "\(terminal.screen.text)")
    #expect(terminal.screen.text.contains("svm[1]> s = sum([1, 2]\n"))
    terminal.type(")")
    #expect(terminal.wait(forLastLine: "svm[1]> s = sum([1, 2])"), "\(terminal.screen.text)")
    terminal.type("\rprint max(s")
    #expect(terminal.wait { $0.text.contains("\nmax(") }, "\(terminal.screen.text)")
    terminal.type(Key.control("C"))
    #expect(terminal.wait(forLastLine: "svm[2]>"), "\(terminal.screen.text)")
    #expect(!terminal.screen.text.contains("\nmax("))
  }

  /// After `=` the default is suggested, and → takes it.
  @Test func theDefaultIsSuggested() throws {
    let terminal = try session()
    terminal.type("x = sum([[1, 2]], keepdims=")
    #expect(
      terminal.wait { $0.text.contains("keepdims=false\n") }, "\(terminal.screen.text)")
    terminal.type("\u{1B}[C)")
    #expect(
      terminal.wait(forLastLine: "svm[1]> x = sum([[1, 2]], keepdims=false)"),
      "\(terminal.screen.text)")
  }
}

extension String {
  /// How often a text is in it.
  fileprivate func components(of text: String) -> Int {
    var (count, rest) = (0, self[...])
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
