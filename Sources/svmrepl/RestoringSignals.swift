import Glibc
import LineEditor
import Synchronization

/// The handlers of signals at the prompt. The editor waits for those about the screen. Before those
/// that stop or end the program, the terminal's settings are restored.
enum RestoringSignals {
  /// The address of the settings, for handlers. The object is retained for the life of the process.
  private static let mode = Atomic<UInt>(0)

  private static var settings: TerminalMode? {
    UnsafeRawPointer(bitPattern: mode.load(ordering: .relaxed)).map {
      Unmanaged<TerminalMode>.fromOpaque($0).takeUnretainedValue()
    }
  }

  static func install(_ found: TerminalMode?) {
    for number in [SIGWINCH, SIGCONT] { SignalPipe.handle(number) { SignalPipe.notify($0) } }
    guard let found else { return }
    mode.store(UInt(bitPattern: Unmanaged.passRetained(found).toOpaque()), ordering: .relaxed)
    // Ctrl-Z: the shell gets the terminal as it was, and this program again when it goes on.
    if !SignalPipe.isIgnored(SIGTSTP) {
      SignalPipe.handle(SIGTSTP) { _ in
        RestoringSignals.settings?.restore()
        RestoringSignals.leavePasteMode()
        Suspension.stop()
        RestoringSignals.settings?.enter()
      }
    }
    // What whoever started the program wants it to take no notice of (`nohup`) stays so.
    for number in [SIGQUIT, SIGTERM, SIGHUP] where !SignalPipe.isIgnored(number) {
      SignalPipe.handle(number) { number in
        RestoringSignals.settings?.restore()
        RestoringSignals.leavePasteMode()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }

  /// Turns off bracketed paste, and goes to a new line.
  private static func leavePasteMode() { _ = write(1, "\u{1B}[?2004l\r\n", 10) }
}
