import Text
import LinearAlgebra

/// Reads the rows of a table on all cores, once its columns are known.
///
/// The text is cut at line ends. Where no quote comes before a cut, a row begins there. After a
/// quote, the line end may be inside of a cell. Such chunks are read as if it was not, and those
/// for which that was wrong are read again.
struct TableRowReader: Sendable {
  let source: DataSource
  let text: TextFile
  let dialect: TableDialect
  let plan: TablePlan
  /// Whether the column of the label was guessed.
  let labelIsGuessed: Bool
  let missing: MissingRule

  /// The content of all rows.
  struct Table {
    /// The columns of numbers, in the narrowest form.
    let numbers: Features
    let labels: LabelTable
    /// The columns of texts; an empty text is a missing one.
    let texts: [LabelTable]
    /// The number of missing cells of each column of numbers or texts; empty where there are none.
    let missing: [Int]
    /// The number of rows that were left out, for a cell is missing.
    let droppedRows: Int
  }

  /// The destination of the numbers of rows.
  private enum Target: @unchecked Sendable {
    case doubles(UnsafeMutablePointer<Double>)
    /// The final form of bytes: an eighth of the memory.
    case bytes(UnsafeMutablePointer<UInt8>)

    /// The place `count` entries further on.
    func advanced(by count: Int) -> Target {
      switch self {
      case .doubles(let pointer): .doubles(pointer + count)
      case .bytes(let pointer): .bytes(pointer + count)
      }
    }

    /// Moves entries here from further on; the two ranges may overlap.
    func move(_ count: Int, from place: Int) {
      switch self {
      case .doubles(let pointer): pointer.update(from: pointer + place, count: count)
      case .bytes(let pointer): pointer.update(from: pointer + place, count: count)
      }
    }
  }

  /// Thrown for a number that is not a byte.
  private struct NoByte: Error {}

  /// The text in chunks, and the number of rows that fit in the room of each.
  private struct Cuts {
    let chunks: [TextChunk]
    let rooms: [Int]
    /// The first row of each chunk, then the end of all.
    let firstRows: [Int]
    var bound: Int { firstRows.last ?? 0 }
  }

  /// Consecutive rows.
  private struct Rows: Sendable {
    var count = 0
    var labels = LabelTable()
    var texts: [LabelTable]
    /// As in `Table`.
    var missing: [Int] = []
    var dropped = 0
    var form = NarrowestForm()
    /// The offset at which the next row may begin, and its line.
    var end: Int
    var line: Int
    /// Whether there was an error, perhaps because no row begins where the chunk does.
    var isDoubtful = false

    init(texts: Int, end: Int, line: Int, isDoubtful: Bool = false) {
      self.texts = [LabelTable](repeating: LabelTable(), count: texts)
      (self.end, self.line, self.isDoubtful) = (end, line, isDoubtful)
    }

    /// Counts a missing cell of a column.
    @inline(never)
    mutating func count(missing column: Int, of columns: Int) {
      if missing.isEmpty { missing = [Int](repeating: 0, count: columns) }
      missing[column] += 1
    }
  }

  init(
    source: DataSource, text: TextFile, dialect: TableDialect, plan: TablePlan,
    labelIsGuessed: Bool, missing: MissingRule
  ) {
    (self.source, self.text, self.dialect, self.plan) = (source, text, dialect, plan)
    (self.labelIsGuessed, self.missing) = (labelIsGuessed, missing)
    (columns, features, others) = (plan.kinds.count, plan.numberCount, plan.others)
    textCount = plan.texts.count
  }

  private var delimiter: UInt8 { dialect.delimiter }
  /// The number of cells of a row.
  private let columns: Int
  /// The number of columns of numbers.
  private let features: Int
  /// The columns that are no numbers, in order.
  private let others: [Int]
  private let textCount: Int

  /// Reads the rows from an offset on, at which a row begins.
  ///
  /// - Parameters:
  ///   - line: the line of the first row.
  ///   - chunkSize: approximate bytes of a chunk; no result depends on it.
  /// - Throws: `DataError` for the first row that is wrong, `MemoryRefused`, `Interrupted`.
  func read(from start: Int, line firstLine: Int, chunkSize: Int) throws -> Table {
    let chunks = try TextChunk.cut(
      text, from: start, firstLine: firstLine, counting: UInt8(ascii: "\""), size: chunkSize)
    if !text.isInMemory, chunks.contains(where: { $0.marks > 0 }) {
      // Chunks that were cut inside of a cell are read again, from any position to any other.
      return try inMemory().read(from: start, line: firstLine, chunkSize: chunkSize)
    }
    // Each row takes at least a line, and a byte for each cell. It may begin in one chunk and end
    // in another.
    let rooms = chunks.map { min($0.lines, $0.range.count / max(columns, 1) + 1) }
    let cuts = Cuts(
      chunks: chunks, rooms: rooms,
      firstRows: rooms.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) })
    return try plan.beginsWithBytes
      ? bytes(cuts, from: start) ?? numbers(cuts, from: start)
      : numbers(cuts, from: start)
  }

  /// The table as bytes; nil where a number is not a byte.
  private func bytes(_ cuts: Cuts, from start: Int) throws -> Table? {
    var parts: [Rows] = []
    do {
      let matrix = try ByteMatrix(rows: cuts.bound, columns: features) { target in
        guard let base = target.baseAddress else { return }
        parts = try fill(.bytes(base), cuts, from: start)
      }
      let count = parts.reduce(0) { $0 + $1.count }
      if count == cuts.bound { return table(Features(matrix), parts) }
      let fitting = try ByteMatrix(rows: count, columns: features) { target in
        for i in 0..<target.count { target[i] = matrix.entries[i] }
      }
      return table(Features(fitting), parts)
    } catch is NoByte {
      return nil
    }
  }

  /// The table by way of doubles.
  private func numbers(_ cuts: Cuts, from start: Int) throws -> Table {
    try MemoryLimit.require(rows: cuts.bound, columns: features, bytesPerEntry: 8)
    let buffer = Buffer(uninitialized: cuts.bound * features)
    let parts = try fill(.doubles(buffer.pointer), cuts, from: start)
    let form = parts.reduce(into: NarrowestForm()) { $0.include($1.form) }
    let matrix = Matrix(
      rows: parts.reduce(0) { $0 + $1.count }, columns: features, sharing: buffer)
    return table(try form.features(matrix), parts)
  }

  private func table(_ numbers: Features, _ parts: [Rows]) -> Table {
    var missing: [Int] = []
    for part in parts where !part.missing.isEmpty {
      missing = missing.isEmpty ? part.missing : zip(missing, part.missing).map { $0 + $1 }
    }
    return Table(
      numbers: numbers, labels: LabelTable.joined(parts.map(\.labels)),
      texts: (0..<textCount).map { k in LabelTable.joined(parts.map { $0.texts[k] }) },
      missing: missing, droppedRows: parts.reduce(0) { $0 + $1.dropped })
  }

  /// Reads all rows into `target`, without gaps.
  private func fill(_ target: Target, _ cuts: Cuts, from start: Int) throws -> [Rows] {
    let chunks = cuts.chunks
    let firstQuote = chunks.firstIndex { $0.marks > 0 } ?? chunks.count
    let places = cuts.firstRows.map { $0 * features }
    var parts = try Parallel.map(chunks.count) { c in
      let chunk = chunks[c]
      do {
        return try text.withPiece(chunk.range) { file, range in
          try rows(
            of: file, in: range, until: range.upperBound, line: chunk.firstLine,
            into: target.advanced(by: places[c]), room: cuts.rooms[c])
        }
      } catch  where c >= firstQuote && (error is DataError || error is TablePlan.Surprise) {
        return Rows(
          texts: textCount, end: chunk.range.upperBound, line: chunk.firstLine, isDoubtful: true)
      }
    }
    // A text on disk has no quotes here, so that all of its chunks are right.
    var position = start
    var line = chunks.first?.firstLine ?? 1
    for (c, chunk) in chunks.enumerated() {
      let end = chunk.range.upperBound
      if position == chunk.range.lowerBound {
        line = chunk.firstLine
        if !parts[c].isDoubtful {
          position = end
          continue
        }
      }
      parts[c] = Rows(texts: textCount, end: position, line: line)
      // A cell may cover the whole chunk.
      guard position < end else { continue }
      parts[c] = try text.withPiece(position..<text.count) { file, range in
        try rows(
          of: file, in: range, until: end, line: line, into: target.advanced(by: places[c]),
          room: cuts.rooms[c])
      }
      (position, line) = (parts[c].end, parts[c].line)
    }
    var count = 0
    for (c, part) in parts.enumerated() {
      // Blank lines, and line ends inside of cells, had room of their own.
      if count != cuts.firstRows[c] {
        target.advanced(by: count * features).move(
          part.count * features, from: places[c] - count * features)
      }
      count += part.count
    }
    return parts
  }

  /// The same reader with all of the text in memory.
  private func inMemory() throws -> TableRowReader {
    TableRowReader(
      source: source, text: TextFile(try text.inMemory()), dialect: dialect, plan: plan,
      labelIsGuessed: labelIsGuessed, missing: missing)
  }

  /// Reads the rows of a part of the text that begin before `until`.
  ///
  /// - Parameters:
  ///   - place: the destination of their numbers.
  ///   - room: the number of rows that fit there.
  /// - Throws: `DataError` for the first row that is wrong, `NoByte`, `Interrupted`.
  private func rows(
    of file: FileBytes, in range: Range<Int>, until: Int, line firstLine: Int,
    into place: Target, room: Int
  ) throws -> Rows {
    var rows = Rows(texts: textCount, end: range.lowerBound, line: firstLine)
    rows.labels.reserve(room)
    // Bytes are read as doubles first, one row at a time.
    let row = Buffer(zeros: features)
    var scanner = TableScanner(
      file, range, line: firstLine, delimiter: delimiter, path: source.path)
    while scanner.position < until, scanner.nextRow(), scanner.position < until {
      if rows.count % 256 == 0 { try Interruption.check() }
      let line = scanner.line
      if missing == .drop, skipIncompleteRow(&scanner) {
        rows.dropped += 1
        (rows.end, rows.line) = (scanner.position, scanner.line)
        continue
      }
      guard rows.count < room else {
        throw DataError("there are more rows than lines", path: source.path, line: line)
      }
      let first =
        if case .doubles(let all) = place { all + rows.count * features } else { row.pointer }
      var target = first
      var column = 0
      var (other, text) = (0, 0)
      var isLast = false
      while !isLast {
        // Up to the next cell that is no number, or the last cell, which no delimiter follows.
        let stop = other < others.count ? others[other] : columns
        let taken = scanner.nextShortNumbers(into: target, atMost: stop - column)
        target += taken
        column += taken
        guard column < columns else { throw try ragged(&scanner, cells: column, line) }
        if column == stop {
          other += 1
          let cell = try scanner.nextCell()
          isLast = cell.isLast
          switch plan.kinds[column] {
          case .label:
            if rows.labels.append(try label(cell, column, line)) {
              try TableReader.refuseForeignCell(cell.bytes, source.path, line)
            }
          case .text:
            let isMissing = TableReader.isMissing(cell.bytes)
            if isMissing { try note(missing: column, line, in: &rows) }
            let bytes = isMissing ? UnsafeBufferPointer(start: nil, count: 0) : cell.bytes
            if rows.texts[text].append(bytes) {
              try TableReader.refuseForeignCell(bytes, source.path, line)
            }
            text += 1
          case .number, .dropped: break
          }
        } else {
          let value =
            try scanner.nextNumber(isLast: &isLast)
            ?? spelledOut(&scanner, column, line, isLast: &isLast)
          if value.isNaN { try note(missing: column, line, in: &rows) }
          target.pointee = value
          target += 1
        }
        column += 1
      }
      guard column == columns else { throw short(cells: column, line) }
      switch place {
      case .doubles: rows.form.include(UnsafeBufferPointer(start: first, count: features))
      case .bytes(let all):
        guard ByteMatrix.narrow(first, count: features, into: all + rows.count * features) else {
          throw NoByte()
        }
      }
      rows.count += 1
      (rows.end, rows.line) = (scanner.position, scanner.line)
    }
    // Blank lines may follow the last row, also in the next chunk.
    rows.end = max(rows.end, until)
    return rows
  }

  /// Skips the next row where a cell is missing; returns whether there was one.
  private func skipIncompleteRow(_ scanner: inout TableScanner) -> Bool {
    var look = scanner
    var (column, isIncomplete) = (0, false)
    while let cell = try? look.nextCell() {
      if plan.kinds.indices.contains(column), plan.kinds[column] != .dropped {
        isIncomplete = isIncomplete || TableReader.isMissing(cell.bytes)
      }
      column += 1
      guard cell.isLast else { continue }
      guard isIncomplete, column == columns else { return false }
      scanner = look
      return true
    }
    return false
  }

  /// Counts a missing value.
  ///
  /// - Throws: `DataError` where there may be none.
  private func note(missing column: Int, _ line: Int, in rows: inout Rows) throws(DataError) {
    guard missing != .error else {
      throw DataError(
        "the value in \(plan.title(column)) is missing", path: source.path, line: line,
        help: "missing=keep reads it as nan; missing=drop leaves the row out")
    }
    rows.count(missing: column, of: columns)
  }

  /// The label in a cell.
  private func label(
    _ cell: TableScanner.Cell, _ column: Int, _ line: Int
  ) throws(DataError) -> UnsafeBufferPointer<UInt8> {
    guard !TableReader.isMissing(cell.bytes) else {
      throw DataError(
        "the label is missing in \(plan.title(column))", path: source.path, line: line,
        help: "missing=drop leaves such rows out; label= names the column of the labels")
    }
    return cell.bytes
  }

  /// The number in a cell without a plain spelling.
  private func spelledOut(
    _ scanner: inout TableScanner, _ column: Int, _ line: Int, isLast: inout Bool
  ) throws -> Double {
    let cell = try scanner.nextCell()
    isLast = cell.isLast
    do {
      return try number(cell, column, line)
    } catch {
      // A wrong number of cells is reported first. Nothing more is known of a column in such a row.
      var count = column + 1
      while !isLast {
        count += 1
        isLast = try scanner.nextCell().isLast
      }
      throw count == columns ? error : short(cells: count, line)
    }
  }

  /// The number in a cell that is quoted or missing.
  ///
  /// - Throws: `DataError` for any other cell; `TablePlan.Surprise` where it changes the plan.
  private func number(
    _ cell: TableScanner.Cell, _ column: Int, _ line: Int
  ) throws -> Double {
    if TableReader.isMissing(cell.bytes) { return .nan }
    if cell.isQuoted, let value = DecimalParser.parse(String(decoding: cell.bytes, as: UTF8.self)) {
      return value
    }
    if TableNormalization.isCommaNumber(cell.bytes), dialect.decimals == .undecided {
      throw TablePlan.Surprise.commas
    }
    if plan.undecided.contains(column) { throw TablePlan.Surprise.text(column: column) }
    var help = "a missing number is an empty cell, NA or nan"
    if plan.label != nil, labelIsGuessed {
      help += "; label= names the column of the labels"
    }
    if TableNormalization.isCommaNumber(cell.bytes) {
      help = "numbers here are written with a decimal point"
    }
    throw DataError(
      "\(Escaping.excerpt(cell.bytes)) in \(plan.title(column)) is not a number",
      path: source.path, line: line, help: help)
  }

  private func short(cells: Int, _ line: Int) -> DataError {
    DataError(
      "this row has \(cells == 1 ? "1 cell" : "\(cells) cells"), and the first row has"
        + " \(columns)", path: source.path, line: line,
      help: dialect.isBlanks
        ? "blanks separate the cells; quote cells that hold some"
        : "the delimiter is \(Escaping.excerpt([delimiter])); quote cells that hold it")
  }

  private func ragged(
    _ scanner: inout TableScanner, cells: Int, _ line: Int
  ) throws -> DataError {
    var count = cells
    while true {
      let cell = try scanner.nextCell()
      count += 1
      if cell.isLast { return short(cells: count, line) }
    }
  }
}
