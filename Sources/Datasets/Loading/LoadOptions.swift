/// The column of a table that holds the labels.
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

/// The options for reading a source of data.
public struct LoadOptions: Sendable {
  /// One of `DataLoader.formats`; nil to detect it.
  public var format: String?
  /// The column of a table that holds the labels.
  public var label: LabelColumn
  /// Whether a table's first row names its columns. Nil to detect it: it does where a cell is not a
  /// number, and later cells of its column are.
  public var header: Bool?
  /// The size to which pictures in folders are brought; nil where they have one size.
  public var pictureSize: (height: Int, width: Int)?
  /// A second source, which becomes the test part.
  public var testPath: String?

  /// Everything is detected unless given.
  public init(
    format: String? = nil, label: LabelColumn = .auto, header: Bool? = nil,
    pictureSize: (height: Int, width: Int)? = nil, testPath: String? = nil
  ) {
    self.format = format
    self.label = label
    self.header = header
    self.pictureSize = pictureSize
    self.testPath = testPath
  }
}

/// The content of a source.
public enum Loaded: Sendable {
  /// Samples with labels.
  case dataset(Dataset)
  /// Samples that come in parts.
  case split(Split)
  /// Arrays that are not `X` and `y`.
  case arrays([NamedArray])
}
