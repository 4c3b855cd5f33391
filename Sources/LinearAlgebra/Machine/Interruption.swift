import Synchronization

/// The user's wish to stop what is being computed. A signal handler sets it; every long loop
/// looks at it at least every ten milliseconds.
public enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// True once the user pressed Ctrl-C and nobody has answered yet.
  public static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Safe in a signal handler, once it was called before outside of one.
  public static func request() { flag.store(true, ordering: .relaxed) }

  /// Forgets the wish: it was answered, or a new statement starts.
  public static func clear() { flag.store(false, ordering: .relaxed) }

  /// Throws `Interrupted` where the user wants to stop.
  public static func check() throws {
    if isRequested { throw Interrupted() }
  }
}

/// A computation stopped because the user asked for it.
public struct Interrupted: Error, Sendable {
  /// The only value.
  public init() {}
}
