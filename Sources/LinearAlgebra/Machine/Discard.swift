import Glibc

/// Release of values that takes as long as making them did: millions of objects, each with memory
/// of its own. Nobody can stop it, so that it has a thread of its own.
@usableFromInline
package enum Discard {
  /// Elements from which on the thread is worth its start.
  private static let many = 1 << 16

  /// Releases an array of objects. The caller should hold no other reference to it for long.
  @usableFromInline
  package static func inBackground<T>(_ values: [T]) {
    guard values.count >= many, !_isPOD(T.self) else { return }
    // The thread blocks all signals: the main thread handles them.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let load = Unmanaged.passRetained(Load(values))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Load>.fromOpaque(argument).release() }
        return nil
      }, load.toOpaque())
    if status == 0 { pthread_detach(thread) } else { load.release() }
  }

  private final class Load {
    private let values: Any
    init(_ values: Any) { self.values = values }
  }
}
