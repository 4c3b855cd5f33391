import LinearAlgebra

/// A vector or matrix of doubles, or a mask (entries 0 and 1, from a comparison).
///
/// A vector has `rank` 1 and `rows` 1. The entries lie contiguously from `pointer` on, row by row.
/// An array may be a view of a part of a larger one and share its buffer. Writing goes through
/// `makeMutable`, which copies unless the array is all of its buffer and both have one owner.
public final class NumericArray: @unchecked Sendable {
  /// 1 for a vector, 2 for a matrix.
  public let rank: Int
  /// Rows; 1 for a vector.
  public let rows: Int
  /// Columns; the length of a vector.
  public let columns: Int
  /// Whether the entries are truth values.
  public let isMask: Bool
  /// The storage, perhaps shared.
  public private(set) var buffer: Buffer
  /// Index of the first entry in `buffer`.
  public let offset: Int

  /// An array that shares `buffer` from `offset` on; all entries must lie in it.
  public init(
    rank: Int, rows: Int, columns: Int, buffer: Buffer, offset: Int = 0, isMask: Bool = false
  ) {
    precondition(offset + rows * columns <= buffer.count)
    self.rank = rank
    self.rows = rows
    self.columns = columns
    self.buffer = buffer
    self.offset = offset
    self.isMask = isMask
  }

  /// A vector with these entries.
  public convenience init(vector entries: [Double], isMask: Bool = false) {
    let buffer = Buffer(uninitialized: entries.count)
    entries.withUnsafeBufferPointer { source in
      if let base = source.baseAddress {
        buffer.pointer.update(from: base, count: source.count)
      }
    }
    self.init(rank: 1, rows: 1, columns: entries.count, buffer: buffer, isMask: isMask)
  }

  /// A vector with these entries, which may be many.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public static func copying(_ entries: [Double]) throws -> NumericArray {
    try MemoryLimit.require(rows: 1, columns: entries.count, bytesPerEntry: 8)
    let result = NumericArray(uninitializedVector: entries.count)
    try entries.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { try result.pointer.copy(from: base, count: source.count) }
    }
    return result
  }

  /// A vector of `count` entries, all of which the caller must write.
  public convenience init(uninitializedVector count: Int, isMask: Bool = false) {
    self.init(
      rank: 1, rows: 1, columns: count, buffer: Buffer(uninitialized: count), isMask: isMask)
  }

  /// An array of the shape of `other`, all of whose entries the caller must write.
  public convenience init(uninitializedLike other: NumericArray, isMask: Bool = false) {
    self.init(
      rank: other.rank, rows: other.rows, columns: other.columns,
      buffer: Buffer(uninitialized: other.count), isMask: isMask)
  }

  /// A matrix, all of whose entries the caller must write.
  public convenience init(uninitializedRows rows: Int, columns: Int, isMask: Bool = false) {
    self.init(
      rank: 2, rows: rows, columns: columns, buffer: Buffer(uninitialized: rows * columns),
      isMask: isMask)
  }

  /// An array that shares the storage of a matrix.
  public convenience init(_ matrix: Matrix) {
    self.init(rank: 2, rows: matrix.rows, columns: matrix.columns, buffer: matrix.buffer)
  }

  /// Number of entries.
  public var count: Int { rows * columns }

  /// The first entry; valid while the array lives. Only the creator of the array may write through
  /// it, before anything else sees the array.
  public var pointer: UnsafeMutablePointer<Double> { buffer.pointer + offset }

  /// A copy of the entries, row by row.
  ///
  /// - Throws: `Interrupted`.
  public var entries: [Double] {
    get throws {
      try [Double](unsafeUninitializedCapacity: count) { target, filled in
        if let first = target.baseAddress { try first.copy(from: pointer, count: count) }
        filled = count
      }
    }
  }

  /// Whether the array is only part of its buffer.
  public var isView: Bool { buffer.count != count }

  /// Row `i` as a vector that shares storage; `i` must be a row.
  public func row(_ i: Int) -> NumericArray {
    precondition(i >= 0 && i < rows)
    return NumericArray(
      rank: 1, rows: 1, columns: columns, buffer: buffer, offset: offset + i * columns,
      isMask: isMask)
  }

  /// A copy with a buffer of its own; a mask where `mask` is true, by default where this array is.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public func copy(isMask mask: Bool? = nil) throws -> NumericArray {
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let result = NumericArray(uninitializedLike: self, isMask: mask ?? isMask)
    try result.pointer.copy(from: pointer, count: count)
    return result
  }

  /// The same entries in another shape, sharing storage; the number of entries must agree.
  public func reshaped(rank: Int, rows: Int, columns: Int) -> NumericArray {
    precondition(rows * columns == count)
    return NumericArray(
      rank: rank, rows: rows, columns: columns, buffer: buffer, offset: offset, isMask: isMask)
  }

  /// The array as a matrix, a vector as one row. It shares the storage, unless the array is a view.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`, where a view is copied.
  public var matrix: Matrix {
    get throws {
      Matrix(rows: rows, columns: columns, sharing: isView ? try copy().buffer : buffer)
    }
  }

  /// Whether the array is all of its buffer and alone refers to it. The caller must make sure that
  /// the array object itself has one owner.
  public func ownsItsStorage() -> Bool {
    !isView && isKnownUniquelyReferenced(&buffer)
  }

  /// Makes `array` safe to write: replaces it by a copy, unless it is all of its buffer and both
  /// have one owner. A mask stays one unless `keepingMask` is false.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`; the array is then as before.
  public static func makeMutable(_ array: inout NumericArray, keepingMask: Bool = true) throws {
    if !isKnownUniquelyReferenced(&array) || !array.ownsItsStorage()
      || (array.isMask && !keepingMask)
    {
      array = try array.copy(isMask: keepingMask ? array.isMask : false)
    }
  }
}
