import Glibc
import LineEditor
import Text

/// Ctrl-Z, whose time does not count as running time.
enum Suspension {
  /// Stops the program until it is told to go on. Safe in a signal handler.
  static func stop() {
    let before = now
    kill(getpid(), SIGSTOP)
    Stopwatch.noteSuspension(nanoseconds: now - before)
  }

  /// Takes the signal, unless whoever started the program wants it to take no notice of it.
  static func install() {
    _ = Stopwatch()
    guard !SignalPipe.isIgnored(SIGTSTP) else { return }
    SignalPipe.handle(SIGTSTP) { _ in Suspension.stop() }
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
