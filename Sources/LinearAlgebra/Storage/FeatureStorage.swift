import CKernels

/// Raw features in memory, rows × columns numbers. They are never written after initialization, so
/// that any number of views can share them.
public protocol FeatureStorage: AnyObject, Sendable {
  /// Number of samples.
  var rows: Int { get }
  /// Number of raw features.
  var columns: Int { get }
  /// Bytes of the entries, which all views share.
  var memoryBytes: Int { get }
  /// Whether the entries are on disk, and only read into memory as they are needed.
  var isOnDisk: Bool { get }
  /// The type of an entry: "bytes", "single", "double" or "sparse".
  var storageName: String { get }
  /// The rows where they are stored densely; nil for sparse storage, which has products of its own.
  /// The pointers are for reading, and valid as long as the storage.
  var denseRows: DenseRows? { get }
  /// Writes the raw numbers of row 0 ≤ `row` < `rows` as doubles to `target`, which has room for
  /// `columns` of them.
  func decode(row: Int, into target: UnsafeMutablePointer<Double>)
  /// The same, rounded to singles.
  func decode(row: Int, into target: UnsafeMutablePointer<Float>)
}

extension FeatureStorage {
  /// False: the entries are in memory.
  public var isOnDisk: Bool { false }
}

/// Where dense rows are stored: the first entry, and the distance from one row to the next in
/// entries.
public enum DenseRows: @unchecked Sendable {
  /// Unsigned bytes.
  case bytes(UnsafePointer<UInt8>, stride: Int)
  /// Singles. Where `isPadded`, a 1 and then zeros fill each row up to the stride, and the kernels
  /// read it without a copy.
  case single(UnsafePointer<Float>, stride: Int, isPadded: Bool)
  /// Doubles.
  case double(UnsafePointer<Double>, stride: Int)
}

extension DenseRows {
  /// The memory of a row.
  func bytes(ofRow row: Int, columns: Int) -> UnsafeRawBufferPointer {
    func part<Entry>(_ first: UnsafePointer<Entry>, _ stride: Int) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(UnsafeBufferPointer(start: first + row * stride, count: columns))
    }
    return switch self {
    case .bytes(let first, let stride): part(first, stride)
    case .single(let first, let stride, _): part(first, stride)
    case .double(let first, let stride): part(first, stride)
    }
  }
}

/// Integers from 0 to 255, such as pixels.
public final class ByteMatrix: FeatureStorage, @unchecked Sendable {
  public let rows: Int
  public let columns: Int
  private let pointer: UnsafeMutablePointer<UInt8>

  /// As many rows as `fill` returns, of at most `mostRows`, row by row. The bytes are uninitialized
  /// when it begins, and it must write all of those rows. Memory that it does not touch takes none.
  ///
  /// - Throws: `MemoryRefused`, or what `fill` throws.
  public init(
    mostRows: Int, columns: Int,
    fill: (UnsafeMutableBufferPointer<UInt8>) throws -> Int
  ) throws {
    try MemoryLimit.require(rows: mostRows, columns: columns, bytesPerEntry: 1)
    self.columns = columns
    pointer = allocateEntries(mostRows * columns)
    do {
      rows = try fill(UnsafeMutableBufferPointer(start: pointer, count: mostRows * columns))
    } catch {
      EntryMemory.release(pointer)
      throw error
    }
    precondition(rows >= 0 && rows <= mostRows)
  }

  /// rows × columns bytes, row by row: zeros that `fill` overwrites.
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

  deinit { EntryMemory.release(pointer) }

  /// Writes numbers as bytes.
  ///
  /// - Returns: whether every byte equals its number, to the bit. If not, `target` is not usable.
  public static func narrow(
    _ numbers: UnsafePointer<Double>, count: Int, into target: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    svm_narrow_to_bytes(numbers, count, target) != 0
  }

  public var memoryBytes: Int { rows * columns }
  public var isOnDisk: Bool { DiskMemory.holds(pointer) }
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
/// Rows of 128 columns or more are padded to whole vectors with a 1, which can serve as bias
/// column, and zeros: the kernels then read them in place.
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

  /// The same, where `fill` writes all rows. It gets the first entry, and the distance from one row
  /// to the next.
  ///
  /// - Throws: `MemoryRefused`, or what `fill` throws.
  public init(
    uninitializedRows rows: Int, columns: Int,
    fill: (UnsafeMutablePointer<Float>, Int) throws -> Void
  ) throws {
    self.rows = rows
    self.columns = columns
    stride = columns >= 128 ? paddedColumns(columns) : columns
    try MemoryLimit.require(rows: rows, columns: stride, bytesPerEntry: 4)
    pointer = allocateEntries(rows * stride)
    try fill(pointer, stride)
    guard stride > columns else { return }
    for i in 0..<rows {
      let row = pointer + i * stride
      row[columns] = 1
      for j in columns + 1..<stride { row[j] = 0 }
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

  deinit { EntryMemory.release(pointer) }

  public var memoryBytes: Int { rows * stride * 4 }
  public var isOnDisk: Bool { DiskMemory.holds(pointer) }
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

/// Numbers of double precision: any matrix, whose buffer it shares.
public final class DoubleMatrix: FeatureStorage {
  /// The numbers.
  public let matrix: Matrix

  /// The features of a matrix, one sample to a row.
  public init(_ matrix: Matrix) { self.matrix = matrix }

  public var rows: Int { matrix.rows }
  public var columns: Int { matrix.columns }
  public var memoryBytes: Int { matrix.count * 8 }
  public var isOnDisk: Bool { DiskMemory.holds(matrix.buffer.pointer) }
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

/// Memory for `count` entries, aligned to a cache line, all `zero`.
func allocateEntries<Entry: BitwiseCopyable>(
  _ count: Int, zero: Entry
) -> UnsafeMutablePointer<Entry> {
  let pointer: UnsafeMutablePointer<Entry> = allocateEntries(count)
  pointer.initialize(repeating: zero, count: count)
  return pointer
}

/// The same, uninitialized.
func allocateEntries<Entry: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Entry> {
  EntryMemory.allocate(bytes: count * MemoryLayout<Entry>.stride)
    .bindMemory(to: Entry.self, capacity: max(count, 1))
}

/// Entries of a padded row: a bias column, then up to whole vectors of 16.
func paddedColumns(_ columns: Int) -> Int { (columns + 1 + 15) / 16 * 16 }
