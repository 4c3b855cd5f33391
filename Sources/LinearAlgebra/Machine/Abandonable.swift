import Glibc
import Synchronization

/// Work that can't look for the wish to stop itself, such as a call of the system. It has a thread
/// of its own, which is left alone with it where the user interrupts.
package enum Abandonable {
  /// Microseconds between two looks.
  private static let pause: UInt32 = 500

  /// The result of `body`, which must not change anything that anyone else reads.
  ///
  /// - Parameter isLong: false where `body` is not worth a thread, and runs on this one.
  /// - Throws: `Interrupted`; `body` may then still run.
  package static func run<Result: Sendable>(
    isLong: Bool = true, _ body: @escaping @Sendable () -> Result
  ) throws -> Result {
    guard isLong else { return body() }
    let work = Work(body)
    guard BackgroundThread.start({ work.run() }) else { return body() }
    while true {
      if let result = work.result { return result }
      try Interruption.check()
      usleep(pause)
    }
  }

  /// Work whose end nobody waits for, such as giving memory or a file back.
  package static func leave(_ body: @escaping @Sendable () -> Void) {
    if !BackgroundThread.start(body) { body() }
  }

  private final class Work<Result: Sendable>: Sendable {
    private let body: @Sendable () -> Result
    private let found = Mutex<Result?>(nil)

    init(_ body: @escaping @Sendable () -> Result) { self.body = body }

    var result: Result? { found.withLock { $0 } }

    func run() {
      let result = body()
      found.withLock { $0 = result }
    }
  }
}
