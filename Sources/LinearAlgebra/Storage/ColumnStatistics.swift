import CKernels

/// Statistics of each raw column. NaN entries are counted, and otherwise ignored.
public struct ColumnStatistics: Sendable, Equatable {
  /// Number of rows.
  public let rows: Int
  /// The mean of each column; NaN where all entries are NaN.
  public let mean: [Double]
  /// The variance, divided by n and not by n − 1.
  public let variance: [Double]
  /// The least number of each column; +∞ where it has no numbers.
  public let minimum: [Double]
  /// The largest number of each column; −∞ where it has no numbers.
  public let maximum: [Double]
  /// The number of NaN entries of each column.
  public let nanCount: [Int]
}

extension Features {
  /// Statistics of the raw columns over the rows of the view. Bytes take one pass, with exact sums;
  /// other numbers take two.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public func statistics() throws -> ColumnStatistics {
    if case .bytes(let first, let stride)? = storage.denseRows {
      return try byteStatistics(first, stride)
    }
    if let sparse = storage as? SparseMatrix { return try sparseStatistics(sparse) }
    return try generalStatistics()
  }

  /// The rows of block `b` of `count`. Blocks do not depend on the number of threads.
  private func block(_ b: Int, of count: Int) -> Range<Int> {
    rows * b / count..<rows * (b + 1) / count
  }

  /// Σx and Σx² in integers: mean = Σx/N, variance = (N Σx² − (Σx)²)/N².
  private func byteStatistics(
    _ first: UnsafePointer<UInt8>, _ stride: Int
  ) throws -> ColumnStatistics {
    let d = rawColumns
    let limit = Int(svm_byte_rows)
    let blocks = max(min(16, (rows + 255) / 256), (rows + limit - 1) / limit)
    try MemoryLimit.require(rows: blocks, columns: d, bytesPerEntry: 10)
    let sums = TypedScratch<UInt32>(2 * blocks * d)
    let bounds = TypedScratch<UInt8>(2 * blocks * d)
    let pointers = TypedScratch<UnsafePointer<UInt8>?>(rows)
    for i in 0..<rows { pointers.pointer[i] = first + storageRow(i) * stride }
    try Parallel.forEach(blocks) { b in
      let sum = sums.pointer + 2 * b * d
      let least = bounds.pointer + 2 * b * d
      sum.initialize(repeating: 0, count: 2 * d)
      least.initialize(repeating: 255, count: d)
      (least + d).initialize(repeating: 0, count: d)
      let all = block(b, of: blocks)
      // Panels of rows, and as many columns as their sums fit in the first-level cache.
      for from in Swift.stride(from: all.lowerBound, to: all.upperBound, by: 64) {
        try Interruption.check()
        for left in Swift.stride(from: 0, to: d, by: 1536) {
          svm_byte_statistics(
            pointers.pointer + from, min(64, all.upperBound - from), left, min(d, left + 1536),
            sum, sum + d, least, least + d)
        }
      }
    }
    let n = UInt128(rows)
    let starts = (0..<blocks).map { 2 * $0 * d }
    var (mean, variance) = (
      [Double](repeating: .nan, count: d), [Double](repeating: .nan, count: d)
    )
    var (minimum, maximum) = (
      [Double](repeating: .infinity, count: d), [Double](repeating: -.infinity, count: d)
    )
    for j in 0..<d where rows > 0 {
      let sum = starts.reduce(UInt128(0)) { $0 + UInt128(sums.pointer[$1 + j]) }
      let squares = starts.reduce(UInt128(0)) { $0 + UInt128(sums.pointer[$1 + d + j]) }
      mean[j] = Double(sum) / Double(n)
      variance[j] = Double(n * squares - sum * sum) / (Double(n) * Double(n))
      minimum[j] = Double(starts.map { bounds.pointer[$0 + j] }.min() ?? 0)
      maximum[j] = Double(starts.map { bounds.pointer[$0 + d + j] }.max() ?? 0)
    }
    return ColumnStatistics(
      rows: rows, mean: mean, variance: variance, minimum: minimum, maximum: maximum,
      nanCount: [Int](repeating: 0, count: d))
  }

  /// From the stored entries, in two passes. The zeros are only counted: N·variance = Σ (x − μ)²
  /// over the entries + (N − entries) μ².
  private func sparseStatistics(_ matrix: SparseMatrix) throws -> ColumnStatistics {
    let d = rawColumns
    try MemoryLimit.require(rows: 7, columns: d, bytesPerEntry: 8)
    func forEachEntry(_ body: (Int, Double) -> Void) throws {
      for i in 0..<rows {
        if i % 256 == 0 { try Interruption.check() }
        let row = storageRow(i)
        let values = matrix.values(ofRow: row)
        for (k, j) in matrix.indices(ofRow: row).enumerated() { body(Int(j), values[k]) }
      }
    }
    var sum = [Double](repeating: 0, count: d)
    var squares = sum
    var (minimum, maximum) = (
      [Double](repeating: .infinity, count: d), [Double](repeating: -.infinity, count: d)
    )
    var (known, nans) = ([Int](repeating: 0, count: d), [Int](repeating: 0, count: d))
    try forEachEntry { j, x in
      if x.isNaN {
        nans[j] += 1
        return
      }
      known[j] += 1
      sum[j] += x
      minimum[j] = min(minimum[j], x)
      maximum[j] = max(maximum[j], x)
    }
    for j in 0..<d where known[j] + nans[j] < rows {
      minimum[j] = min(minimum[j], 0)
      maximum[j] = max(maximum[j], 0)
    }
    let mean = (0..<d).map { sum[$0] / Double(rows - nans[$0]) }
    try forEachEntry { j, x in
      if !x.isNaN { squares[j] += (x - mean[j]) * (x - mean[j]) }
    }
    let variance = (0..<d).map { j -> Double in
      let zeros = Double(rows - nans[j] - known[j])
      return (squares[j] + zeros * mean[j] * mean[j]) / Double(rows - nans[j])
    }
    return ColumnStatistics(
      rows: rows, mean: mean, variance: variance, minimum: minimum, maximum: maximum,
      nanCount: nans)
  }

  /// Two passes, so that a large mean does not cancel the digits of the variance.
  private func generalStatistics() throws -> ColumnStatistics {
    let d = rawColumns
    let first = try gather { tally, row in
      for j in 0..<d {
        let x = row[j]
        if x.isNaN {
          tally.nans[j] += 1
        } else {
          tally.sum[j] += x
          tally.least[j] = min(tally.least[j], x)
          tally.largest[j] = max(tally.largest[j], x)
        }
      }
    }
    var total = Tally(columns: d)
    for tally in first {
      for j in 0..<d {
        total.sum[j] += tally.sum[j]
        total.nans[j] += tally.nans[j]
        total.least[j] = min(total.least[j], tally.least[j])
        total.largest[j] = max(total.largest[j], tally.largest[j])
      }
    }
    let counts = total.nans.map { Double(rows - $0) }
    let mean = zip(total.sum, counts).map { $0 / $1 }
    let second = try gather { tally, row in
      for j in 0..<d where !row[j].isNaN {
        tally.sum[j] += (row[j] - mean[j]) * (row[j] - mean[j])
      }
    }
    let variance = (0..<d).map { j in second.reduce(0) { $0 + $1.sum[j] } / counts[j] }
    return ColumnStatistics(
      rows: rows, mean: mean, variance: variance, minimum: total.least, maximum: total.largest,
      nanCount: total.nans)
  }

  /// One block's share of the statistics.
  private struct Tally: Sendable {
    var sum: [Double]
    var least: [Double]
    var largest: [Double]
    var nans: [Int]

    init(columns d: Int) {
      sum = [Double](repeating: 0, count: d)
      least = [Double](repeating: .infinity, count: d)
      largest = [Double](repeating: -.infinity, count: d)
      nans = [Int](repeating: 0, count: d)
    }
  }

  /// A tally of each block, from its raw rows in their order.
  private func gather(
    _ add: @Sendable (inout Tally, UnsafePointer<Double>) -> Void
  ) throws -> [Tally] {
    let blocks = min(16, (rows + 255) / 256)
    try MemoryLimit.require(rows: blocks, columns: rawColumns, bytesPerEntry: 64)
    return try Parallel.map(blocks) { b in
      var tally = Tally(columns: rawColumns)
      let row = TypedScratch<Double>(rawColumns)
      for i in block(b, of: blocks) {
        if i % 16 == 0 { try Interruption.check() }
        storage.decode(row: storageRow(i), into: row.pointer)
        add(&tally, row.pointer)
      }
      return tally
    }
  }
}
