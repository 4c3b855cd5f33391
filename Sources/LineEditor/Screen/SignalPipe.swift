import Glibc
import Synchronization

/// A pipe that makes it possible to wait for signals and input together. A signal handler writes
/// the signal's number into it, and the wait for a key polls it too.
public enum SignalPipe {
  private static let writeEnd = Atomic<Int32>(-1)
  private static let readEnd = Atomic<Int32>(-1)

  /// Opens the pipe; must be called before any handler is installed.
  public static func open() {
    guard readEnd.load(ordering: .relaxed) < 0 else { return }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    readEnd.store(ends[0], ordering: .relaxed)
    writeEnd.store(ends[1], ordering: .relaxed)
  }

  /// Writes `signal` to the pipe. Async-signal-safe.
  public static func notify(_ signal: Int32) {
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: signal)
    _ = write(writeEnd.load(ordering: .relaxed), &byte, 1)
    errno = saved
  }

  /// The descriptor to poll; −1 before `open`.
  public static var descriptor: Int32 { readEnd.load(ordering: .relaxed) }

  /// The next signal in the pipe, if any.
  public static func take() -> Int32? {
    var byte: UInt8 = 0
    return read(descriptor, &byte, 1) == 1 ? Int32(byte) : nil
  }

  /// Discards the signals in the pipe: before an entry is read, so that no signal of the last one
  /// ends it.
  public static func drain() { while take() != nil {} }

  /// Whether `signal` is ignored, as the parent process may have set it.
  public static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Installs a handler. Blocking system calls are interrupted, not restarted.
  public static func handle(_ signal: Int32, with handler: @escaping @convention(c) (Int32) -> Void)
  {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigemptyset(&action.sa_mask)
    action.sa_flags = 0
    sigaction(signal, &action, nil)
  }
}
