import LinearAlgebra

/// How a table is written: what separates its cells, and what stands before decimals.
struct TableDialect: Sendable, Equatable {
  /// The mark before the decimals of a number.
  enum Decimals: Sendable {
    case points
    case commas
    /// The first rows have no decimals, so that either may follow.
    case undecided
  }

  /// The byte between cells.
  let delimiter: UInt8
  /// Whether cells are separated by runs of spaces and tabs, which `TableNormalization` makes
  /// single tabs.
  var isBlanks = false
  var decimals = Decimals.points

  /// Whether the text must be changed before it is read.
  var needsNormalization: Bool { isBlanks || decimals == .commas }

  /// As it is said: `semicolons and decimal commas`; nil for plain commas.
  var text: String? {
    let marks = isBlanks ? "blanks" : Self.names.first { $0.byte == delimiter }?.name
    guard decimals == .commas || delimiter != UInt8(ascii: ",") else { return nil }
    return (marks ?? "delimiters") + (decimals == .commas ? " and decimal commas" : "")
  }

  private static let names: [(byte: UInt8, name: String)] = [
    (UInt8(ascii: ","), "commas"), (UInt8(ascii: ";"), "semicolons"),
    (UInt8(ascii: "\t"), "tabs"), (UInt8(ascii: "|"), "vertical bars"),
  ]

  /// The rows that a dialect is judged by.
  private static let rowsToJudge = 20

  /// The dialect of a text, from its first rows: of all delimiters that cut every row into as many
  /// cells, two or more, that whose cells have the fewest other delimiters in them, then that which
  /// leaves the most numbers. Where none does, the first one in the first row, so that the message
  /// about a ragged row can name it.
  ///
  /// - Parameter delimiter: what separates cells, where that is known.
  static func detected(_ head: FileHead, delimiter: UInt8? = nil) throws -> TableDialect {
    if let delimiter {
      let judged = try judge(head, TableDialect(delimiter: delimiter))
      return TableDialect(delimiter: delimiter, decimals: judged?.decimals ?? .points)
    }
    return try regular(head)
      ?? TableDialect(delimiter: firstDelimiter(head) ?? UInt8(ascii: ","))
  }

  /// The dialect in which the first rows are a table of two columns or more; nil for none.
  static func regular(_ head: FileHead) throws -> TableDialect? {
    var best: (dialect: TableDialect, judged: Judgement)?
    let candidates =
      names.map { TableDialect(delimiter: $0.byte) } + [
        TableDialect(delimiter: UInt8(ascii: "\t"), isBlanks: true)
      ]
    for candidate in candidates {
      guard let judged = try judge(head, candidate), judged.isRegular,
        best.map({ judged.isBetter(than: $0.judged) }) ?? true
      else { continue }
      var dialect = candidate
      dialect.decimals = judged.decimals
      best = (dialect, judged)
    }
    return best?.dialect
  }

  /// The first delimiter in the first row, outside of quotes; a comma before all others.
  private static func firstDelimiter(_ head: FileHead) -> UInt8? {
    var isInside = false
    var found: Set<UInt8> = []
    for byte in head.lines(1).first ?? [] {
      if byte == UInt8(ascii: "\"") { isInside.toggle() }
      if !isInside { found.insert(byte) }
    }
    return names.map(\.byte).first { found.contains($0) }
  }

  /// The first rows in a dialect.
  private struct Judgement {
    /// Whether all rows have as many cells, two or more.
    let isRegular: Bool
    /// The share of cells that are numbers or missing.
    let numbers: Double
    /// The number of cells without quotes that hold another delimiter, but for a decimal comma, or
    /// begin with a number before a blank.
    let foreign: Int
    let decimals: Decimals

    func isBetter(than other: Judgement) -> Bool {
      (other.foreign, numbers) > (foreign, other.numbers)
    }
  }

  /// Whether a number comes before a blank.
  private static func beginsWithNumber(_ text: String) -> Bool {
    guard let blank = text.firstIndex(of: " ") else { return false }
    return DecimalParser.parse(String(text[..<blank])) != nil
  }

  /// Nil where there is no whole row.
  private static func judge(_ head: FileHead, _ dialect: TableDialect) throws -> Judgement? {
    var bytes = head.bytes
    if !head.isWhole, let end = bytes.lastIndex(where: { $0 == 10 || $0 == 13 }) {
      bytes.removeLast(bytes.count - end - 1)
    }
    let file = try FileBytes(bytes)
    if dialect.isBlanks { TableNormalization.collapseBlanks(file) }
    return withExtendedLifetime(file) {
      var scanner = TableScanner(file, delimiter: dialect.delimiter, path: "")
      var widths: [Int] = []
      var (cells, numbers, numbersBelow, commas, points, foreign) = (0, 0, 0, 0, 0, 0)
      while widths.count < rowsToJudge, scanner.nextRow() {
        var width = 0
        while let cell = try? scanner.nextCell() {
          width += 1
          let text = String(decoding: cell.bytes, as: UTF8.self)
          let isCommaNumber =
            dialect.delimiter != UInt8(ascii: ",") && TableNormalization.isCommaNumber(cell.bytes)
          let isNumber = DecimalParser.parse(text) != nil
          if isCommaNumber { commas += 1 }
          if isNumber, text.utf8.contains(UInt8(ascii: ".")) { points += 1 }
          if isCommaNumber || isNumber || TableReader.isMissing(text) {
            numbers += 1
            if !widths.isEmpty { numbersBelow += 1 }
          }
          let isForeign =
            names.contains { text.utf8.contains($0.byte) } || beginsWithNumber(text)
          if isForeign, !isCommaNumber, !cell.isQuoted { foreign += 1 }
          if cell.isLast { break }
        }
        widths.append(width)
        cells += width
      }
      guard let first = widths.first, cells > 0 else { return nil }
      let share = Double(numbers) / Double(cells)
      return Judgement(
        // Words of a sentence are no cells: below the first row, there is a number in each.
        isRegular: first > 1 && widths.allSatisfy { $0 == first }
          && (!dialect.isBlanks
            || foreign == 0 && numbers > 0 && numbersBelow >= widths.count - 1),
        numbers: share, foreign: foreign,
        decimals: dialect.delimiter == UInt8(ascii: ",")
          ? .points : points > 0 ? .points : commas > 0 ? .commas : .undecided)
    }
  }
}
