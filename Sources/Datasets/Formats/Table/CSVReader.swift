import LinearAlgebra

/// Tables of any dialect: comma-separated values (RFC 4180), and those with semicolons, tabs,
/// vertical bars or blanks.
enum CSVReader: DataReader {
  static let name = "csv"
  static let summary = "a table: cells between commas, semicolons, tabs, | or blanks"
  static let endings = ["csv", "data", "txt"]

  static func isNamed(_ name: String) -> Bool { name.lowercased().hasSuffix(".csv") }

  static func resembles(_ head: FileHead) -> Bool {
    guard head.isText, let first = head.lines(1).first else { return false }
    return [UInt8(ascii: ","), UInt8(ascii: ";")].contains { first.contains($0) }
      || (try? TableDialect.regular(head)) != nil
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    let dialect = try TableDialect.detected(FileHead(source))
    return .dataset(
      try TableReader(source: source, options: options, dialect: dialect).read())
  }
}
