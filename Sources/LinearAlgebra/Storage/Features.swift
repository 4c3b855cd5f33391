/// The features of some samples, N×D: a view of rows of a storage, with a preparation that is
/// applied as they are read. Selecting rows and preparing copy nothing.
public struct Features: Sendable {
  /// The raw numbers, shared by all views of them.
  public let storage: any FeatureStorage
  /// What is done to raw rows as they are read.
  public let preparation: Preparation
  /// The rows of the storage that are in the view.
  package let selection: Selection

  /// Rows of a storage.
  package enum Selection: Sendable {
    case range(Range<Int>)
    case list([Int])
  }

  /// All rows of a storage, as they are.
  public init(_ storage: any FeatureStorage) {
    self.init(storage, .range(0..<storage.rows), Preparation())
  }

  /// All rows of a matrix, as they are.
  public init(_ matrix: Matrix) { self.init(DoubleMatrix(matrix)) }

  /// A view from its parts. The rows must be there, and the preparation of these columns.
  package init(_ storage: any FeatureStorage, _ selection: Selection, _ preparation: Preparation) {
    precondition(preparation.mean.map { $0.count == storage.columns } ?? true)
    precondition(preparation.scale.map { $0.count == storage.columns } ?? true)
    precondition(preparation.fill.map { $0.count == storage.columns } ?? true)
    precondition(preparation.selection.map { $0.columns.count == storage.columns } ?? true)
    self.storage = storage
    self.selection = selection
    self.preparation = preparation
  }

  /// N, the number of rows of the view.
  public var rows: Int {
    switch selection {
    case .range(let range): range.count
    case .list(let list): list.count
    }
  }

  /// Columns of the storage, without the bias column.
  public var rawColumns: Int { storage.columns }

  /// D: the raw columns, and the bias column where there is one.
  public var columns: Int { rawColumns + (preparation.hasBias ? 1 : 0) }

  /// Bytes of the storage, which all views share.
  public var memoryBytes: Int { storage.memoryBytes }

  /// "bytes", "single", "double" or "sparse".
  public var storageName: String { storage.storageName }

  /// The row of the storage that is row 0 ≤ `i` < N of the view.
  public func storageRow(_ i: Int) -> Int {
    switch selection {
    case .range(let range):
      precondition(i >= 0 && i < range.count)
      return range.lowerBound + i
    case .list(let list): return list[i]
    }
  }

  /// The rows with these numbers, in their order. They must be rows of the view, and may repeat.
  /// O(rows.count): no entry is read.
  ///
  /// - Throws: `Interrupted`.
  public func selecting(_ rows: [Int]) throws -> Features {
    let places = try Interruption.map(rows.count, costEach: 4) { storageRow(rows[$0]) }
    return Features(storage, .list(places), preparation)
  }

  /// Asks the system for rows that are on disk, all at once: one after the other, as they are read,
  /// each would wait for the disk, and bring its neighbors along. Nothing is done for rows in
  /// memory.
  public func willNeed(_ rows: [Int]) {
    guard storage.isOnDisk, let dense = storage.denseRows else { return }
    for i in rows { DiskMemory.willNeed(dense.bytes(ofRow: storageRow(i), columns: rawColumns)) }
  }

  /// The rows of a range, which must be rows of the view. O(1), or O(range.count) where the view is
  /// a list of rows.
  public func selecting(_ range: Range<Int>) -> Features {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows)
    switch selection {
    case .range(let own):
      let first = own.lowerBound + range.lowerBound
      return Features(storage, .range(first..<first + range.count), preparation)
    case .list(let list): return Features(storage, .list(Array(list[range])), preparation)
    }
  }

  /// The same rows under another preparation, which replaces the present one. Its vectors must have
  /// `rawColumns` numbers.
  public func with(_ preparation: Preparation) -> Features {
    Features(storage, selection, preparation)
  }

  /// The same rows of another storage, under its preparation.
  func with(storage: any FeatureStorage, _ preparation: Preparation) -> Features {
    precondition(storage.rows == self.storage.rows)
    return Features(storage, selection, preparation)
  }

  /// Row `i`, prepared: D numbers.
  public func row(_ i: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: columns) { target, count in
      if let base = target.baseAddress { write(row: i, to: base) }
      count = columns
    }
  }

  /// The prepared N×D matrix, a copy.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public func matrix() throws -> Matrix {
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let buffer = Buffer(uninitialized: rows * columns)
    let (features, columns) = (self, self.columns)
    try Parallel.forEachBlock(of: rows, costEach: columns) { block in
      try Interruption.check()
      for i in block { features.write(row: i, to: buffer.pointer + i * columns) }
    }
    return Matrix(rows: rows, columns: columns, sharing: buffer)
  }

  /// The N × `rawColumns` stored numbers, a copy.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public func rawMatrix() throws -> Matrix { try with(Preparation()).matrix() }

  /// Writes row `i`, prepared, to `target`, which has room for `columns` doubles.
  public func write(row i: Int, to target: UnsafeMutablePointer<Double>) {
    storage.decode(row: storageRow(i), into: target)
    preparation.apply(UnsafeMutableBufferPointer(start: target, count: rawColumns))
    if preparation.hasBias { target[rawColumns] = 1 }
  }

  /// rows × columns numbers in the narrowest form that holds them exactly: bytes where all are
  /// integers from 0 to 255, singles where none loses a digit, else doubles.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public static func narrowest(rows: Int, columns: Int, entries: [Double]) throws -> Features {
    precondition(entries.count == rows * columns)
    return try entries.withUnsafeBufferPointer { source in
      try narrowest(rows: rows, columns: columns, source) {
        Matrix(rows: rows, columns: columns, entries)
      }
    }
  }

  /// A matrix in the narrowest form that holds it exactly.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public static func narrowest(_ matrix: Matrix) throws -> Features {
    try matrix.withEntries { source in
      try narrowest(rows: matrix.rows, columns: matrix.columns, source) { matrix }
    }
  }

  /// Whether something holds for all parts of the entries.
  private static func all(
    _ source: UnsafeBufferPointer<Double>, _ holds: (UnsafeBufferPointer<Double>) -> Bool
  ) throws -> Bool {
    var all = true
    try Interruption.forEachRange(of: source.count) { range in
      all = all && holds(UnsafeBufferPointer(rebasing: source[range]))
    }
    return all
  }

  private static func narrowest(
    rows: Int, columns: Int, _ source: UnsafeBufferPointer<Double>, matrix: () -> Matrix
  ) throws -> Features {
    if try all(source, \.areBytes) {
      return Features(
        try ByteMatrix(rows: rows, columns: columns) { target in
          try Interruption.forEachRange(of: source.count) { range in
            for i in range { target[i] = UInt8(source[i]) }
          }
        })
    }
    if try all(source, \.areSingles) {
      return Features(
        try SingleMatrix(rows: rows, columns: columns) { i, row in
          if i % 256 == 0 { try Interruption.check() }
          for j in 0..<columns { row[j] = Float(source[i * columns + j]) }
        })
    }
    return Features(DoubleMatrix(matrix()))
  }
}

extension UnsafeBufferPointer<Double> {
  /// Whether bytes hold all exactly: integers from 0 to 255, and no negative zero.
  package var areBytes: Bool {
    allSatisfy { $0 >= 0 && $0 <= 255 && Double(UInt8($0)) == $0 && $0.sign == .plus }
  }

  /// Whether singles hold all exactly.
  package var areSingles: Bool { allSatisfy { Double(Float($0)) == $0 || $0.isNaN } }
}
