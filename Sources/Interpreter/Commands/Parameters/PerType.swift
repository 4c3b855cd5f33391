import Synchronization

/// A value for each type, made at first use. Any thread may ask; threads that do so at once may
/// make it twice.
final class PerType<Value: Sendable>: Sendable {
  private let known = Mutex<[ObjectIdentifier: Value]>([:])

  func value(of type: Any.Type, make: () -> Value) -> Value {
    let key = ObjectIdentifier(type)
    if let value = known.withLock({ $0[key] }) { return value }
    // Outside of the lock: the value of one type may ask for another's.
    let value = make()
    known.withLock { $0[key] = value }
    return value
  }
}
