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

/// What becomes of the missing values of a table: cells that are empty, `NA`, `nan`, `?` or `null`.
public enum MissingRule: String, Sendable, CaseIterable {
  /// Missing numbers are NaN, and a missing text is of no category. A warning counts them.
  case keep
  /// The first one is an error.
  case error
  /// Rows with a missing cell are left out.
  case drop
}

/// A column by its name or its number, from 0.
public enum ColumnReference: Sendable, Equatable {
  /// The first column of this name.
  case name(String)
  /// The column with this number; negative ones count from the end.
  case number(Int)
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
  /// What becomes of missing values in a table.
  public var missing: MissingRule
  /// Columns of a table that are not read. Numbers count all columns, that of the label too.
  public var drop: [ColumnReference]
  /// A second source, which becomes the test part.
  public var testPath: String?
  /// Whether the data are kept on disk, and read as needed. Nil: where they would take more
  /// than half of the free memory.
  public var stream: Bool? = false
  /// Where readers say how they took the source; nil where nobody wants to know.
  public var remarks: LoadRemarks?

  /// Everything is detected unless given.
  public init(
    format: String? = nil, label: LabelColumn = .auto, header: Bool? = nil,
    missing: MissingRule = .keep, drop: [ColumnReference] = [],
    pictureSize: (height: Int, width: Int)? = nil, testPath: String? = nil,
    remarks: LoadRemarks? = nil
  ) {
    self.format = format
    self.label = label
    self.header = header
    self.pictureSize = pictureSize
    self.missing = missing
    self.drop = drop
    self.testPath = testPath
    self.remarks = remarks
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

extension Loaded {
  /// Whether features of it are on disk.
  var isOnDisk: Bool {
    switch self {
    case .dataset(let dataset): dataset.features.storage.isOnDisk
    case .split(let split):
      split.partNames.contains { split.part($0)?.features.storage.isOnDisk == true }
    case .arrays: false
    }
  }
}
