import CKernels

/// Rows of any storage as padded rows of one scalar type: in place where they are stored that way,
/// else decoded and prepared into a tile.
struct DecodedRows<Scalar: KernelScalar>: @unchecked Sendable {
  let count: Int
  /// D, the bias column included.
  let columns: Int
  /// Entries of a padded row, as the kernels read it.
  let padded: Int
  /// Whether no tile is needed.
  let isInPlace: Bool

  private let features: Features
  private let positions: [Int]?
  private let dense: DenseRows?
  private let preparation: ScalarPreparation<Scalar>
  private let memory: Scratch

  /// The rows of `features`, or only the ones that `positions` lists.
  init(_ features: Features, _ positions: [Int]? = nil) {
    self.features = features
    self.positions = positions
    count = positions?.count ?? features.rows
    columns = features.columns
    let raw = features.rawColumns
    padded = paddedColumns(raw)
    dense = features.storage.denseRows
    let prepared = features.preparation
    isInPlace = prepared.leavesColumns && dense.map { Scalar.isPadded($0) } ?? false

    let array = Scratch.bytes(for: raw, of: Double.self)
    memory = Scratch(bytes: prepared.leavesColumns ? 0 : 4 * array)
    var pointers = ScalarPreparation<Scalar>()
    if let mean = prepared.mean {
      pointers.mean = Self.copy(mean, to: memory.take(raw, of: Double.self))
      pointers.scalarMean = Self.copy(mean, to: memory.take(raw, of: Scalar.self))
    }
    if let scale = prepared.scale {
      pointers.scale = Self.copy(scale, to: memory.take(raw, of: Double.self))
      pointers.scalarScale = Self.copy(scale, to: memory.take(raw, of: Scalar.self))
    }
    preparation = pointers
  }

  private static func copy<T: BinaryFloatingPoint>(
    _ values: [Double], to target: UnsafeMutablePointer<T>
  ) -> UnsafePointer<T> {
    for i in 0..<values.count { target[i] = T(values[i]) }
    return UnsafePointer(target)
  }

  /// Bytes of a stored entry.
  var entryBytes: Int {
    switch dense {
    case .bytes: 1
    case .single: 4
    case .double, nil: 8
    }
  }

  /// The stored row at a position; nil for sparse storage.
  private func address(_ position: Int) -> UnsafeRawPointer? {
    switch dense {
    case .bytes(let first, let stride):
      UnsafeRawPointer(first + storageRow(position) * stride)
    case .single(let first, let stride, _):
      UnsafeRawPointer(first + storageRow(position) * stride)
    case .double(let first, let stride):
      UnsafeRawPointer(first + storageRow(position) * stride)
    case nil: nil
    }
  }

  /// Fills `raw` with the addresses of `count` stored rows, from the first of `positions` on. Where
  /// `positions` is shorter, its last row is repeated.
  func locate(
    _ positions: Range<Int>, count: Int, into raw: UnsafeMutablePointer<UnsafeRawPointer?>
  ) {
    let n = min(count, positions.count)
    for i in 0..<n { raw[i] = address(positions.lowerBound + i) }
    for i in n..<count { raw[i] = n > 0 ? raw[n - 1] : nil }
  }

  /// Points `rows` at the padded rows of a range of positions, and fills them up to whole tiles of
  /// the kernels with rows whose results are not used. `raw` has the addresses of the stored rows.
  /// `rows` has room for `rowsWithTile(of: range.count)`, and `tile` for range.count · padded
  /// scalars unless `isInPlace`.
  func read(
    _ range: Range<Int>, rows: Scalar.RowPointers,
    raw: UnsafeMutablePointer<UnsafeRawPointer?>, tile: UnsafeMutablePointer<Scalar>
  ) {
    let n = range.count
    if isInPlace {
      for i in 0..<n { rows[i] = raw[i]?.assumingMemoryBound(to: Scalar.self) }
    } else {
      for i in 0..<n { rows[i] = UnsafePointer(tile + i * padded) }
      switch dense {
      case .bytes: prepare(svm_from_bytes, n, raw, tile)
      case .single: prepare(svm_from_single, n, raw, tile)
      case .double: prepare(svm_from_double, n, raw, tile)
      case nil: decode(range, tile)
      }
    }
    for i in n..<rowsWithTile(of: n) { rows[i] = rows[n - 1] }
  }

  private func prepare<Kind: BinaryInteger>(
    _ source: Kind, _ count: Int, _ raw: UnsafeMutablePointer<UnsafeRawPointer?>,
    _ tile: UnsafeMutablePointer<Scalar>
  ) {
    Scalar.prepare(
      Kernels.number, source: Int32(source), raw, count, columns: features.rawColumns,
      preparation, into: tile, padded: padded)
  }

  /// Sparse storage: each row by way of doubles.
  private func decode(_ range: Range<Int>, _ tile: UnsafeMutablePointer<Scalar>) {
    let raw = features.rawColumns
    var row = [Double](repeating: 0, count: raw)
    row.withUnsafeMutableBufferPointer { row in
      for (i, position) in range.enumerated() {
        let target = tile + i * padded
        if let base = row.baseAddress {
          features.storage.decode(row: storageRow(position), into: base)
        }
        features.preparation.apply(row)
        for d in 0..<raw { target[d] = Scalar(row[d]) }
        target[raw] = 1
        for d in raw + 1..<padded { target[d] = 0 }
      }
    }
  }

  private func storageRow(_ position: Int) -> Int {
    features.storageRow(positions?[position] ?? position)
  }
}

/// `count` rounded up to whole tiles of rows.
func rowsWithTile(of count: Int) -> Int {
  let tile = Int(svm_row_tile)
  return (count + tile - 1) / tile * tile
}
