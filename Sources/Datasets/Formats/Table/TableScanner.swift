import Text
import LinearAlgebra

/// Reads the cells of a table in order, with quotes as in RFC 4180.
struct TableScanner {
  /// A cell: its bytes without quotes, and whether it ends its row.
  struct Cell {
    let bytes: UnsafeBufferPointer<UInt8>
    let isQuoted: Bool
    let isLast: Bool
  }

  private let file: FileBytes
  private let text: UnsafeMutablePointer<UInt8>
  private let end: Int
  private let delimiter: UInt8
  /// The delimiter, repeated eight times.
  private let delimiters: UInt64
  private let path: String
  private let scratch = CellScratch()
  /// The offset of the next cell.
  private(set) var position: Int
  /// The present line, from 1.
  private(set) var line: Int

  /// Starts at the beginning of a text, after a byte order mark.
  init(_ file: FileBytes, delimiter: UInt8, path: String) {
    let start = file.withBytes({ $0.starts(with: [0xEF, 0xBB, 0xBF]) }) ? 3 : 0
    self.init(file, start..<file.count, line: 1, delimiter: delimiter, path: path)
  }

  /// Reads a part of a text as if there were no more of it. The part must begin where a row does,
  /// and end after a line end or with the text.
  init(_ file: FileBytes, _ range: Range<Int>, line: Int, delimiter: UInt8, path: String) {
    self.file = file
    text = file.pointer
    end = range.upperBound
    self.delimiter = delimiter
    delimiters = 0x0101_0101_0101_0101 &* UInt64(delimiter)
    self.path = path
    position = range.lowerBound
    self.line = line
  }

  /// Goes to the next row that is not blank; false at the end.
  mutating func nextRow() -> Bool {
    while position < end {
      var i = position
      while i < end && text[i] == 32 { i += 1 }
      if i == end { break }
      if text[i] != 10 && text[i] != 13 { return true }
      position = i
      endLine()
    }
    position = end
    return false
  }

  /// Reads at most `limit` numbers in the shortest spellings into `target`, as long as a delimiter
  /// follows each. Returns their number; `nextNumber` continues at the next cell.
  mutating func nextShortNumbers(
    into target: UnsafeMutablePointer<Double>, atMost limit: Int
  ) -> Int {
    let (text, delimiters) = (UnsafePointer(self.text), self.delimiters)
    var (i, count) = (position, 0)
    while count < limit,
      let found = DecimalParser.short(text, from: i, endedBy: delimiters)
    {
      target[count] = found.value
      count &+= 1
      i = found.end &+ 1
    }
    position = i
    return count
  }

  /// The number in the next cell. Nil where the cell is not just a number; then the position stays.
  @inline(__always)
  mutating func nextNumber(isLast: inout Bool) -> Double? {
    // Digits end at the line's end at the latest, so never beyond the part that is read.
    if let found = DecimalParser.plain(text, from: position) {
      let next = text[found.end]
      if next == delimiter {
        position = found.end + 1
        isLast = false
        return found.value
      }
      if next == 10 {
        position = found.end + 1
        line += 1
        isLast = true
        return found.value
      }
    }
    return nextSpelledNumber(isLast: &isLast)
  }

  /// The same for numbers in any spelling.
  @inline(never)
  private mutating func nextSpelledNumber(isLast: inout Bool) -> Double? {
    var i = position
    while i < end && text[i] == 32 { i += 1 }
    guard let found = DecimalParser.parse(text, from: i, to: end) else { return nil }
    i = found.end
    while i < end && text[i] == 32 { i += 1 }
    if i < end && text[i] == delimiter {
      position = i + 1
      isLast = false
      return found.value
    }
    guard i == end || text[i] == 10 || text[i] == 13 else { return nil }
    position = i
    endLine()
    isLast = true
    return found.value
  }

  /// The next cell; its bytes are valid until the cell after it is read.
  mutating func nextCell() throws(DataError) -> Cell {
    var i = position
    while i < end && text[i] == 32 { i += 1 }
    if i < end && text[i] == UInt8(ascii: "\"") { return try quotedCell(from: i) }
    let start = i
    while i < end && text[i] != delimiter && text[i] != 10 && text[i] != 13 { i += 1 }
    var last = i
    while last > start && text[last - 1] == 32 { last -= 1 }
    return cell(start..<last, isQuoted: false, endsAt: i)
  }

  private mutating func quotedCell(from quote: Int) throws(DataError) -> Cell {
    let firstLine = line
    var read = quote + 1
    var pieces: [UInt8]?
    let start = read
    while true {
      guard read < end else {
        throw DataError(
          "the quote that begins here is never closed", path: path, line: firstLine,
          help: "a quote inside a quoted cell is written twice")
      }
      if text[read] == UInt8(ascii: "\"") {
        guard read + 1 < end, text[read + 1] == UInt8(ascii: "\"") else { break }
        if pieces == nil { pieces = Array(UnsafeBufferPointer(rebasing: slice(start..<read))) }
        pieces?.append(UInt8(ascii: "\""))
        read += 2
        continue
      }
      if text[read] == 10 || text[read] == 13 && !(read + 1 < end && text[read + 1] == 10) {
        line += 1
      }
      pieces?.append(text[read])
      read += 1
    }
    if let pieces { scratch.bytes = pieces }
    var i = read + 1
    while i < end && text[i] == 32 { i += 1 }
    guard i == end || text[i] == delimiter || text[i] == 10 || text[i] == 13 else {
      var stop = i
      while stop < end && text[stop] != delimiter && text[stop] != 10 && text[stop] != 13 {
        stop += 1
      }
      throw DataError(
        "text follows the closing quote of a cell: \(Escaping.excerpt(slice(i..<stop)))",
        path: path, line: line, help: "a quote inside a quoted cell is written twice")
    }
    let plain = cell(start..<read, isQuoted: true, endsAt: i)
    guard pieces != nil else { return plain }
    return Cell(bytes: scratch.buffer, isQuoted: true, isLast: plain.isLast)
  }

  private func slice(_ range: Range<Int>) -> Slice<UnsafeBufferPointer<UInt8>> {
    UnsafeBufferPointer(start: text, count: end)[range]
  }

  private mutating func cell(_ range: Range<Int>, isQuoted: Bool, endsAt i: Int) -> Cell {
    let bytes = UnsafeBufferPointer(rebasing: slice(range))
    if i < end && text[i] == delimiter {
      position = i + 1
      return Cell(bytes: bytes, isQuoted: isQuoted, isLast: false)
    }
    position = i
    endLine()
    return Cell(bytes: bytes, isQuoted: isQuoted, isLast: true)
  }

  /// Skips the end of a line.
  private mutating func endLine() {
    guard position < end else { return }
    if text[position] == 13 && position + 1 < end && text[position + 1] == 10 { position += 1 }
    position += 1
    line += 1
  }
}

/// A buffer for a cell with doubled quotes, followed by a zero byte.
final class CellScratch {
  private var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
  private var count = 0

  var bytes: [UInt8] {
    get { Array(buffer) }
    set {
      memory.deallocate()
      count = newValue.count
      memory = .allocate(capacity: count + 1)
      memory.initialize(repeating: 0, count: count + 1)
      for i in 0..<count { memory[i] = newValue[i] }
    }
  }

  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory, count: count) }

  deinit { memory.deallocate() }
}
