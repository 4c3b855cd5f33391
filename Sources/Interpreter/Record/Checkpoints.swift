import LinearAlgebra
import Record
import Text

/// What a long command has so far, kept now and then: should the process die, the value of the last
/// time is there.
public final class Checkpoints {
  private let store: Store
  private let pause: Duration
  private var schedule: CheckpointSchedule
  private var watch = Stopwatch()
  private var statement: Int?

  /// Checkpoints in the store of a journal, so long apart.
  public init(_ store: Store, pause: Duration = CheckpointSchedule.usualPause) {
    self.store = store
    self.pause = pause
    schedule = CheckpointSchedule(pause: pause)
  }

  /// Keeps what the running command has after some iterations, where that is due and the statement
  /// does nothing but give its value to one name.
  ///
  /// - Parameter value: the value, and the iteration where as many give the same again.
  public func look(in session: Session, _ value: () -> (Value, iteration: Int?)) {
    guard let opened = session.open.last, let place = session.cache?.place,
      let assignment = opened.statement.node as? AssignNode,
      let caller = session.caller, assignment.value is CommandNode,
      // A command that runs in a function makes another value than that of the statement.
      caller.span == assignment.value.span,
      caller.frame.source.name == opened.statement.source.name,
      let name = opened.statement.assignedNames.first
    else { return }
    if statement != opened.number {
      statement = opened.number
      schedule = CheckpointSchedule(pause: pause)
      watch = Stopwatch()
    }
    let elapsed = Duration.seconds(watch.seconds)
    guard schedule.isDue(after: elapsed) else { return }
    let writing = Stopwatch()
    let writer = ByteWriter()
    let (present, iteration) = value()
    let result = ResultCache.Result(
      values: [(name, present)], hasDrawn: opened.hasDrawn, settings: opened.settings.sorted(),
      names: session.namesRead(by: opened), isPartial: true, iteration: iteration)
    // Where it can't be kept, the run goes on as if nothing were: the store says so once.
    if (try? writer.add(result)) != nil {
      _ = try? store.write(place.checkpointKey, writer)
    }
    schedule.wrote(after: elapsed, taking: .seconds(writing.seconds))
  }
}
