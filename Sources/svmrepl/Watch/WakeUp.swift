import Glibc

/// Ends the wait of a loop that polls, from another thread.
final class WakeUp: Sendable {
  /// To poll: readable where the loop was woken.
  let descriptor: Int32
  private let end: Int32

  /// Nil where the system has no descriptor left.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (descriptor, end) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(end)
  }

  /// Wakes the loop; where the pipe is full, it is going to wake anyway.
  func wake() {
    var byte: UInt8 = 0
    _ = write(end, &byte, 1)
  }

  /// Whether the loop was woken since the last time.
  func taken() -> Bool {
    var isWoken = false
    var bytes = [UInt8](repeating: 0, count: 4096)
    while read(descriptor, &bytes, bytes.count) > 0 { isWoken = true }
    return isWoken
  }
}
