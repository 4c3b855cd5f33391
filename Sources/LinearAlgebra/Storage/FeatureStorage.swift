import CKernels

/// Raw features as they are kept in memory: rows × columns numbers in the narrowest form that holds
/// them exactly. Never written after it was made, so that any number of views can share it.
public protocol FeatureStorage: AnyObject, Sendable {
  /// Number of samples.
  var rows: Int { get }
  /// Number of raw features.
  var columns: Int { get }
  /// Bytes on the heap; views share them.
  var memoryBytes: Int { get }
  /// What one entry is kept as: "bytes", "single", "double" or "sparse".
  var storageName: String { get }
  /// The rows where they lie densely in memory; nil for other forms, whose products are their own.
  /// To be read only, as long as the storage lives.
  var denseRows: DenseRows? { get }
  /// Writes the raw numbers of row 0 ≤ `row` < `rows` as doubles to `target`, which has room for
  /// `columns` of them.
  func decode(row: Int, into target: UnsafeMutablePointer<Double>)
  /// The same, rounded to singles.
  func decode(row: Int, into target: UnsafeMutablePointer<Float>)
}

/// Where dense rows lie: the first entry, and the distance from one row to the next in entries.
public enum DenseRows: @unchecked Sendable {
  /// Unsigned bytes.
  case bytes(UnsafePointer<UInt8>, stride: Int)
  /// Singles. `isPadded` says that a 1 and then zeros fill each row up to the stride, which is
  /// what the kernels take without a copy.
  case single(UnsafePointer<Float>, stride: Int, isPadded: Bool)
  /// Doubles.
  case double(UnsafePointer<Double>, stride: Int)
}

/// Integers from 0 to 255: pictures.
public final class ByteMatrix: FeatureStorage, @unchecked Sendable {
  public let rows: Int
  public let columns: Int
  private let pointer: UnsafeMutablePointer<UInt8>

  /// rows × columns bytes, row by row, that `fill` writes; all 0 before.
  ///
  /// - Throws: `MemoryRefused`, or what `fill` throws.
  public init(
    rows: Int, columns: Int, fill: (UnsafeMutableBufferPointer<UInt8>) throws -> Void
  ) throws {
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 1)
    self.rows = rows
    self.columns = columns
    pointer = allocateEntries(rows * columns, zero: 0)
    try fill(UnsafeMutableBufferPointer(start: pointer, count: rows * columns))
  }

  /// rows × columns bytes given row by row; `entries.count` must be rows · columns.
  ///
  /// - Throws: `MemoryRefused`.
  public convenience init(rows: Int, columns: Int, _ entries: [UInt8]) throws {
    precondition(entries.count == rows * columns)
    try self.init(rows: rows, columns: columns) { target in
      for i in 0..<entries.count { target[i] = entries[i] }
    }
  }

  deinit { UnsafeMutableRawPointer(pointer).deallocate() }

  /// Writes numbers as bytes.
  ///
  /// - Returns: whether they are the same, to the bit; else some bytes are others.
  public static func narrow(
    _ numbers: UnsafePointer<Double>, count: Int, into target: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    svm_narrow_to_bytes(numbers, count, target) != 0
  }

  public var memoryBytes: Int { rows * columns }
  public var storageName: String { "bytes" }
  public var denseRows: DenseRows? { .bytes(UnsafePointer(pointer), stride: columns) }
  /// The entries, row by row.
  public var entries: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: pointer, count: rows * columns)
  }

  public func decode(row: Int, into target: UnsafeMutablePointer<Double>) {
    precondition(row >= 0 && row < rows)
    let source = pointer + row * columns
    for j in 0..<columns { target[j] = Double(source[j]) }
  }

  public func decode(row: Int, into target: UnsafeMutablePointer<Float>) {
    precondition(row >= 0 && row < rows)
    let source = pointer + row * columns
    for j in 0..<columns { target[j] = Float(source[j]) }
  }
}

/// Numbers of single precision.
///
/// Long rows are padded to whole vectors with a 1 (a bias column for who wants one) and zeros, so
/// that the kernels read them where they lie.
public final class SingleMatrix: FeatureStorage, @unchecked Sendable {
  public let rows: Int
  public let columns: Int
  private let stride: Int
  private let pointer: UnsafeMutablePointer<Float>

  /// rows × columns singles; `fill` writes row `i` to the buffer it is given.
  ///
  /// - Throws: `MemoryRefused`, or what `fill` throws.
  public init(
    rows: Int, columns: Int, fill: (Int, UnsafeMutableBufferPointer<Float>) throws -> Void
  ) throws {
    self.rows = rows
    self.columns = columns
    stride = columns >= 128 ? paddedColumns(columns) : columns
    try MemoryLimit.require(rows: rows, columns: stride, bytesPerEntry: 4)
    pointer = allocateEntries(rows * stride, zero: 0)
    for i in 0..<rows {
      let row = pointer + i * stride
      try fill(i, UnsafeMutableBufferPointer(start: row, count: columns))
      if stride > columns { row[columns] = 1 }
    }
  }

  /// rows × columns singles given row by row; `entries.count` must be rows · columns.
  ///
  /// - Throws: `MemoryRefused`.
  public convenience init(rows: Int, columns: Int, _ entries: [Float]) throws {
    precondition(entries.count == rows * columns)
    try self.init(rows: rows, columns: columns) { i, row in
      for j in 0..<columns { row[j] = entries[i * columns + j] }
    }
  }

  deinit { UnsafeMutableRawPointer(pointer).deallocate() }

  public var memoryBytes: Int { rows * stride * 4 }
  public var storageName: String { "single" }
  public var denseRows: DenseRows? {
    .single(UnsafePointer(pointer), stride: stride, isPadded: stride > columns)
  }

  public func decode(row: Int, into target: UnsafeMutablePointer<Double>) {
    precondition(row >= 0 && row < rows)
    let source = pointer + row * stride
    for j in 0..<columns { target[j] = Double(source[j]) }
  }

  public func decode(row: Int, into target: UnsafeMutablePointer<Float>) {
    precondition(row >= 0 && row < rows)
    target.update(from: pointer + row * stride, count: columns)
  }
}

/// Numbers of double precision: any matrix, whose storage it shares.
public final class DoubleMatrix: FeatureStorage {
  /// The numbers.
  public let matrix: Matrix

  /// The features of a matrix, one sample to a row.
  public init(_ matrix: Matrix) { self.matrix = matrix }

  public var rows: Int { matrix.rows }
  public var columns: Int { matrix.columns }
  public var memoryBytes: Int { matrix.count * 8 }
  public var storageName: String { "double" }
  public var denseRows: DenseRows? {
    .double(UnsafePointer(matrix.buffer.pointer), stride: matrix.columns)
  }

  public func decode(row: Int, into target: UnsafeMutablePointer<Double>) {
    precondition(row >= 0 && row < rows)
    target.update(from: matrix.buffer.pointer + row * columns, count: columns)
  }

  /// Writes the numbers of a row, rounded to singles.
  public func decode(row: Int, into target: UnsafeMutablePointer<Float>) {
    precondition(row >= 0 && row < rows)
    let source = matrix.buffer.pointer + row * columns
    for j in 0..<columns { target[j] = Float(source[j]) }
  }
}

/// Room for `count` entries on cache lines of their own, all `zero`; the system's fresh pages are
/// zero already, but small allocations are not.
func allocateEntries<Entry: BitwiseCopyable>(
  _ count: Int, zero: Entry
) -> UnsafeMutablePointer<Entry> {
  let pointer: UnsafeMutablePointer<Entry> = allocateEntries(count)
  pointer.initialize(repeating: zero, count: count)
  return pointer
}

/// The same, for the caller to write all of it.
func allocateEntries<Entry: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Entry> {
  HugePages.allocate(bytes: count * MemoryLayout<Entry>.stride)
    .bindMemory(to: Entry.self, capacity: max(count, 1))
}

/// Columns of a row in the kernels: room for a bias column, then up to whole vectors.
func paddedColumns(_ columns: Int) -> Int { (columns + 1 + 15) / 16 * 16 }
