/// Measures how long something takes, by a clock that nobody sets.
public struct Stopwatch: Sendable {
  private let start = ContinuousClock.now

  /// Starts.
  public init() {}

  /// Seconds since the start.
  public var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
