import LinearAlgebra
import Record
import Text

/// What a long command has so far, kept now and then: should the process die, the value of the last
/// time is there.
public final class Checkpoints {
  private let store: Store
  private var schedule = CheckpointSchedule()
  private var watch = Stopwatch()
  private var statement: Int?

  /// Checkpoints in the store of a journal.
  public init(_ store: Store) { self.store = store }

  /// Keeps the value of the running statement after some iterations, where that is due and the
  /// statement gives it to one name.
  public func look(in session: Session, _ value: () -> (Value, iteration: Int)) {
    guard let opened = session.open.first, session.open.count == 1,
      let place = session.cache?.place,
      opened.statement.node is AssignNode, let name = opened.statement.assignedNames.first
    else { return }
    if statement != opened.number {
      statement = opened.number
      schedule = CheckpointSchedule()
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
      _ = try? store.write(Journal.checkpointKey(entry: place.entry), writer)
    }
    schedule.wrote(after: elapsed, taking: .seconds(writing.seconds))
  }
}
