import CLibEdit

/// What a terminal of the xterm family shows for the bytes that it gets: as much of it as the
/// program sends. What it does not know it notes, so that a test can fail for it.
struct Screen {
  /// A cell: a character, or the right half of a wide one.
  enum Cell: Equatable { case character(Unicode.Scalar), rightHalf }

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
  /// True once colors were asked for.
  private(set) var hasSeenColor = false

  private var isWrapPending = false
  private var saved = (row: 0, column: 0)
  private var pending: [UInt8] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Self.blankRow(columns), count: rows)
  }

  private static func blankRow(_ columns: Int) -> [Cell] {
    Array(repeating: .character(" "), count: columns)
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
    for case .character(let scalar) in row { line.append(scalar) }
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
    case 0x1B: return escape(Array(rest.prefix(64)))
    case 0x07: bells += 1
    case 0x08:
      column = max(0, column - 1)
      isWrapPending = false
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
    case "m": if parameters != "" && parameters != "0" { hasSeenColor = true }
    case "h", "l": break
    default: unknown.append("control \(parameters)\(final)")
    }
  }

  private mutating func eraseDisplay(_ kind: Int) {
    let below = kind == 0 ? row + 1..<rows : kind == 1 ? 0..<row : 0..<rows
    for i in below { cells[i] = Self.blankRow(columns) }
    if kind < 2 { eraseLine(kind) }
  }

  private mutating func eraseLine(_ kind: Int) {
    let range = kind == 0 ? column..<columns : kind == 1 ? 0..<column + 1 : 0..<columns
    for i in range { cells[row][i] = .character(" ") }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Int(editline_width(wchar_t(bitPattern: scalar.value)))
    guard width > 0 else { return }
    if isWrapPending || column + width > columns {
      column = 0
      lineFeed()
    }
    cells[row][column] = .character(scalar)
    if width == 2 { cells[row][column + 1] = .rightHalf }
    column += width
    isWrapPending = column >= columns
    if isWrapPending { column = columns - 1 }
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if row + 1 < rows {
      row += 1
    } else {
      history.append(Self.text(cells.removeFirst()))
      cells.append(Self.blankRow(columns))
    }
  }
}
