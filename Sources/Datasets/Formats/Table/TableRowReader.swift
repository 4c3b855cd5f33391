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
  let delimiter: UInt8
  /// The names of the columns; nil where there are none.
  let names: [String]?
  /// The number of cells of a row.
  let columns: Int
  /// The column of the label; nil for none.
  let label: Int?
  /// Whether the column of the label was guessed.
  let labelIsGuessed: Bool
  /// Whether the first rows hold bytes only, so that all may.
  let beginsWithBytes: Bool

  /// The features of all rows, in the narrowest form, and their labels.
  struct Table {
    let features: Features
    let labels: LabelTable
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
    var form = NarrowestForm()
    /// The offset at which the next row may begin, and its line.
    var end: Int
    var line: Int
    /// Whether there was an error, perhaps because no row begins where the chunk does.
    var isDoubtful = false
  }

  /// The number of features: cells of a row without the label.
  private var features: Int { label == nil ? columns : columns - 1 }

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
    return try beginsWithBytes
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
      let labels = LabelTable.joined(parts.map(\.labels))
      if count == cuts.bound { return Table(features: Features(matrix), labels: labels) }
      let fitting = try ByteMatrix(rows: count, columns: features) { target in
        for i in 0..<target.count { target[i] = matrix.entries[i] }
      }
      return Table(features: Features(fitting), labels: labels)
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
    return Table(
      features: try form.features(matrix), labels: LabelTable.joined(parts.map(\.labels)))
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
      } catch is DataError where c >= firstQuote {
        return Rows(end: chunk.range.upperBound, line: chunk.firstLine, isDoubtful: true)
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
      parts[c] = Rows(end: position, line: line)
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
    let bytes = try source.readAll()
    return TableRowReader(
      source: source, text: TextFile(bytes), delimiter: delimiter, names: names, columns: columns,
      label: label, labelIsGuessed: labelIsGuessed, beginsWithBytes: beginsWithBytes)
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
    var rows = Rows(end: range.lowerBound, line: firstLine)
    rows.labels.reserve(room)
    // Bytes are read as doubles first, one row at a time.
    let row = Buffer(zeros: features)
    var scanner = TableScanner(
      file, range, line: firstLine, delimiter: delimiter, path: source.path)
    while scanner.position < until, scanner.nextRow(), scanner.position < until {
      if rows.count % 256 == 0 { try Interruption.check() }
      let line = scanner.line
      guard rows.count < room else {
        throw DataError("there are more rows than lines", path: source.path, line: line)
      }
      let first =
        if case .doubles(let all) = place { all + rows.count * features } else { row.pointer }
      var target = first
      var column = 0
      var isLast = false
      while !isLast {
        // Up to the label or the last cell, which no delimiter follows.
        let stop = label.map { $0 < column ? columns : $0 } ?? columns
        let taken = scanner.nextShortNumbers(into: target, atMost: stop - column)
        target += taken
        column += taken
        guard column < columns else { throw try ragged(&scanner, cells: column, line) }
        if column == label {
          let cell = try scanner.nextCell()
          if TableReader.isMissing(cell.bytes) {
            throw DataError(
              "the label is missing in \(name(column))", path: source.path, line: line,
              help: "remove the row, or name the column of the labels with label=")
          }
          rows.labels.append(cell.bytes)
          isLast = cell.isLast
        } else {
          if let value = scanner.nextNumber(isLast: &isLast) {
            target.pointee = value
          } else {
            target.pointee = try spelledOut(&scanner, column, line, isLast: &isLast)
          }
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

  /// The number in a cell without a plain spelling.
  private func spelledOut(
    _ scanner: inout TableScanner, _ column: Int, _ line: Int, isLast: inout Bool
  ) throws -> Double {
    let cell = try scanner.nextCell()
    isLast = cell.isLast
    do {
      return try number(cell, column, line)
    } catch {
      // A wrong number of cells is reported first.
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
  /// - Throws: `DataError` for any other cell.
  private func number(
    _ cell: TableScanner.Cell, _ column: Int, _ line: Int
  ) throws(DataError) -> Double {
    if TableReader.isMissing(cell.bytes) { return .nan }
    if cell.isQuoted, let value = DecimalParser.parse(String(decoding: cell.bytes, as: UTF8.self)) {
      return value
    }
    var help = "a missing number is an empty cell, NA or nan"
    if label != nil, labelIsGuessed {
      help += "; label= names the column of the labels"
    }
    if cell.bytes.contains(UInt8(ascii: ",")) && delimiter != UInt8(ascii: ",") {
      help = "numbers are written with a decimal point"
    }
    throw DataError(
      "\(Escaping.excerpt(cell.bytes)) in \(name(column)) is not a number",
      path: source.path, line: line, help: help)
  }

  private func name(_ column: Int) -> String {
    guard let names, names.indices.contains(column) else { return "column \(column + 1)" }
    return "column \(Escaping.excerpt(names[column]))"
  }

  private func short(cells: Int, _ line: Int) -> DataError {
    DataError(
      "this row has \(cells == 1 ? "1 cell" : "\(cells) cells"), and the first row has"
        + " \(columns)", path: source.path, line: line,
      help: "the delimiter is \(Escaping.excerpt([delimiter]));"
        + " quote cells that hold it")
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
