import Glibc

/// The terminal's settings: as they were found, and as they are while the program has it.
///
/// Nothing that is typed is shown but by the editor, so that what is typed while a command runs
/// does not spoil the progress bar; it waits for the next prompt. Ctrl-C is a signal. Lines are
/// never put together by the terminal (ICANON), not even between entries: a Ctrl-D typed at that
/// moment would be lost. Ctrl-S is a key of the editor's and does not stop the screen (IXON).
public final class TerminalMode: @unchecked Sendable {
  private var found = termios()
  private var running = termios()

  /// Notes the settings of the standard input; nil where that is not a terminal.
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

  /// As they were found. Safe in a signal handler.
  public func restore() { tcsetattr(0, TCSANOW, &found) }

  /// For this program. Safe in a signal handler.
  public func enter() { tcsetattr(0, TCSANOW, &running) }
}
