/// Release of values that takes as long as making them did: many objects, each with memory of its
/// own. Nobody can stop it, so that it has a thread of its own.
@usableFromInline
package enum Discard {
  /// Elements from which on the thread is worth its start.
  private static let many = 1 << 14

  /// Releases an array of objects. The caller should hold no other reference to it for long.
  @usableFromInline
  package static func inBackground<T>(_ values: [T]) {
    guard values.count >= many, !_isPOD(T.self) else { return }
    let load = Load(values)
    _ = BackgroundThread.start { load.values = [] }
  }

  private final class Load<T> {
    var values: [T]
    init(_ values: [T]) { self.values = values }
  }
}
