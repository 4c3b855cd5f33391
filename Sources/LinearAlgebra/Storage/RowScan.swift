/// What one pass over raw rows finds: fingerprints by which equal rows and columns are known, and
/// values that lie outside of bounds.
///
/// A fingerprint is Σ h(xᵢ)·kᵢ modulo 2⁶⁴, where h mixes the bits of a number, h(0) = 0, and the kᵢ
/// are odd pseudo-random numbers. Equal rows have equal fingerprints, in any storage; −0 counts as
/// 0, and every NaN is the same. Of a million different rows, two have the same one with a
/// probability of about 10⁻⁷.
public struct RowScan: Sendable {
  /// A fingerprint of each row of the view.
  public let rows: [UInt64]
  /// A fingerprint of each raw column; empty where none were wanted.
  public let columns: [UInt64]
  /// The number of values of each column that lie outside of its bounds; empty without bounds.
  public let outside: [Int]
  /// Whether a column has a value that is neither its least nor its largest one; empty without
  /// bounds.
  public let isVaried: [Bool]
}

/// Bounds of the values of each column.
public struct ColumnBounds: Sendable {
  /// Values from `low` to `high` are inside.
  public let low: [Double]
  /// As `low`.
  public let high: [Double]
  /// The least value of each column.
  public let minimum: [Double]
  /// The largest value of each column.
  public let maximum: [Double]

  /// Bounds, and the range of what is there.
  public init(low: [Double], high: [Double], minimum: [Double], maximum: [Double]) {
    (self.low, self.high, self.minimum, self.maximum) = (low, high, minimum, maximum)
  }
}

extension Features {
  /// Scans the raw rows of the view, on all cores. O(N·D), or O(entries) of sparse rows, for which
  /// bounds are not looked at.
  ///
  /// - Parameters:
  ///   - columns: whether columns get fingerprints, too.
  ///   - bounds: bounds of each column; nil for none.
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public func scan(columns: Bool = false, bounds: ColumnBounds? = nil) throws -> RowScan {
    let d = rawColumns
    let (n, blocks) = (rows, min(16, (rows + 255) / 256))
    let sparse = storage as? SparseMatrix
    let bounds = sparse == nil ? bounds : nil
    let wantsColumns = columns
    try MemoryLimit.require(
      rows: wantsColumns || bounds != nil ? blocks : 1, columns: d, bytesPerEntry: 32)
    var rowKeys: [UInt64] = []
    if sparse == nil { rowKeys = (0..<d).map { Self.key($0) } }
    let keys = rowKeys
    let found = TypedScratch<UInt64>(n)
    let parts = try Parallel.map(blocks) { b in
      var part = Part(columns: wantsColumns ? d : 0, bounded: bounds == nil ? 0 : d)
      let row = TypedScratch<Double>(sparse == nil ? d : 0)
      for i in n * b / blocks..<n * (b + 1) / blocks {
        if i % 16 == 0 { try Interruption.check() }
        let position = storageRow(i)
        if let sparse {
          found.pointer[i] = part.add(sparse, position, Self.key(i))
        } else {
          storage.decode(row: position, into: row.pointer)
          found.pointer[i] = part.add(row.pointer, keys, Self.key(i))
          if let bounds { part.compare(row.pointer, bounds) }
        }
      }
      return part
    }
    var total = Part(columns: wantsColumns ? d : 0, bounded: bounds == nil ? 0 : d)
    for part in parts { total.join(part) }
    return RowScan(
      rows: (0..<n).map { found.pointer[$0] }, columns: total.columns, outside: total.outside,
      isVaried: total.isVaried)
  }

  /// The k of a row or column: SplitMix64 of its number, made odd.
  private static func key(_ i: Int) -> UInt64 {
    var z = UInt64(truncatingIfNeeded: i &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ z &>> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z &>> 27) &* 0x94D0_49BB_1331_11EB
    return (z ^ z &>> 31) | 1
  }

  /// What a range of rows adds to the scan.
  private struct Part: Sendable {
    var columns: [UInt64]
    var outside: [Int]
    var isVaried: [Bool]

    init(columns: Int, bounded: Int) {
      self.columns = [UInt64](repeating: 0, count: columns)
      outside = [Int](repeating: 0, count: bounded)
      isVaried = [Bool](repeating: false, count: bounded)
    }

    /// h: the bits of a number, mixed.
    @inline(__always)
    static func mixed(_ x: Double) -> UInt64 {
      // −0 + 0 = 0.
      var z = x.isNaN ? 0x7FF8_0000_0000_0000 : (x + 0).bitPattern
      z = (z ^ z &>> 32) &* 0xD6E8_FEB8_6659_FD93
      z = (z ^ z &>> 29) &* 0x94D0_49BB_1331_11EB
      return z ^ z &>> 32
    }

    /// Adds a dense row to the fingerprints of the columns, and returns its own.
    mutating func add(
      _ row: UnsafePointer<Double>, _ keys: [UInt64], _ rowKey: UInt64
    ) -> UInt64 {
      var sum: UInt64 = 0
      let wantsColumns = !columns.isEmpty
      keys.withUnsafeBufferPointer { keys in
        columns.withUnsafeMutableBufferPointer { columns in
          if wantsColumns {
            for j in keys.indices {
              let mixed = Self.mixed(row[j])
              sum &+= mixed &* keys[j]
              columns[j] &+= mixed &* rowKey
            }
          } else {
            for j in keys.indices { sum &+= Self.mixed(row[j]) &* keys[j] }
          }
        }
      }
      return sum
    }

    /// The same for a sparse row.
    mutating func add(_ matrix: SparseMatrix, _ row: Int, _ rowKey: UInt64) -> UInt64 {
      var sum: UInt64 = 0
      let values = matrix.values(ofRow: row)
      for (k, j) in matrix.indices(ofRow: row).enumerated() {
        let mixed = Self.mixed(values[k])
        sum &+= mixed &* Features.key(Int(j))
        if !columns.isEmpty { columns[Int(j)] &+= mixed &* rowKey }
      }
      return sum
    }

    /// Counts the values of a row outside of the bounds.
    mutating func compare(_ row: UnsafePointer<Double>, _ bounds: ColumnBounds) {
      outside.withUnsafeMutableBufferPointer { outside in
        isVaried.withUnsafeMutableBufferPointer { isVaried in
          bounds.low.withUnsafeBufferPointer { low in
            bounds.high.withUnsafeBufferPointer { high in
              bounds.minimum.withUnsafeBufferPointer { least in
                bounds.maximum.withUnsafeBufferPointer { largest in
                  for j in low.indices {
                    let x = row[j]
                    outside[j] &+= x < low[j] || x > high[j] ? 1 : 0
                    isVaried[j] = isVaried[j] || (x > least[j] && x < largest[j])
                  }
                }
              }
            }
          }
        }
      }
    }

    mutating func join(_ other: Part) {
      for j in columns.indices { columns[j] &+= other.columns[j] }
      for j in outside.indices {
        outside[j] += other.outside[j]
        isVaried[j] = isVaried[j] || other.isVaried[j]
      }
    }
  }
}

extension Features {
  /// The numbers that are read where all rows are: N·D, or the stored entries of sparse rows.
  public var entryCount: Int {
    if let sparse = storage as? SparseMatrix { return sparse.entryCount }
    let count = rows.multipliedReportingOverflow(by: rawColumns)
    return count.overflow ? .max : count.partialValue
  }

  /// The number of NaN entries of each raw column, in one pass.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public func missingCounts() throws -> [Int] {
    if let sparse = storage as? SparseMatrix {
      guard sparse.entries.values.contains(where: \.isNaN) else {
        return [Int](repeating: 0, count: rawColumns)
      }
      return try statistics().nanCount
    }
    var counts = [Int](repeating: 0, count: rawColumns)
    // Most data have none, which is known before any of them is counted.
    let blocks = min(16, (rows + 255) / 256)
    let n = rows
    let d = rawColumns
    let hits = try Parallel.map(blocks) { b -> [Int] in
      var found: [Int] = []
      let row = TypedScratch<Double>(d)
      for i in n * b / blocks..<n * (b + 1) / blocks {
        if i % 16 == 0 { try Interruption.check() }
        storage.decode(row: storageRow(i), into: row.pointer)
        var sum = 0.0
        // NaN is what no sum with it can hide.
        for j in 0..<d { sum += row.pointer[j] * 0 }
        guard sum.isNaN else { continue }
        for j in 0..<d where row.pointer[j].isNaN { found.append(j) }
      }
      return found
    }
    for column in hits.joined() { counts[column] += 1 }
    return counts
  }
}
