import Glibc
import LineEditor
import Synchronization

/// Signals at the prompt: the screen's, which the editor waits for, and those that end the program,
/// before which the terminal gets back its settings.
enum RestoringSignals {
  /// The settings, where a handler finds them; kept for the life of the process.
  private static let mode = Atomic<UInt>(0)

  static func install(_ found: TerminalMode?) {
    for number in [SIGWINCH, SIGCONT] { SignalPipe.handle(number) { SignalPipe.notify($0) } }
    guard let found else { return }
    mode.store(UInt(bitPattern: Unmanaged.passRetained(found).toOpaque()), ordering: .relaxed)
    for number in [SIGQUIT, SIGTERM, SIGHUP] {
      SignalPipe.handle(number) { number in
        if let address = UnsafeRawPointer(
          bitPattern: RestoringSignals.mode.load(ordering: .relaxed))
        {
          Unmanaged<TerminalMode>.fromOpaque(address).takeUnretainedValue().restoreNow()
        }
        // Out of raw paste mode, and on a line of its own.
        _ = write(1, "\u{1B}[?2004l\r\n", 10)
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}
