import Glibc
import Text

/// What a terminal of the xterm family shows for the bytes that it gets: as much of it as the
/// program sends. What it does not know it notes, so that a test can fail for it.
struct Screen {
  /// A cell.
  struct Cell: Equatable {
    /// Its character; nil in the right half of a wide one.
    var scalar: Unicode.Scalar?
    /// The parameters of the sequences that say how it is drawn, such as `1;32`.
    var rendition = ""

    static let blank = Cell(scalar: " ")
  }

  private(set) var columns: Int
  private(set) var rows: Int
  private(set) var cells: [[Cell]]
  private(set) var row = 0
  private(set) var column = 0
  /// Everything that scrolled off the top.
  private(set) var history: [String] = []
  /// Sequences that the model does not know.
  private(set) var unknown: [String] = []
  private(set) var bells = 0
  /// How often the program has asked what the terminal is.
  private(set) var questions = 0
  /// Sequences that are pictures, or pieces of one, without their ends.
  private(set) var pictures: [String] = []
  /// How often marks for pasted text were asked for: once for each prompt.
  private(set) var prompts = 0
  /// How often everything below the cursor was erased.
  private(set) var erasures = 0
  /// True once colors were asked for.
  private(set) var hasSeenColor = false

  /// Rows that the terminal wrapped by itself: their line goes on in the next one.
  private var isWrapped: [Bool]
  private var isWrapPending = false
  private var saved = (row: 0, column: 0)
  private var pending: [UInt8] = []
  private var rendition = ""

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Self.blankRow(columns), count: rows)
    isWrapped = Array(repeating: false, count: rows)
  }

  /// Takes another size as most terminals do: lines that were wrapped are wrapped anew, and the
  /// cursor stays with its character.
  mutating func resize(columns newColumns: Int, rows newRows: Int) {
    var lines: [[Cell]] = []
    var place = (line: 0, offset: 0)
    var goesOn = false
    for (i, row) in cells.enumerated() {
      if !goesOn { lines.append([]) }
      if i == self.row { place = (lines.count - 1, lines[lines.count - 1].count + column) }
      goesOn = isWrapped[i]
      lines[lines.count - 1] += goesOn ? row[...] : row[..<Self.width(of: row)]
    }
    var wrapped: [(row: [Cell], goesOn: Bool)] = []
    var cursor = (row: 0, column: 0)
    for (number, line) in lines.enumerated() {
      let count = max(line.count, number == place.line ? place.offset + 1 : 1)
      for start in stride(from: 0, to: count, by: newColumns) {
        if number == place.line, (start..<start + newColumns).contains(place.offset) {
          cursor = (wrapped.count, place.offset - start)
        }
        let part = Array(line[min(start, line.count)..<min(start + newColumns, line.count)])
        let blank = Self.blankRow(newColumns - part.count)
        wrapped.append((part + blank, start + newColumns < line.count))
      }
    }
    while wrapped.count > newRows, wrapped.count - 1 > cursor.row,
      wrapped[wrapped.count - 1].row == Self.blankRow(newColumns)
    {
      wrapped.removeLast()
    }
    let gone = max(wrapped.count - newRows, 0)
    history += wrapped[..<gone].map { Self.text($0.row) }
    wrapped.removeFirst(gone)
    while wrapped.count < newRows { wrapped.append((Self.blankRow(newColumns), false)) }
    (columns, rows) = (newColumns, newRows)
    (cells, isWrapped) = (wrapped.map(\.row), wrapped.map(\.goesOn))
    (row, column) = (max(cursor.row - gone, 0), cursor.column)
    isWrapPending = false
  }

  /// Cells up to the last that is not blank.
  private static func width(of row: [Cell]) -> Int {
    (row.lastIndex { $0.scalar != " " } ?? -1) + 1
  }

  private static func blankRow(_ columns: Int) -> [Cell] {
    Array(repeating: .blank, count: columns)
  }

  /// The rows as text, without blanks at their ends.
  var lines: [String] { cells.map(Self.text) }

  /// The rows down to the last that has text.
  var text: String {
    var lines = lines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  private static func text(_ row: [Cell]) -> String {
    var line = String.UnicodeScalarView()
    for case let scalar? in row.map(\.scalar) { line.append(scalar) }
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  // MARK: Input

  mutating func receive(_ bytes: some Sequence<UInt8>) {
    pending += bytes
    var rest = pending[...]
    while let first = rest.first {
      guard let used = step(first, rest) else { break }
      rest = rest.dropFirst(used)
    }
    pending = Array(rest)
  }

  /// Takes one character or sequence; nil where it is not whole yet.
  private mutating func step(_ first: UInt8, _ rest: ArraySlice<UInt8>) -> Int? {
    switch first {
    case 0x1B:
      let isString = rest.dropFirst().first.map { Array("_]P".utf8).contains($0) } ?? false
      return isString ? string(Array(rest)) : escape(Array(rest.prefix(64)))
    case 0x07: bells += 1
    case 0x08:
      column = max(0, column - 1)
      isWrapPending = false
    case 0x09: column = min((column / 8 + 1) * 8, columns - 1)
    case 0x0A: lineFeed()
    case 0x0D:
      column = 0
      isWrapPending = false
    case 0x00..<0x20: unknown.append("control \(first)")
    case 0x20..<0x80: put(Unicode.Scalar(first))
    default:
      let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
      guard rest.count >= length else { return nil }
      let character = String(decoding: rest.prefix(length), as: UTF8.self)
      character.unicodeScalars.forEach { put($0) }
      return length
    }
    return 1
  }

  private mutating func escape(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 2 else { return nil }
    switch bytes[1] {
    case UInt8(ascii: "["):
      guard let end = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
        return nil
      }
      control(
        String(decoding: bytes[2..<end], as: UTF8.self), Character(Unicode.Scalar(bytes[end])))
      return end + 1
    case UInt8(ascii: "7"): saved = (row, column)
    case UInt8(ascii: "8"):
      (row, column) = saved
      isWrapPending = false
    case UInt8(ascii: "("): return bytes.count >= 3 ? 3 : nil
    case UInt8(ascii: "="), UInt8(ascii: ">"): break
    default: unknown.append("escape \(Character(Unicode.Scalar(bytes[1])))")
    }
    return 2
  }

  /// Takes a string up to its end: a picture, or the question whether pictures are shown, which the
  /// test may answer.
  private mutating func string(_ bytes: [UInt8]) -> Int? {
    let end = bytes.indices.dropFirst(2).first {
      bytes[$0] == 0x07 || bytes[$0] == UInt8(ascii: "\\") && bytes[$0 - 1] == 0x1B
    }
    guard let end else { return nil }
    let text = String(decoding: bytes[1..<(bytes[end] == 0x07 ? end : end - 1)], as: UTF8.self)
    if text.hasPrefix("_Gi=") { return end + 1 }
    let isKnown = ["_G", "]1337;File=", "P"].contains { text.hasPrefix($0) }
    if isKnown { pictures.append(text) } else { unknown.append("string \(text.prefix(20))") }
    return end + 1
  }

  private mutating func control(_ parameters: String, _ final: Character) {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let first = numbers.first.flatMap { $0 } ?? 0
    let count = max(first, 1)
    if final != "m" { isWrapPending = false }
    switch final {
    case "A": row = max(0, row - count)
    case "B": row = min(rows - 1, row + count)
    case "C": column = min(columns - 1, column + count)
    case "D": column = max(0, column - count)
    case "G": column = min(columns - 1, count - 1)
    case "d": row = min(rows - 1, count - 1)
    case "H", "f":
      row = min(rows - 1, count - 1)
      column = min(columns - 1, max((numbers.count > 1 ? numbers[1] ?? 1 : 1), 1) - 1)
    case "J": eraseDisplay(first)
    case "K": eraseLine(first)
    case "P":
      cells[row].removeSubrange(column..<min(column + count, columns))
      cells[row] += Self.blankRow(columns - cells[row].count)
    case "@":
      cells[row].insert(contentsOf: Self.blankRow(count), at: column)
      cells[row].removeLast(cells[row].count - columns)
    case "m": render(parameters)
    case "h": if parameters == "?2004" { prompts += 1 }
    case "l": break
    // Questions, which the test may answer; "c" is the last of them.
    case "q" where parameters == ">", "t": break
    case "c": questions += 1
    default: unknown.append("control \(parameters)\(final)")
    }
  }

  /// Takes parameters of how text is drawn, of which `0`, or none, is plain.
  private mutating func render(_ parameters: String) {
    var words = parameters.split(separator: ";")[...]
    if words.isEmpty || words.first == "0" {
      rendition = ""
      words = words.dropFirst()
    }
    guard !words.isEmpty else { return }
    hasSeenColor = true
    rendition += (rendition.isEmpty ? "" : ";") + words.joined(separator: ";")
  }

  private mutating func eraseDisplay(_ kind: Int) {
    if kind == 0 { erasures += 1 }
    let below = kind == 0 ? row + 1..<rows : kind == 1 ? 0..<row : 0..<rows
    for i in below {
      cells[i] = Self.blankRow(columns)
      isWrapped[i] = false
    }
    if kind < 2 { eraseLine(kind) }
  }

  private mutating func eraseLine(_ kind: Int) {
    let range = kind == 0 ? column..<columns : kind == 1 ? 0..<column + 1 : 0..<columns
    if kind != 1 { isWrapped[row] = false }
    for i in range { cells[row][i] = .blank }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.cells(of: scalar)
    guard width > 0 else { return }
    if isWrapPending || column + width > columns {
      column = 0
      isWrapped[row] = true
      lineFeed()
    }
    cells[row][column] = Cell(scalar: scalar, rendition: rendition)
    if width == 2 { cells[row][column + 1] = Cell(scalar: nil, rendition: rendition) }
    column += width
    isWrapPending = column >= columns
    if isWrapPending { column = columns - 1 }
  }

  /// Cells of a character by itself, from a table of its own: xterm's idea of what is drawn over
  /// another character and what is wide, as far as tests type it.
  static func cells(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60,
      0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF:
      2
    default: 1
    }
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if row + 1 < rows {
      row += 1
    } else {
      history.append(Self.text(cells.removeFirst()))
      cells.append(Self.blankRow(columns))
      isWrapped.removeFirst()
      isWrapped.append(false)
    }
  }
}
