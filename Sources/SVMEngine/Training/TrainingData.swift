import LinearAlgebra

/// What a classifier learns from, or is measured on: features, labels and the names of the classes.
public struct TrainingData: Sendable {
  /// N rows.
  public let features: Features
  /// The class of every row, 0…K−1, in the order of `classes`.
  public let labels: [Int]
  /// The labels as they were in the data. Their number is K, also where a part lacks a class.
  public let classes: [String]

  /// Bundles what belongs together.
  public init(features: Features, labels: [Int], classes: [String]) {
    self.features = features
    self.labels = labels
    self.classes = classes
  }

  /// The rows of a matrix, N×D.
  ///
  /// - Parameters:
  ///   - labels: the class of every row, 0…K−1.
  ///   - classes: the names of the classes; their numbers unless given.
  ///   - addingBias: whether each row gets a 1 more, so that the last row of W is the bias.
  /// - Throws: `EngineError` where labels and rows don't fit, or a label is no class.
  public init(
    _ X: Matrix, labels: [Int], classes: [String]? = nil, addingBias: Bool = false
  ) throws {
    let count = classes?.count ?? (labels.max() ?? -1) + 1
    self.init(
      features: Features(X).with(Preparation(hasBias: addingBias)), labels: labels,
      classes: classes ?? (0..<max(count, 0)).map(String.init))
    try check()
  }

  /// K.
  public var classCount: Int { classes.count }

  /// Throws where labels and features don't fit, or there is nothing.
  func check() throws {
    guard features.rows > 0 else { throw EngineError(.data, "the data have no rows") }
    guard features.columns > 0 else { throw EngineError(.data, "the data have no columns") }
    guard !classes.isEmpty else { throw EngineError(.data, "the data have no classes") }
    guard labels.count == features.rows else {
      throw EngineError(
        .shape, "there are \(labels.count) labels for \(features.rows) rows")
    }
    try Labels.check(labels, classes: classCount)
  }

  /// Throws where these rows can't measure what is learned from `training`.
  func check(against training: TrainingData) throws {
    try check()
    guard classCount == training.classCount else {
      throw EngineError(
        .data,
        "the validation data have \(classCount) classes, and the training data "
          + "\(training.classCount)")
    }
    guard features.preparation == training.features.preparation else {
      throw EngineError(
        .data, "the validation data are prepared in another way than the training data",
        help: "\(.prepareWholeSplit)")
    }
  }
}
