import LinearAlgebra
import Text

/// JSON: a row to a line, as an object or a list, or all rows in one list. Numbers in lists are so
/// many features; true and false are 1 and 0, and null is a missing value.
enum JSONLinesReader: DataReader {
  static let name = "jsonl"
  static let summary = "JSON, a row to a line or a list of rows, labels under one key"
  static let endings = ["jsonl", "ndjson", "json"]

  static func resembles(_ head: FileHead) -> Bool {
    guard head.isText, let line = head.lines(1).first else { return false }
    let marks = line.filter { $0 != 32 && $0 != 9 }.prefix(2)
    guard let first = marks.first else { return false }
    guard let second = marks.dropFirst().first else { return first == UInt8(ascii: "[") }
    switch first {
    case UInt8(ascii: "{"): return second == UInt8(ascii: "\"")
    case UInt8(ascii: "["): return [0x22, 0x5B, 0x7B, 0x2D].contains(second) || second &- 48 < 10
    default: return false
    }
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    if options.header != nil {
      throw DataError(
        "header= is for tables, and JSON names its columns itself", path: source.path,
        help: "leave header= out")
    }
    let file = try TextFile(source)
    try file.refuseForeignText(source.path)
    let start = try file.start()
    let (plan, isOneList) = try self.plan(file, start, options, source.path)
    let parts =
      isOneList
      ? try list(file, start, plan, source.path) : try lines(file, start, plan, source.path)
    let numbered = try ParsedRows.labels(parts, areThere: plan.label != nil)
    return .dataset(
      try Dataset(
        features: try ParsedRows.features(parts, columns: plan.columns), labels: numbered.labels,
        classes: numbered.classes, name: source.dataName))
  }

  /// The plan of the first row, and whether all rows are in one list.
  private static func plan(
    _ file: TextFile, _ start: Int, _ options: LoadOptions, _ path: String
  ) throws -> (JSONPlan, Bool) {
    // The first row may be any part of the file, and mostly is a small one.
    var size = min(file.count, start + 1 << 20)
    while true {
      do {
        return try file.withPiece(0..<size) { bytes, range in
          let text = UnsafePointer(bytes.pointer + range.lowerBound)
          var outer = JSONScanner(text, start..<size, line: 1, spansLines: true, path: path)
          guard outer.next() != nil else { throw DataError("the file holds no rows", path: path) }
          var inner = outer
          let isOneList =
            outer.take("[")
            && [UInt8(ascii: "["), UInt8(ascii: "{")].contains(outer.next() ?? 0)
          if isOneList {
            return (try JSONPlan(&outer, label: options.label, path: path), true)
          }
          inner = JSONScanner(
            text, inner.position..<size, line: inner.line, spansLines: false, path: path)
          return (try JSONPlan(&inner, label: options.label, path: path), false)
        }
      } catch  where size < file.count {
        if error is Interrupted { throw error }
        size = min(file.count, size * 8)
      }
    }
  }

  private static func lines(
    _ file: TextFile, _ start: Int, _ plan: JSONPlan, _ path: String
  ) throws -> [ParsedRows] {
    let chunks = try TextChunk.cut(
      file, from: start, firstLine: 1, counting: 0, size: TextChunk.usualSize)
    return try Parallel.map(chunks.count) { c in
      try file.withPiece(chunks[c].range) { bytes, range in
        var scanner = JSONScanner(
          UnsafePointer(bytes.pointer), range, line: chunks[c].firstLine, spansLines: false,
          path: path)
        var rows = ParsedRows()
        while scanner.nextLine() {
          if rows.count % 64 == 0 { try Interruption.check() }
          try JSONRow.read(&scanner, plan, into: &rows)
          guard scanner.next() == nil else {
            throw scanner.failure("text follows the row: \(scanner.excerpt())")
          }
        }
        return rows
      }
    }
  }

  private static func list(
    _ file: TextFile, _ start: Int, _ plan: JSONPlan, _ path: String
  ) throws -> [ParsedRows] {
    let chunks = try JSONList.cut(file, from: start, size: TextChunk.usualSize)
    return try Parallel.map(chunks.count) { c in
      try file.withPiece(chunks[c].range) { bytes, range in
        var scanner = JSONScanner(
          UnsafePointer(bytes.pointer), range, line: chunks[c].firstLine, spansLines: true,
          path: path)
        if c == 0 { _ = scanner.take("[") }
        var rows = ParsedRows()
        repeat {
          if rows.count % 64 == 0 { try Interruption.check() }
          try JSONRow.read(&scanner, plan, into: &rows)
        } while scanner.take(",")
        if c == chunks.count - 1 {
          guard scanner.next() != nil else {
            throw scanner.failure("the list of rows is never closed")
          }
          guard scanner.take("]") else { throw JSONRow.noComma(&scanner) }
          if scanner.next() != nil { throw scanner.failure("text follows: \(scanner.excerpt())") }
        } else if scanner.next() != nil {
          throw JSONRow.noComma(&scanner)
        }
        return rows
      }
    }
  }
}
