/// Dense rows that are mostly zeros as sparse ones, on all cores.
enum CompressedRows {
  /// The sparse rows, where less than a fourth of the entries of some rows all over the data are not zero;
  /// nil elsewhere, and where the zeros are shifted.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  static func of(_ features: Features) throws -> (SparseMatrix, Features)? {
    let (n, d) = (features.rows, features.rawColumns)
    guard features.preparation.mean == nil, n > 0, d > 0 else { return nil }
    let looks = min(n, 256)
    var seen = 0
    let row = TypedScratch<Double>(d)
    for look in 0..<looks { seen += count(n * look / looks, of: features, row.pointer) }
    guard seen * 4 < looks * d else { return nil }
    try MemoryLimit.require(rows: n, columns: 2 * seen / looks + 1, bytesPerEntry: 12)
    let counts = TypedScratch<Int>(n)
    try Parallel.forEachBlock(of: n, costEach: d) { block in
      try Interruption.check()
      let row = TypedScratch<Double>(d)
      for i in block { counts.pointer[i] = count(i, of: features, row.pointer) }
    }
    var starts = [0]
    starts.reserveCapacity(n + 1)
    for i in 0..<n { starts.append(starts[i] + counts.pointer[i]) }
    let places = starts
    let matrix = try SparseMatrix(rows: n, columns: d, rowStarts: starts) { indices, values in
      guard let first = indices.baseAddress, let numbers = values.baseAddress else { return }
      let target = Shared((first, numbers))
      try Parallel.forEachBlock(of: n, costEach: 2 * d) { block in
        try Interruption.check()
        let row = TypedScratch<Double>(d)
        for i in block {
          let (first, numbers) = target.value
          write(i, of: features, row.pointer, first + places[i], numbers + places[i])
        }
      }
    }
    return (matrix, Features(matrix).with(features.preparation))
  }

  /// How many entries of a row are not zero; `row` is room for it.
  private static func count(
    _ i: Int, of features: Features, _ row: UnsafeMutablePointer<Double>
  ) -> Int {
    let d = features.rawColumns
    if case .bytes(let first, let stride)? = features.storage.denseRows {
      return count(first + features.storageRow(i) * stride, d)
    }
    features.storage.decode(row: features.storageRow(i), into: row)
    var found = 0
    for j in 0..<d { found &+= row[j] != 0 ? 1 : 0 }
    return found
  }

  /// How many bytes are not 0, eight looked at together: a sum with 127 carries into the highest bit of each
  /// that has one of the lower seven.
  private static func count(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    var found = 0
    let whole = count / 8 * 8
    for first in stride(from: 0, to: whole, by: 8) {
      let word = UnsafeRawPointer(bytes + first).loadUnaligned(as: UInt64.self)
      found &+= ((((word & low) &+ low) | word) & ~low).nonzeroBitCount
    }
    for j in whole..<count where bytes[j] != 0 { found &+= 1 }
    return found
  }

  /// The places and values of a row's entries that are not zero.
  private static func write(
    _ i: Int, of features: Features, _ row: UnsafeMutablePointer<Double>,
    _ places: UnsafeMutablePointer<Int32>, _ values: UnsafeMutablePointer<Double>
  ) {
    let d = features.rawColumns
    if case .bytes(let first, let stride)? = features.storage.denseRows {
      return write(first + features.storageRow(i) * stride, d, places, values)
    }
    features.storage.decode(row: features.storageRow(i), into: row)
    var found = 0
    for j in 0..<d where row[j] != 0 {
      places[found] = Int32(truncatingIfNeeded: j)
      values[found] = row[j]
      found &+= 1
    }
  }

  /// The same of bytes, eight looked at together.
  private static func write(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ places: UnsafeMutablePointer<Int32>,
    _ values: UnsafeMutablePointer<Double>
  ) {
    var found = 0
    func take(_ j: Int) {
      places[found] = Int32(truncatingIfNeeded: j)
      values[found] = Double(bytes[j])
      found &+= 1
    }
    let whole = count / 8 * 8
    for first in stride(from: 0, to: whole, by: 8) {
      var word = UInt64(
        littleEndian: UnsafeRawPointer(bytes + first).loadUnaligned(as: UInt64.self))
      while word != 0 {
        let byte = word.trailingZeroBitCount / 8
        take(first + byte)
        word &= ~(0xFF << UInt64(8 * byte))
      }
    }
    for j in whole..<count where bytes[j] != 0 { take(j) }
  }
}
