import Glibc
import Interpreter
import Language
import LineEditor
import Text

/// The standard streams: what is shown goes to the output, what is reported to the error stream,
/// and a progress bar gives way to both.
final class Console: @unchecked Sendable {
  /// What the streams are; the prompt looks again before every entry.
  var terminal: Terminal
  /// The display of long work; nil where output is no terminal's.
  var progress: (any ProgressView)?

  init(_ terminal: Terminal) {
    self.terminal = terminal
    if terminal.isOutputTerminal, terminal.isErrorTerminal, !terminal.isDumb {
      progress = ProgressBar(terminal.errorDisplay)
    }
  }

  /// Shows a piece of output on lines of its own.
  func show(_ text: StyledText, on display: Display) {
    progress?.hide()
    write(text.rendered(color: display.hasColor) + "\n")
  }

  /// Reports an error or a warning, in its one form.
  func report(_ diagnostic: Diagnostic) {
    progress?.hide()
    let display = terminal.errorDisplay
    FileOutput.write(
      diagnostic.rendered(color: display.hasColor, width: display.width) + "\n", to: 2)
  }

  /// Output that can't be written ends the program: it was asked for, and is lost.
  private func write(_ text: String) {
    guard !FileOutput.write(text, to: 1) else { return }
    let reason = String(cString: strerror(errno))
    report(Diagnostic("can't write the output: \(reason)", category: .data))
    exit(Diagnostic.Category.data.exitStatus)
  }
}
