/// Columns that were taken from raw features, which are then a storage of their own: the kernels
/// read rows without gaps.
public struct ColumnSelection: Sendable, Equatable {
  /// The numbers of the columns, in the order in which they are kept; each below `rawColumns`.
  public let columns: [Int]
  /// The number of columns before.
  public let rawColumns: Int

  /// A selection; nil where a number is out of range or repeated.
  public init?(columns: [Int], of rawColumns: Int) {
    guard columns.allSatisfy({ (0..<rawColumns).contains($0) }), Set(columns).count == columns.count
    else { return nil }
    self.columns = columns
    self.rawColumns = rawColumns
  }

  /// The columns of this selection that `inner`, numbers of its columns, selects from it.
  public func selecting(_ inner: [Int]) -> ColumnSelection? {
    ColumnSelection(columns: inner.map { columns[$0] }, of: rawColumns)
  }
}

extension Features {
  /// The view with some of its raw columns, in the given order. Mean, scale and fill are those of
  /// the columns. A copy of the rows of the view, or of the whole storage where other views share
  /// it: `shared` has the copies that were made for them.
  ///
  /// - Parameter columns: numbers of raw columns, without repeats.
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public func taking(columns: [Int], sharing copies: inout StorageCopies) throws -> Features {
    var next = preparation
    next.selection =
      preparation.selection.map { $0.selecting(columns) }
      ?? ColumnSelection(columns: columns, of: rawColumns)
    precondition(next.selection != nil)
    next.mean = preparation.mean.map { mean in columns.map { mean[$0] } }
    next.scale = preparation.scale.map { scale in columns.map { scale[$0] } }
    next.fill = preparation.fill.map { fill in columns.map { fill[$0] } }
    return try copies.features(of: self, next) { try $0.storage(columns: columns) }
  }

  /// The raw columns in another order, a copy without preparation; −1 stands for a column of zeros.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public func arranged(columns: [Int]) throws -> Features {
    precondition(columns.allSatisfy { $0 < rawColumns })
    try MemoryLimit.require(rows: 1, columns: columns.count + rawColumns, bytesPerEntry: 8)
    return Features(try storage(columns: columns))
  }

  /// The view with numbers in the place of missing ones. A copy, as by `taking`; nothing is copied
  /// where none is missing.
  ///
  /// - Parameter fill: a number for each raw column.
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public func filling(with fill: [Double], sharing copies: inout StorageCopies) throws -> Features {
    precondition(fill.count == rawColumns)
    var next = preparation
    next.fill = fill
    if storage is ByteMatrix { return with(next) }
    return try copies.features(of: self, next) { try $0.storage(filledWith: fill) }
  }

  /// A storage of the rows of the view, with some of its raw columns; −1 stands for zeros.
  private func storage(columns: [Int]) throws -> any FeatureStorage {
    let (rows, d, raw) = (self.rows, columns.count, rawColumns)
    let view = self
    switch storage.denseRows {
    case .bytes(let first, let stride):
      let source = UncheckedSendable(first)
      return try ByteMatrix(rows: rows, columns: d) { target in
        guard let base = target.baseAddress else { return }
        let place = UncheckedSendable(base)
        try Parallel.forEachBlock(of: rows, costEach: d) { block in
          try Interruption.check()
          for i in block {
            let (from, to) = (source.value + view.storageRow(i) * stride, place.value + i * d)
            for (k, j) in columns.enumerated() { to[k] = j < 0 ? 0 : from[j] }
          }
        }
      }
    case .single(let first, let stride, _):
      return try SingleMatrix(rows: rows, columns: d) { i, row in
        if i % 256 == 0 { try Interruption.check() }
        let from = first + view.storageRow(i) * stride
        for (k, j) in columns.enumerated() { row[k] = j < 0 ? 0 : from[j] }
      }
    case .double(let first, let stride):
      let source = UncheckedSendable(first)
      try MemoryLimit.require(rows: rows, columns: d, bytesPerEntry: 8)
      let buffer = Buffer(uninitialized: rows * d)
      try Parallel.forEachBlock(of: rows, costEach: d) { block in
        try Interruption.check()
        for i in block {
          let (from, to) = (source.value + view.storageRow(i) * stride, buffer.pointer + i * d)
          for (k, j) in columns.enumerated() { to[k] = j < 0 ? 0 : from[j] }
        }
      }
      return DoubleMatrix(Matrix(rows: rows, columns: d, sharing: buffer))
    case nil:
      var places = [Int32](repeating: -1, count: raw)
      for (k, j) in columns.enumerated() where j >= 0 { places[j] = Int32(truncatingIfNeeded: k) }
      return try sparse(columns: d) { j, value in places[j] < 0 ? nil : (places[j], value) }
    }
  }

  /// A storage of the rows of the view, with numbers in the place of NaN.
  private func storage(filledWith fill: [Double]) throws -> any FeatureStorage {
    if storage is SparseMatrix {
      return try sparse(columns: rawColumns) { j, value in
        (Int32(truncatingIfNeeded: j), value.isNaN ? fill[j] : value)
      }
    }
    let filled = try rawMatrix()
    let numbers = filled.buffer
    try Parallel.forEachBlock(of: rows, costEach: rawColumns) { block in
      try Interruption.check()
      for i in block {
        let row = numbers.pointer + i * fill.count
        for j in fill.indices where row[j].isNaN { row[j] = fill[j] }
      }
    }
    return try Features.narrowest(filled).storage
  }

  /// Sparse rows of the view, of which `change` takes, moves or leaves out each entry.
  private func sparse(
    columns: Int, _ change: (Int, Double) -> (Int32, Double)?
  ) throws -> any FeatureStorage {
    guard let matrix = storage as? SparseMatrix else { return storage }
    /// The entries that are left of a row, in the order of their columns.
    func entries(_ i: Int) -> [(Int32, Double)] {
      let row = storageRow(i)
      let values = matrix.values(ofRow: row)
      return matrix.indices(ofRow: row).enumerated().compactMap { k, j in
        change(Int(j), values[k]).flatMap { $0.1.bitPattern == 0 ? nil : $0 }
      }.sorted { $0.0 < $1.0 }
    }
    // Counted first, so that the entries are only where they stay, which may be on disk.
    var starts = [0]
    starts.reserveCapacity(rows + 1)
    for i in 0..<rows {
      if i % 256 == 0 { try Interruption.check() }
      starts.append(starts[i] + entries(i).count)
    }
    return try SparseMatrix(rows: rows, columns: columns, rowStarts: starts) { indices, values in
      for i in 0..<rows {
        if i % 256 == 0 { try Interruption.check() }
        for (k, entry) in entries(i).enumerated() {
          (indices[starts[i] + k], values[starts[i] + k]) = entry
        }
      }
    }
  }
}

/// Copies of storages, so that views that share one share its copy, too.
public struct StorageCopies {
  private let shared: Set<ObjectIdentifier>
  private var copies: [ObjectIdentifier: any FeatureStorage] = [:]

  /// No copies yet, of the storages of some views.
  public init(of views: [Features]) {
    var seen: Set<ObjectIdentifier> = []
    var shared: Set<ObjectIdentifier> = []
    for view in views where !seen.insert(ObjectIdentifier(view.storage)).inserted {
      shared.insert(ObjectIdentifier(view.storage))
    }
    self.shared = shared
  }

  /// A view of the changed copy of the storage of another view.
  ///
  /// - Parameter change: the changed storage of all rows of a view.
  mutating func features(
    of view: Features, _ preparation: Preparation,
    _ change: (Features) throws -> any FeatureStorage
  ) throws -> Features {
    let key = ObjectIdentifier(view.storage)
    guard shared.contains(key) else {
      return Features(try change(view)).with(preparation)
    }
    let copy = try copies[key] ?? change(Features(view.storage))
    copies[key] = copy
    return view.with(storage: copy, preparation)
  }
}
