import Glibc

/// Release of values that takes as long as making them did: many objects, each with memory of its
/// own. Nobody can stop it, so that it has a thread of its own.
@usableFromInline
package enum Discard {
  /// Elements from which on the thread is worth its start.
  private static let many = 1 << 14

  /// Microseconds in which the caller's own references go away. Otherwise the last one of them
  /// might be the one that takes long.
  private static let pause: UInt32 = 1000

  /// Releases an array of objects. The caller must let go of it at once.
  @usableFromInline
  package static func inBackground<T>(_ values: [T]) {
    guard values.count >= many, !_isPOD(T.self) else { return }
    let load = Load(values)
    _ = BackgroundThread.start {
      usleep(pause)
      load.values = []
    }
  }

  private final class Load<T> {
    var values: [T]
    init(_ values: [T]) { self.values = values }
  }
}
