import Glibc

/// The terminal's settings at the start, and those of this program.
///
/// The terminal does not echo (ECHO): input typed while a command runs would spoil the progress
/// bar. It does not buffer lines (ICANON), not even between entries: a Ctrl-D typed then would be
/// lost. Ctrl-C is a signal (ISIG). Ctrl-S is a key of the editor and does not stop output (IXON).
public final class TerminalMode: @unchecked Sendable {
  private var found = termios()
  private var running = termios()

  /// Reads the settings of the standard input; nil where it is not a terminal.
  public init?() {
    guard tcgetattr(0, &found) == 0 else { return nil }
    // No shell leaves a terminal so: it is what a session left that was killed.
    if found.c_lflag & tcflag_t(ECHO | ICANON) == 0 {
      found.c_lflag |= tcflag_t(ECHO | ECHOE | ECHOK | ICANON | ISIG | IEXTEN)
      found.c_iflag |= tcflag_t(ICRNL | IXON)
      found.c_oflag |= tcflag_t(OPOST | ONLCR)
    }
    running = found
    running.c_lflag &= ~tcflag_t(ECHO | ICANON)
    running.c_lflag |= tcflag_t(ISIG)
    running.c_iflag &= ~tcflag_t(IXON)
    withUnsafeMutableBytes(of: &running.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
  }

  /// Restores the settings at the start. Async-signal-safe.
  public func restore() { tcsetattr(0, TCSANOW, &found) }

  /// Sets those of this program. Async-signal-safe.
  public func enter() { tcsetattr(0, TCSANOW, &running) }
}
