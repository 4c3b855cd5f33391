/// The state from which a computation resumes with the same bits: named arrays of numbers, and the
/// states of its parts. Large ones are buffers that are shared with the computation, which makes a
/// copy before it writes to one. Reading checks names and lengths, so that a state of another shape
/// is an error and not a cold start.
public struct SavedState: Sendable, Equatable {
  /// The kind of computation: "adam", "weights of rows".
  public let kind: String
  /// The arrays by name.
  public private(set) var arrays: [String: [Double]]
  /// The shared buffers by name.
  package let buffers: [String: [Buffer]]
  /// The states of parts, in order.
  public private(set) var parts: [SavedState]

  /// A state of the given kind.
  public init(
    _ kind: String, _ arrays: [String: [Double]] = [:], sharing buffers: [String: [Buffer]] = [:],
    parts: [SavedState] = []
  ) {
    self.kind = kind
    self.arrays = arrays
    self.buffers = buffers
    self.parts = parts
  }

  /// Checks that this is a state of a kind, with `count` parts.
  ///
  /// - Throws: `StateMismatch` where it isn't.
  public func require(_ kind: String, parts count: Int = 0) throws {
    guard self.kind == kind else {
      throw StateMismatch("the state is of '\(self.kind)', not of '\(kind)'")
    }
    guard parts.count == count else {
      throw StateMismatch("the state of '\(kind)' has \(parts.count) parts, not \(count)")
    }
  }

  /// The array of that name.
  ///
  /// - Throws: `StateMismatch` where there is none, or its length is not `count`.
  public func array(_ name: String, count: Int) throws -> [Double] {
    let array = try array(name)
    guard array.count == count else {
      throw StateMismatch("'\(name)' of '\(kind)' has \(array.count) numbers, not \(count)")
    }
    return array
  }

  /// The buffers of that name, which are for reading only.
  ///
  /// - Throws: `StateMismatch` where there are none, or their lengths are not `counts`.
  public func buffers(_ name: String, counts: [Int]) throws -> [Buffer] {
    guard let found = buffers[name] else {
      throw StateMismatch("the state of '\(kind)' has no '\(name)'")
    }
    guard found.map(\.count) == counts else {
      throw StateMismatch("'\(name)' of '\(kind)' is not of \(counts) numbers")
    }
    return found
  }

  /// Overwrites `buffer` with the one of that name.
  ///
  /// - Throws: `StateMismatch` where there is none of its length.
  public func read(_ name: String, into buffer: Buffer) throws {
    let source = try buffers(name, counts: [buffer.count])[0]
    buffer.pointer.update(from: source.pointer, count: buffer.count)
  }

  /// The number of that name.
  ///
  /// - Throws: `StateMismatch` where there is no array of length 1.
  public func number(_ name: String) throws -> Double { try array(name, count: 1)[0] }

  /// The number of that name as a count.
  ///
  /// - Throws: `StateMismatch` where it is missing, or not a whole number from 0 to 2⁵³ − 1.
  public func count(_ name: String) throws -> Int { try whole(number(name), name) }

  /// A flag, stored as 1 or 0.
  ///
  /// - Throws: `StateMismatch` where there is no array of length 1.
  public func flag(_ name: String) throws -> Bool { try number(name) == 1 }

  /// Distinct row numbers below `limit`.
  ///
  /// - Throws: `StateMismatch` where there is no such array, a number repeats, or is not a whole
  ///   number below `limit`.
  public func rows(_ name: String, below limit: Int) throws -> [Int32] {
    let rows = try array(name).map { try whole($0, name) }
    var isSeen = [Bool](repeating: false, count: limit)
    for row in rows {
      guard row < limit, !isSeen[row] else {
        throw StateMismatch(
          "'\(name)' of '\(kind)' has row \(row), of \(limit) rows that are each once")
      }
      isSeen[row] = true
    }
    return rows.map { Int32($0) }
  }

  private func array(_ name: String) throws -> [Double] {
    guard let array = arrays[name] else {
      throw StateMismatch("the state of '\(kind)' has no '\(name)'")
    }
    return array
  }

  private func whole(_ x: Double, _ name: String) throws -> Int {
    guard x >= 0, x.rounded() == x, x < 0x1p53 else {
      throw StateMismatch("'\(name)' of '\(kind)' is \(x), and not a count")
    }
    return Int(x)
  }
}

/// A state that does not fit the computation that should resume from it.
public struct StateMismatch: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
