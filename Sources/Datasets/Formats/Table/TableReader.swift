import Text
import LinearAlgebra

/// Reads a table of cells: one row to a line, one column of labels, numbers and texts elsewhere.
struct TableReader {
  let source: DataSource
  let options: LoadOptions
  let dialect: TableDialect
  /// Approximate bytes of a chunk; no result depends on it.
  let chunkSize: Int
  /// The size from which a text is on disk, and the number of its bytes that determine the columns.
  let limit: Int

  /// A reader for a table in a dialect.
  init(
    source: DataSource, options: LoadOptions, dialect: TableDialect,
    chunkSize: Int = TextChunk.usualSize, limit: Int = StoredBytes.usualLimit
  ) {
    (self.source, self.options, self.dialect) = (source, options, dialect)
    (self.chunkSize, self.limit) = (chunkSize, limit)
  }

  /// The whole table as a dataset.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  func read() throws -> Dataset {
    var dialect = self.dialect
    var texts: Set<Int> = []
    let text = try TextFile(source, limit: limit)
    try text.refuseForeignText(source.path)
    while true {
      do {
        return try read(text, dialect, texts: texts)
      } catch let surprise as TablePlan.Surprise {
        // Each comes once: what it is about is then known.
        switch surprise {
        case .text(let column): texts.insert(column)
        case .commas: dialect.decimals = .commas
        }
      }
    }
  }

  private func read(
    _ text: TextFile, _ dialect: TableDialect, texts: Set<Int>
  ) throws -> Dataset {
    if !text.isInMemory, !dialect.needsNormalization,
      let dataset = try read(fromDisk: text, dialect, texts: texts)
    {
      return dataset
    }
    let bytes = try text.inMemory()
    if dialect.isBlanks { TableNormalization.collapseBlanks(bytes) }
    if dialect.decimals == .commas {
      try TableNormalization.replaceCommas(
        bytes, delimiter: dialect.delimiter, path: source.path)
    }
    return try rows(of: TextFile(bytes), beginning: bytes, dialect, plan(bytes, dialect, texts))
  }

  private func plan(
    _ bytes: FileBytes, _ dialect: TableDialect, _ texts: Set<Int>
  ) throws -> TablePlan {
    try TablePlan(bytes, dialect, options, texts: texts, path: source.path)
  }

  /// The table of a text on disk; nil where its beginning is not enough: it has quotes, or fewer
  /// than 21 whole rows.
  private func read(
    fromDisk text: TextFile, _ dialect: TableDialect, texts: Set<Int>
  ) throws -> Dataset? {
    try text.withPiece(0..<min(max(limit, 1), text.count)) { bytes, _ in
      let whole = bytes.withBytes { bytes in
        bytes.contains(UInt8(ascii: "\"")) ? nil : bytes.lastIndex(of: 10)
      }
      guard let whole else { return nil }
      bytes.hold(whole + 1)
      guard let plan = try? plan(bytes, dialect, texts), plan.isCertain else { return nil }
      return try rows(of: text, beginning: bytes, dialect, plan)
    }
  }

  private func rows(
    of text: TextFile, beginning: FileBytes, _ dialect: TableDialect, _ plan: TablePlan
  ) throws -> Dataset {
    let reader = TableRowReader(
      source: source, text: text, dialect: dialect, plan: plan,
      labelIsGuessed: options.label == .auto, missing: options.missing)
    var scanner = TableScanner(beginning, delimiter: dialect.delimiter, path: source.path)
    if plan.names != nil, scanner.nextRow() {
      while try !scanner.nextCell().isLast {}
    }
    let table = try reader.read(from: scanner.position, line: scanner.line, chunkSize: chunkSize)
    let rows = table.numbers.rows
    guard rows > 0 else {
      if table.droppedRows > 0 {
        throw DataError(
          "every row has a missing value", path: source.path,
          help: "missing=keep reads them; drop= leaves columns out")
      }
      throw DataError(
        "the file holds no rows below the names of the columns", path: source.path,
        help: "header=false takes the first row as data")
    }
    let numbered =
      plan.label == nil
      ? (labels: [Int](repeating: 0, count: rows), classes: ["0"]) : try table.labels.numbered()
    var features = table.numbers
    var names = plan.names.map { names in
      plan.kinds.indices.filter { plan.kinds[$0] == .number }.map { names[$0] }
    }
    if !table.texts.isEmpty {
      let encoded = try OneHotColumns(features, table.texts, plan, path: source.path)
      (features, names) = (encoded.features, encoded.names)
    }
    // Names that are given to features without any, as when a table is written.
    if let all = names, all.enumerated().allSatisfy({ $1 == "x\($0)" }) { names = nil }
    remark(table, plan, dialect)
    return try Dataset(
      features: features, labels: numbered.labels, classes: numbered.classes,
      imageShape: Self.pictureShape(names ?? []), columns: names, name: source.dataName)
  }

  /// Says how the table was taken, where that is not what everybody expects.
  private func remark(_ table: TableRowReader.Table, _ plan: TablePlan, _ dialect: TableDialect) {
    guard let remarks = options.remarks else { return }
    if let text = dialect.text { remarks.note("a table with \(text)") }
    if let label = plan.label, options.label == .auto, let names = plan.names,
      label != names.count - 1
    {
      remarks.note("labels: \(plan.title(label))")
    }
    for (k, column) in plan.texts.enumerated() {
      let texts = table.texts[k].texts.filter { !$0.isEmpty }
        .map { String(decoding: $0, as: UTF8.self) }
        .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
      remarks.note(
        "\(plan.title(column)) is text, one-hot in \(Quantity.count(texts.count, "feature")):"
          + " \(NameList.text(texts, atMost: 6))")
    }
    if table.droppedRows > 0 {
      remarks.note(
        "\(Quantity.count(table.droppedRows, "row")) with missing values left out")
    }
    let missing = table.missing.indices.filter { table.missing[$0] > 0 }
    if !missing.isEmpty {
      let counts = missing.map { column in
        let name = plan.names.map { $0[column] } ?? "column \(column + 1)"
        return "\(name) \(NumberText.grouped(table.missing[column]))"
      }
      remarks.warn(
        "missing values: \(NameList.text(counts, atMost: 6))",
        help: "`fill-missing` replaces those that are numbers, missing=drop leaves their rows out,"
          + " drop= the columns")
    }
  }

  /// Height, width and one channel, where the features are named `pixel_0_0`, `pixel_0_1`, … row by
  /// row; else nil.
  private static func pictureShape(_ features: [String]) -> [Int]? {
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

  /// Checks that a cell is text in UTF-8.
  ///
  /// - Throws: `DataError` where it is not.
  static func refuseForeignCell(
    _ cell: UnsafeBufferPointer<UInt8>, _ path: String, _ line: Int
  ) throws(DataError) {
    if cell.contains(0) {
      throw DataError(
        "the file is not text: there is a zero byte in \(Escaping.excerpt(cell))", path: path,
        line: line)
    }
    guard String(validating: cell, as: UTF8.self) == nil else { return }
    throw DataError(
      "\(Escaping.excerpt(cell)) is not in UTF-8", path: path, line: line,
      help: "save it as UTF-8: iconv -f latin1 -t utf-8")
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
