import LinearAlgebra

/// Features that are not stored: a value with them is to be made again.
public struct UnstorableFeatures: Error, Sendable, CustomStringConvertible {
  /// Why.
  public let description = "data that are kept on disk while the session runs are not stored"
}

/// The forms of features by the byte that stands for them.
private enum Form: UInt8 {
  case bytes = 1
  case single
  case double
  case sparse
}

extension ByteWriter {
  /// Adds features. Views of the same numbers share them again.
  ///
  /// - Throws: `UnstorableFeatures` where they are on disk, as they would be twice.
  public func add(_ features: Features) throws {
    try share(features.storage) { try add(features.storage) }
    switch features.selection {
    case .range(let range):
      add(true)
      add(range.lowerBound)
      add(range.upperBound)
    case .list(let rows):
      add(false)
      add(rows)
    }
    add(features.preparation)
  }

  private func add(_ storage: any FeatureStorage) throws {
    guard !storage.isOnDisk else { throw UnstorableFeatures() }
    switch storage.denseRows {
    case .bytes(let first, let stride)?:
      add(Form.bytes, storage, first, stride: stride)
    case .single(let first, let stride, _)?:
      add(Form.single, storage, first, stride: stride)
    case .double?:
      guard let double = storage as? DoubleMatrix else { throw UnstorableFeatures() }
      add(Form.double.rawValue)
      add(double.matrix)
    case nil:
      guard let sparse = storage as? SparseMatrix else { throw UnstorableFeatures() }
      add(Form.sparse.rawValue)
      add(sparse.rows)
      add(sparse.columns)
      add(sparse.rowStarts)
      add(raw: UnsafeRawBufferPointer(sparse.entries.indices), of: sparse)
      add(raw: UnsafeRawBufferPointer(sparse.entries.values), of: sparse)
    }
  }

  /// Adds dense rows as they are in memory, with what fills them up to the stride.
  private func add<Entry>(
    _ form: Form, _ storage: any FeatureStorage, _ first: UnsafePointer<Entry>, stride: Int
  ) {
    add(form.rawValue)
    add(storage.rows)
    add(storage.columns)
    add(stride)
    add(
      raw: UnsafeRawBufferPointer(
        UnsafeBufferPointer(start: first, count: storage.rows * stride)), of: storage)
  }

  /// Adds a preparation.
  public func add(_ preparation: Preparation) {
    add(optional: preparation.selection) {
      add($0.columns)
      add($0.rawColumns)
    }
    add(optional: preparation.fill) { add($0) }
    add(optional: preparation.mean) { add($0) }
    add(optional: preparation.scale) { add($0) }
    add(preparation.hasBias)
  }
}

extension ByteReader {
  /// Features.
  public func features() throws -> Features {
    let storage = try storage()
    let selection: Features.Selection
    if try flag() {
      let first = try int(in: 0...storage.rows)
      selection = .range(first..<(try int(in: first...storage.rows)))
    } else {
      let rows = try ints()
      guard rows.allSatisfy({ $0 >= 0 && $0 < storage.rows }) else {
        throw DamagedBytes("a view has rows that are not there")
      }
      selection = .list(rows)
    }
    let preparation = try preparation()
    guard preparation.fits(columns: storage.columns) else {
      throw DamagedBytes("a preparation is of other columns")
    }
    return Features(storage, selection, preparation)
  }

  /// A preparation.
  public func preparation() throws -> Preparation {
    let selection = try optional {
      let columns = try ints()
      guard let selection = ColumnSelection(columns: columns, of: try int(in: 0...1 << 52)) else {
        throw DamagedBytes("a selection of columns is none")
      }
      return selection
    }
    return Preparation(
      selection: selection, fill: try optional { try doubles() },
      mean: try optional { try doubles() }, scale: try optional { try doubles() },
      hasBias: try flag())
  }

  private func storage() throws -> any FeatureStorage {
    let object: AnyObject = try shared { try newStorage() }
    guard let storage = object as? any FeatureStorage else {
      throw DamagedBytes("what is shared are no features")
    }
    return storage
  }

  private func newStorage() throws -> any FeatureStorage {
    switch Form(rawValue: try byte()) {
    case .bytes:
      let (rows, columns, stride) = try denseShape(bytesEach: 1)
      guard stride == columns else { throw DamagedBytes("rows of bytes have gaps") }
      return try ByteMatrix(rows: rows, columns: columns) {
        try read(into: UnsafeMutableRawBufferPointer($0))
      }
    case .single:
      let (rows, columns, stride) = try denseShape(bytesEach: 4)
      return try SingleMatrix(uninitializedRows: rows, columns: columns) { first, own in
        try read(rows: rows, columns: columns, stride: stride, into: first, ownStride: own)
      }
    case .double: return DoubleMatrix(try matrix())
    case .sparse: return try sparseMatrix()
    case nil: throw DamagedBytes("a form of features is unknown")
    }
  }

  /// Rows, columns, and the entries from one row to the next, all of which are there.
  private func denseShape(
    bytesEach: Int
  ) throws -> (rows: Int, columns: Int, stride: Int) {
    let (rows, columns, _) = try shape()
    let stride = try int(in: columns...1 << 52)
    let (count, overflow) = rows.multipliedReportingOverflow(by: stride)
    guard !overflow, count <= remaining / bytesEach else { throw DamagedBytes.cutOff }
    return (rows, columns, stride)
  }

  /// Reads rows whose stride may differ from that of this version.
  private func read(
    rows: Int, columns: Int, stride: Int, into first: UnsafeMutablePointer<Float>, ownStride: Int
  ) throws {
    if stride == ownStride {
      let all = UnsafeMutableBufferPointer(start: first, count: rows * stride)
      return try read(into: UnsafeMutableRawBufferPointer(all))
    }
    var row = [Float](repeating: 0, count: stride)
    for i in 0..<rows {
      try row.withUnsafeMutableBytes { try read(into: $0) }
      for j in 0..<columns { first[i * ownStride + j] = row[j] }
    }
  }

  private func sparseMatrix() throws -> SparseMatrix {
    let (rows, columns) = (try int(in: 0...1 << 52), try int(in: 0...SparseMatrix.mostColumns))
    let starts = try ints()
    guard starts.count == rows + 1, starts[0] == 0, starts[rows] <= remaining / 12,
      zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw DamagedBytes("the rows of sparse data don't begin where they should") }
    return try SparseMatrix(rows: rows, columns: columns, rowStarts: starts) { indices, values in
      try read(into: UnsafeMutableRawBufferPointer(indices))
      try read(into: UnsafeMutableRawBufferPointer(values))
      for i in 0..<rows {
        var last: Int32 = -1
        for k in starts[i]..<starts[i + 1] {
          guard indices[k] > last, Int(indices[k]) < columns else {
            throw DamagedBytes("the columns of sparse data are out of order")
          }
          last = indices[k]
        }
      }
    }
  }
}

extension Preparation {
  /// Whether it is one of so many columns.
  fileprivate func fits(columns: Int) -> Bool {
    [mean?.count, scale?.count, fill?.count, selection?.columns.count]
      .allSatisfy { $0 ?? columns == columns }
  }
}
