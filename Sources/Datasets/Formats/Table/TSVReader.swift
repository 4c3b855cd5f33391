/// Tab-separated values.
enum TSVReader: DataReader {
  static let name = "tsv"
  static let summary = "a table with tabs, labels in one column"
  static let endings = ["tsv", "tab"]

  static func resembles(_ head: FileHead) -> Bool {
    guard head.isText, let first = head.lines(1).first,
      first.contains(UInt8(ascii: "\t")), !first.contains(UInt8(ascii: ","))
    else { return false }
    // Tabs may also be among the blanks between cells.
    let dialect = try? TableDialect.regular(head)
    return dialect.map { $0.delimiter == UInt8(ascii: "\t") && !$0.isBlanks } ?? true
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    let dialect = try TableDialect.detected(FileHead(source), delimiter: UInt8(ascii: "\t"))
    return .dataset(
      try TableReader(source: source, options: options, dialect: dialect).read())
  }
}
