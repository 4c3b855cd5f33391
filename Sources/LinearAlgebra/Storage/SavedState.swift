/// What a computation goes on from to the same bits: named arrays of numbers, and the states of its
/// parts. Reading one back checks names and lengths, so that a state of another shape is an error
/// rather than a cold start.
public struct SavedState: Sendable, Equatable {
  /// What it is the state of: "adam", "weights of rows".
  public let kind: String
  /// The arrays.
  public private(set) var arrays: [String: [Double]]
  /// The states of parts, in order.
  public private(set) var parts: [SavedState]

  /// A state of a kind of computation.
  public init(_ kind: String, _ arrays: [String: [Double]] = [:], parts: [SavedState] = []) {
    self.kind = kind
    self.arrays = arrays
    self.parts = parts
  }

  /// Throws where this is the state of something else, or of another number of parts.
  public func require(_ kind: String, parts count: Int = 0) throws {
    guard self.kind == kind else {
      throw StateMismatch("the state is of '\(self.kind)', not of '\(kind)'")
    }
    guard parts.count == count else {
      throw StateMismatch("the state of '\(kind)' has \(parts.count) parts, not \(count)")
    }
  }

  /// An array of `count` numbers.
  ///
  /// - Throws: `StateMismatch` where there is none of that name and length.
  public func array(_ name: String, count: Int) throws -> [Double] {
    guard let array = arrays[name] else {
      throw StateMismatch("the state of '\(kind)' has no '\(name)'")
    }
    guard array.count == count else {
      throw StateMismatch("'\(name)' of '\(kind)' has \(array.count) numbers, not \(count)")
    }
    return array
  }

  /// A single number.
  public func number(_ name: String) throws -> Double { try array(name, count: 1)[0] }

  /// A number that counts something.
  public func count(_ name: String) throws -> Int { try whole(number(name), name) }

  /// Whether something holds, kept as 1 or 0.
  public func flag(_ name: String) throws -> Bool { try number(name) == 1 }

  /// Numbers of rows, each once, all below `limit`.
  public func rows(_ name: String, below limit: Int) throws -> [Int32] {
    let rows = try (arrays[name] ?? []).map { try whole($0, name) }
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

  private func whole(_ x: Double, _ name: String) throws -> Int {
    guard x >= 0, x.rounded() == x, x < 0x1p53 else {
      throw StateMismatch("'\(name)' of '\(kind)' is \(x), and not a count")
    }
    return Int(x)
  }
}

/// A state that does not fit the computation that is to go on from it.
public struct StateMismatch: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
