import Glibc
import Interpreter
import Language
import LineEditor
import LinearAlgebra
import Text

/// The prompt: reads and runs entries until the user leaves.
struct ReadEvalPrintLoop {
  let session: Session
  let console: Console
  let terminal: Terminal
  let isQuiet: Bool
  /// The session that comes back: empty for the last one, else its name; nil for a new session.
  var resumes: String?

  /// Runs the prompt and returns the exit status, which is 0, or another one where no session comes
  /// back.
  func run() -> Int32 {
    let history = HistoryStore(
      path: HistoryStore.standardPath(environment: Terminal.environmentVariable))
    let found = TerminalMode()
    let shell = Shell(mode: found, report: { console.report($0) })
    let source = lineSource(history, shell)
    // Without the line editor, the terminal itself edits and echoes lines.
    let mode = source is LibEditSource ? found : nil
    RestoringSignals.install(mode)
    mode?.enter()
    if mode != nil { showPictures() }
    defer { mode?.restore() }
    welcome()
    runSettings()
    session.keepsOldValues = true
    let journal: SessionJournal
    do {
      journal = try self.journal()
    } catch {
      console.report(error)
      return error.category.exitStatus
    }
    defer { journal.end() }

    var number = journal.next
    var (hasWarned, hasSaidHowToGoBack) = (false, false)
    while !session.isFinished {
      // Not later: a Ctrl-C after an entry is read must stop its statements.
      SignalPipe.drain()
      Interruption.clear()
      switch source.next(prompt: prompt(number)) {
      case .end: return 0
      case .interrupted(let onEmptyLine):
        if onEmptyLine { hint("Ctrl-D or `quit` leaves") }
      case .entry(let entry):
        guard !entry.allSatisfy(\.isWhitespace) else { continue }
        if !history.append(entry), !hasWarned {
          hasWarned = true
          session.warn(
            "the history can't be written to '\(history.path ?? "")'",
            help: "this session goes on, but its entries are not kept")
        }
        lookAtTerminal()
        journal.willRun(entry, number: number)
        let watch = Stopwatch()
        let status = run(entry, number, shell, history) { journal.willRun($0, number: number) }
        journal.ran(number: number, status: status, seconds: watch.seconds)
        (source as? LibEditSource)?.rejectedEntry = status == 0 ? nil : entry
        if status != 0, status != Diagnostic.Category.interrupted.exitStatus {
          history.noteFailure(of: entry)
          if !hasSaidHowToGoBack { hint("Up, or Tab on an empty line, brings the entry back") }
          hasSaidHowToGoBack = true
        }
        number += 1
      }
    }
    return 0
  }

  /// Runs what was typed; returns the status, as a script's.
  private func run(
    _ typed: String, _ number: Int, _ shell: Shell, _ history: HistoryStore,
    edited note: (String) -> Void
  ) -> Int32 {
    var status: Int32 = 0
    switch Shorthand(typed, in: session) {
    case .entry(let text): return session.runEntry(text, number: number)
    case .edit(let function):
      guard let text = definition(of: function) else {
        console.report(
          Diagnostic(
            "there is no function '\(function ?? "")' of this session to edit",
            help: "`edit` alone opens the last entry"))
        return Diagnostic.Category.runtime.exitStatus
      }
      guard let edited = shell.edit(text), !edited.allSatisfy(\.isWhitespace) else { return 0 }
      FileOutput.write(edited + "\n", to: 1)
      history.append(edited)
      note(edited)
      return session.runEntry(edited, number: number)
    case .leave: session.isFinished = true
    case .clear: FileOutput.write("\u{1B}[H\u{1B}[2J", to: 1)
    case .shell(let command): status = shell.run(command)
    case .folder(let path): status = shell.goTo(path)
    }
    session.note(entry: typed, number: number)
    return status
  }

  /// The text of a function of the session, or of the last entry.
  private func definition(of function: String?) -> String? {
    guard let function else {
      let last = session.entries.last { entry in
        if case .entry = Shorthand(entry.text, in: session) { true } else { false }
      }
      return last?.text ?? ""
    }
    guard case .function(let value)? = session.value(of: function) else { return nil }
    return value.definition
  }

  /// Shows plots as pictures where the terminal can.
  private func showPictures() {
    session.display.pictures = PictureQuery.screen()
    session.sink = Sink(taking: [.terminalPicture]) { [console] form, display in
      switch form {
      case .text(let text): console.show(text, on: display)
      case .data(_, let bytes): console.show(picture: bytes)
      }
    }
  }

  private func lineSource(_ history: HistoryStore, _ shell: Shell) -> any LineSource {
    let language = EditorLanguage(session: session, shell: shell)
    if terminal.isOutputTerminal, !terminal.isDumb,
      let editor = LibEditSource(
        history: history, assistance: language.assistance, hasColor: terminal.display.hasColor)
    {
      console.isPaged = { [session] in
        if case .string(let setting)? = session.settings["pager"] { return setting.text != "off" }
        return true
      }
      return editor
    }
    return ScriptSource(isIncomplete: language.isIncomplete)
  }

  /// `svm[3]> `, or `svm[3, 2 stale]> ` where two variables are stale.
  private func prompt(_ number: Int) -> Prompt {
    let stale = session.stale.count
    return Prompt([
      Prompt.Part("svm[\(number)", rendition: .bold + .green),
      Prompt.Part(stale > 0 ? ", \(stale) stale" : "", rendition: .yellow),
      Prompt.Part("]", rendition: .bold + .green), Prompt.Part("> "),
    ])
  }

  private func welcome() {
    if isQuiet { return }
    let name = "svmrepl \(Main.version)"
    let mark = terminal.display.isASCII ? ", " : " · "
    let texts = [
      [name, "`help` lists the commands", "Tab completes", "Ctrl-D leaves"],
      [name, "`help`", "Ctrl-D leaves"], [name],
    ].map { $0.joined(separator: mark) }
    hint(texts.first { $0.count <= terminal.display.width } ?? name)
  }

  /// The journal of the session, a new one or one that comes back.
  private func journal() throws(Diagnostic) -> SessionJournal {
    let report: (Diagnostic) -> Void = { [console] in console.report($0) }
    if let resumes {
      return try SessionJournal.resume(
        resumes.isEmpty ? nil : resumes, in: session, report: report)
    }
    if !isQuiet, let words = SessionJournal.lastWords { hint(words) }
    return try SessionJournal.begin(session, report: report)
  }

  private func hint(_ text: String) {
    session.sink.show([.text(StyledText(text, .volatile))], session.display)
  }

  /// Runs the user's settings file, if there is one.
  private func runSettings() {
    var folder = Terminal.environmentVariable("XDG_CONFIG_HOME") ?? ""
    if !folder.hasPrefix("/") {
      guard let home = Terminal.environmentVariable("HOME"), !home.isEmpty else { return }
      folder = home + "/.config"
    }
    let path = folder + "/svmrepl/init.svm"
    guard access(path, F_OK) == 0 else { return }
    do {
      // One setting that is wrong does not cost the others.
      ScriptRunner(session, keepGoing: true).run(
        Source(try ScriptFile.text(of: path), name: path))
    } catch {
      console.report(error)
    }
    Interruption.clear()
  }

  /// Updates the size of the terminal; a width made by `set` stays.
  private func lookAtTerminal() {
    console.terminal = Terminal.current()
    session.display.height = console.terminal.display.height
    session.display.terminalWidth = console.terminal.display.width
    if case .number(let width)? = session.settings["width"], width > 0 { return }
    session.display.width = console.terminal.display.width
  }
}
