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

  /// Runs the prompt and returns the exit status, which is 0.
  func run() -> Int32 {
    let history = HistoryStore(
      path: HistoryStore.standardPath(environment: Terminal.environmentVariable))
    let found = TerminalMode()
    let source = lineSource(history)
    // Without the line editor, the terminal itself edits and echoes lines.
    let mode = source is LibEditSource ? found : nil
    RestoringSignals.install(mode)
    mode?.enter()
    defer { mode?.restore() }
    welcome()
    runSettings()

    var number = 1
    var hasWarned = false
    loop: while !session.isFinished {
      // Not later: a Ctrl-C after an entry is read must stop its statements.
      SignalPipe.drain()
      Interruption.clear()
      switch source.next(prompt: prompt(number)) {
      case .end: break loop
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
        guard !Shorthand.means(entry, toLeave: session) else { break loop }
        lookAtTerminal()
        let status = session.runEntry(Shorthand.expanded(entry), name: "svm[\(number)]")
        (source as? LibEditSource)?.rejectedEntry = status == 0 ? nil : entry
        if status != 0, status != Diagnostic.Category.interrupted.exitStatus {
          history.noteFailure(of: entry)
        }
        number += 1
      }
    }
    return 0
  }

  private func lineSource(_ history: HistoryStore) -> any LineSource {
    let language = EditorLanguage(session: session)
    if terminal.isOutputTerminal, !terminal.isDumb,
      let editor = LibEditSource(
        history: history, assistance: language.assistance, hasColor: terminal.display.hasColor)
    {
      return editor
    }
    return ScriptSource(isIncomplete: language.isIncomplete)
  }

  /// `svm[3]> `, or `svm[3, 2 stale]> ` where two variables are stale.
  private func prompt(_ number: Int) -> Prompt {
    let stale = session.staleNames.count
    return Prompt([
      Prompt.Part("svm[\(number)", rendition: .bold + .green),
      Prompt.Part(stale > 0 ? ", \(stale) stale" : "", rendition: .yellow),
      Prompt.Part("]", rendition: .bold + .green), Prompt.Part("> "),
    ])
  }

  private func welcome() {
    let name = "svmrepl \(Main.version)"
    let mark = terminal.display.isASCII ? ", " : " · "
    let texts = [
      [name, "`help` lists the commands", "Tab completes", "Ctrl-D leaves"],
      [name, "`help`", "Ctrl-D leaves"], [name],
    ].map { $0.joined(separator: mark) }
    hint(texts.first { $0.count <= terminal.display.width } ?? name)
  }

  private func hint(_ text: String) { session.show(Presentation(StyledText(text, .volatile))) }

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
    if case .number(let width)? = session.settings["width"], width > 0 { return }
    session.display.width = console.terminal.display.width
  }
}

/// Inputs at the prompt that are not part of the language.
enum Shorthand {
  /// `help x` for `?x` and `x?`, `help` for `?`, and any other entry unchanged.
  static func expanded(_ entry: String) -> String {
    let text = trimmed(entry)
    guard text.count <= 80, text.first == "?" || text.last == "?" else { return entry }
    let topic = trimmed(text.drop { $0 == "?" }.trimmingQuestionMarks)
    let isTopic = topic.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
    return isTopic ? (topic.isEmpty ? "help" : "help \(topic)") : entry
  }

  /// Whether the entry is a word that ends other prompts; none is where `exit` is a variable.
  static func means(_ entry: String, toLeave session: Session) -> Bool {
    let word = trimmed(entry)
    return ["exit", "exit()", "quit()"].contains(word) && session.value(of: "exit") == nil
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension StringProtocol {
  fileprivate var trimmingQuestionMarks: String { String(reversed().drop { $0 == "?" }.reversed()) }
}
