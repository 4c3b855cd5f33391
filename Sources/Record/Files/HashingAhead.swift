import Glibc
import LinearAlgebra
import Synchronization

/// A thread that hashes files while others read them. It ends when there are none.
final class HashingAhead: Sendable {
  private struct State {
    /// The files in the order in which they came; those before `next` are done.
    var files: [(path: String, stamp: FileStamp)] = []
    var next = 0
    /// Those among them that nobody has begun.
    var waiting: Set<FileStamp> = []
    /// The one that is being hashed.
    var current: FileStamp?
    var isRunning = false
  }

  private let state = Mutex(State())

  /// Microseconds between two looks at the thread.
  private static let pause: UInt32 = 200

  /// Whether the thread runs.
  var isRunning: Bool { state.withLock { $0.isRunning } }

  /// Adds a file.
  func add(_ path: String, _ stamp: FileStamp) {
    let starts = state.withLock { state in
      guard state.current != stamp, state.waiting.insert(stamp).inserted else { return false }
      state.files.append((path, stamp))
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if starts, !BackgroundThread.start({ self.run() }) { state.withLock { $0 = State() } }
  }

  /// The checksum of a version that is being hashed; nil for others, among them those that nobody
  /// has begun: who asks for one hashes it.
  ///
  /// - Throws: `Interrupted`.
  func awaited(_ stamp: FileStamp) throws -> Fingerprint? {
    while isUnderway(stamp) {
      try Interruption.check()
      usleep(Self.pause)
    }
    return FileChecksum.known(stamp)
  }

  private func isUnderway(_ stamp: FileStamp) -> Bool {
    state.withLock { state in
      state.waiting.remove(stamp)
      return state.current == stamp
    }
  }

  private func run() {
    while let (path, stamp) = next() {
      // Where it fails, who asks for it fails, too, and says so.
      _ = try? FileChecksum.found(path, stamp)
    }
  }

  private func next() -> (path: String, stamp: FileStamp)? {
    state.withLock { state in
      while state.next < state.files.count {
        let (path, stamp) = state.files[state.next]
        state.next += 1
        if state.waiting.remove(stamp) != nil {
          state.current = stamp
          return (path, stamp)
        }
      }
      state = State()
      return nil
    }
  }
}
