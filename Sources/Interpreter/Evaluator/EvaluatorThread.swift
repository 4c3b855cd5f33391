import Glibc

/// Runs the evaluator on a thread with a large stack, so that deep recursion ends in an error and
/// not in a crash. The stack is reserved address space; memory is used only as it grows.
public enum EvaluatorThread {
  /// The stack size to try first; it is halved as long as the machine refuses. A stack of this size
  /// is left within 50 ms where its innermost call is interrupted.
  static let stackBytes = 1 << 27
  private static let smallestStack = 1 << 23

  /// Runs `body` on a thread with a large stack and waits for it. On such a thread already, or
  /// where none can be made, `body` runs on the calling thread.
  public static func run<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    if StackGuard.isOnLargeStack { return try body() }
    var result: Result<R, E>?
    withoutActuallyEscaping({
      do throws(E) {
        result = .success(try body())
      } catch {
        result = .failure(error)
      }
    }) { body in
      let work = Work(body)
      var bytes = stackBytes
      while bytes >= smallestStack && !start(work, stackBytes: bytes) { bytes /= 2 }
    }
    if let result { return try result.get() }
    return try body()
  }

  private final class Work: @unchecked Sendable {
    let body: () -> Void
    var stackBytes = 0
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Runs the work and waits for it; false where no thread could be made.
  private static func start(_ work: Work, stackBytes: Int) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, stackBytes) == 0 else { return false }
    work.stackBytes = stackBytes
    var thread = pthread_t()
    let context = Unmanaged.passRetained(work)
    let status = pthread_create(
      &thread, &attributes,
      { context in
        guard let context else { return nil }
        let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
        StackGuard.begin(stackBytes: work.stackBytes)
        work.body()
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      context.release()
      return false
    }
    pthread_join(thread, nil)
    return true
  }
}

/// The limit of the stack, as an address.
enum StackGuard {
  /// Bytes for the built-in functions and error messages of the last call.
  static let reserve: UInt = 4 << 20
  /// Bytes of stack that are assumed on any other thread.
  private static let modestRoom: UInt = 256 << 10

  /// Whether the stack may grow by another call.
  @inline(__always)
  static func hasRoom(above limit: UInt) -> Bool {
    var mark: UInt8 = 0
    return withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) } > limit
  }

  /// The lowest address that calls on this thread may reach.
  static func limitOfThisThread() -> UInt {
    if let known = pthread_getspecific(key) { return UInt(bitPattern: known) }
    // Not a thread of `EvaluatorThread`.
    var mark: UInt8 = 0
    return withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) } - modestRoom
  }

  /// Whether this thread is one of `EvaluatorThread`.
  static var isOnLargeStack: Bool { pthread_getspecific(key) != nil }

  /// Sets the limit of this thread; to be called at its start.
  static func begin(stackBytes: Int) {
    var mark: UInt8 = 0
    let top = withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) }
    // The C library keeps its own data, and a guard page, within the size.
    let limit = top - UInt(stackBytes) + reserve + (64 << 10)
    pthread_setspecific(key, UnsafeRawPointer(bitPattern: limit))
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()
}
