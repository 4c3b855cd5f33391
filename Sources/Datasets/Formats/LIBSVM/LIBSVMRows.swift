import LinearAlgebra
import Text

/// The rows of a chunk of a text in LIBSVM's format.
///
/// Most lines have a plain spelling: indices of fewer than eight digits, and numbers that
/// `DecimalParser.plain` knows. These are read in one go. Any other line is read again from its
/// beginning, by a parser that knows all spellings and errors.
struct LIBSVMRows: Sendable {
  /// The labels of the rows.
  let labels: LabelTable
  /// The largest index; −1 where there is none.
  let largestIndex: Int
  /// Whether an index is 0, which then counts as the first one.
  let hasIndexZero: Bool
  /// The number of rows with an index that comes again, and the line of the first of them.
  let repeating: (rows: Int, line: Int)
  /// Whether a row is of a query.
  let hasQueries: Bool
  /// The end of the entries of each row, counted from the first entry of the chunk.
  let ends: [Int]
  /// The narrowest form of the entries.
  let form: NarrowestForm
  /// The first of its entries in the memory of all, with indices less 1.
  var firstEntry: Int

  /// Reads a chunk, in which colons were counted, from a range of the bytes.
  ///
  /// - Parameters:
  ///   - entries: room for the entries of all chunks.
  ///   - firstEntry: where there is room for as many entries as there are colons.
  /// - Throws: `DataError` for the first line that is wrong, `Interrupted`.
  init(
    _ file: FileBytes, _ range: Range<Int>, of chunk: TextChunk, path: String,
    into entries: SparseEntries, from firstEntry: Int
  ) throws {
    let values = entries.values + firstEntry
    var lines = Lines(
      file, range, chunk, path: path, indices: entries.indices + firstEntry, values: values)
    try lines.read()
    labels = lines.labels
    (largestIndex, hasIndexZero) = (lines.largestIndex, lines.hasIndexZero)
    (repeating, hasQueries) = (lines.repeating, lines.hasQueries)
    ends = lines.ends
    self.firstEntry = firstEntry
    var form = NarrowestForm()
    form.include(UnsafeBufferPointer(start: values, count: lines.count))
    self.form = form
  }

  /// The number of entries: all that are not 0, and −0.
  var count: Int { ends.last ?? 0 }

  /// The entries of row `i` in the memory of all.
  func entries(ofRow i: Int) -> Range<Int> {
    firstEntry + (i == 0 ? 0 : ends[i - 1])..<firstEntry + ends[i]
  }
}

/// The lines of a chunk, and the results of reading them.
private struct Lines {
  let file: FileBytes
  let range: Range<Int>
  let chunk: TextChunk
  let path: String
  var labels = LabelTable()
  var largestIndex = -1
  var hasIndexZero = false
  var repeating = (rows: 0, line: 0)
  var hasQueries = false
  var ends: [Int] = []
  var count = 0
  let indices: UnsafeMutablePointer<Int32>
  let values: UnsafeMutablePointer<Double>

  init(
    _ file: FileBytes, _ range: Range<Int>, _ chunk: TextChunk, path: String,
    indices: UnsafeMutablePointer<Int32>, values: UnsafeMutablePointer<Double>
  ) {
    (self.file, self.range, self.chunk, self.path) = (file, range, chunk, path)
    (self.indices, self.values) = (indices, values)
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
    while text[i] == 32 || text[i] == 9 { i += 1 }
    // Only the first index can be 0, as indices ascend.
    if text[i] == 48 {
      guard text[i + 1] == UInt8(ascii: ":") else { return nil }
      hasIndexZero = true
    }
    var count = self.count
    var next: UInt64 = 0
    while true {
      (i, next, count) = readShortEntries(text, i, from: next, count)
      while text[i] == 32 || text[i] == 9 { i += 1 }
      let eight = DecimalParser.eightBytes(text + i)
      let digits = DecimalParser.digitCount(eight)
      if digits == 0 && Self.endsWord(text[i]) { break }
      let index = DecimalParser.number(eight, digits: digits)
      guard digits > 0, digits < 8, text[i + digits] == UInt8(ascii: ":"), index >= next,
        let value = DecimalParser.plain(text, from: i + digits + 1), Self.endsWord(text[value.end])
      else { return nil }
      i = value.end
      next = index + 1
      // There is room, since this entry has a colon.
      indices[count] = Int32(truncatingIfNeeded: index) - 1
      values[count] = value.value
      count += value.value.bitPattern == 0 ? 0 : 1
    }
    labels.append(UnsafeBufferPointer(start: text + labelStart, count: label.end - labelStart))
    largestIndex = max(largestIndex, Int(next) - 1)
    ends.append(count)
    self.count = count
    if text[i] == UInt8(ascii: "#") {
      i = TextChunk.endOfLine(text, from: i, to: range.upperBound)
    }
    return i
  }

  /// Reads entries in the shortest spellings, as long as a space follows them. Returns the start of
  /// the next one, the least index that it may have, and the number of entries so far.
  private func readShortEntries(
    _ text: UnsafePointer<UInt8>, _ start: Int, from least: UInt64, _ countBefore: Int
  ) -> (Int, UInt64, Int) {
    let (indices, values) = (self.indices, self.values)
    let spaces: UInt64 = 0x2020_2020_2020_2020
    var (i, next, count) = (start, least, countBefore)
    if text[i] == 32 { i &+= 1 }
    while true {
      let eight = DecimalParser.eightBytes(text + i)
      let digits = DecimalParser.digitCount(eight)
      let index = DecimalParser.number(eight, digits: digits)
      guard digits > 0, digits < 8, text[i &+ digits] == UInt8(ascii: ":"), index >= next,
        let value = DecimalParser.short(text, from: i &+ digits &+ 1, endedBy: spaces)
      else { return (i, next, count) }
      next = index &+ 1
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
    let first = count
    var (last, isAscending) = (-1, true)
    while true {
      skipSpaces()
      guard i < end else { break }
      let pair = word()
      let start = i
      // The group of a ranking is no feature.
      if pair.starts(with: Array("qid:".utf8)) {
        hasQueries = true
        i += pair.count
        continue
      }
      var index = 0
      while i < end, case let digit = text[i] &- 48, digit < 10 {
        index = min(index * 10 + Int(digit), 1 << 59)
        i += 1
      }
      guard i > start, i < end, text[i] == UInt8(ascii: ":") else {
        i = start
        throw fail(
          pair.contains(UInt8(ascii: ":"))
            ? "\(Escaping.excerpt(pair)) does not begin with a whole number from 0"
            : "\(Escaping.excerpt(pair)) has no colon",
          help: "features are index:value, such as 3:0.5")
      }
      guard index <= SparseMatrix.mostColumns else {
        let digits = UnsafeBufferPointer(start: text + start, count: i - start)
        i = start
        throw fail(
          "index \(Escaping.excerpt(digits)) is too large",
          help: "indices go up to \(SparseMatrix.mostColumns)")
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
      if index == 0 { hasIndexZero = true }
      isAscending = isAscending && index > last
      last = index
      largestIndex = max(largestIndex, index)
      if value.value.bitPattern != 0 {
        indices[count] = Int32(truncatingIfNeeded: index - 1)
        values[count] = value.value
        count += 1
      }
    }
    if !isAscending { sort(from: first, line) }
    ends.append(count)
  }

  /// Sorts the entries of the present row by their indices, and adds those of the same index.
  private mutating func sort(from first: Int, _ line: Int) {
    // A stable order, so that sums are those of the order in the file.
    let entries = (first..<count).map { (indices[$0], $0, values[$0]) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    count = first
    var repeats = false
    for (index, _, value) in entries {
      if count > first, indices[count - 1] == index {
        values[count - 1] += value
        repeats = true
      } else {
        indices[count] = index
        values[count] = value
        count += 1
      }
    }
    if repeats { repeating = (repeating.rows + 1, repeating.rows == 0 ? line : repeating.line) }
  }
}
