import Commands
import Glibc
import Interpreter
import Language
import LineEditor
import LinearAlgebra
import Text

/// Runs the program as its arguments say.
struct Program {
  let console: Console
  let terminal: Terminal
  let keepGoing: Bool

  /// Subcommands that this version does not have.
  private static let laterVerbs = ["check", "export", "grade", "kernel", "import"]

  /// Runs the text of `-c`, a file, the prompt, or the standard input. Returns the exit status.
  func run(text: String?, words: [String]) -> Int32 {
    installSignals()
    var words = words
    do {
      if let text {
        return try script(Source(text, name: "-c"), parameters: words)
      }
      if words.first == "run" {
        words.removeFirst()
        guard !words.isEmpty else {
          throw Diagnostic(
            "'run' needs a file", category: .usage, help: "svmrepl run FILE [NAME=VALUE…]")
        }
      } else if let verb = words.first, Self.laterVerbs.contains(verb) {
        throw Diagnostic(
          "this version has no '\(verb)'", category: .usage,
          help: "`svmrepl run \(verb)` runs a file of that name")
      }
      if let file = words.first, file != "-" {
        let source = Source(try ScriptFile.text(of: file), name: file)
        return try script(source, parameters: Array(words.dropFirst()))
      }
      if words.isEmpty, terminal.isInputTerminal { return prompt() }
      let source = Source(try ScriptFile.standardInput(), name: "standard input")
      return try script(source, parameters: Array(words.dropFirst()))
    } catch {
      let diagnostic = error as? Diagnostic ?? Diagnostic("\(error)")
      console.report(diagnostic)
      return diagnostic.category.exitStatus
    }
  }

  private func newSession() -> Session {
    let console = console
    let session = Session(
      catalog: CommandCatalog.standard, display: terminal.display,
      sink: Sink { console.show($0, on: $1) }, report: { console.report($0) })
    session.progress = console.progress
    return session
  }

  private func script(_ source: Source, parameters: [String]) throws -> Int32 {
    let session = newSession()
    for word in parameters {
      guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
        throw Diagnostic(
          "'\(word)' is not NAME=VALUE", category: .usage,
          help: "what follows the script gives its parameters their values")
      }
      let name = String(word[..<equals])
      guard session.parameterTexts[name] == nil else {
        throw Diagnostic("'\(name)' is given twice", category: .usage)
      }
      session.parameterTexts[name] = String(word[word.index(after: equals)...])
    }
    return ScriptRunner(session, keepGoing: keepGoing).run(source)
  }

  private func prompt() -> Int32 {
    ReadEvalPrintLoop(session: newSession(), console: console, terminal: terminal).run()
  }

  /// Makes Ctrl-C request an interruption, unless the parent process has set it to be ignored.
  private func installSignals() {
    SignalPipe.open()
    Interruption.clear()
    // When a reader of the output ends (`svmrepl … | head`), the program ends without a message.
    signal(SIGPIPE, SIG_DFL)
    Suspension.install()
    if !SignalPipe.isIgnored(SIGINT) {
      SignalPipe.handle(SIGINT) { number in
        Interruption.request()
        SignalPipe.notify(number)
      }
    }
  }
}
