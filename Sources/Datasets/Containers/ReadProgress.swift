import Glibc
import LinearAlgebra
import Synchronization

/// Counts the bytes that are read from disk, for whoever shows the progress of a load.
public enum ReadProgress {
  /// Who is told, on its own thread alone.
  private struct Watcher: @unchecked Sendable {
    let thread: pthread_t
    let tell: (Int) -> Void
  }

  private static let isWatched = Atomic(false)
  private static let count = Atomic(0)
  private static let watcher = Mutex<Watcher?>(nil)

  /// Runs `body`, and tells how many bytes have been read so far, on the calling thread. Only one
  /// thread at a time may do so.
  public static func watching<R>(
    _ tell: @escaping (Int) -> Void, _ body: () throws -> R
  ) rethrows -> R {
    let own = Watcher(thread: pthread_self(), tell: tell)
    watcher.withLock { $0 = own }
    count.store(0, ordering: .relaxed)
    isWatched.store(true, ordering: .relaxed)
    defer {
      isWatched.store(false, ordering: .relaxed)
      watcher.withLock { $0 = nil }
    }
    return try body()
  }

  /// Counts bytes that were read.
  static func add(_ bytes: Int) {
    guard isWatched.load(ordering: .relaxed) else { return }
    let total = count.add(bytes, ordering: .relaxed).newValue
    let watcher = watcher.withLock { $0 }
    if let watcher, pthread_equal(watcher.thread, pthread_self()) != 0 { watcher.tell(total) }
  }

  /// The bytes of files, and of all that are in folders; 0 for what is not on disk.
  ///
  /// - Throws: `Interrupted`.
  public static func size(of paths: [String]) throws -> Int {
    var total = 0
    for path in paths { try add(path, depth: 0, to: &total) }
    return total
  }

  private static func add(_ path: String, depth: Int, to total: inout Int) throws {
    // What can't be read is an error later.
    guard depth < 8, let source = (try? DataSource.onDisk(path)) ?? nil else { return }
    total += source.fileSize
    for (i, name) in source.entryNames.enumerated() {
      if i % 256 == 0 { try Interruption.check() }
      try add("\(path)/\(name)", depth: depth + 1, to: &total)
    }
  }
}
