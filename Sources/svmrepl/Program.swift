import Commands
import Glibc
import Interpreter
import Language
import LineEditor
import LinearAlgebra
import Notebook
import Record
import Text

/// Runs the program as its arguments say.
struct Program {
  let console: Console
  let terminal: Terminal
  let keepGoing: Bool
  /// Whether results of long statements are kept, and taken where they are.
  let caches: Bool
  /// Whether the statements of a script are noted, so that they come back after a crash.
  let keepsJournal: Bool
  /// Whether the prose and code of a script are shown, too.
  let echoes: Bool
  /// Whether `check` writes outputs into the files.
  let updates: Bool
  /// What `export` makes; nil where that is not said.
  let format: NotebookExport.Format?
  /// The file that `export` and `import` write; nil where that is not said.
  let output: String?
  /// Whether `export` shows recorded outputs, and runs nothing.
  let isRecorded: Bool
  /// The port at which `watch` serves; nil where that is not said.
  let port: UInt16?
  /// Whether `watch` opens a browser.
  let opens: Bool
  /// Whether `cache` removes everything.
  let clears: Bool
  /// Whether only what was asked for is shown.
  let isQuiet: Bool
  /// Where everything goes instead of the console; nil for text.
  let events: EventStream?

  /// Subcommands that this version does not have.
  private static let laterVerbs = ["grade", "kernel"]

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
      } else if words.first == "check" {
        return Checking(console: console, updates: updates, caches: caches).run(
          Array(words.dropFirst()))
      } else if words.first == "export" {
        var options = NotebookExport.Options()
        options.isRecorded = isRecorded
        options.keepsGoing = keepGoing
        options.progress = console.progress
        return try Exporting(
          console: console, format: format, output: output, isQuiet: isQuiet
        ).run(Array(words.dropFirst()), options)
      } else if words.first == "import" {
        return try Importing(console: console, output: output, isQuiet: isQuiet)
          .run(Array(words.dropFirst()))
      } else if words.first == "watch" {
        return try Watching(console: console, port: port, opens: opens, isQuiet: isQuiet)
          .run(Array(words.dropFirst()))
      } else if words.first == "cache" {
        return Caching(console: console, clears: clears).run(Array(words.dropFirst()))
      } else if words.first == "help" {
        let topic = words.dropFirst().joined(separator: " ")
        let text = topic.isEmpty ? "help" : "help \(Value.quoted(topic))"
        return try script(Source(text, name: "help"), parameters: [])
      } else if let verb = words.first, Self.laterVerbs.contains(verb) {
        throw Diagnostic(
          "this version has no '\(verb)'", category: .usage,
          help: "`svmrepl run \(verb)` runs a file of that name")
      }
      if let file = words.first, file != "-" {
        let source = Source(try ScriptFile.text(of: file), name: file)
        return try script(source, parameters: Array(words.dropFirst()))
      }
      if words.isEmpty, let events {
        let session = newSession()
        session.standardInputIsTaken = true
        return EventLoop(session: session, events: events).run()
      }
      if words.isEmpty, terminal.isInputTerminal { return prompt() }
      let source = Source(try ScriptFile.standardInput(), name: "standard input")
      return try script(source, parameters: Array(words.dropFirst()))
    } catch {
      let diagnostic = error as? Diagnostic ?? Session.diagnostic(of: error)
      if let events { events.report(diagnostic) } else { console.report(diagnostic) }
      return diagnostic.category.exitStatus
    }
  }

  private func newSession() -> Session {
    let console = console
    func make(
      _ display: Display, _ sink: Sink, _ report: @escaping (Diagnostic) -> Void
    ) -> Session {
      let session = Session(
        catalog: CommandCatalog.standard, display: display, sink: sink, report: report)
      session.isQuiet = isQuiet
      return session
    }
    if let events {
      let session = events.session(make)
      if isQuiet { session.progress = nil }
      return session
    }
    let session = make(
      terminal.display, Sink { console.show($0, on: $1) }, { console.report($0) })
    session.progress = console.progress
    return session
  }

  private func script(_ source: Source, parameters: [String]) throws -> Int32 {
    let session = newSession()
    if caches { session.cache = try ResultCache.standard { console.report($0) } }
    session.parameterTexts = try Self.parameters(parameters)
    let journal =
      keepsJournal
      ? try SessionJournal.begin(session, script: source.name) { session.report($0) } : nil
    defer { journal?.end() }
    let run = {
      ScriptRunner(session, keepGoing: keepGoing, echoes: echoes, journal: journal).run(source)
    }
    guard let events else { return run() }
    return events.run(source.name, String(decoding: source.bytes, as: UTF8.self), run)
  }

  /// The values by name that words of the form NAME=VALUE give.
  static func parameters(_ words: [String]) throws(Diagnostic) -> [String: String] {
    var parameters: [String: String] = [:]
    for word in words {
      guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
        throw Diagnostic(
          "'\(word)' is not NAME=VALUE", category: .usage,
          help: "what follows the script gives its parameters their values")
      }
      let name = String(word[..<equals])
      guard parameters[name] == nil else {
        throw Diagnostic("'\(name)' is given twice", category: .usage)
      }
      parameters[name] = String(word[word.index(after: equals)...])
    }
    return parameters
  }

  private func prompt(resuming id: String? = nil) -> Int32 {
    ReadEvalPrintLoop(
      session: newSession(), console: console, terminal: terminal, isQuiet: isQuiet, resumes: id
    ).run()
  }

  /// Brings a session back at the prompt: the last one, or the one of this name. `list` shows what
  /// there is.
  func resume(_ word: String?) -> Int32 {
    installSignals()
    if word == "list" {
      console.write(SessionJournal.list(on: terminal.display))
      return 0
    }
    return prompt(resuming: word ?? "")
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
