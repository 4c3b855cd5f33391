import LinearAlgebra

/// The parts of a source of data. All have the classes of the whole source.
public struct Split: Sendable {
  /// The part to train on.
  public var train: Dataset
  /// The part to choose options by.
  public var val: Dataset?
  /// A small sample of `train`, for experiments.
  public var dev: Dataset?
  /// The part to measure the result on.
  public var test: Dataset?

  /// A split from its parts.
  public init(
    train: Dataset, val: Dataset? = nil, dev: Dataset? = nil, test: Dataset? = nil
  ) {
    self.train = train
    self.val = val
    self.dev = dev
    self.test = test
  }

  /// The names of the existing parts.
  public var partNames: [String] {
    ["train", "val", "dev", "test"].filter { part($0) != nil }
  }

  /// A part by its name.
  public func part(_ name: String) -> Dataset? {
    switch name {
    case "train": train
    case "val": val
    case "dev": dev
    case "test": test
    default: nil
    }
  }

  /// Adds a part beside `train`, with the features and classes of both.
  ///
  /// - Throws: `DataError` where they don't go together; `MemoryRefused`, `Interrupted`.
  mutating func add(_ part: Dataset, as name: String, path: String) throws {
    let both = try Concatenation.split(train: train, test: part, path: path)
    train = both.train
    switch name {
    case "val": val = both.test
    case "dev": dev = both.test
    default: test = both.test
    }
  }

  /// The same parts, each changed by `change`.
  public func map(_ change: (Dataset) throws -> Dataset) rethrows -> Split {
    Split(
      train: try change(train), val: try val.map(change), dev: try dev.map(change),
      test: try test.map(change))
  }

  /// The existing parts.
  var allParts: [Dataset] { partNames.compactMap { part($0) } }
}
