/// When a long run leaves a checkpoint: at most every 10 seconds, and never for more than 5 % of
/// the time that the run has taken.
///
/// ```swift
/// var schedule = CheckpointSchedule()
/// if schedule.isDue(after: elapsed) {
///   let took = ContinuousClock().measure { … }
///   schedule.wrote(after: elapsed, taking: took)
/// }
/// ```
public struct CheckpointSchedule: Sendable {
  private static let pause = Duration.seconds(10)
  private static let share = 0.05

  /// The time of the last checkpoint, from the start of the run.
  private var last = Duration.zero
  /// How long all of them took.
  private var spent = Duration.zero
  /// How long the next one will take.
  private var expected: Duration

  /// A schedule for a run that begins; `expected` is how long its first checkpoint may take.
  public init(expected: Duration = .milliseconds(100)) { self.expected = expected }

  /// Whether a checkpoint is due, so long after the start of the run.
  public func isDue(after elapsed: Duration) -> Bool {
    elapsed - last >= Self.pause && spent + expected <= elapsed * Self.share
  }

  /// Notes a checkpoint, whether it was written or not: when, and how long it took.
  public mutating func wrote(after elapsed: Duration, taking duration: Duration) {
    last = elapsed
    spent += duration
    expected = max(duration, .milliseconds(1))
  }
}

extension Journal {
  /// Where the checkpoint of an entry is in the store. A later one takes its place.
  public static func checkpointKey(entry: Int) -> Fingerprint {
    var maker = FingerprintMaker()
    maker.add("checkpoint of an entry")
    maker.add(UInt64(bitPattern: Int64(entry)))
    return maker.finish()
  }
}
