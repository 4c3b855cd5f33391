/// Which column of a table holds the labels.
public enum LabelColumn: Sendable, Equatable {
  /// A column named label, class, target, y or species in any case, else the last.
  case auto
  /// The first column.
  case first
  /// The last column.
  case last
  /// No column: every row is of the one class "0".
  case none
  /// The column of this name in the header.
  case named(String)
}

/// How a source of data is read.
public struct LoadOptions: Sendable {
  /// One of `DataLoader.formats`; nil finds out.
  public var format: String?
  /// Which column of a table holds the labels.
  public var label: LabelColumn
  /// Whether a table's first row names its columns; nil finds out: it does where it has a cell that
  /// is no number in a column where later rows have numbers.
  public var header: Bool?
  /// A second source, which becomes the test part.
  public var testPath: String?

  /// Everything is found out unless it is given.
  public init(
    format: String? = nil, label: LabelColumn = .auto, header: Bool? = nil,
    testPath: String? = nil
  ) {
    self.format = format
    self.label = label
    self.header = header
    self.testPath = testPath
  }
}

/// What a source turned out to hold.
public enum Loaded: Sendable {
  /// Samples with labels.
  case dataset(Dataset)
  /// Samples that come in parts.
  case split(Split)
  /// Arrays that are not `X` and `y`.
  case arrays([NamedArray])
}
