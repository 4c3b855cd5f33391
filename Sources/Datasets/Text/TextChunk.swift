import LinearAlgebra

/// A part of a text that begins where a line begins and ends where one ends, so that parts can be
/// read on all cores. The cuts depend on the text and the size of a chunk, never on the threads.
struct TextChunk: Sendable {
  let range: Range<Int>
  /// The number of its first line, from 1.
  let firstLine: Int
  /// The number of lines that begin in it.
  let lines: Int
  /// The number of occurrences of the counted byte.
  let marks: Int

  /// Approximate bytes of a chunk; few enough for a core's cache.
  static let usualSize = 1 << 18

  /// Cuts a text from an offset on, at which a line begins.
  ///
  /// - Parameters:
  ///   - firstLine: the number of that line.
  ///   - mark: a byte to count in each chunk.
  ///   - size: the bytes of a stretch. Its last line end is the end of a chunk.
  /// - Throws: as `TextFile.withPiece`.
  static func cut(
    _ text: TextFile, from start: Int, firstLine: Int, counting mark: UInt8, size: Int
  ) throws -> [TextChunk] {
    let length = max(0, text.count - start)
    let size = max(1, min(size, length))
    let stretches = try Parallel.map((length + size - 1) / size) { s in
      try Interruption.check()
      let from = start + s * size
      let to = min(from + size, text.count)
      // With the byte after it, which may be the second half of a line end.
      return try text.withPiece(from..<min(to + 1, text.count)) { bytes, range in
        Stretch(bytes.pointer + range.lowerBound, to - from, of: range.count, counting: mark)
      }
    }
    var chunks: [TextChunk] = []
    var (from, line, marks) = (start, firstLine, 0)
    for (s, stretch) in stretches.enumerated() {
      if stretch.lines > 0 {
        let to = start + s * size + stretch.end
        chunks.append(
          TextChunk(
            range: from..<to, firstLine: line, lines: stretch.lines,
            marks: marks + stretch.marks))
        from = to
        line += stretch.lines
        marks = 0
      }
      marks += stretch.laterMarks + (stretch.lines > 0 ? 0 : stretch.marks)
    }
    if from < text.count {
      chunks.append(TextChunk(range: from..<text.count, firstLine: line, lines: 1, marks: marks))
    }
    return chunks
  }

  /// The end of the line of a byte: the offset of the first byte 10 or 13 from `start` on, or
  /// `end`.
  static func endOfLine(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    var i = start
    // 64 bytes at once while none of them ends the line.
    while i + 64 <= end {
      var hits: UInt8 = 0
      for k in i..<i + 64 { hits |= (text[k] == 10 ? 1 : 0) | (text[k] == 13 ? 1 : 0) }
      if hits != 0 { break }
      i += 64
    }
    while i < end && text[i] != 10 && text[i] != 13 { i += 1 }
    return i
  }
}

/// The counts of a stretch of a text.
private struct Stretch: Sendable {
  /// The number of lines that end in it. Of a carriage return and a line feed, the feed ends the
  /// line.
  var lines = 0
  /// The end of the last of them.
  var end = 0
  /// The number of marks up to that end, and after it.
  var marks = 0
  var laterMarks = 0

  /// Counts in the first `count` bytes, of `readable` ones.
  init(_ text: UnsafePointer<UInt8>, _ count: Int, of readable: Int, counting mark: UInt8) {
    // 16 bytes at once, and so few times that the counts of each lane fit in a byte.
    typealias Bytes = SIMD16<UInt8>
    let (feed, carriageReturn) = (Bytes(repeating: 10), Bytes(repeating: 13))
    let marked = Bytes(repeating: mark)
    let one = Bytes(repeating: 1)
    var (feeds, returns) = (0, 0)
    var i = 0
    while i + 16 <= count {
      let stop = min(i + 16 * 255, count - 15)
      var (feedsHere, returnsHere, marksHere) = (Bytes(), Bytes(), Bytes())
      while i < stop {
        let bytes = UnsafeRawPointer(text + i).loadUnaligned(as: Bytes.self)
        feedsHere.replace(with: feedsHere &+ one, where: bytes .== feed)
        returnsHere.replace(with: returnsHere &+ one, where: bytes .== carriageReturn)
        marksHere.replace(with: marksHere &+ one, where: bytes .== marked)
        i += 16
      }
      for k in 0..<16 {
        feeds += Int(feedsHere[k])
        returns += Int(returnsHere[k])
        marks += Int(marksHere[k])
      }
    }
    while i < count {
      feeds += text[i] == 10 ? 1 : 0
      returns += text[i] == 13 ? 1 : 0
      marks += text[i] == mark ? 1 : 0
      i += 1
    }
    func endsLine(_ k: Int) -> Bool {
      text[k] == 10 || text[k] == 13 && !(k + 1 < readable && text[k + 1] == 10)
    }
    lines = feeds
    if returns > 0 {
      for k in 0..<count where text[k] == 13 && endsLine(k) { lines += 1 }
    }
    guard lines > 0 else { return }
    end = count
    while !endsLine(end - 1) {
      end -= 1
      if text[end] == mark { laterMarks += 1 }
    }
    marks -= laterMarks
  }
}
