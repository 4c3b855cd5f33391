import LinearAlgebra

/// A rule to split a source: train first, val right after it, dev drawn from train without
/// replacement, and test from the first rows of the source's test part, or after val where it has
/// none. Sizes, that of test too, are counts, or fractions below 1 of the rows without the source's
/// test part, rounded down. Fractions that add up to 1 leave no row out: train gets what rounding
/// leaves.
public struct SplitRule: Sendable {
  /// The size of train; nil for the rest.
  public var train: Double?
  /// The size of val; nil for no such part.
  public var val: Double?
  /// The size of dev; nil for no such part.
  public var dev: Double?
  /// The size of test; nil for the whole test part of the source, or none.
  public var test: Double?
  /// Whether the rows are shuffled first, instead of taken in file order.
  public var shuffle: Bool
  /// Whether each part has the classes in the proportions of the whole.
  public var stratify: Bool
  /// The group of each row: all rows of one go to one part, so that sizes are met as nearly as
  /// whole groups allow. Nil where each row is a group of its own.
  public var groups: [Int]?

  /// Everything is in train unless other parts are given.
  public init(
    train: Double? = nil, val: Double? = nil, dev: Double? = nil, test: Double? = nil,
    shuffle: Bool = false, stratify: Bool = false, groups: [Int]? = nil
  ) {
    self.train = train
    self.val = val
    self.dev = dev
    self.test = test
    self.shuffle = shuffle
    self.stratify = stratify
    self.groups = groups
  }

  /// Splits a source, and the test part `given` that came with it. Random numbers are drawn from
  /// `stream`.
  ///
  /// - Throws: `DataError` where a size is neither a count nor a fraction, the parts need more
  ///   samples than there are, or none is left to train; where the groups are not those of its
  ///   rows, or too large for a part; `MemoryRefused`, `Interrupted`.
  public func cut(
    _ source: Dataset, test given: Dataset? = nil, stream: RandomStream
  ) throws -> Split {
    let total = source.count
    let valCount = try SplitRule.size(val, "val", of: total) ?? 0
    let testCount = try SplitRule.size(test, "test", of: total)
    let testInside = given == nil ? testCount ?? 0 : 0
    let rest = total.subtractingReportingOverflow(valCount).partialValue - testInside
    var trainCount = try SplitRule.size(train, "train", of: total) ?? max(rest, 0)
    if areWhole(testIsInside: given == nil), rest > trainCount { trainCount = rest }
    let asked = trainCount + valCount + testInside
    guard asked <= total else {
      throw DataError(
        "the parts ask for \(asked) samples, and there are \(total)",
        help: "ask for fewer, or for fractions that add up to at most 1")
    }
    guard trainCount > 0 else { throw DataError("no sample is left for train") }
    let devCount = try SplitRule.size(dev, "dev", of: total) ?? 0
    guard devCount <= trainCount else {
      throw DataError("dev asks for \(devCount) samples, and train has \(trainCount)")
    }
    var order = try Interruption.map(total, costEach: 1) { $0 }
    if shuffle {
      var draws = stream.child("shuffle")
      order = try draws.permutation(total)
    }
    if stratify { order = try SplitRule.interleaved(order, source) }
    var rows = Rows(order, train: trainCount, val: valCount, test: testInside)
    if let groups { rows = try rows.whole(groups) }
    let trainRows = rows.train
    var result = Split(train: try source.selecting(trainRows))
    if valCount > 0 { result.val = try source.selecting(rows.val) }
    if devCount > 0 {
      var draws = stream.child("dev")
      if stratify {
        let drawn = try draws.permutation(trainRows.count).map { trainRows[$0] }
        let spread = try SplitRule.interleaved(drawn, source)
        result.dev = try source.selecting(Array(spread[..<devCount]))
      } else {
        result.dev = try result.train.selecting(
          draws.sample(min(devCount, trainRows.count), of: trainRows.count))
      }
    }
    if let given {
      let count = testCount ?? given.count
      guard count <= given.count else {
        throw DataError("test asks for \(count) samples, and the test part has \(given.count)")
      }
      if count > 0 { result.test = given.selecting(0..<count) }
    } else if testInside > 0 {
      result.test = try source.selecting(rows.test)
    }
    return result
  }

  /// Whether the sizes are fractions that add up to 1.
  private func areWhole(testIsInside: Bool) -> Bool {
    let sizes = [train, val, testIsInside ? test : nil].compactMap { $0 }
    return sizes.allSatisfy { $0 < 1 } && abs(sizes.reduce(0, +) - 1) < 1e-9
  }

  /// The number of rows of a count or a fraction, rounded down. 0.29 of 100 is 29, whatever the
  /// rounding of binary fractions.
  private static func size(
    _ wish: Double?, _ part: String, of total: Int
  ) throws(DataError) -> Int? {
    guard let wish else { return nil }
    guard wish >= 0, wish < 1e15, wish < 1 || wish == wish.rounded(.down) else {
      throw DataError("\(part)=\(wish) is neither a count nor a fraction below 1")
    }
    if wish >= 1 { return Int(wish) }
    return Int((wish * Double(total) * (1 + 4 * Double.ulpOfOne)).rounded(.down))
  }

  /// The rows in an order in which every range has nearly the class proportions of all: sample i of
  /// the n of a class is at (i + ½)/n.
  private static func interleaved(_ rows: [Int], _ source: Dataset) throws -> [Int] {
    var sizes = [Int](repeating: 0, count: source.classCount)
    try Interruption.forEachRange(of: rows.count, costEach: 4) { range in
      for row in rows[range] { sizes[source.labels[row]] += 1 }
    }
    var seen = [Int](repeating: 0, count: source.classCount)
    let places = try Interruption.map(rows.count, costEach: 4) { i in
      let label = source.labels[rows[i]]
      defer { seen[label] += 1 }
      return (Double(seen[label]) + 0.5) / Double(sizes[label])
    }
    let order = try NumberOrder.placed(places, places.count)
    return try Interruption.map(rows.count) { rows[order.pointer[$0].place] }
  }
}
