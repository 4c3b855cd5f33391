import Text
import LinearAlgebra

/// The rows of a chunk of a text in LIBSVM's format.
///
/// Most lines have a plain spelling: indices of fewer than eight digits, and numbers that
/// `DecimalParser.plain` knows. These are read in one go. Any other line is read again from its
/// beginning, by a parser that knows all spellings and errors.
struct LIBSVMRows: Sendable {
  /// The labels of the rows.
  let labels: LabelTable
  /// The largest index.
  let columns: Int
  /// The end of the entries of each row, counted from the first entry of the chunk.
  let ends: [Int]
  /// The narrowest form of the entries.
  let form: NarrowestForm
  /// The buffer of the entries.
  let entries: LIBSVMEntries

  /// Reads a chunk, in which colons were counted, from a range of the bytes.
  ///
  /// - Parameter entries: room for as many entries as there are colons.
  /// - Throws: `DataError` for the first line that is wrong, `Interrupted`.
  init(
    _ file: FileBytes, _ range: Range<Int>, of chunk: TextChunk, path: String,
    into entries: LIBSVMEntries
  ) throws {
    var lines = Lines(file, range, chunk, path: path, entries)
    try lines.read()
    labels = lines.labels
    columns = lines.columns
    ends = lines.ends
    self.entries = entries
    var form = NarrowestForm()
    form.include(UnsafeBufferPointer(start: entries.values, count: lines.count))
    self.form = form
  }

  /// The number of entries: all that are not 0, and −0.
  var count: Int { ends.last ?? 0 }

  /// The indices of the entries of row `i`.
  func entryNumbers(ofRow i: Int) -> Range<Int> { (i == 0 ? 0 : ends[i - 1])..<ends[i] }
}

/// The lines of a chunk, and the results of reading them.
private struct Lines {
  let file: FileBytes
  let range: Range<Int>
  let chunk: TextChunk
  let path: String
  var labels = LabelTable()
  var columns = 0
  var ends: [Int] = []
  var count = 0
  let indices: UnsafeMutablePointer<Int32>
  let values: UnsafeMutablePointer<Double>

  init(
    _ file: FileBytes, _ range: Range<Int>, _ chunk: TextChunk, path: String,
    _ entries: LIBSVMEntries
  ) {
    (self.file, self.range, self.chunk, self.path) = (file, range, chunk, path)
    (indices, values) = (entries.indices, entries.values)
    ends.reserveCapacity(chunk.lines)
  }

  mutating func read() throws {
    let file = self.file
    defer { withExtendedLifetime(file) {} }
    let text = UnsafePointer(file.pointer)
    let end = range.upperBound
    var i = range.lowerBound
    var line = chunk.firstLine
    while i < end {
      if line % 256 == 0 { try Interruption.check() }
      var stop: Int
      if let plain = readPlainly(text, i) {
        stop = plain
      } else {
        stop = TextChunk.endOfLine(text, from: i, to: end)
        try read(text, i, stop, line)
      }
      if text[stop] == 13 && stop + 1 < end && text[stop + 1] == 10 { stop += 1 }
      i = stop + 1
      line += 1
    }
  }

  /// Reads the line that begins at `start` and returns its end. Returns nil, and changes nothing,
  /// for a line without a plain spelling, or one that no line end follows.
  @inline(__always)
  private mutating func readPlainly(_ text: UnsafePointer<UInt8>, _ start: Int) -> Int? {
    var i = start
    while text[i] == 32 || text[i] == 9 { i += 1 }
    let labelStart = i
    guard let label = DecimalParser.plain(text, from: i), Self.endsWord(text[label.end]) else {
      return nil
    }
    i = label.end
    var count = self.count
    var last: UInt64 = 0
    while true {
      (i, last, count) = readShortEntries(text, i, after: last, count)
      while text[i] == 32 || text[i] == 9 { i += 1 }
      let eight = DecimalParser.eightBytes(text + i)
      let digits = DecimalParser.digitCount(eight)
      if digits == 0 && Self.endsWord(text[i]) { break }
      let index = DecimalParser.number(eight, digits: digits)
      guard digits < 8, text[i + digits] == UInt8(ascii: ":"), index > last,
        let value = DecimalParser.plain(text, from: i + digits + 1), Self.endsWord(text[value.end])
      else { return nil }
      i = value.end
      last = index
      // There is room, since this entry has a colon.
      indices[count] = Int32(truncatingIfNeeded: index) - 1
      values[count] = value.value
      count += value.value.bitPattern == 0 ? 0 : 1
    }
    labels.append(UnsafeBufferPointer(start: text + labelStart, count: label.end - labelStart))
    columns = max(columns, Int(last))
    ends.append(count)
    self.count = count
    if text[i] == UInt8(ascii: "#") {
      i = TextChunk.endOfLine(text, from: i, to: range.upperBound)
    }
    return i
  }

  /// Reads entries in the shortest spellings, as long as a space follows them. Returns the start of
  /// the next one, the last index, and the number of entries so far.
  private func readShortEntries(
    _ text: UnsafePointer<UInt8>, _ start: Int, after lastBefore: UInt64, _ countBefore: Int
  ) -> (Int, UInt64, Int) {
    let (indices, values) = (self.indices, self.values)
    let spaces: UInt64 = 0x2020_2020_2020_2020
    var (i, last, count) = (start, lastBefore, countBefore)
    if text[i] == 32 { i &+= 1 }
    while true {
      let eight = DecimalParser.eightBytes(text + i)
      let digits = DecimalParser.digitCount(eight)
      let index = DecimalParser.number(eight, digits: digits)
      guard digits < 8, text[i &+ digits] == UInt8(ascii: ":"), index > last,
        let value = DecimalParser.short(text, from: i &+ digits &+ 1, endedBy: spaces)
      else { return (i, last, count) }
      last = index
      indices[count] = Int32(truncatingIfNeeded: index &- 1)
      values[count] = value.value
      count &+= value.value.bitPattern == 0 ? 0 : 1
      i = value.end &+ 1
    }
  }

  /// Whether a byte is a space, a tab, the end of a line or the beginning of a comment.
  @inline(__always)
  private static func endsWord(_ byte: UInt8) -> Bool {
    let ends: UInt64 = 1 << 9 | 1 << 10 | 1 << 13 | 1 << 32 | 1 << 35
    return byte < 64 && ends &>> UInt64(byte) & 1 == 1
  }

  /// Reads a line in any spelling.
  private mutating func read(
    _ text: UnsafePointer<UInt8>, _ from: Int, _ lineEnd: Int, _ line: Int
  ) throws(DataError) {
    var i = from
    var end = lineEnd
    if let comment = UnsafeBufferPointer(start: text + from, count: end - from)
      .firstIndex(of: UInt8(ascii: "#"))
    {
      end = from + comment
    }
    func skipSpaces() { while i < end && (text[i] == 32 || text[i] == 9) { i += 1 } }
    func word() -> UnsafeBufferPointer<UInt8> {
      var stop = i
      while stop < end && text[stop] != 32 && text[stop] != 9 { stop += 1 }
      return UnsafeBufferPointer(start: text + i, count: stop - i)
    }
    func fail(_ message: String, help: String? = nil) -> DataError {
      DataError("column \(i - from + 1): \(message)", path: path, line: line, help: help)
    }
    skipSpaces()
    guard i < end else { return }
    let label = word()
    guard let number = DecimalParser.parse(text, from: i, to: end), number.end == i + label.count,
      !number.value.isNaN
    else {
      if label.contains(UInt8(ascii: ":")) {
        throw fail(
          "the label is missing before \(Escaping.excerpt(label))",
          help: "each line begins with its label")
      }
      throw fail(
        "the label \(Escaping.excerpt(label)) is not a number",
        help: "labels are numbers, such as +1 and -1")
    }
    labels.append(label)
    i = number.end
    var last = 0
    while true {
      skipSpaces()
      guard i < end else { break }
      let pair = word()
      let start = i
      var index = 0
      while i < end, case let digit = text[i] &- 48, digit < 10 {
        index = min(index * 10 + Int(digit), 1 << 59)
        i += 1
      }
      guard i > start, i < end, text[i] == UInt8(ascii: ":") else {
        i = start
        if pair.starts(with: Array("qid:".utf8)) {
          throw fail("ranking data (qid:) are not read")
        }
        throw fail(
          pair.contains(UInt8(ascii: ":"))
            ? "\(Escaping.excerpt(pair)) does not begin with a whole number from 1"
            : "\(Escaping.excerpt(pair)) has no colon",
          help: "features are index:value, such as 3:0.5")
      }
      guard index > 0 else {
        i = start
        throw fail("index 0: indices begin at 1", help: "add 1 to every index")
      }
      guard index <= SparseMatrix.mostColumns else {
        let digits = UnsafeBufferPointer(start: text + start, count: i - start)
        i = start
        throw fail(
          "index \(Escaping.excerpt(digits)) is too large",
          help: "indices go up to \(SparseMatrix.mostColumns)")
      }
      guard index > last else {
        i = start
        throw fail(
          index == last
            ? "index \(index) is there twice" : "index \(index) comes after \(last)",
          help: "indices ascend in a row")
      }
      let valueStart = i + 1
      guard let value = DecimalParser.parse(text, from: valueStart, to: end),
        value.end == start + pair.count
      else {
        i = valueStart
        let piece = UnsafeBufferPointer(
          start: text + valueStart, count: start + pair.count - valueStart)
        throw fail("\(Escaping.excerpt(piece)) is not a number")
      }
      i = value.end
      last = index
      if value.value.bitPattern != 0 {
        indices[count] = Int32(truncatingIfNeeded: index - 1)
        values[count] = value.value
        count += 1
      }
    }
    columns = max(columns, last)
    ends.append(count)
  }
}
