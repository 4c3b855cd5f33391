import LinearAlgebra

/// Samples with their labels. The features are a view: selecting rows and preparing copy nothing.
public struct Dataset: Sendable {
  /// N×D.
  public var features: Features
  /// One of 0…K−1 to a sample.
  public private(set) var labels: [Int]
  /// The K labels as they were in the data. K counts the whole source, also where a part lacks one.
  public let classes: [String]
  /// Height, width and channels, where the samples are pictures.
  public let imageShape: [Int]?
  /// What the data are called in reports.
  public let name: String

  /// A dataset of labels that are numbered already.
  ///
  /// - Throws: `DataError` where rows and labels differ in number, or a label is no class's number.
  public init(
    features: Features, labels: [Int], classes: [String], imageShape: [Int]? = nil, name: String
  ) throws(DataError) {
    guard labels.count == features.rows else {
      throw DataError("\(features.rows) rows have \(labels.count) labels")
    }
    if let wrong = labels.first(where: { $0 < 0 || $0 >= classes.count }) {
      throw DataError("label \(wrong) is out of range: there are \(classes.count) classes")
    }
    self.features = features
    self.labels = labels
    self.classes = classes
    self.imageShape = imageShape
    self.name = name
  }

  /// A dataset of labels as they are in the data: classes are numbered in `orderedClasses`.
  ///
  /// - Throws: `DataError` where rows and labels differ in number.
  public init(
    features: Features, labelTexts: [String], imageShape: [Int]? = nil, name: String
  ) throws(DataError) {
    let classes = Dataset.orderedClasses(labelTexts)
    var numbers: [String: Int] = [:]
    for (number, text) in classes.enumerated() { numbers[text] = number }
    try self.init(
      features: features, labels: labelTexts.map { numbers[$0] ?? -1 }, classes: classes,
      imageShape: imageShape, name: name)
  }

  /// N.
  public var count: Int { labels.count }

  /// K.
  public var classCount: Int { classes.count }

  /// How many samples each class has.
  public var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels { counts[label] += 1 }
    return counts
  }

  /// The samples with these numbers, in their order; the classes stay the whole's.
  public func selecting(_ rows: [Int]) -> Dataset {
    part(features.selecting(rows), rows.map { labels[$0] })
  }

  /// The samples of a range; the classes stay the whole's.
  public func selecting(_ rows: Range<Int>) -> Dataset {
    part(features.selecting(rows), Array(labels[rows]))
  }

  private func part(_ features: Features, _ labels: [Int]) -> Dataset {
    var part = self
    part.features = features
    part.labels = labels
    return part
  }

  /// Each label once: as numbers where all are numbers, else by code point.
  public static func orderedClasses(_ labels: [String]) -> [String] {
    let distinct = Array(Set(labels))
    let numbers = distinct.compactMap { text in Double(text).map { (value: $0, text: text) } }
    guard numbers.count == distinct.count, numbers.allSatisfy({ !$0.value.isNaN }) else {
      return distinct.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    }
    return numbers.sorted { ($0.value, $0.text) < ($1.value, $1.text) }.map(\.text)
  }
}
