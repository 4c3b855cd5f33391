import Synchronization

/// The request to stop what is being computed. A signal handler sets it, and long loops should
/// check it at least every ten milliseconds.
public enum Interruption {
  /// 1 for the wish, 0 for none; −n where a test has put it n looks ahead.
  private static let state = Atomic<Int>(0)

  /// True once the user pressed Ctrl-C and nobody has answered yet.
  public static var isRequested: Bool {
    let value = state.load(ordering: .relaxed)
    return value == 0 ? false : value > 0 || isRequestedAtThisLook
  }

  /// Safe in a signal handler, once it was called before outside of one.
  public static func request() { state.store(1, ordering: .relaxed) }

  /// Forgets the wish: it was answered, or a new statement starts.
  public static func clear() { state.store(0, ordering: .relaxed) }

  /// The wish as if it came between two looks, for tests that try every such moment.
  ///
  /// - Parameter looks: looks that are still told that there is none.
  package static func request(afterLooks looks: Int) {
    state.store(looks == 0 ? 1 : -looks - 1, ordering: .relaxed)
  }

  /// Looks that are still told that there is no wish; nil where none was put ahead.
  package static var looksLeft: Int? {
    let value = state.load(ordering: .relaxed)
    return value < 0 ? -value - 1 : nil
  }

  private static var isRequestedAtThisLook: Bool {
    var value = state.load(ordering: .relaxed)
    while value < 0 {
      let next = value == -1 ? 1 : value + 1
      let (exchanged, original) = state.weakCompareExchange(
        expected: value, desired: next, ordering: .relaxed)
      if exchanged { return next > 0 }
      value = original
    }
    return value > 0
  }

  /// Ends the computation where a stop is requested.
  ///
  /// - Throws: `Interrupted`.
  public static func check() throws {
    if isRequested { throw Interrupted() }
  }

  /// Runs `body` on consecutive ranges that cover 0..<count, of about 65 000 operations or a tenth
  /// of a millisecond each, and looks for the wish to stop between them.
  ///
  /// - Parameter costEach: approximate operations per index.
  @inlinable @inline(__always)
  package static func forEachRange(
    of count: Int, costEach: Int = 1, _ body: (Range<Int>) throws -> Void
  ) throws {
    let size = max(1, 65536 / max(1, costEach))
    var start = 0
    while start < count {
      if start > 0 { try check() }
      let end = min(start + size, count)
      try body(start..<end)
      start = end
    }
  }

  /// Whether `holds` is true for all of 0..<count, with looks as by `forEachRange`.
  @inlinable @inline(__always)
  package static func allSatisfy(
    _ count: Int, costEach: Int = 1, _ holds: (Int) throws -> Bool
  ) throws -> Bool {
    var all = true
    try forEachRange(of: count, costEach: costEach) { range in
      if all { all = try range.allSatisfy(holds) }
    }
    return all
  }

  /// f(0), f(1), … f(count − 1), with looks as by `forEachRange`.
  @inlinable @inline(__always)
  package static func map<T>(
    _ count: Int, costEach: Int = 16, _ f: (Int) throws -> T
  ) throws -> [T] {
    var result: [T] = []
    result.reserveCapacity(count)
    do {
      try forEachRange(of: count, costEach: costEach) { range in
        for i in range { result.append(try f(i)) }
      }
    } catch {
      Discard.inBackground(result)
      throw error
    }
    return result
  }
}

extension UnsafeMutablePointer where Pointee == Double {
  /// As `update(from:count:)`, with looks for the wish to stop.
  @inlinable
  package func copy(from source: UnsafePointer<Double>, count: Int) throws {
    try Interruption.forEachRange(of: count) { range in
      (self + range.lowerBound).update(from: source + range.lowerBound, count: range.count)
    }
  }

  /// As `update(repeating:count:)`, with looks for the wish to stop.
  @inlinable
  package func fill(_ value: Double, count: Int) throws {
    try Interruption.forEachRange(of: count) { range in
      (self + range.lowerBound).update(repeating: value, count: range.count)
    }
  }
}

/// A computation stopped because the user asked for it.
public struct Interrupted: Error, Sendable {
  /// An interruption carries no details.
  public init() {}
}
