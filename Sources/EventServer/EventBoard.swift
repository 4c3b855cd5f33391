import CMicroHTTP
import Synchronization

/// The latest event of each kind, and the streams that wait for the next.
final class EventBoard: Sendable {
  /// An event as it is sent.
  struct Event {
    /// The number of events until it.
    let number: Int
    let bytes: [UInt8]
  }

  private struct State {
    var count = 0
    var latest: [String: Event] = [:]
    var hasEnded = false
    var streams: [ObjectIdentifier: EventConnection] = [:]
  }

  private let state = Mutex(State())

  func publish(_ kind: String, _ data: String) {
    state.withLock { state in
      state.count += 1
      state.latest[kind] = Event(
        number: state.count, bytes: Array("event: \(kind)\ndata: \(data)\n\n".utf8))
    }
    wakeAll()
  }

  /// Ends all streams, after a last event.
  func end() {
    publish("end", "{}")
    state.withLock { $0.hasEnded = true }
    wakeAll()
  }

  /// Sends something to all, so that those are found that nobody reads any more.
  func beat() {
    let streams = state.withLock { Array($0.streams.values) }
    for stream in streams { stream.beat() }
    wakeAll()
  }

  private func wakeAll() {
    let streams = state.withLock { Array($0.streams.values) }
    for stream in streams { stream.wake() }
  }

  func add(_ stream: EventConnection) {
    state.withLock { $0.streams[ObjectIdentifier(stream)] = stream }
  }

  func remove(_ stream: EventConnection) {
    _ = state.withLock { $0.streams.removeValue(forKey: ObjectIdentifier(stream)) }
  }

  /// The oldest of the latest events after a number; nil where there is none.
  func event(after number: Int) -> Event? {
    state.withLock { state in
      state.latest.values.filter { $0.number > number }.min { $0.number < $1.number }
    }
  }

  /// Whether there is no stream.
  var isIdle: Bool { state.withLock { $0.streams.isEmpty } }

  var hasEnded: Bool { state.withLock { $0.hasEnded } }
}
