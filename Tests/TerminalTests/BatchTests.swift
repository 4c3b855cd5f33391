import Glibc
import TestSupport
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
    for arguments in [
      ["--nonsense"], ["-c"], ["run"], ["--quiet", "--progress"], ["-c", "1", "x"],
      ["check"], ["grade", "a.svm"],
    ] {
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

  @Test func echoShowsProseAndCode() {
    let script = """
      ## # Title
      ## Prose.

      x = 1; x + 1
      fn f(a) {
        return a
      }
      # %% Cell
      f(3)
      ## The end.

      """
    let shown = """
      # Title
      Prose.

      svm> x = 1; x + 1
      2
      svm> fn f(a) {
      ...>   return a
      ...> }

      Cell

      svm> f(3)
      3

      The end.


      """
    #expect(run(script, before: ["--echo"]).output == shown)
    #expect(run(script, before: ["--echo", "--json"]).status == 2)
  }

  @Test func checkComparesFiles() throws {
    let folder = try TemporaryFolder()
    let good = try folder.write("good.svm", "1 + 1\n#> 2\n")
    let bad = try folder.write("bad.svm", "1 + 1\n#> 3\n")
    #expect(ProgramRun(["check", good]).status == 0)
    let one = ProgramRun(["check", bad])
    #expect(one.status == 1 && one.output.contains("-#> 3\n+#> 2\n"))
    // Several files, in their order.
    let both = ProgramRun(["check", bad, good, bad])
    #expect(both.status == 1)
    #expect(both.output.components(separatedBy: "1 of 1 output differs").count == 3)
    #expect(both.output.contains("1 output as recorded"))
    #expect(ProgramRun(["check", good, folder("none.svm")]).status == 4)
    // Long output of characters of several bytes comes whole.
    let wide = try folder.write("wide.svm", "for i in range(40000) { print \"é漢字\" }\n#> x\n")
    let long = ProgramRun(["check", wide, good]).output
    #expect(long.components(separatedBy: "+#> é漢字\n").count == 40001)
    let full = ProgramRun(["check", good, good], redirection: ">/dev/full")
    #expect(full.status == 4 && full.errors.contains("can't write the output"))
    let nowhere = ProgramRun(["check", good, good], environment: ["TMPDIR": "/no/such"])
    #expect(nowhere.status == 4 && nowhere.errors.contains("can't make a file in '/no/such'"))
    #expect(ProgramRun(["check"]).status == 2)
    #expect(ProgramRun(["--update", good]).status == 2)
    #expect(ProgramRun(["check", "--update", bad]).status == 0)
    #expect(ProgramRun.contents(of: bad) == "1 + 1\n#> 2\n")
    // Who records an error without meaning it is to know.
    let wrong = try folder.write("wrong.svm", "expect 1 > 2\nexpect 2 > 3\n")
    let update = ProgramRun(["check", "--update", wrong])
    #expect(update.status == 0 && update.output.hasSuffix(": updated, with 2 errors recorded\n"))
  }

  @Test func helpFromTheShell() {
    #expect(ProgramRun(["help", "train"]).output.hasPrefix("train DATA"))
    #expect(ProgramRun(["help", "learning", "rate"]).output.hasPrefix("learning-rate"))
    #expect(ProgramRun(["help"]).output.contains("help NAME"))
    let wrong = ProgramRun(["help", "no\"thing {x}"])
    #expect(wrong.status == 3 && wrong.errors.contains("there is no help about"))
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

  /// Nothing but what was asked for.
  @Test func quietRunsShowNoReports() {
    let script = "d = load \"iris\"\nm = train d iters=5\n1 + 1"
    #expect(ProgramRun(["--quiet", "-c", script]).output == "2\n")
    #expect(ProgramRun(["-c", script]).output.contains("loaded iris"))
    #expect(ProgramRun(["--quiet", "-c", "describe [1, 2]"]).output.contains("1.5"))
    #expect(ProgramRun(["--quiet", "-c", "x = nope"]).errors.contains("there is no 'nope'"))
  }

  /// Entries go in, and events come out: each line is an object, and a `done` ends each cell.
  @Test func aProgramDrivesASession() {
    let input = """
      x = 1 / 4
      fn f(a) {
        return a * x
      }
      {"input":"f(2)\\nprint \\"é\\\\n\\""}
      y = f(nope)
      f(4)

      """
    let run = ProgramRun(["--json"], input: input)
    let lines = run.output.split(separator: "\n").map(String.init)
    func texts(_ event: String, _ key: String) -> [String] {
      lines.filter { $0.hasPrefix("{\"event\":\"\(event)\"") }.map { line in
        JSONFields(line)?[key] ?? ""
      }
    }
    #expect(run.status == 3 && run.errors.isEmpty)
    #expect(texts("input", "cell") == ["1", "2", "3", "4", "5"])
    #expect(texts("done", "cell") == texts("input", "cell"))
    #expect(texts("done", "status") == ["0", "0", "0", "3", "0"])
    #expect(texts("output", "data.text/plain") == ["0.5", "é\n", "1"])
    #expect(texts("error", "message") == ["there is no 'nope'"])
    #expect(texts("error", "source") == ["svm[4]"])
    #expect(
      texts("error", "span.start.offset") == ["6"] && texts("error", "span.end.column") == ["11"])
    #expect(texts("error", "text")[0].contains("svm[4]:1:7"))
  }

  /// Plots come as drawings and tables as HTML beside their texts.
  @Test func eventsHaveTheFormsOfAResult() {
    let script = """
      plot-ascii [1, 3, 2] title="a \\"plot\\""
      d = synth blobs n=60 d=2 classes=2;
      m = train d iters=5;
      evaluate m on=d
      """
    let run = ProgramRun(["--json", "--quiet", "-c", script])
    let outputs = run.output.split(separator: "\n").compactMap { JSONFields(String($0)) }
      .filter { $0["event"] == "output" }
    let drawings = outputs.compactMap { $0["data.image/svg+xml"] }
    #expect(drawings.count == 1 && drawings[0].contains("<title>a &quot;plot&quot;</title>"))
    let pages = outputs.compactMap { $0["data.text/html"] }
    #expect(pages.count == 1 && pages[0].contains("</table>") && pages[0].contains("</svg>"))
    #expect(outputs.allSatisfy { !($0["data.text/plain"] ?? "").isEmpty })
  }

  @Test func aScriptIsOneCell() {
    let run = ProgramRun(["--json", "-c", "print 1", "-c", "expect 1 == 2"])
    let fields = run.output.split(separator: "\n").compactMap { JSONFields(String($0)) }
    #expect(fields.compactMap { $0["event"] } == ["input", "output", "error", "done"])
    #expect(fields.last?["status"] == "1" && run.status == 1)
  }
}
