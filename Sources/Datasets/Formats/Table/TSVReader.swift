/// Tab-separated values.
enum TSVReader: DataReader {
  static let name = "tsv"
  static let summary = "a table with tabs, labels in one column"
  static let endings = ["tsv", "tab"]

  static func resembles(_ head: FileHead) -> Bool {
    guard head.isText, let first = head.lines(1).first else { return false }
    return first.contains(UInt8(ascii: "\t")) && !first.contains(UInt8(ascii: ","))
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    .dataset(
      try TableReader(source: source, options: options, delimiter: UInt8(ascii: "\t")).read())
  }
}
