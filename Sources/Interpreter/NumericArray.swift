import LinearAlgebra

/// A vector or matrix of doubles, or a mask (entries 0 and 1, from a comparison).
///
/// A vector is one row: `rank` 1, `rows` 1. The entries lie contiguously from `pointer`, row by
/// row. An array may be a view of rows of a larger one, which shares its buffer; writing goes
/// through `mutable`, which copies unless the array and its buffer have one owner and the array is
/// all of the buffer.
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
  /// Where in the storage the entries begin.
  public let offset: Int

  /// Shares `buffer` from `offset` on.
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

  /// A vector of `count` entries whose values the caller writes.
  public convenience init(uninitializedVector count: Int, isMask: Bool = false) {
    self.init(
      rank: 1, rows: 1, columns: count, buffer: Buffer(uninitialized: count), isMask: isMask)
  }

  /// An array shaped like `other`, whose entries the caller writes.
  public convenience init(uninitializedLike other: NumericArray, isMask: Bool = false) {
    self.init(
      rank: other.rank, rows: other.rows, columns: other.columns,
      buffer: Buffer(uninitialized: other.count), isMask: isMask)
  }

  /// A matrix of rows × columns entries, which the caller writes.
  public convenience init(uninitializedRows rows: Int, columns: Int, isMask: Bool = false) {
    self.init(
      rank: 2, rows: rows, columns: columns, buffer: Buffer(uninitialized: rows * columns),
      isMask: isMask)
  }

  /// Shares the storage of a matrix.
  public convenience init(_ matrix: Matrix) {
    self.init(rank: 2, rows: matrix.rows, columns: matrix.columns, buffer: matrix.buffer)
  }

  /// Number of entries.
  public var count: Int { rows * columns }

  /// The first entry. Only the maker of the array may write, before giving it away.
  public var pointer: UnsafeMutablePointer<Double> { buffer.pointer + offset }

  /// The entries, row by row.
  public var entries: [Double] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// Whether the array is only part of its buffer.
  public var isView: Bool { buffer.count != count }

  /// Row `i` as a vector that shares storage; `i` must be a row.
  public func row(_ i: Int) -> NumericArray {
    precondition(i >= 0 && i < rows)
    return NumericArray(
      rank: 1, rows: 1, columns: columns, buffer: buffer, offset: offset + i * columns,
      isMask: isMask)
  }

  /// An array of its own with the same entries.
  public func copy(isMask mask: Bool? = nil) -> NumericArray {
    let result = NumericArray(uninitializedLike: self, isMask: mask ?? isMask)
    result.pointer.update(from: pointer, count: count)
    return result
  }

  /// Itself where it is all of its storage, else a copy: what a variable may keep without keeping a
  /// larger matrix alive, or making the next write to it copy.
  public var owned: NumericArray { isView ? copy() : self }

  /// The same entries in another shape, sharing storage; the number of entries must agree.
  public func reshaped(rank: Int, rows: Int, columns: Int) -> NumericArray {
    precondition(rows * columns == count)
    return NumericArray(
      rank: rank, rows: rows, columns: columns, buffer: buffer, offset: offset, isMask: isMask)
  }

  /// As a matrix (a vector is one row); shares storage where the array is all of it.
  public var matrix: Matrix {
    offset == 0 && buffer.count == count
      ? Matrix(rows: rows, columns: columns, sharing: buffer)
      : Matrix(rows: rows, columns: columns, sharing: copy().buffer)
  }

  /// Whether nobody else shares the storage. The caller has made sure that the array object
  /// itself has one owner.
  public func ownsItsStorage() -> Bool {
    !isView && isKnownUniquelyReferenced(&buffer)
  }

  /// The array that may be written through `array`: itself where it has one owner, else a copy that
  /// takes its place. A mask becomes a plain array unless `mask` says otherwise.
  public static func makeMutable(_ array: inout NumericArray, keepingMask: Bool = true) {
    if !isKnownUniquelyReferenced(&array) || !array.ownsItsStorage()
      || (array.isMask && !keepingMask)
    {
      array = array.copy(isMask: keepingMask ? array.isMask : false)
    }
  }
}
