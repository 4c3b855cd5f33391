import CKernels

/// Makes dense rows that are mostly zeros sparse, on all cores.
enum CompressedRows {
  /// The sparse rows; nil unless less than a fourth of the entries is nonzero in up to 256 rows
  /// spaced evenly over the data. Nil also where a mean is subtracted, which fills in the zeros.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  static func of(_ features: Features) throws -> (SparseMatrix, Features)? {
    let (n, d) = (features.rows, features.rawColumns)
    let rows = Rows(features)
    guard let entries = entriesOfRow(features, rows) else { return nil }
    try MemoryLimit.require(rows: n, columns: 2 * entries + 1, bytesPerEntry: 12)
    let counts = TypedScratch<Int>(n)
    try Parallel.forEachBlock(of: n, costEach: d / 8) { block in
      try Interruption.check()
      let room = TypedScratch<Double>(d)
      for i in block { counts.pointer[i] = rows.count(i, room.pointer) }
    }
    var starts = [0]
    starts.reserveCapacity(n + 1)
    for i in 0..<n { starts.append(starts[i] + counts.pointer[i]) }
    let places = starts
    let matrix = try SparseMatrix(rows: n, columns: d, rowStarts: starts) { indices, values in
      guard let first = indices.baseAddress, let numbers = values.baseAddress else { return }
      let target = UncheckedSendable((first, numbers))
      try Parallel.forEachBlock(of: n, costEach: d / 4) { block in
        try Interruption.check()
        let room = TypedScratch<Double>(d)
        let (first, numbers) = target.value
        for i in block { rows.write(i, room.pointer, first + places[i], numbers + places[i]) }
      }
    }
    return (matrix, Features(matrix).with(features.preparation))
  }

  /// The average number of nonzero entries of a row; nil where storing them alone does not pay.
  private static func entriesOfRow(_ features: Features, _ rows: Rows) -> Int? {
    let (n, d) = (features.rows, features.rawColumns)
    guard features.preparation.mean == nil, n > 0, d > 0 else { return nil }
    let looks = min(n, 256)
    let room = TypedScratch<Double>(d)
    let seen = (0..<looks).reduce(0) { $0 + rows.count(n * $1 / looks, room.pointer) }
    return seen * 4 < looks * d ? seen / looks : nil
  }

  /// Whether `of` returns rows.
  static func pay(_ features: Features) -> Bool { entriesOfRow(features, Rows(features)) != nil }

  /// The rows to compress, with a fast path for bytes.
  private struct Rows: @unchecked Sendable {
    private let features: Features
    private let bytes: (first: UnsafePointer<UInt8>, stride: Int)?

    init(_ features: Features) {
      self.features = features
      if case .bytes(let first, let stride)? = features.storage.denseRows {
        bytes = (first, stride)
      } else {
        bytes = nil
      }
    }

    /// The number of nonzero entries of row `i`; `row` is scratch for `rawColumns` doubles.
    func count(_ i: Int, _ row: UnsafeMutablePointer<Double>) -> Int {
      let d = features.rawColumns
      if let bytes {
        return svm_count_nonzero_bytes(bytes.first + features.storageRow(i) * bytes.stride, d)
      }
      features.storage.decode(row: features.storageRow(i), into: row)
      var found = 0
      for j in 0..<d { found &+= row[j] != 0 ? 1 : 0 }
      return found
    }

    /// Writes the columns and values of the nonzero entries of row `i`.
    func write(
      _ i: Int, _ row: UnsafeMutablePointer<Double>, _ places: UnsafeMutablePointer<Int32>,
      _ values: UnsafeMutablePointer<Double>
    ) {
      let d = features.rawColumns
      if let bytes {
        let own = bytes.first + features.storageRow(i) * bytes.stride
        return svm_nonzero_bytes(own, d, places, values)
      }
      features.storage.decode(row: features.storageRow(i), into: row)
      var found = 0
      for j in 0..<d where row[j] != 0 {
        places[found] = Int32(truncatingIfNeeded: j)
        values[found] = row[j]
        found &+= 1
      }
    }
  }
}
