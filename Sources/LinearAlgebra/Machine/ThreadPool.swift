import CKernels
import Glibc
import Synchronization

/// Threads that live as long as the process. After a job they spin for some tens of microseconds
/// before they sleep, since mini-batches follow each other closely.
final class ThreadPool: @unchecked Sendable {
  static let shared = ThreadPool()

  /// The state of the job in one word, so that checking it and entering it is one atomic operation:
  /// generation · 2¹⁷ + (open ? 2¹⁶ : 0) + helpers inside.
  private let state = Atomic<UInt64>(0)
  private static let open: UInt64 = 1 << 16
  private static let inside: UInt64 = open - 1

  /// Whether a job holds the pool.
  private let isTaken = Atomic<Bool>(false)
  private let sleepers = Atomic<Int>(0)
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  // The job, written while no helper is inside.
  private var body: (@Sendable (Int, Int) throws -> Void)?
  private var count = 0
  private var helpers = 0
  private var failure: (index: Int, error: any Error)?
  private let next = Atomic<Int>(0)
  private let hasFailed = Atomic<Bool>(false)

  /// The number of helpers started; accessed only by the holder of the pool.
  private var started = 0

  private init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
  }

  /// Runs a job with up to `helpers` threads beside the caller; nil where another job is running.
  func run(
    _ n: Int, helpers: Int, _ body: @Sendable (Int, Int) throws -> Void
  ) -> (error: (any Error)?, Void)? {
    guard isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
    else { return nil }
    defer { isTaken.store(false, ordering: .releasing) }
    while started < helpers {
      guard start(started + 1) else { break }
      started += 1
    }
    return withoutActuallyEscaping(body) { body in
      self.body = body
      count = n
      self.helpers = helpers
      failure = nil
      next.store(0, ordering: .relaxed)
      hasFailed.store(false, ordering: .relaxed)
      let generation = state.load(ordering: .relaxed) >> 17 + 1
      state.store(generation << 17 | Self.open, ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
        pthread_mutex_lock(mutex)
        pthread_cond_broadcast(wake)
        pthread_mutex_unlock(mutex)
      }
      work(body, worker: 0)
      // No helper enters any more; wait for those inside.
      state.bitwiseAnd(~Self.open, ordering: .acquiringAndReleasing)
      var turns = 0
      while state.load(ordering: .acquiring) & Self.inside != 0 {
        turns += 1
        if turns < 2000 { svm_pause() } else { sched_yield() }
      }
      self.body = nil
      let error = failure?.error
      failure = nil
      return (error, ())
    }
  }

  /// Runs indices until none is left or one has failed.
  private func work(_ body: @Sendable (Int, Int) throws -> Void, worker: Int) {
    while !hasFailed.load(ordering: .relaxed) {
      let i = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if i >= count { return }
      do {
        try body(i, worker)
      } catch {
        pthread_mutex_lock(mutex)
        if failure.map({ i < $0.index }) ?? true { failure = (i, error) }
        pthread_mutex_unlock(mutex)
        hasFailed.store(true, ordering: .relaxed)
      }
    }
  }

  /// A helper's share of the job. It is not inlined, so that its reference to `body` ends when it
  /// returns: `withoutActuallyEscaping` traps where one is left.
  @inline(never)
  private func help(as worker: Int) {
    guard worker <= helpers, let body else { return }
    work(body, worker: worker)
  }

  /// The loop of a helper thread.
  private func serve(as worker: Int) {
    var seen: UInt64 = 0
    while true {
      let now = wait(beyond: seen)
      seen = now >> 17
      // A helper enters by incrementing the count while the job is open.
      var word = now
      while word & Self.open != 0 && word >> 17 == seen {
        let (entered, current) = state.compareExchange(
          expected: word, desired: word + 1, ordering: .acquiringAndReleasing)
        if entered {
          help(as: worker)
          state.wrappingSubtract(1, ordering: .acquiringAndReleasing)
          break
        }
        word = current
      }
    }
  }

  /// Waits for an open job newer than generation `seen`, and returns the state.
  private func wait(beyond seen: UInt64) -> UInt64 {
    for _ in 0..<4000 {
      let word = state.load(ordering: .acquiring)
      if word & Self.open != 0 && word >> 17 != seen { return word }
      svm_pause()
    }
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    pthread_mutex_lock(mutex)
    var word = state.load(ordering: .sequentiallyConsistent)
    while word & Self.open == 0 || word >> 17 == seen {
      pthread_cond_wait(wake, mutex)
      word = state.load(ordering: .sequentiallyConsistent)
    }
    pthread_mutex_unlock(mutex)
    sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    return word
  }

  /// Starts a helper; false where the system refuses a thread.
  private func start(_ worker: Int) -> Bool {
    BackgroundThread.start { [self] in serve(as: worker) }
  }
}
