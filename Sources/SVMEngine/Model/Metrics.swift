import LinearAlgebra

/// Measures of the quality of predictions.
public enum Metrics {
  /// The share of predictions that equal the label.
  ///
  /// - Throws: `EngineError` where the lengths differ or are 0.
  public static func accuracy(_ predicted: [Int], _ labels: [Int]) throws -> Double {
    guard predicted.count == labels.count else {
      throw EngineError(
        .shape, "there are \(labels.count) labels for \(predicted.count) predictions")
    }
    guard !labels.isEmpty else { throw EngineError(.data, "the data have no rows") }
    let right = zip(predicted, labels).count { $0 == $1 }
    return Double(right) / Double(labels.count)
  }

  /// The number of samples of class i predicted as class j: K×K, row = true class.
  ///
  /// - Throws: `EngineError` where the lengths differ or a number is not one of 0…K−1.
  public static func confusion(
    _ predicted: [Int], _ labels: [Int], classes: Int
  ) throws -> Matrix {
    guard predicted.count == labels.count else {
      throw EngineError(
        .shape, "there are \(labels.count) labels for \(predicted.count) predictions")
    }
    try Labels.check(labels, classes: classes)
    try Labels.check(predicted, classes: classes)
    var counts = Matrix(rows: classes, columns: classes)
    counts.withMutableEntries { entries in
      for (p, y) in zip(predicted, labels) { entries[y * classes + p] += 1 }
    }
    return counts
  }

  /// Precision, recall and F1 of every class.
  public struct ClassScores: Sendable, Equatable {
    /// The share of the samples predicted as the class that belong to it; 0 where none is
    /// predicted.
    public let precision: [Double]
    /// The share of the class's samples predicted as it; 0 where it has none.
    public let recall: [Double]
    /// The harmonic mean of both; 0 where both are 0.
    public let f1: [Double]

    /// Scores from their parts, a number for each class.
    package init(precision: [Double], recall: [Double], f1: [Double]) {
      self.precision = precision
      self.recall = recall
      self.f1 = f1
    }
  }

  /// Precision, recall and F1 from a confusion matrix, K×K, row = true class.
  public static func classScores(_ confusion: Matrix) -> ClassScores {
    let k = confusion.rows
    var precision = [Double](repeating: 0, count: k)
    var recall = precision
    var f1 = precision
    for c in 0..<k {
      let right = confusion[c, c]
      let predicted = (0..<k).reduce(0) { $0 + confusion[$1, c] }
      let actual = (0..<k).reduce(0) { $0 + confusion[c, $1] }
      if predicted > 0 { precision[c] = right / predicted }
      if actual > 0 { recall[c] = right / actual }
      if predicted + actual > 0 { f1[c] = 2 * right / (predicted + actual) }
    }
    return ClassScores(precision: precision, recall: recall, f1: f1)
  }

  /// The area under the ROC curve: the share of pairs of a positive and a negative in which the
  /// positive has the higher score, with ties counting half. NaN where one kind is missing or a
  /// score is NaN.
  public static func rocArea(_ scores: [Double], positives: [Bool]) -> Double {
    guard !scores.contains(where: \.isNaN) else { return .nan }
    var area = 0.0
    var negativesBelow = 0.0
    for group in tiedGroups(scores, positives, ascending: true) {
      area += group.positives * (negativesBelow + 0.5 * group.negatives)
      negativesBelow += group.negatives
    }
    let positiveCount = Double(positives.count { $0 })
    return area / (positiveCount * (Double(positives.count) - positiveCount))
  }

  /// The average precision, Σ (R_n − R_{n−1}) P_n over the thresholds from the highest score down,
  /// with equal scores as one threshold. NaN where there is no positive or a score is NaN.
  public static func averagePrecision(_ scores: [Double], positives: [Bool]) -> Double {
    guard !scores.contains(where: \.isNaN) else { return .nan }
    let total = Double(positives.count { $0 })
    var area = 0.0
    var found = 0.0
    var seen = 0.0
    for group in tiedGroups(scores, positives, ascending: false) {
      found += group.positives
      seen += group.positives + group.negatives
      area += group.positives / total * (found / seen)
    }
    return total == 0 ? .nan : area
  }

  private static func tiedGroups(
    _ scores: [Double], _ positives: [Bool], ascending: Bool
  ) -> [(positives: Double, negatives: Double)] {
    let count = min(scores.count, positives.count)
    let order = (0..<count).sorted {
      ascending ? scores[$0] < scores[$1] : scores[$0] > scores[$1]
    }
    var groups: [(positives: Double, negatives: Double)] = []
    var last: Double?
    for i in order {
      if scores[i] != last { groups.append((0, 0)) }
      last = scores[i]
      if positives[i] {
        groups[groups.count - 1].positives += 1
      } else {
        groups[groups.count - 1].negatives += 1
      }
    }
    return groups
  }
}

/// The measures of a model on data.
public struct Evaluation: Sendable {
  /// The share of rows whose prediction is the label.
  public let accuracy: Double
  /// K×K, row = true class.
  public let confusion: Matrix
  /// Precision, recall and F1 of every class.
  public let perClass: Metrics.ClassScores
  /// Area under the ROC curve, for two classes; nil for more.
  public let rocArea: Double?
  /// Average precision: the area under the precision–recall curve, for two classes; nil for more.
  public let averagePrecision: Double?

  /// An evaluation from its parts, which are not checked.
  package init(
    accuracy: Double, confusion: Matrix, perClass: Metrics.ClassScores, rocArea: Double?,
    averagePrecision: Double?
  ) {
    self.accuracy = accuracy
    self.confusion = confusion
    self.perClass = perClass
    self.rocArea = rocArea
    self.averagePrecision = averagePrecision
  }

  /// Measures a model on N rows.
  ///
  /// - Throws: `EngineError` where features or labels don't fit the model, `MemoryRefused`,
  ///   `Interrupted`.
  public init(_ model: LinearClassifier, on features: Features, labels: [Int]) throws {
    let classes = model.classCount
    // The areas of two classes need all scores.
    let scores = classes == 2 ? try model.scores(features) : nil
    let predicted =
      try scores.map { LinearClassifier.decide($0, isBinary: model.isBinary) }
      ?? model.predict(features)
    try Labels.check(labels, classes: classes)
    accuracy = try Metrics.accuracy(predicted, labels)
    confusion = try Metrics.confusion(predicted, labels, classes: classes)
    perClass = Metrics.classScores(confusion)
    guard let scores else {
      rocArea = nil
      averagePrecision = nil
      return
    }
    // With two columns, s₁ − s₀ decides.
    let leads =
      model.isBinary
      ? scores.entries : (0..<scores.rows).map { scores[$0, 1] - scores[$0, 0] }
    let positives = labels.map { $0 == 1 }
    rocArea = Metrics.rocArea(leads, positives: positives)
    averagePrecision = Metrics.averagePrecision(leads, positives: positives)
  }
}
