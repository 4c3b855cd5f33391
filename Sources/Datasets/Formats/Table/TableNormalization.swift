import LinearAlgebra

/// Rewrites a table in memory, in place, into a form that the fast reader knows: single tabs for
/// runs of blanks, and points for decimal commas. Lines stay where they are.
enum TableNormalization {
  private static let (quote, comma, tab) = (
    UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\t")
  )

  /// Makes each run of spaces and tabs between two cells one tab, and removes the others. Those
  /// inside of quoted cells stay.
  static func collapseBlanks(_ file: FileBytes) {
    let text = file.pointer
    var (from, to) = (0, 0)
    // Whether blanks were skipped since the last cell of the line.
    var (isGap, isFirst) = (false, true)
    while from < file.count {
      let byte = text[from]
      if byte == 32 || byte == tab {
        isGap = true
        from += 1
        continue
      }
      if byte == 10 || byte == 13 {
        (isGap, isFirst) = (false, true)
        text[to] = byte
        (from, to) = (from + 1, to + 1)
        continue
      }
      let beginsCell = isGap || isFirst
      if isGap && !isFirst {
        text[to] = tab
        to += 1
      }
      (isGap, isFirst) = (false, false)
      let end = beginsCell && byte == quote ? endOfQuoted(text, from, file.count) : from + 1
      while from < end {
        text[to] = text[from]
        (from, to) = (from + 1, to + 1)
      }
    }
    file.hold(to)
  }

  /// Writes a point for the comma of each cell that is a number with a decimal comma.
  ///
  /// - Throws: `DataError` where other numbers have decimal points; `Interrupted`.
  static func replaceCommas(_ file: FileBytes, delimiter: UInt8, path: String) throws {
    let text = file.pointer
    var (start, line) = (0, 1)
    var (commaLine, pointLine): (Int?, Int?) = (nil, nil)
    var cells = 0
    while start < file.count {
      cells += 1
      if cells % 4096 == 0 { try Interruption.check() }
      var end = start
      while end < file.count, text[end] == 32 { end += 1 }
      if end < file.count, text[end] == quote { end = endOfQuoted(text, end, file.count) }
      while end < file.count, text[end] != delimiter, text[end] != 10, text[end] != 13 { end += 1 }
      var cell = start..<end
      while let first = cell.first, text[first] == 32 || text[first] == quote {
        cell = first + 1..<end
      }
      while let last = cell.last, text[last] == 32 || text[last] == quote {
        cell = cell.lowerBound..<last
      }
      let bytes = UnsafeBufferPointer(start: text + cell.lowerBound, count: cell.count)
      if let place = bytes.firstIndex(of: comma) {
        if isCommaNumber(bytes) {
          text[cell.lowerBound + place] = UInt8(ascii: ".")
          commaLine = commaLine ?? line
        }
      } else if pointLine == nil, bytes.contains(UInt8(ascii: ".")),
        DecimalParser.parse(text, from: cell.lowerBound, to: end)?.end == cell.upperBound
      {
        pointLine = line
      }
      if end < file.count, text[end] != delimiter {
        if text[end] == 13, end + 1 < file.count, text[end + 1] == 10 { end += 1 }
        line += 1
      }
      line += UnsafeBufferPointer(start: text + cell.lowerBound, count: cell.count)
        .count { $0 == 10 }
      start = end + 1
    }
    if let commaLine, let pointLine {
      throw DataError(
        "there are numbers with a decimal comma (line \(commaLine)), and with a decimal point",
        path: path, line: pointLine, help: "write all of them with a decimal point")
    }
  }

  /// Whether a cell is a number with one decimal comma and without a point: `-1,5`, `2,5e-3`.
  static func isCommaNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard cell.count <= 64, cell.count(where: { $0 == comma }) == 1,
      !cell.contains(UInt8(ascii: "."))
    else { return false }
    let text = String(decoding: cell.map { $0 == comma ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
    return DecimalParser.parse(text) != nil
  }

  /// The end of the quoted cell that begins at `start`, after its closing quote.
  private static func endOfQuoted(
    _ text: UnsafeMutablePointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    var i = start + 1
    while i < end {
      if text[i] == quote {
        guard i + 1 < end, text[i + 1] == quote else { return i + 1 }
        i += 1
      }
      i += 1
    }
    return end
  }
}
