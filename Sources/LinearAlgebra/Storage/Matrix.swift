import CKernels
import Glibc

/// Doubles aligned to a cache line, on the heap, or on disk where `DiskMemory` was on. Values may
/// share a buffer; only a single owner writes to it.
public final class Buffer: @unchecked Sendable {
  /// First element; valid as long as the buffer lives.
  public let pointer: UnsafeMutablePointer<Double>
  /// Number of elements.
  public let count: Int
  /// Where the memory of large zeros begins; nil for other buffers.
  private let base: UnsafeMutableRawPointer?
  /// What the memory is a part of; nil where it is the buffer's own.
  private let owner: (any AnyObject & Sendable)?

  /// `count` zeros.
  public init(zeros count: Int) {
    let bytes = count * MemoryLayout<Double>.stride
    self.count = count
    owner = nil
    if let zeros = DiskMemory.allocate(bytes: bytes) {
      base = nil
      pointer = zeros.bindMemory(to: Double.self, capacity: count)
      return
    }
    if let zeros = HugePages.allocateZeros(bytes: bytes) {
      base = zeros.base
      pointer = zeros.start.bindMemory(to: Double.self, capacity: count)
      return
    }
    base = nil
    pointer = HugePages.allocate(bytes: bytes).bindMemory(to: Double.self, capacity: max(count, 1))
    pointer.initialize(repeating: 0, count: count)
  }

  /// `count` uninitialized doubles: the caller writes every one.
  public init(uninitialized count: Int) {
    let raw = EntryMemory.allocate(bytes: count * MemoryLayout<Double>.stride)
    pointer = raw.bindMemory(to: Double.self, capacity: max(count, 1))
    self.count = count
    base = nil
    owner = nil
  }

  /// `count` doubles that are there already, in memory that lives as long as its owner and that
  /// nobody else uses.
  public init(
    takingOver pointer: UnsafeMutablePointer<Double>, count: Int,
    of owner: any AnyObject & Sendable
  ) {
    self.pointer = pointer
    self.count = count
    self.owner = owner
    base = nil
  }

  deinit {
    if owner != nil { return }
    if let base { free(base) } else { EntryMemory.release(pointer) }
  }

  /// A buffer of its own with the same elements. A large one takes a fraction of the time of an
  /// array, whose pages are small.
  public var copied: Buffer {
    let copy = Buffer(uninitialized: count)
    copy.pointer.update(from: pointer, count: count)
    return copy
  }

  /// Makes a buffer safe to write: replaces it by a copy where someone else holds it.
  package static func makeUnique(_ buffer: inout Buffer) {
    if !isKnownUniquelyReferenced(&buffer) { buffer = buffer.copied }
  }

  /// A copy of the elements.
  public var array: [Double] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// Overwrites the first elements; `values` must not be longer than the buffer.
  public func fill(_ values: [Double]) {
    precondition(values.count <= count)
    for i in 0..<values.count { pointer[i] = values[i] }
  }
}

extension Buffer: Equatable {
  /// Whether both have the same elements.
  public static func == (a: Buffer, b: Buffer) -> Bool {
    UnsafeBufferPointer(start: a.pointer, count: a.count)
      .elementsEqual(UnsafeBufferPointer(start: b.pointer, count: b.count))
  }
}

/// A dense matrix of doubles, rows × columns, row by row. A value: copies share storage until one
/// of them is written.
public struct Matrix: Sendable {
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// The entries, row by row. It is for reading: copies of the matrix may share it.
  public private(set) var buffer: Buffer

  /// rows × columns zeros.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    buffer = Buffer(zeros: rows * columns)
  }

  /// rows × columns entries given row by row; `entries.count` must be rows · columns.
  public init(rows: Int, columns: Int, _ entries: [Double]) {
    precondition(entries.count == rows * columns)
    self.rows = rows
    self.columns = columns
    buffer = Buffer(uninitialized: entries.count)
    entries.withUnsafeBufferPointer { source in
      if let base = source.baseAddress {
        buffer.pointer.update(from: base, count: source.count)
      }
    }
  }

  /// Shares `buffer`, whose first rows · columns elements are the entries.
  public init(rows: Int, columns: Int, sharing buffer: Buffer) {
    precondition(buffer.count >= rows * columns)
    self.rows = rows
    self.columns = columns
    self.buffer = buffer
  }

  /// Number of entries.
  public var count: Int { rows * columns }

  /// The entry in row `i` and column `j`.
  public subscript(i: Int, j: Int) -> Double {
    get {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns)
      return buffer.pointer[i * columns + j]
    }
    set {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns)
      makeUnique()
      buffer.pointer[i * columns + j] = newValue
    }
  }

  /// The entries for reading, row by row; valid until `body` returns.
  public func withEntries<R>(_ body: (UnsafeBufferPointer<Double>) throws -> R) rethrows -> R {
    try body(UnsafeBufferPointer(start: buffer.pointer, count: count))
  }

  /// The entries for writing, row by row, valid until `body` returns; copies them first where they
  /// are shared.
  public mutating func withMutableEntries<R>(
    _ body: (UnsafeMutableBufferPointer<Double>) throws -> R
  ) rethrows -> R {
    makeUnique()
    return try body(UnsafeMutableBufferPointer(start: buffer.pointer, count: count))
  }

  /// A copy of the entries, row by row.
  public var entries: [Double] { withEntries { Array($0) } }

  private mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&buffer) {
      let copy = Buffer(uninitialized: count)
      copy.pointer.update(from: buffer.pointer, count: count)
      buffer = copy
    }
  }
}

extension Matrix: Equatable {
  /// Same shape and the same entries, as IEEE compares them.
  public static func == (a: Matrix, b: Matrix) -> Bool {
    guard a.rows == b.rows && a.columns == b.columns else { return false }
    for i in 0..<a.count where a.buffer.pointer[i] != b.buffer.pointer[i] { return false }
    return true
  }
}
