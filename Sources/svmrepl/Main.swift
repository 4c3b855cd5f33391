import ArgumentParser
import Commands
import Glibc
import Interpreter
import Language
import LineEditor
import Notebook
import Text

extension NotebookExport.Format: ExpressibleByArgument {}

/// The program, which runs the prompt, a file, the text of `-c`, or the standard input.
@main
struct Main: ParsableCommand {
  static let version = "0.1.0"
  /// The date of that version.
  static let date = "November 29, 2026"

  /// The forms of the command line, and what they do.
  static let forms = [
    ("svmrepl", "the prompt"),
    ("svmrepl [--echo] [--cache] [--journal] [--keep-going] FILE [NAME=VALUE…]", "run a script"),
    ("svmrepl -c 'STATEMENTS' [NAME=VALUE…]", "run text"),
    ("svmrepl check [--update] FILE…", "compare outputs with those recorded in scripts"),
    (
      "svmrepl export [--to html|ipynb|md] [-o OUT] FILE [NAME=VALUE…]",
      "make a page of a script, or a notebook"
    ),
    ("svmrepl import [-o OUT] FILE.ipynb", "make a script of a notebook"),
    (
      "svmrepl watch [--port N] [--open] FILE [NAME=VALUE…]",
      "show a script as a page while it is written"
    ),
    ("svmrepl --resume [list|ID]", "the last session again, or an earlier one"),
    ("svmrepl cache [--clear]", "show what is kept of earlier runs, or remove it"),
    ("svmrepl help [TOPIC]", "explain a verb, option, function or idea"),
  ]

  static let discussion =
    "Input that is not a terminal is read as a script. At the prompt, `help` lists the commands."

  /// The meanings of the exit statuses; the first error decides.
  static let exitStatuses: [(Int32, String)] = [
    (0, "all well"), (1, "an expectation or a check failed"),
    (Diagnostic.Category.usage.exitStatus, "syntax or usage"),
    (Diagnostic.Category.runtime.exitStatus, "an error while running"),
    (Diagnostic.Category.data.exitStatus, "data or file trouble"),
    (Diagnostic.Category.interrupted.exitStatus, "interrupted"),
  ]

  static let configuration = CommandConfiguration(
    commandName: "svmrepl",
    abstract: "A notebook in the terminal for linear support vector machines.",
    usage: forms.map { form, meaning in
      form.count < 52
        ? form + String(repeating: " ", count: 52 - form.count) + meaning
        : form + "\n" + String(repeating: " ", count: 52) + meaning
    }.joined(separator: "\n"),
    discussion: discussion + "\n\nExit status: "
      + exitStatuses.map { "\($0) \($1)" }.joined(separator: ", ") + ".",
    version: "svmrepl \(version)")

  @ArgumentParser.Option(
    name: .customShort("c"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Run this text instead of a file; given more than once, line after line.",
      valueName: "statements"))
  var lines: [String] = []

  @Flag(help: "Go on after an error; the exit status still tells of the first.")
  var keepGoing = false

  @Flag(help: "Show the prose and the code of a script before its outputs.")
  var echo = false

  @Flag(help: "Report on long work now and then, on the error stream, where there is no terminal.")
  var progress = false

  @Flag(
    help: """
      Show only what was asked for: no welcome, no progress, and nothing for a statement that \
      assigns.
      """)
  var quiet = false

  @Flag(
    help: """
      Write events instead of text, one JSON object a line: input, output, warning, error, \
      progress, done.
      """)
  var json = false

  @Flag(help: "With 'check': write the outputs that differ into the files.")
  var update = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      """
      With 'export': the format, a page in HTML, a notebook of Jupyter, or Markdown. Without it, \
      the ending of the output says which; else it is html.
      """, valueName: "format"))
  var to: NotebookExport.Format?

  @ArgumentParser.Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      """
      With 'export' and 'import': the file to write, '-' for the standard output. Without it, it \
      stands beside the one that is read and has its name, with another ending.
      """, valueName: "out"), completion: .file())
  var output: String?

  @Flag(help: "With 'export': show the recorded outputs, and run nothing.")
  var recorded = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "With 'watch': the port of the page on this machine; any free one unless given.",
      valueName: "number"))
  var port: UInt16?

  @Flag(help: "With 'watch': open the page in the browser.")
  var open = false

  @Flag(help: "Keep the results of long statements of a script, and take those that are kept.")
  var cache = false

  @Flag(
    help: """
      Keep a journal of a script, as the prompt does: should the program be killed, '--resume' \
      brings back what it had made.
      """)
  var journal = false

  @Flag(help: "Bring the last session back, or the one of this name; 'list' shows them.")
  var resume = false

  @Flag(help: "With 'cache': remove everything that is in it.")
  var clear = false

  /// Prints the manual page, for `scripts/install`.
  @Flag(help: .hidden)
  var generateManual = false

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      "A script, and values for its parameters: NAME=VALUE.", valueName: "file"),
    completion: .file())
  var words: [String] = []

  func validate() throws {
    if quiet, progress { throw ValidationError("'--quiet' and '--progress' exclude each other") }
    if echo, json { throw ValidationError("'--echo' and '--json' exclude each other") }
    let verb = lines.isEmpty ? words.first ?? "" : ""
    func allow(_ isGiven: Bool, _ option: String, with verbs: String...) throws {
      if isGiven, !verbs.contains(verb) {
        let names = verbs.map { "'\($0)'" }.joined(separator: " and ")
        throw ValidationError("'\(option)' goes with \(names)")
      }
    }
    func refuse(_ isGiven: Bool, _ option: String, with verbs: String...) throws {
      if isGiven, verbs.contains(verb) {
        throw ValidationError("'\(option)' does not go with '\(verb)'")
      }
    }
    try allow(update, "--update", with: "check")
    try allow(clear, "--clear", with: "cache")
    try allow(to != nil, "--to", with: "export")
    try allow(recorded, "--recorded", with: "export")
    try allow(port != nil, "--port", with: "watch")
    try allow(open, "--open", with: "watch")
    try allow(output != nil, "--output", with: "export", "import")
    if resume, words.count > 1 || !lines.isEmpty || json || cache || journal {
      throw ValidationError("'--resume' takes the name of a session, or 'list', and nothing else")
    }
    try refuse(cache, "--cache", with: "export", "import", "help", "cache", "watch")
    try refuse(
      journal, "--journal", with: "check", "export", "import", "help", "cache", "watch")
    if journal, cache { throw ValidationError("'--journal' and '--cache' exclude each other") }
    if journal, json, verb.isEmpty, lines.isEmpty {
      throw ValidationError("'--journal' goes with a script, and '--json' alone reads entries")
    }
    try refuse(echo, "--echo", with: "check", "export", "import", "watch")
    try refuse(json, "--json", with: "check", "export", "import", "watch")
    try refuse(keepGoing, "--keep-going", with: "check", "import", "watch")
    try refuse(progress, "--progress", with: "watch")
    try refuse(recorded && keepGoing, "--keep-going", with: "export")
  }

  static func main() {
    Terminal.setLocale()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      if exitCode(for: error).isSuccess { exit(withError: error) }
      let console = Console(Terminal.current())
      var message = message(for: error).split(separator: "\n").first.map(String.init) ?? ""
      if message.last == "." { message.removeLast() }
      console.report(
        Diagnostic(
          message.prefix(1).lowercased() + message.dropFirst(), category: .usage,
          help: "`svmrepl --help` shows what there is"))
      Glibc.exit(Diagnostic.Category.usage.exitStatus)
    }
  }

  func run() throws {
    let terminal = Terminal.current()
    let console = Console(terminal)
    if generateManual {
      FileOutput.write(Manual.page, to: 1)
      return
    }
    if progress, console.progress == nil { console.progress = ProgressLines() }
    if quiet { console.progress = nil }
    let program = Program(
      console: console, terminal: terminal, keepGoing: keepGoing, caches: cache,
      keepsJournal: journal, echoes: echo, updates: update, format: to, output: output,
      isRecorded: recorded, port: port, opens: open, clears: clear,
      isQuiet: quiet,
      events: json ? EventStream(terminal.display) : nil)
    if resume { Glibc.exit(program.resume(words.first)) }
    Glibc.exit(program.run(text: lines.isEmpty ? nil : lines.joined(separator: "\n"), words: words))
  }
}
