import Glibc
import TestSupport
import Testing

@testable import LineEditor

/// Every key there is, at the real prompt: whatever libedit does for it, the session goes on.
@Suite struct KeySweepTests {
  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  /// Space to tilde, backspace and the control keys, but those by which the terminal stops or ends
  /// a program: Ctrl-Z and Ctrl-\.
  private static let keys = (UInt8(0)...0x7F).filter { ![0x1A, 0x1C].contains($0) }.map {
    String(Unicode.Scalar($0))
  }

  private func session(
    columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    // The editor that a pair of keys opens changes nothing.
    let all = environment.merging(["VISUAL": "true"]) { $1 }
    let terminal = try #require(PseudoTerminal(columns: columns, rows: rows, environment: all))
    try #require(terminal.wait(forLastLine: "svm[1]>"), "\(terminal.screen.text)")
    return terminal
  }

  /// A folder to be at home in, with libedit's settings.
  private func home(editrc: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let file = open(folder.path + "/.editrc", O_WRONLY | O_CREAT, 0o600)
    try #require(file >= 0)
    FileOutput.write(editrc, to: file)
    close(file)
    return folder
  }

  /// Types the keys into an entry, leaves it by Ctrl-C, and sees that the next one is answered.
  private func expectAnswer(_ terminal: PseudoTerminal, after keys: String, number: Int) throws {
    let prompts = terminal.screen.prompts
    terminal.type("7 " + keys)
    try #require(terminal.waitUntilKeysAreRead(), "\(keys.debugDescription) is not read")
    terminal.type(Key.control("C"))
    let isLeft = terminal.wait(seconds: 5) {
      $0.prompts > prompts && $0.text.split(separator: "\n").last?.hasSuffix("]>") == true
    }
    try #require(isLeft, "Ctrl-C is lost after \(keys.debugDescription):\n\(terminal.screen.text)")
    terminal.type("1000 + \(number)\r")
    let isAnswered = terminal.wait(seconds: 5) { screen in
      let lines = screen.text.split(separator: "\n")
      return lines.contains("\(1000 + number)") && lines.last?.hasSuffix("]>") == true
    }
    try #require(
      isAnswered, "no answer after \(keys.debugDescription):\n\(terminal.screen.text)")
  }

  @Test(arguments: ["", "\u{1B}", Key.control("X")], [(80, 24), (40, 12)])
  func noKeyHangs(prefix: String, size: (columns: Int, rows: Int)) throws {
    let terminal = try session(columns: size.columns, rows: size.rows)
    for (i, key) in Self.keys.enumerated() {
      // While another editor has the terminal, a Ctrl-C is that one's.
      if prefix + key == Key.control("X") + Key.control("E") { continue }
      try expectAnswer(terminal, after: prefix + key, number: i)
    }
  }

  @Test func controlSSearchesAndDoesNotStopTheScreen() throws {
    let terminal = try session()
    terminal.type(Key.control("S"))
    #expect(terminal.wait { $0.text.contains("search forward:") }, "\(terminal.screen.text)")
  }

  @Test func noKeyTakesTheNextOneAsText() throws {
    let terminal = try session()
    terminal.type(Key.control("V") + Key.control("A") + Key.control("@") + Key.left + "2\r")
    #expect(terminal.wait { $0.text.contains("svm[1]> 2\n2\n") }, "\(terminal.screen.text)")
  }

  @Test func noViCommandHangs() throws {
    let home = try home(editrc: "bind -v\n")
    let terminal = try session(environment: ["HOME": home.path])
    for (i, key) in Self.keys.enumerated() {
      try expectAnswer(terminal, after: "\u{1B}" + key, number: i)
    }
  }

  /// `.` repeats what was inserted in this entry, and nothing of those before.
  @Test func viRepeatsWhatWasTypedLast() throws {
    let home = try home(editrc: "bind -v\n")
    let terminal = try session(environment: ["HOME": home.path])
    terminal.type("abc = 1")
    terminal.waitUntilKeysAreRead()
    terminal.type(Key.control("C"))
    #expect(terminal.wait(forLastLine: "svm[1]>"))
    terminal.type("12\u{1B}.")
    #expect(terminal.wait(forLastLine: "svm[1]> 1122"), "\(terminal.screen.text)")
    terminal.type("A + 3\u{1B}.\r")
    #expect(terminal.wait { $0.text.contains("\n1128\n") }, "\(terminal.screen.text)")
  }

  @Test func viSearchesTheHistoryAndEscapeGivesTheEntryBack() throws {
    let home = try home(editrc: "bind -v\n")
    let terminal = try session(environment: ["HOME": home.path])
    terminal.type("alpha = 1\rbeta = 2\r")
    #expect(terminal.wait(forLastLine: "svm[3]>"))
    terminal.type("\u{1B}")
    terminal.waitUntilKeysAreRead()
    terminal.type("/alp\r")
    #expect(terminal.wait(forLastLine: "svm[3]> alpha = 1"), "\(terminal.screen.text)")
    terminal.type("?xyz\u{1B}")
    #expect(terminal.wait(forLastLine: "svm[3]> alpha = 1"), "\(terminal.screen.text)")
    terminal.type("i\r")
    #expect(terminal.wait(forLastLine: "svm[4]>"), "\(terminal.screen.text)")
  }

  @Test func lettersAboveASCIIAreNoCommandsInAnyLocale() throws {
    let terminal = try session(environment: ["LC_ALL": "C"])
    for (i, letter) in "øâØ÷é".enumerated() {
      try expectAnswer(terminal, after: String(letter), number: i)
    }
  }

  @Test func aCommandLineOfTheUsersOwnCanBeLeft() throws {
    let home = try home(editrc: "bind ^T ed-command\n")
    let terminal = try session(environment: ["HOME": home.path])
    try expectAnswer(terminal, after: Key.control("T") + "abc", number: 1)
  }
}
