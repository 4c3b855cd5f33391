import Synchronization

/// The request to stop what is being computed. A signal handler sets it, and long loops should
/// check it at least every ten milliseconds.
public enum Interruption {
  /// 1 for the wish, 0 for none; −n where a test has put it n looks ahead.
  private static let state = Atomic<Int>(0)

  /// True once the user pressed Ctrl-C and nobody has answered yet.
  public static var isRequested: Bool {
    let value = state.load(ordering: .relaxed)
    return value == 0 ? false : value > 0 || isRequestedAtThisLook
  }

  /// Safe in a signal handler, once it was called before outside of one.
  public static func request() { state.store(1, ordering: .relaxed) }

  /// Forgets the wish: it was answered, or a new statement starts.
  public static func clear() { state.store(0, ordering: .relaxed) }

  /// The wish as if it came between two looks, for tests that try every such moment.
  ///
  /// - Parameter looks: looks that are still told that there is none.
  package static func request(afterLooks looks: Int) {
    state.store(looks == 0 ? 1 : -looks - 1, ordering: .relaxed)
  }

  /// Looks that are still told that there is no wish; nil where none was put ahead.
  package static var looksLeft: Int? {
    let value = state.load(ordering: .relaxed)
    return value < 0 ? -value - 1 : nil
  }

  private static var isRequestedAtThisLook: Bool {
    var value = state.load(ordering: .relaxed)
    while value < 0 {
      let next = value == -1 ? 1 : value + 1
      let (exchanged, original) = state.weakCompareExchange(
        expected: value, desired: next, ordering: .relaxed)
      if exchanged { return next > 0 }
      value = original
    }
    return value > 0
  }

  /// Ends the computation where a stop is requested.
  ///
  /// - Throws: `Interrupted`.
  public static func check() throws {
    if isRequested { throw Interrupted() }
  }
}

/// A computation stopped because the user asked for it.
public struct Interrupted: Error, Sendable {
  /// An interruption carries no details.
  public init() {}
}
