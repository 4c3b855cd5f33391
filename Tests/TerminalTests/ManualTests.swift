import TestSupport
import Testing

/// The manual page says what there is, in a form that both formatters take.
@Suite struct ManualTests {
  private let folder: TemporaryFolder
  private let page: String

  init() throws {
    folder = try TemporaryFolder()
    page = ProgramRun(["--generate-manual"]).output
    try folder.write("svmrepl.1", page)
  }

  /// The page without what stands for a hyphen.
  private var plainPage: String { page.replacing("\\-", with: "-") }

  /// Runs lines of shell in the folder of the page.
  private func run(_ lines: String) -> ProgramRun {
    ProgramRun(shell: "export LC_ALL=C.UTF-8\ncd \(ProgramRun.quoted(folder.path))\n\(lines)")
  }

  /// Whether this machine has a command.
  private static func has(_ command: String) -> Bool {
    ProgramRun(shell: "command -v \(command)").status == 0
  }

  @Test(.enabled(if: has("mandoc"))) func mandocFindsNothingWrong() {
    let result = run("mandoc -T lint svmrepl.1 2>&1")
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.isEmpty)
  }

  @Test(.enabled(if: has("man"))) func manShowsItInEveryEncoding() {
    for locale in ["C", "C.UTF-8"] {
      let result = run("LC_ALL=\(locale) man --warnings --local-file svmrepl.1")
      #expect(result.status == 0)
      #expect(result.errors.isEmpty, "\(result.errors)")
      #expect(
        result.output.contains("svmrepl [--echo] [--cache] [--journal] [--keep-going] FILE"))
    }
  }

  @Test func itHasEveryOption() {
    let lines = ProgramRun(["--help"]).output.split(separator: "\n")
    let names = lines.filter { $0.hasPrefix("  -") }.flatMap { line in
      line.split(separator: " ").prefix { $0.first == "-" }.map { $0.filter { $0 != "," } }
    }
    #expect(names.contains("-c") && names.contains("--keep-going"))
    for name in names {
      #expect(plainPage.contains(" \(name.dropFirst())"), "\(name)")
    }
  }

  @Test func itHasEveryVerb() throws {
    let help = ProgramRun(["-c", "help"]).output
    let end = try #require(help.firstRange(of: "\nFunctions"))
    let listed = help[..<end.lowerBound].split(separator: "\n").filter {
      $0.hasPrefix("  ") && !$0.hasPrefix("   ")
    }.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(listed.count > 20)
    let verbs = plainPage.split(separator: "\n").filter { $0.hasPrefix(".It Ic ") }.map {
      String($0.dropFirst(7))
    }
    #expect(verbs == listed)
  }

  /// Every variable that a source reads by name.
  @Test func itHasEveryVariable() {
    let sources = ProgramRun.quoted(PseudoTerminal.packageFolder + "/Sources")
    let names = run(
      """
      grep -rhoE '(getenv|environment|environmentVariable)\\("[A-Z_]+"' \(sources) | cut -d'"' -f2
      """
    ).output.split(separator: "\n")
    #expect(names.contains("NO_COLOR"))
    for name in names { #expect(page.contains(name), "\(name)") }
  }

  @Test func itsExamplesRun() throws {
    let example = try #require(plainPage.firstRange(of: ".Dl svmrepl -c"))
    let line = plainPage[example.lowerBound...].prefix { $0 != "\n" }.dropFirst(4)
    let result = run(
      "svmrepl() { \(ProgramRun.quoted(PseudoTerminal.program)) \"$@\"; }\n"
        + line.replacing("\\(dq", with: "\""))
    #expect(result.status == 0, "\(result.errors)")
    // By numpy, of Fisher's data.
    #expect(result.output.contains("5.843"), "\(result.output)")
  }
}
