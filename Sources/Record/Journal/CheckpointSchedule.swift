/// When a long run leaves a checkpoint: at most every 10 seconds, unless another pause is given,
/// and never for more than 5 % of the time that the run has taken. Without any pause, it does so
/// each time that it is asked.
///
/// ```swift
/// var schedule = CheckpointSchedule()
/// if schedule.isDue(after: elapsed) {
///   let took = ContinuousClock().measure { … }
///   schedule.wrote(after: elapsed, taking: took)
/// }
/// ```
public struct CheckpointSchedule: Sendable {
  /// The time between checkpoints where nothing else is said.
  public static let usualPause = Duration.seconds(10)
  private static let share = 0.05

  private let pause: Duration

  /// The time of the last checkpoint, from the start of the run.
  private var last = Duration.zero
  /// How long all of them took.
  private var spent = Duration.zero
  /// How long the next one will take.
  private var expected: Duration

  /// A schedule for a run that begins; `expected` is how long its first checkpoint may take.
  public init(
    pause: Duration = CheckpointSchedule.usualPause, expected: Duration = .milliseconds(100)
  ) {
    self.pause = pause
    self.expected = expected
  }

  /// Whether a checkpoint is due, so long after the start of the run.
  public func isDue(after elapsed: Duration) -> Bool {
    pause <= .zero
      || elapsed - last >= pause && spent + expected <= elapsed * Self.share
  }

  /// Notes a checkpoint, whether it was written or not: when, and how long it took.
  public mutating func wrote(after elapsed: Duration, taking duration: Duration) {
    last = elapsed
    spent += duration
    expected = max(duration, .milliseconds(1))
  }
}
