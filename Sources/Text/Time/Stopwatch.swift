import Synchronization

/// Measures how long something takes, by a clock that nobody sets. The time that the user has
/// suspended the program for does not count.
public struct Stopwatch: Sendable {
  private let start = ContinuousClock.now
  private let suspendedBefore = Self.suspended.load(ordering: .relaxed)

  /// Nanoseconds that the program was suspended for.
  private static let suspended = Atomic<Int64>(0)

  /// Starts the measurement.
  public init() {}

  /// Seconds since the start.
  public var seconds: Double {
    let suspended = Self.suspended.load(ordering: .relaxed) - suspendedBefore
    return (ContinuousClock.now - start) / .seconds(1) - Double(suspended) / 1e9
  }

  /// Says that the program was suspended. Safe in a signal handler, once a watch was started
  /// outside of one.
  public static func noteSuspension(nanoseconds: Int64) {
    suspended.wrappingAdd(nanoseconds, ordering: .relaxed)
  }
}
