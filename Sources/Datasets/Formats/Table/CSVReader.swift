import LinearAlgebra

/// Comma-separated values (RFC 4180); semicolons and tabs where there is no comma in the first row.
enum CSVReader: DataReader {
  static let name = "csv"
  static let summary = "a table with commas, labels in one column"
  static let endings = ["csv", "data", "txt"]

  static func isNamed(_ name: String) -> Bool { name.lowercased().hasSuffix(".csv") }

  static func resembles(_ head: FileHead) -> Bool {
    guard head.isText, let first = head.lines(1).first else { return false }
    return [UInt8(ascii: ","), UInt8(ascii: ";")].contains { first.contains($0) }
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    let first = try FileHead(source).lines(1).first ?? []
    var isInside = false
    var counts: [UInt8: Int] = [:]
    for byte in first {
      if byte == UInt8(ascii: "\"") { isInside.toggle() }
      if !isInside { counts[byte, default: 0] += 1 }
    }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let delimiter = candidates.first { counts[$0] != nil } ?? UInt8(ascii: ",")
    return .dataset(
      try TableReader(source: source, options: options, delimiter: delimiter).read())
  }
}
