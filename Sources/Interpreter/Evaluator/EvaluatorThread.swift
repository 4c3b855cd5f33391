import Glibc

/// The evaluator runs on a thread of its own with a large stack, so that deep recursion ends in an
/// error and not in a crash. The stack's memory is reserved, and used only as far as it is needed.
public enum EvaluatorThread {
  /// Bytes that are asked for first; half of it where the machine refuses, and so on.
  static let stackBytes = 1 << 30
  private static let smallestStack = 1 << 23

  /// Runs `body` on a thread with a large stack and waits for it; where the caller is on such a
  /// thread already, on that. Without a large stack where the machine gives none.
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

  /// Runs the work to its end; false where no thread could be made.
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

/// How much of the stack is left, by its addresses.
enum StackGuard {
  /// What built-in functions and error messages may need below the last call.
  static let reserve: UInt = 4 << 20
  /// The stack that every thread has.
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
    // Not a thread of ours: a quarter of a megabyte from here on is there on any thread.
    var mark: UInt8 = 0
    return withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) } - modestRoom
  }

  /// Whether the running thread is one of `EvaluatorThread`.
  static var isOnLargeStack: Bool { pthread_getspecific(key) != nil }

  /// Notes, at the start of a thread, how large its stack is.
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
