import Synchronization

/// The files that statements write: effects, which are not kept in the place of running again.
public enum FileWrites {
  private static let writes = Atomic<Int>(0)
  private static let isOff = Atomic<Bool>(false)

  /// How many there were.
  public static var count: Int { writes.load(ordering: .relaxed) }

  /// Notes that a file is going to be written; false where it was written already, when the
  /// statement ran for the first time.
  public static func begin() -> Bool {
    writes.add(1, ordering: .relaxed)
    return !isOff.load(ordering: .relaxed)
  }

  /// Runs `body`, in which no file is written again.
  public static func without<R>(_ body: () throws -> R) rethrows -> R {
    isOff.store(true, ordering: .relaxed)
    defer { isOff.store(false, ordering: .relaxed) }
    return try body()
  }
}
