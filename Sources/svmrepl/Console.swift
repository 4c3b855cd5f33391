import Glibc
import Interpreter
import Language
import LineEditor
import Text

/// The standard streams. Results go to the output, diagnostics to the error stream, and the
/// progress bar is hidden before both.
final class Console: @unchecked Sendable {
  /// The state of the streams; updated before every entry of the prompt runs.
  var terminal: Terminal
  /// The progress display; nil where output or errors do not go to a terminal.
  var progress: (any ProgressView)?

  init(_ terminal: Terminal) {
    self.terminal = terminal
    if terminal.isOutputTerminal, terminal.isErrorTerminal, !terminal.isDumb {
      progress = ProgressBar(terminal.errorDisplay)
    }
  }

  /// Writes a text and a line end.
  func show(_ text: StyledText, on display: Display) {
    progress?.hide()
    write(text.rendered(color: display.hasColor) + "\n")
  }

  /// Writes a diagnostic to the error stream.
  func report(_ diagnostic: Diagnostic) {
    progress?.hide()
    let display = terminal.errorDisplay
    FileOutput.write(
      diagnostic.rendered(color: display.hasColor, width: display.width) + "\n", to: 2)
  }

  /// Writes to the output; an error ends the program, since output would be lost.
  private func write(_ text: String) {
    guard !FileOutput.write(text, to: 1) else { return }
    let reason = String(cString: strerror(errno))
    report(Diagnostic("can't write the output: \(reason)", category: .data))
    exit(Diagnostic.Category.data.exitStatus)
  }
}
