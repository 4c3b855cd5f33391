import LinearAlgebra

/// The parts of a source of data. Every part has the classes of the whole source.
public struct Split: Sendable {
  /// What is learned from.
  public var train: Dataset
  /// What options are chosen by.
  public var val: Dataset?
  /// A small sample of `train`, to try things on.
  public var dev: Dataset?
  /// What the result is measured on.
  public var test: Dataset?

  /// Parts that are there already.
  public init(
    train: Dataset, val: Dataset? = nil, dev: Dataset? = nil, test: Dataset? = nil
  ) {
    self.train = train
    self.val = val
    self.dev = dev
    self.test = test
  }

  /// The names of the parts that there are.
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

  /// The same parts, each changed in the same way.
  func map(_ change: (Dataset) -> Dataset) -> Split {
    Split(
      train: change(train), val: val.map(change), dev: dev.map(change), test: test.map(change))
  }
}
