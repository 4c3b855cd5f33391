import LinearAlgebra

/// Samples with their labels. The features are a view: selecting rows and preparing copy nothing.
public struct Dataset: Sendable {
  /// N×D.
  public var features: Features
  /// The class of each sample, 0…K−1.
  public private(set) var labels: [Int]
  /// The K labels as they were in the data. K is that of the whole source, even where a part lacks
  /// a class.
  public let classes: [String]
  /// Height, width and channels, where the samples are pictures.
  public private(set) var imageShape: [Int]?
  /// The names of the raw features, where they have some.
  public private(set) var columns: [String]?
  /// The name of the data in reports.
  public let name: String

  /// A dataset with labels that are class numbers.
  ///
  /// - Throws: `DataError` where rows and labels differ in number, or columns and names, or where a
  ///   label is not a class number.
  public init(
    features: Features, labels: [Int], classes: [String], imageShape: [Int]? = nil,
    columns: [String]? = nil, name: String
  ) throws(DataError) {
    guard labels.count == features.rows else {
      throw DataError("\(features.rows) rows have \(labels.count) labels")
    }
    if let columns, columns.count != features.rawColumns {
      throw DataError("\(features.rawColumns) features have \(columns.count) names")
    }
    if let wrong = labels.first(where: { $0 < 0 || $0 >= classes.count }) {
      throw DataError("label \(wrong) is out of range: there are \(classes.count) classes")
    }
    self.features = features
    self.labels = labels
    self.classes = classes
    self.imageShape = imageShape
    self.columns = columns
    self.name = name
  }

  /// A dataset with labels as they are in the data; `orderedClasses` numbers the classes.
  ///
  /// - Throws: `DataError` where rows and labels differ in number; `Interrupted`.
  public init(
    features: Features, labelTexts: [String], imageShape: [Int]? = nil,
    columns: [String]? = nil, name: String
  ) throws {
    let classes = try Dataset.orderedClasses(labelTexts)
    var numbers: [String: Int] = [:]
    try Interruption.forEachRange(of: classes.count, costEach: 64) { range in
      for number in range { numbers[classes[number]] = number }
    }
    try self.init(
      features: features,
      labels: try Interruption.map(labelTexts.count, costEach: 64) {
        numbers[labelTexts[$0]] ?? -1
      },
      classes: classes, imageShape: imageShape, columns: columns, name: name)
  }

  /// N, the number of samples.
  public var count: Int { labels.count }

  /// K, the number of classes.
  public var classCount: Int { classes.count }

  /// The number of samples of each class.
  public var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels { counts[label] += 1 }
    return counts
  }

  /// The samples with these numbers, in their order; K stays the same.
  ///
  /// - Throws: `Interrupted`.
  public func selecting(_ rows: [Int]) throws -> Dataset {
    part(
      try features.selecting(rows),
      try Interruption.map(rows.count, costEach: 4) { labels[rows[$0]] })
  }

  /// The samples of a range; K stays the same.
  public func selecting(_ rows: Range<Int>) -> Dataset {
    part(features.selecting(rows), Array(labels[rows]))
  }

  /// The same samples with these raw features, and their names.
  func with(_ features: Features, columns: [String]?) -> Dataset {
    var result = self
    if features.rawColumns != self.features.rawColumns { result.imageShape = nil }
    result.features = features
    result.columns = columns
    return result
  }

  private func part(_ features: Features, _ labels: [Int]) -> Dataset {
    var part = self
    part.features = features
    part.labels = labels
    return part
  }

  /// The distinct labels, sorted as numbers where all are numbers, else by code point.
  ///
  /// - Throws: `Interrupted`.
  public static func orderedClasses(_ labels: [String]) throws -> [String] {
    var found: Set<String> = []
    try Interruption.forEachRange(of: labels.count, costEach: 64) { range in
      found.formUnion(labels[range])
    }
    let distinct = Array(found)
    let values = try Interruption.map(distinct.count, costEach: 64) {
      Double(distinct[$0]) ?? .nan
    }
    var comparisons = 0
    func look() throws {
      comparisons += 1
      if comparisons % 4096 == 0 { try Interruption.check() }
    }
    guard !values.contains(where: \.isNaN) else {
      return try distinct.sorted { a, b in
        try look()
        return a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
      }
    }
    return try zip(values, distinct).sorted { a, b in
      try look()
      return a < b
    }.map(\.1)
  }
}
