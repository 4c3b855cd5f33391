import Glibc
import TestSupport
import Testing

@testable import LineEditor

/// Sessions that come back after the program was killed.
@Suite(.serialized) struct ResumeTests {
  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  private func session() throws -> PseudoTerminal {
    let terminal = try #require(PseudoTerminal(columns: 100, rows: 40))
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

  /// SVMREPL_KILLS is the number of kills.
  @Test func killedAtAnyMomentNothingThatWasAcceptedIsLost() throws {
    let count = 40
    let lines = (0..<count).map { line($0) }
    let run = ProgramRun([
      "-c", (lines + (0..<count).map { "print x\($0)" }).joined(separator: "\n"),
    ])
    let expected = run.output.split(separator: "\n").map(String.init)
    try #require(expected.count == count)

    let kills = getenv("SVMREPL_KILLS").flatMap { Int(String(cString: $0)) } ?? 12
    var numbers = SeededNumbers(seed: 11)
    for _ in 0..<kills {
      let first = try session()
      first.type(lines.joined(separator: "\r") + "\r")
      first.read(for: Double.random(in: 0...0.25, using: &numbers))
      first.crash()
      _ = first.waitForEnd()
      // The prompt of an entry is shown once those before it are on the disk.
      let shown = (1...count + 1).last { first.screen.text.contains("svm[\($0)]>") } ?? 1
      guard shown > 1 else { continue }
      let again = try #require(first.anotherSession(["--resume"]))
      let isBack = again.wait {
        $0.text.contains(" back\n") && ($0.text.split(separator: "\n").last ?? "").hasPrefix("svm[")
      }
      #expect(isBack, "\(again.screen.text)")
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
