import LinearAlgebra
import Text

/// The rows of a file for a model to predict, labeled or not.
public struct RawRows: Sendable {
  /// The raw features.
  public let features: Features
  /// The rows with the labels of the file; nil where it has none.
  public let labeled: Dataset?
  /// Whether the features are those that a model keeps, found by their names.
  public let areSelected: Bool
  /// The names of the features; nil where they have none.
  private let names: [String]?

  /// Reads the rows of a file that has as many features as a model, or one column more with the
  /// labels.
  ///
  /// - Parameters:
  ///   - columns: D, the raw features of the model.
  ///   - names: the names of those that the model keeps; nil where it knows none. A table that has
  ///     them all may have them in any order, and others besides.
  ///   - options: how the file is read; with the label column to be detected, its width decides
  ///     whether there is one.
  /// - Throws: `DataError` where the width does not fit; `MemoryRefused`, `Interrupted`.
  public init(
    _ path: String, columns: Int, names: [String]? = nil, _ options: LoadOptions
  ) throws {
    var first: RawRows?
    var trouble: DataError?
    do {
      let rows = try RawRows(try DataLoader.load(path, options))
      if let fitting = try rows.selecting(names) ?? rows.fitting(columns) {
        self = fitting
        return
      }
      first = rows
    } catch let error as DataError where options.label == .auto {
      trouble = error
    }
    if let rows = try Self.unlabeled(path, options),
      let fitting = try rows.selecting(names) ?? rows.unlabeledFitting(columns)
    {
      self = fitting
      return
    }
    if let trouble { throw trouble }
    let found = first?.features.rawColumns ?? 0
    throw DataError(
      "there are \(Quantity.count(found, "feature"))"
        + (first?.labeled == nil ? "" : " beside the labels") + ", and the model has \(columns)",
      path: path)
  }

  /// The rows of a table of features alone; nil where the file is none, or a label is asked for.
  private static func unlabeled(_ path: String, _ options: LoadOptions) throws -> RawRows? {
    guard options.label == .auto else { return nil }
    var options = options
    options.label = .none
    do {
      let rows = try RawRows(try DataLoader.load(path, options))
      return RawRows(features: rows.features, names: rows.names)
    } catch is DataError {
      return nil
    }
  }

  /// The rows, where they are numbers alone and as many as the model has: a column of texts would
  /// be the labels, unless the model knew it by name.
  private func unlabeledFitting(_ columns: Int) -> RawRows? {
    let hasTexts = names?.contains { Dataset.encodedColumn($0) != nil } ?? false
    return features.rawColumns == columns && !hasTexts ? self : nil
  }

  /// Whether the features are taken in their order although they have other names than these.
  public func areNamedOtherwise(than names: [String]?) -> Bool {
    guard !areSelected, let names, let own = self.names else { return false }
    return own != names
  }

  private init(features: Features, names: [String]?) {
    (self.features, labeled, self.names, areSelected) = (features, nil, names, false)
  }

  /// The features with these names; nil where not all are there.
  private func selecting(_ wanted: [String]?) throws -> RawRows? {
    guard let wanted, let names, features.preparation == Preparation() else { return nil }
    let table =
      try labeled
      ?? Dataset(
        features: features, labels: [Int](repeating: 0, count: features.rows), classes: ["0"],
        columns: names, name: "")
    do {
      let aligned = try table.aligned(toModel: wanted)
      return aligned.columns == wanted
        ? RawRows(features: aligned.features, labeled: labeled.map { _ in aligned }) : nil
    } catch is DataError {
      return nil
    }
  }

  private init(features: Features, labeled: Dataset?) {
    (self.features, self.labeled, names, areSelected) = (features, labeled, nil, true)
  }

  private init(_ loaded: Loaded) throws {
    switch loaded {
    case .dataset(let dataset):
      (features, labeled, names) = (dataset.features, dataset, dataset.columns)
    case .split(let split):
      throw DataError(
        "holds several parts: \(split.partNames.joined(separator: ", "))",
        help: "name the file of one of them")
    case .arrays(let arrays):
      guard
        let array = arrays.first(where: { $0.name == "X" })
          ?? (arrays.count == 1 ? arrays[0] : nil),
        array.array.texts == nil, array.array.shape.count == 2
      else { throw DataError("holds no matrix of features") }
      let shape = array.array.shape
      features = try Features.narrowest(
        rows: shape[0], columns: shape[1], entries: array.array.values)
      (labeled, names) = (nil, nil)
    }
    areSelected = false
  }

  /// The rows with the columns of the model; nil where they have others. Only what is sparse may
  /// lack columns at its end.
  private func fitting(_ columns: Int) throws -> RawRows? {
    if features.rawColumns == columns { return self }
    guard features.storage is SparseMatrix, features.rawColumns < columns, let labeled else {
      return nil
    }
    return try RawRows(.dataset(try Concatenation.widened(labeled, to: columns)))
  }
}
