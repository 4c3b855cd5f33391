import Text
import LinearAlgebra

/// Reads a table of cells: one row to a line, one column of labels, numbers elsewhere.
struct TableReader {
  let source: DataSource
  let options: LoadOptions
  let delimiter: UInt8
  /// Approximate bytes of a chunk; no result depends on it.
  var chunkSize = TextChunk.usualSize

  /// The size from which a file stays on disk, and the number of its bytes that determine the
  /// columns.
  var limit = TextFile.usualLimit

  /// The whole table as a dataset.
  func read() throws -> Dataset {
    let text = try TextFile(source, limit: limit)
    try text.refuseForeignText(source.path)
    if !text.isInMemory, let dataset = try read(fromDisk: text) { return dataset }
    let file = text.isInMemory ? text : TextFile(try source.readAll())
    return try file.withPiece(0..<file.count) { bytes, _ in
      try rows(of: file, beginning: bytes, Plan(self, bytes))
    }
  }

  /// The table of a text on disk; nil where its beginning is not enough: it has quotes, or fewer
  /// than 21 whole rows.
  private func read(fromDisk text: TextFile) throws -> Dataset? {
    try text.withPiece(0..<min(max(limit, 1), text.count)) { bytes, _ in
      let whole = bytes.withBytes { bytes in
        bytes.contains(UInt8(ascii: "\"")) ? nil : bytes.lastIndex(of: 10)
      }
      guard let whole else { return nil }
      bytes.hold(whole + 1)
      guard let plan = try? Plan(self, bytes), plan.isCertain else { return nil }
      return try rows(of: text, beginning: bytes, plan)
    }
  }

  /// The structure of the table, from its first rows.
  private struct Plan {
    var names: [String]?
    var columns = 0
    var label: Int?
    /// Whether further rows would change nothing.
    var isCertain = false
    /// Whether the numbers of the first rows are bytes.
    var beginsWithBytes = false

    init(_ reader: TableReader, _ file: FileBytes) throws {
      var scanner = TableScanner(file, delimiter: reader.delimiter, path: reader.source.path)
      guard scanner.nextRow() else {
        throw DataError("the file holds no rows", path: reader.source.path)
      }
      let first = try Plan.row(&scanner)
      var later: [[String]] = []
      while later.count < 20, scanner.nextRow() {
        // Errors in later rows are reported when these are read.
        guard let row = try? Plan.row(&scanner) else { break }
        later.append(row)
      }
      isCertain = later.count == 20
      columns = first.count
      if reader.options.header ?? Plan.looksLikeHeader(first, later) { names = first }
      label = try reader.labelColumn(names, columns)
      let rows = names == nil ? [first] + later : later
      beginsWithBytes =
        !rows.isEmpty
        && rows.allSatisfy { row in
          row.indices.allSatisfy { $0 == label || UInt8(row[$0]) != nil }
        }
    }

    private static func row(_ scanner: inout TableScanner) throws -> [String] {
      var cells: [String] = []
      while true {
        let cell = try scanner.nextCell()
        cells.append(String(decoding: cell.bytes, as: UTF8.self))
        if cell.isLast { return cells }
      }
    }

    private static func looksLikeHeader(_ first: [String], _ later: [[String]]) -> Bool {
      if later.isEmpty {
        return first.allSatisfy { !$0.isEmpty && DecimalParser.parse($0) == nil }
      }
      return first.indices.contains { j in
        guard !TableReader.isMissing(first[j]), DecimalParser.parse(first[j]) == nil else {
          return false
        }
        let below = later.compactMap { $0.indices.contains(j) ? $0[j] : nil }
          .filter { !TableReader.isMissing($0) }
        return !below.isEmpty && below.allSatisfy { DecimalParser.parse($0) != nil }
      }
    }
  }

  /// The column of the labels; nil for none.
  private func labelColumn(_ names: [String]?, _ columns: Int) throws(DataError) -> Int? {
    let column: Int
    switch options.label {
    case .none: return nil
    case .first: column = 0
    case .last: column = columns - 1
    case .named(let name):
      guard let names else {
        throw DataError(
          "there is no column \(Escaping.excerpt(name)): the first row does not name the columns",
          path: source.path, help: "label=first, label=last, label=none or header=true")
      }
      guard let found = names.firstIndex(of: name) else {
        let meant = Spelling.nearest(to: name, in: names)
        throw DataError(
          "there is no column \(Escaping.excerpt(name))", path: source.path,
          help: (meant.map { "did you mean \($0)? " } ?? "") + "columns: \(NameList.text(names))")
      }
      column = found
    case .auto:
      let usual = ["label", "class", "target", "y", "species"]
      column = names?.firstIndex { usual.contains($0.lowercased()) } ?? columns - 1
    }
    guard columns > 1 else {
      throw DataError(
        "there is one column only, and the labels take it", path: source.path,
        help: "label=none takes it as a feature; the delimiter here is"
          + " \(Escaping.excerpt([delimiter]))")
    }
    return column
  }

  private func rows(
    of text: TextFile, beginning: FileBytes, _ plan: Plan
  ) throws -> Dataset {
    let reader = TableRowReader(
      source: source, text: text, delimiter: delimiter, names: plan.names,
      columns: plan.columns, label: plan.label, labelIsGuessed: options.label == .auto,
      beginsWithBytes: plan.beginsWithBytes)
    var scanner = TableScanner(beginning, delimiter: delimiter, path: source.path)
    if plan.names != nil, scanner.nextRow() {
      while try !scanner.nextCell().isLast {}
    }
    let table = try reader.read(from: scanner.position, line: scanner.line, chunkSize: chunkSize)
    let rows = table.features.rows
    guard rows > 0 else {
      throw DataError(
        "the file holds no rows below the names of the columns", path: source.path,
        help: "header=false takes the first row as data")
    }
    let numbered =
      plan.label == nil
      ? (labels: [Int](repeating: 0, count: rows), classes: ["0"]) : table.labels.numbered()
    return try Dataset(
      features: table.features, labels: numbered.labels,
      classes: numbered.classes, imageShape: Self.pictureShape(plan), name: source.dataName)
  }

  /// Height, width and one channel, where the features are named `pixel_0_0`, `pixel_0_1`, … row by
  /// row; else nil.
  private static func pictureShape(_ plan: Plan) -> [Int]? {
    guard let names = plan.names else { return nil }
    let features = names.indices.filter { $0 != plan.label }.map { names[$0] }
    guard let last = features.last, last.hasPrefix("pixel_") else { return nil }
    let numbers = last.split(separator: "_").dropFirst().map { Int($0) }
    guard numbers.count == 2, let row = numbers[0], let column = numbers[1],
      row >= 0, column >= 0, row < features.count, column < features.count,
      (row + 1) * (column + 1) == features.count
    else { return nil }
    let width = column + 1
    let isInOrder = features.enumerated().allSatisfy { i, name in
      name == "pixel_\(i / width)_\(i % width)"
    }
    return isInOrder ? [row + 1, width, 1] : nil
  }

  /// Whether a cell denotes a missing value.
  static func isMissing(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= 4 else { return false }
    // This avoids a string for each label of a table.
    let letters = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1 >= 65 && $1 <= 90 ? $1 | 32 : $1) }
    switch (bytes.count, letters) {
    case (0, _), (1, 0x3F), (2, 0x6E61), (3, 0x6E2F61), (3, 0x6E616E), (4, 0x6E75_6C6C): return true
    default: return false
    }
  }

  /// Whether a cell denotes a missing value.
  static func isMissing(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { isMissing($0) }
  }

  /// Checks that the beginning can be text in UTF-8.
  ///
  /// - Throws: `DataError` where it can't.
  static func refuseForeignText(
    _ file: FileBytes, _ path: String
  ) throws(DataError) {
    let bytes = file.withBytes { Array($0.prefix(4096)) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw DataError(
        "the text is in UTF-16", path: path, help: "save it as UTF-8: iconv -f utf-16 -t utf-8")
    }
    if bytes.contains(0) {
      throw DataError(
        "the file is not text", path: path,
        help: "formats: \(DataLoader.formats.joined(separator: ", "))")
    }
  }
}

extension DataSource {
  /// The name of the data: that of the file, without its ending.
  var dataName: String {
    var name = Compression.strippedName(self.name)
    for ending in Archive.endings where name.lowercased().hasSuffix("." + ending) {
      let stem = String(name.dropLast(ending.count + 1))
      if !stem.isEmpty { name = stem }
    }
    for reader in ReaderCatalog.all {
      for ending in reader.endings where name.lowercased().hasSuffix("." + ending) {
        let stem = String(name.dropLast(ending.count + 1))
        if !stem.isEmpty { return stem }
      }
    }
    return name
  }
}
