import LinearAlgebra

/// What a table holds that may surprise: features that say nothing or the same, rows that come
/// again, and values far from all others.
public struct DataSurvey: Sendable {
  /// The number of deviations from which a value is an outlier.
  public static let outlierDeviations = 6.0

  /// The statistics of each raw feature.
  public let statistics: ColumnStatistics
  /// Features with one value in all rows.
  public let constant: [Int]
  /// Features that are equal to an earlier one in all rows, and that one; constant ones are not
  /// among them.
  public let duplicates: [(column: Int, original: Int)]
  /// The number of rows that are equal to an earlier one.
  public let repeatedRows: Int
  /// The number of these with another label than the first such row.
  public let contradictoryRows: Int
  /// The number of outliers of each feature that has some: values more than `outlierDeviations`
  /// from the mean. Features of two values have none, and those of sparse data are not looked at.
  public let outliers: [(column: Int, count: Int)]

  /// Looks at all rows: three passes over dense data, in O(N·D), and two over sparse ones.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public init(_ data: Dataset) throws {
    let features = data.features
    let statistics = try features.statistics()
    self.statistics = statistics
    constant = statistics.minimum.indices.filter {
      statistics.minimum[$0] == statistics.maximum[$0] && statistics.nanCount[$0] == 0
    }
    let reach = statistics.variance.map { Self.outlierDeviations * $0.squareRoot() }
    let scan = try features.scan(
      columns: true,
      bounds: ColumnBounds(
        low: zip(statistics.mean, reach).map { $0 - $1 },
        high: zip(statistics.mean, reach).map { $0 + $1 }, minimum: statistics.minimum,
        maximum: statistics.maximum))
    var first: [UInt64: Int] = [:]
    let isConstant = Set(constant)
    var duplicates: [(column: Int, original: Int)] = []
    for (j, print) in scan.columns.enumerated() where !isConstant.contains(j) {
      if let original = first[print] {
        duplicates.append((j, original))
      } else {
        first[print] = j
      }
    }
    self.duplicates = duplicates
    outliers = scan.outside.indices.filter { scan.outside[$0] > 0 && scan.isVaried[$0] }
      .map { ($0, scan.outside[$0]) }
    var (repeated, contradictory) = (0, 0)
    var table = try FingerprintTable(capacity: scan.rows.count)
    try Interruption.forEachRange(of: scan.rows.count, costEach: 16) { range in
      for i in range {
        guard let original = table.insert(scan.rows[i], number: i) else { continue }
        repeated += 1
        if data.labels[original] != data.labels[i] { contradictory += 1 }
      }
    }
    (repeatedRows, contradictoryRows) = (repeated, contradictory)
  }
}

/// A hash table of fingerprints, each with the number under which it came first.
struct FingerprintTable {
  private var slots: [Int32]
  private var prints: [UInt64] = []
  private var numbers: [Int32] = []
  private let mask: Int

  /// An empty table with room for `capacity` fingerprints.
  ///
  /// - Throws: `MemoryRefused`.
  init(capacity: Int) throws {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    try MemoryLimit.require(rows: size, columns: 1, bytesPerEntry: 10)
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    prints.reserveCapacity(capacity)
    numbers.reserveCapacity(capacity)
  }

  /// The number of the same fingerprint, if it was there before; else nil, and it is now.
  mutating func insert(_ print: UInt64, number: Int) -> Int? {
    var slot = Int(truncatingIfNeeded: print ^ print &>> 32) & mask
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if prints[place] == print { return Int(numbers[place]) }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(truncatingIfNeeded: prints.count)
    prints.append(print)
    numbers.append(Int32(truncatingIfNeeded: number))
    return nil
  }

  /// Whether a fingerprint is there.
  func contains(_ print: UInt64) -> Bool {
    var slot = Int(truncatingIfNeeded: print ^ print &>> 32) & mask
    while slots[slot] >= 0 {
      if prints[Int(slots[slot])] == print { return true }
      slot = (slot + 1) & mask
    }
    return false
  }
}

extension Split {
  /// The number of rows of a part that are also in train.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  public func rowsOfTrain(in part: Dataset) throws -> Int {
    guard part.features.rawColumns == train.features.rawColumns else { return 0 }
    let own = try train.features.scan().rows
    var table = try FingerprintTable(capacity: own.count)
    for (i, print) in own.enumerated() { _ = table.insert(print, number: i) }
    return try part.features.scan().rows.count { table.contains($0) }
  }
}
