import Glibc
import Synchronization

/// Signals as something that can be waited for together with input: a handler writes the signal's
/// number into a pipe, and the wait for a key is a wait for the pipe, too.
public enum SignalPipe {
  private static let writeEnd = Atomic<Int32>(-1)
  private static let readEnd = Atomic<Int32>(-1)

  /// Opens the pipe, once, before any handler is installed.
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

  /// Says that `signal` came. Safe in a signal handler.
  public static func notify(_ signal: Int32) {
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: signal)
    _ = write(writeEnd.load(ordering: .relaxed), &byte, 1)
    errno = saved
  }

  /// What to wait on; -1 before `open`.
  static var descriptor: Int32 { readEnd.load(ordering: .relaxed) }

  /// The next signal that has come, if any.
  static func take() -> Int32? {
    var byte: UInt8 = 0
    return read(descriptor, &byte, 1) == 1 ? Int32(byte) : nil
  }

  /// Forgets what has come so far: before an entry is read, so that no signal of the last one ends
  /// it.
  public static func drain() { while take() != nil {} }

  /// Whether whoever started the program wants it to take no notice of `signal`.
  public static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Installs a handler that interrupts slow calls.
  public static func handle(_ signal: Int32, with handler: @escaping @convention(c) (Int32) -> Void)
  {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigemptyset(&action.sa_mask)
    action.sa_flags = 0
    sigaction(signal, &action, nil)
  }
}
