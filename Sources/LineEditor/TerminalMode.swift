import Glibc

/// The terminal's settings: as they were found, and as they are while a command runs.
///
/// While a command runs nothing that is typed is shown, so that it does not spoil the progress bar;
/// it waits for the next prompt. Ctrl-C is still a signal.
public final class TerminalMode: @unchecked Sendable {
  private var found = termios()

  /// Notes the settings of the standard input; nil where that is not a terminal.
  public init?() {
    guard tcgetattr(0, &found) == 0 else { return nil }
  }

  /// As they were found.
  public func restore() { tcsetattr(0, TCSADRAIN, &found) }

  /// The same, safe in a signal handler.
  public func restoreNow() { tcsetattr(0, TCSANOW, &found) }

  /// For the time that a command runs.
  public func enterRunning() {
    var running = found
    running.c_lflag &= ~tcflag_t(ECHO | ICANON)
    running.c_lflag |= tcflag_t(ISIG)
    withUnsafeMutableBytes(of: &running.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    tcsetattr(0, TCSADRAIN, &running)
  }
}
