import Glibc
import Interpreter
import Language
import LineEditor
import LinearAlgebra
import Text

/// The standard streams. Results go to the output, diagnostics to the error stream, and the
/// progress bar is hidden before both.
final class Console: @unchecked Sendable {
  /// The state of the streams; updated before every entry of the prompt runs.
  var terminal: Terminal
  /// The progress display; nil where output or errors do not go to a terminal.
  var progress: (any ProgressView)?
  /// Whether what is longer than the screen is shown a page at a time.
  var isPaged: () -> Bool = { false }

  init(_ terminal: Terminal) {
    self.terminal = terminal
    if terminal.isOutputTerminal, terminal.isErrorTerminal, !terminal.isDumb {
      progress = ProgressBar(terminal.errorDisplay)
    }
  }

  /// Writes a text and a line end.
  func show(_ text: StyledText, on display: Display) {
    progress?.hide()
    let rendered = text.rendered(color: display.hasColor)
    if isPaged(), Pager.isNeeded(for: rendered) {
      page(rendered, display)
    } else if rendered.utf8.count <= Self.piece {
      write(rendered + "\n")
    } else {
      writeLong(rendered)
    }
  }

  /// Writes a picture as the escape sequences that it is, and moves the cursor below it.
  func show(picture: [UInt8]) {
    progress?.hide()
    write(String(decoding: picture, as: UTF8.self) + "\n")
  }

  /// Writes a diagnostic to the error stream.
  func report(_ diagnostic: Diagnostic) {
    progress?.hide()
    let display = terminal.errorDisplay
    FileOutput.write(
      diagnostic.rendered(color: display.hasColor, width: display.width) + "\n", to: 2)
  }

  /// Shows a long text by the program that `PAGER` names, else by our own.
  private func page(_ text: String, _ display: Display) {
    guard let pager = Terminal.environmentVariable("PAGER"), !pager.isEmpty else {
      return Pager(text, hasColor: display.hasColor).run()
    }
    // As git has it: colors pass, and what fits is only written.
    setenv("LESS", "FRX", 0)
    guard let stream = popen(pager, "w") else { return write(text + "\n") }
    let ignored = signal(SIGPIPE, SIG_IGN)
    FileOutput.write(text + "\n", to: fileno(stream))
    pclose(stream)
    signal(SIGPIPE, ignored)
  }

  /// Bytes that are written between two looks for Ctrl-C.
  private static let piece = 1 << 16

  /// Writes a long text and a line end, until Ctrl-C: nobody wants to see the rest then.
  private func writeLong(_ text: String) {
    for part in TextPieces(text, size: Self.piece) {
      if Interruption.isRequested { break }
      write(String(part))
    }
    write("\n")
  }

  /// Writes to the output; an error ends the program, since output would be lost.
  func write(_ text: String) {
    if !FileOutput.write(text, to: 1) { failToWrite() }
  }

  /// Ends the program after an error of writing, which is in `errno`.
  func failToWrite() {
    let reason = String(cString: strerror(errno))
    report(Diagnostic("can't write the output: \(reason)", category: .data))
    exit(Diagnostic.Category.data.exitStatus)
  }
}
