import LinearAlgebra

/// A stretch of a text that begins where a line begins and ends where one ends: stretches are read
/// on all cores at once. Where a text is cut depends on nothing but the text.
struct TextChunk: Sendable {
  /// Its bytes.
  let range: Range<Int>
  /// The line that it begins with, counted from 1.
  let firstLine: Int
  /// How many lines begin in it.
  let lines: Int
  /// How often the byte that was counted is in it.
  let marks: Int

  /// Bytes of a chunk, more or less; few enough to stay in a core's cache.
  static let usualSize = 1 << 18

  /// Cuts what a text has from an offset on, which is the beginning of a line.
  ///
  /// - Parameters:
  ///   - firstLine: the number of that line.
  ///   - mark: a byte that is counted in each chunk.
  ///   - size: the bytes of a stretch; the last end of a line in it ends a chunk.
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
      // And the byte after it, which may be the second half of the end of a line.
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

  /// Where the line ends that a byte belongs to: the offset of its first byte 10 or 13, or `end`.
  static func endOfLine(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    var i = start
    // Sixty-four at once while none of them ends the line.
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

/// What is counted in a stretch of a text.
private struct Stretch: Sendable {
  /// How many lines end in it. Of a carriage return and a line feed it is the feed that ends one.
  var lines = 0
  /// Where in it the last of them ends.
  var end = 0
  /// How often the mark is there, up to that end; and after it.
  var marks = 0
  var laterMarks = 0

  /// Counts in the first of some bytes.
  init(_ text: UnsafePointer<UInt8>, _ count: Int, of readable: Int, counting mark: UInt8) {
    // Sixteen bytes at once, and so often that the counts of each place fit in a byte.
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
