import Glibc
import LinearAlgebra
import Synchronization

/// Brings what was written to a file to the disk on a thread of its own, so that nobody waits.
final class BackgroundSync: Sendable {
  private struct State {
    var isWanted = false
    var isRunning = false
    var failure: SystemFailure?
  }

  /// Opened anew: it stays open as long as the thread needs it, and holds no lock.
  private let descriptor: Int32
  private let state = Mutex(State())

  /// - Throws: `SystemFailure` where the file can't be opened.
  init(of path: String) throws(SystemFailure) {
    descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { throw SystemFailure() }
  }

  deinit { close(descriptor) }

  /// Brings all that was written so far to the disk, soon.
  ///
  /// - Throws: `SystemFailure` where an earlier time failed, or the system has no thread.
  func request() throws(SystemFailure) {
    let (starts, failure) = state.withLock { state in
      state.isWanted = true
      defer { state.isRunning = true }
      return (!state.isRunning, state.failure)
    }
    if let failure { throw failure }
    if starts, !BackgroundThread.start({ self.run() }) {
      state.withLock { $0.isRunning = false }
      throw SystemFailure(EAGAIN)
    }
  }

  private func run() {
    while isWanted {
      do {
        try Self.sync(descriptor)
      } catch {
        state.withLock { $0.failure = error }
      }
    }
  }

  /// Whether there is something to bring to the disk; the thread ends where there is not.
  private var isWanted: Bool {
    state.withLock { state in
      defer { state.isWanted = false }
      state.isRunning = state.isWanted
      return state.isWanted
    }
  }

  /// Brings what was written to a file to the disk, and waits for it.
  ///
  /// - Throws: `SystemFailure`.
  static func sync(_ descriptor: Int32) throws(SystemFailure) {
    while fdatasync(descriptor) != 0 {
      guard errno == EINTR else { throw SystemFailure() }
    }
  }
}
