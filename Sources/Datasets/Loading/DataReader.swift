import Text

/// A format of data: how it is recognized and read. A new format is a new file and a line in
/// `ReaderCatalog`.
protocol DataReader: SendableMetatype {
  /// Its name in `format=`.
  static var name: String { get }
  /// A description in one line.
  static var summary: String { get }
  /// Endings of file names, without the dot.
  static var endings: [String] { get }
  /// Whether the first bytes can only be this format.
  static func hasMagic(_ head: FileHead) -> Bool
  /// Whether a folder with these names is this format.
  static func isFolder(_ names: [String]) -> Bool
  /// Whether a folder is this format: by its names, unless the format looks into it.
  static func isFolder(_ source: DataSource) throws -> Bool
  /// Whether a name denotes this format: by its ending, unless the format overrides that.
  static func isNamed(_ name: String) -> Bool
  /// Whether the beginning looks like this format.
  static func resembles(_ head: FileHead) -> Bool
  /// Reads a source.
  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded
}

extension DataReader {
  static func hasMagic(_ head: FileHead) -> Bool { false }
  static func isFolder(_ names: [String]) -> Bool { false }
  static func isFolder(_ source: DataSource) throws -> Bool { isFolder(source.entryNames) }
  static func isNamed(_ name: String) -> Bool {
    let lower = name.lowercased()
    return endings.contains { lower.hasSuffix("." + $0) }
  }
  static func resembles(_ head: FileHead) -> Bool { false }

  /// Refuses options that only tables have.
  ///
  /// - Throws: `DataError` where one is given.
  static func refuseTableOptions(_ options: LoadOptions, _ path: String) throws(DataError) {
    let given =
      options.label != .auto
      ? "label"
      : options.header != nil
        ? "header" : options.missing != .keep ? "missing" : options.drop.isEmpty ? nil : "drop"
    if let given {
      throw DataError(
        "\(given)= is for tables, and this is \(name)", path: path,
        help: "leave \(given)= out, or say format=csv")
    }
  }
}

/// The readers of all formats.
enum ReaderCatalog {
  /// In the order in which they are tried.
  static let all: [any DataReader.Type] = [
    NumPyReader.self,
    NumPyArchiveReader.self,
    MATLABReader.self,
    IDXReader.self,
    PickledBatchReader.self,
    CIFARReader.self,
    CIFAR100Reader.self,
    PictureFolderReader.self,
    ARFFReader.self,
    JSONLinesReader.self,
    LIBSVMReader.self,
    TSVReader.self,
    CSVReader.self,
  ]

  /// The reader of a format.
  static func reader(_ name: String) throws(DataError) -> any DataReader.Type {
    if let reader = all.first(where: { $0.name == name.lowercased() }) { return reader }
    let meant = Spelling.nearest(to: name, in: all.map { $0.name })
    throw DataError(
      "there is no format \(Escaping.excerpt(name))",
      help: (meant.map { "did you mean \($0)? " } ?? "")
        + "formats: \(DataLoader.formats.joined(separator: ", "))")
  }
}
