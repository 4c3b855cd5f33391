import LinearAlgebra
import Text

/// The rows of a file for a model to predict, labeled or not.
public struct RawRows: Sendable {
  /// The raw features.
  public let features: Features
  /// The rows with the labels of the file; nil where it has none.
  public let labeled: Dataset?

  /// Reads the rows of a file that has as many features as a model, or one column more with the
  /// labels.
  ///
  /// - Parameters:
  ///   - columns: D, the raw features of the model.
  ///   - options: how the file is read; with the label column to be detected, its width decides
  ///     whether there is one.
  /// - Throws: `DataError` where the width does not fit; `MemoryRefused`, `Interrupted`.
  public init(_ path: String, columns: Int, _ options: LoadOptions) throws {
    let first: Result<RawRows, any Error> = Result {
      try RawRows(try DataLoader.load(path, options))
    }
    if case .success(let rows) = first, let fitting = try rows.fitting(columns, path) {
      self = fitting
      return
    }
    var unlabeled = options
    unlabeled.label = .none
    if options.label == .auto, let rows = try? RawRows(try DataLoader.load(path, unlabeled)),
      rows.features.rawColumns == columns
    {
      (features, labeled) = (rows.features, nil)
      return
    }
    let found = try first.get()
    throw DataError(
      "there are \(Quantity.count(found.features.rawColumns, "feature"))"
        + (found.labeled == nil ? "" : " beside the labels")
        + ", and the model has \(columns)", path: path)
  }

  private init(_ loaded: Loaded) throws {
    switch loaded {
    case .dataset(let dataset): (features, labeled) = (dataset.features, dataset)
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
      labeled = nil
    }
  }

  /// The rows with the columns of the model; nil where they have others. Only what is sparse may
  /// lack columns at its end.
  private func fitting(_ columns: Int, _ path: String) throws -> RawRows? {
    if features.rawColumns == columns { return self }
    guard features.storage is SparseMatrix, features.rawColumns < columns, let labeled else {
      return nil
    }
    return try RawRows(.dataset(try Concatenation.widened(labeled, to: columns)))
  }
}
