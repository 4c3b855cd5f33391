import Datasets
import Interpreter
import LinearAlgebra
import Text

/// Warnings about data that spoil what is learned from them. Each comes once in a session.
enum DataWarnings {
  /// The entries up to which data are looked for missing values: some tens of milliseconds.
  private static let mostEntries = 1 << 25

  /// The entries up to which the parts of a split are compared: some milliseconds.
  private static let mostCompared = 1 << 22

  /// The share of a part that may be in train, too: rows of a few rounded numbers are often equal.
  private static let sharedRows = 0.05

  /// The ratio of deviations from which scales are far apart.
  private static let scaleRatio = 1e4

  /// Warns of parts that lack a class, and of rows that are in train and in a part that measures.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  static func warn(of split: Split, in session: Session) throws {
    let lacking = split.parts.filter { $0.name != "dev" }.compactMap { name, data -> String? in
      let counts = data.classCounts
      let names = counts.indices.filter { counts[$0] == 0 }.map { data.classes[$0] }
      return names.isEmpty ? nil : "\(name) has no sample of \(NameList.text(names, atMost: 5))"
    }
    if !lacking.isEmpty {
      session.warnOnce(
        lacking.joined(separator: "; "),
        help: "`shuffle=true` mixes the rows, `stratify=true` gives each part its share of a class",
        about: split.train.features.storage)
    }
    for (name, data) in split.parts where name == "val" || name == "test" {
      guard data.count > 0, data.features.entryCount <= mostCompared,
        split.train.features.entryCount <= mostCompared
      else { continue }
      let shared = try split.rowsOfTrain(in: data)
      guard Double(shared) > sharedRows * Double(data.count) else { continue }
      session.warnOnce(
        "\(Quantity.count(shared, "row")) of the \(NumberText.grouped(data.count)) in \(name) "
          + (shared == 1 ? "is" : "are") + " in train, too",
        help: "what is measured there is too good: leave such rows out of one of the two",
        about: data.features.storage)
    }
  }

  /// Refuses missing values, and warns of pictures that are not centered and of features on very
  /// different scales.
  ///
  /// - Throws: A `Failure` where a value is missing; `Interrupted`.
  static func check(training data: Dataset, in session: Session) throws {
    try refuseMissing(data)
    let preparation = data.features.preparation
    if data.imageShape != nil, preparation.mean == nil {
      session.warnOnce(
        "the pictures are not centered",
        help: "`center` subtracts the mean picture, and training goes better",
        about: data.features.storage)
    }
    if let (large, small, ratio) = try farScales(data) {
      session.warnOnce(
        "the scales of the features differ by \(NumberText.short(ratio, digits: 2)): "
          + "\(data.featureTitle(large)) against \(data.featureTitle(small))",
        help: "`standardize` brings them to one scale", about: data.features.storage)
    }
  }

  /// - Throws: A `Failure` that names the features with missing values; `Interrupted`.
  private static func refuseMissing(_ data: Dataset) throws {
    let features = data.features
    // Larger data are looked at where a loss is not finite.
    guard !(features.storage is ByteMatrix), features.entryCount <= mostEntries else { return }
    let counts = try features.missingCounts()
    let missing = counts.indices.filter { counts[$0] > 0 }
    guard !missing.isEmpty else { return }
    let place = try firstMissing(of: features)
    let texts = missing.map { "\(data.featureTitle($0)) \(NumberText.grouped(counts[$0]))" }
    throw Failure(
      "the data have missing values: \(NameList.text(texts, atMost: 6)); the first one is in "
        + "row \(place.row), column \(place.column)",
      help: "`fill-missing` replaces them; `drop` leaves features out", parameter: "data")
  }

  /// Row and column of the first missing value; there must be one.
  private static func firstMissing(of features: Features) throws -> (row: Int, column: Int) {
    for i in 0..<features.rows {
      if i % 64 == 0 { try Interruption.check() }
      if let column = features.row(i).firstIndex(where: \.isNaN) { return (i, column) }
    }
    return (0, 0)
  }

  /// The features of the largest and the least deviation and their ratio, from some rows; nil where
  /// they are near each other or scaled already.
  private static func farScales(_ data: Dataset) throws -> (Int, Int, Double)? {
    let features = data.features
    // Bytes can't be that far apart.
    guard features.preparation.scale == nil, !(features.storage is ByteMatrix),
      features.rawColumns > 1, features.rawColumns <= 100_000, features.rows > 1
    else { return nil }
    let looks = min(features.rows, 500)
    let some = try features.selecting((0..<looks).map { features.rows * $0 / looks })
    let variance = try some.with(Preparation()).statistics().variance
    let known = variance.indices.filter { variance[$0] > 0 && variance[$0].isFinite }
    guard let large = known.max(by: { variance[$0] < variance[$1] }),
      let small = known.min(by: { variance[$0] < variance[$1] })
    else { return nil }
    let ratio = (variance[large] / variance[small]).squareRoot()
    return ratio >= scaleRatio ? (large, small, ratio) : nil
  }
}

extension Session {
  /// Shows a warning about some data, unless it was shown before.
  func warnOnce(_ message: String, help: String, about storage: any FeatureStorage) {
    guard isNews("\(ObjectIdentifier(storage).hashValue) \(message)") else { return }
    warn(message, help: help)
  }
}
