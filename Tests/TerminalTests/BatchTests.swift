import Glibc
import Testing

/// The program without a terminal: files, text, pipes, exit statuses.
@Suite struct BatchTests {
  /// Runs a script from a file, with arguments before and after its name.
  private func run(
    _ script: String, before: [String] = [], after: [String] = [],
    environment: [String: String] = [:]
  ) -> ProgramRun {
    let file = ProgramRun.temporaryFile()
    defer { unlink(file) }
    ProgramRun.write(script, to: file)
    return ProgramRun(before + [file] + after, environment: environment)
  }

  @Test func textFileAndPipeMeanTheSame() {
    let script = "x = 40\nx + 2\nprint \"é {x:.1f}\"\n"
    let expected = "42\né 40.0\n"
    #expect(run(script).output == expected)
    #expect(ProgramRun(["-c", script]).output == expected)
    #expect(
      ProgramRun(["-c", "x = 40", "-c", "x + 2", "-c", "print \"é {x:.1f}\""]).output == expected)
    #expect(ProgramRun([], input: script).output == expected)
    #expect(ProgramRun(["-"], input: script).output == expected)
    #expect(run(script, before: ["run"]).output == expected)
  }

  @Test(arguments: [
    ("1 + 1", 0), ("expect 1 == 2", 1), ("expect 1 == 2\nprint 3", 1), ("x = (", 2), ("a +", 2),
    ("print \"before\"\nx = nothing_here", 3), ("1 / [1, 2] @ [1, 2, 3]", 3),
    ("load_npy(\"/no/such/file.npy\")", 4), ("quit", 0), ("", 0),
  ])
  func exitStatuses(script: String, status: Int32) {
    let result = ProgramRun(["-c", script])
    #expect(result.status == status, "\(result.errors)")
    #expect((result.errors.isEmpty) == (status == 0))
  }

  @Test func usageErrors() {
    for arguments in [["--nonsense"], ["-c"], ["run"], ["-c", "1", "x"], ["check", "a.svm"]] {
      let result = ProgramRun(arguments)
      #expect(result.status == 2, "\(arguments)")
      #expect(result.output.isEmpty)
      #expect(result.errors.hasPrefix("error: "))
    }
    let missing = ProgramRun(["/no/such/file.svm"])
    #expect(missing.status == 4)
    #expect(missing.errors.hasPrefix("error: can't read '/no/such/file.svm': "))
  }

  @Test func helpAndVersion() {
    let version = ProgramRun(["--version"])
    #expect(version.status == 0)
    #expect(version.output.hasPrefix("svmrepl "))
    #expect(ProgramRun(["--help"]).output.contains("NAME=VALUE"))
    #expect(ProgramRun(["--generate-completion-script", "bash"]).output.contains("svmrepl"))
  }

  @Test func parametersGetOtherValues() {
    let script = "param n = 3\nparam name = \"a\"\nprint name n\n"
    #expect(run(script).output == "a 3\n")
    #expect(run(script, after: ["n=5", "name=b c"]).output == "b c 5\n")
    #expect(run(script, after: ["m=5"]).status == 2)
    #expect(run(script, after: ["n=words"]).status == 2)
    #expect(run(script, after: ["n=1", "n=2"]).status == 2)
  }

  @Test func keepGoingGoesOn() {
    let script = "print 1\nnothing_here\nprint 2\n"
    let stopped = run(script)
    #expect(stopped.output == "1\n")
    #expect(stopped.status == 3)
    let went = run(script, before: ["--keep-going"])
    #expect(went.output == "1\n2\n")
    #expect(went.status == 3)
  }

  @Test func pipesGetNoEscapes() {
    let script = "print 1\n[1, 2, 3]\nnothing_here\n"
    let plain = run(script)
    #expect(!plain.output.contains("\u{1B}") && !plain.errors.contains("\u{1B}"))
    #expect(run(script, environment: ["FORCE_COLOR": "1"]).errors.contains("\u{1B}"))
  }

  @Test func aReaderThatGoesAwayEndsItQuietly() {
    let result = ProgramRun(
      ["-c", "for i in range(100000) { print i }"], redirection: "| head -n 1")
    #expect(result.output == "0\n")
    #expect(result.errors.isEmpty)
  }

  @Test func outputThatCannotBeWrittenIsSaid() {
    let result = ProgramRun(["-c", "print 1"], redirection: ">/dev/full")
    #expect(result.status == 4)
    #expect(result.errors.contains("can't write the output"))
  }

  @Test func interruptedIs130() throws {
    let terminal = try #require(
      PseudoTerminal(PseudoTerminal.program, ["-c", "print 1\nwhile true { 1 }"]))
    #expect(terminal.wait(for: "1"))
    terminal.type(Key.control("C"))
    #expect(terminal.waitForEnd() == 130)
    #expect(terminal.wait(seconds: 1) { $0.text.contains("interrupted") })
  }
}
