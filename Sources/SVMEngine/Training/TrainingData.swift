import LinearAlgebra

/// Data to train or evaluate on: features, labels and the names of the classes.
public struct TrainingData: Sendable {
  /// N×D.
  public let features: Features
  /// The class of every row, 0…K−1, in the order of `classes`.
  public let labels: [Int]
  /// The names of the K classes. A part of the data may lack some of them.
  public let classes: [String]
  /// The names of the raw features, where they have some; the model keeps them.
  public let columns: [String]?

  /// Data from its parts, which are not checked.
  public init(
    features: Features, labels: [Int], classes: [String], columns: [String]? = nil
  ) {
    self.features = features
    self.labels = labels
    self.classes = classes
    self.columns = columns
  }

  /// Data with the rows of a matrix, N×D.
  ///
  /// - Parameters:
  ///   - labels: the class of every row, 0…K−1.
  ///   - classes: the names of the classes; their numbers unless given.
  ///   - addingBias: whether a 1 is appended to each row, so that the last row of W is the bias.
  /// - Throws: `EngineError` where labels and rows differ in number, a label is not a class number,
  ///   or there is no row, column or class.
  public init(
    _ X: Matrix, labels: [Int], classes: [String]? = nil, addingBias: Bool = false
  ) throws {
    let count = classes?.count ?? (labels.max() ?? -1) + 1
    self.init(
      features: Features(X).with(Preparation(hasBias: addingBias)), labels: labels,
      classes: classes ?? (0..<max(count, 0)).map(String.init))
    try check()
  }

  /// K, the number of classes.
  public var classCount: Int { classes.count }

  /// Checks that labels and features fit, and that there are some.
  ///
  /// - Throws: `EngineError` where not.
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

  /// Checks that these rows can measure a model of `training`.
  ///
  /// - Throws: `EngineError` where not.
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
