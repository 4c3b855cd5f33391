import CMicroHTTP
import Synchronization

/// A connection over which events go to one page.
final class EventConnection: Sendable {
  private struct State: @unchecked Sendable {
    let connection: UnsafeMutableRawPointer?
    /// The number of the last event that was sent, or is.
    var number = 0
    /// What is being sent, and how much of it has been.
    var bytes: [UInt8] = []
    var sent = 0
    var rests = false
    /// Whether a comment is due, by which a connection is found that nobody reads any more.
    var beats = false
  }

  private let board: EventBoard
  private let state: Mutex<State>

  init(_ board: EventBoard, connection: UnsafeMutableRawPointer?) {
    self.board = board
    state = Mutex(State(connection: connection))
    board.add(self)
  }

  /// The next bytes for the page; the connection rests where there are none.
  func next(_ target: UnsafeMutablePointer<CChar>, _ room: Int) -> Int {
    state.withLock { state in
      if state.sent == state.bytes.count { load(&state) }
      if state.bytes.isEmpty {
        if board.hasEnded { return svm_http_stream_end }
        state.rests = true
        svm_http_suspend(state.connection)
        return 0
      }
      let count = min(room, state.bytes.count - state.sent)
      state.bytes.withUnsafeBytes { bytes in
        UnsafeMutableRawPointer(target).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[state.sent..<state.sent + count])
            .baseAddress ?? UnsafeRawPointer(target), byteCount: count)
      }
      state.sent += count
      return count
    }
  }

  private func load(_ state: inout State) {
    (state.bytes, state.sent) = ([], 0)
    if let event = board.event(after: state.number) {
      state.bytes = event.bytes
      state.number = event.number
    } else if state.beats {
      state.bytes = Array(":\n\n".utf8)
    }
    state.beats = false
  }

  /// Goes on where the connection rests.
  func wake() {
    let resting = state.withLock { state -> UncheckedPointer? in
      defer { state.rests = false }
      return state.rests ? UncheckedPointer(pointer: state.connection) : nil
    }
    // A connection that rests is left alone by the server, and so can't have ended meanwhile.
    if let resting { svm_http_resume(resting.pointer) }
  }

  func beat() { state.withLock { $0.beats = true } }

  func close() { board.remove(self) }

  private struct UncheckedPointer: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer?
  }
}
