import Glibc

/// Threads that nobody waits for.
package enum BackgroundThread {
  /// Starts `body`; false where the system refuses a thread.
  package static func start(_ body: @escaping () -> Void) -> Bool {
    // The thread blocks all signals: the main thread handles them.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    if status != 0 {
      work.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
