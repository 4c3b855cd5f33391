import LinearAlgebra

/// A stretch of a text that begins where a line begins and ends where one ends: stretches are read on
/// all cores at once. Where a text is cut depends on nothing but the text.
struct TextChunk: Sendable {
  /// Its bytes.
  let range: Range<Int>
  /// The line that it begins with, counted from 1.
  let firstLine: Int
  /// How many lines begin in it.
  let lines: Int
  /// How often the byte that was counted is in it.
  let marks: Int

  /// Bytes up to which a chunk takes further lines; few enough to stay in a core's cache.
  static let usualSize = 1 << 18

  /// Cuts what a text has from an offset on, which is the beginning of a line.
  ///
  /// - Parameters:
  ///   - firstLine: the number of that line.
  ///   - mark: a byte that is counted in each chunk.
  ///   - size: a chunk ends with the line that has its byte of this number.
  /// - Throws: `Interrupted`.
  static func cut(
    _ file: FileBytes, from start: Int, firstLine: Int, counting mark: UInt8, size: Int
  ) throws -> [TextChunk] {
    var ranges: [Range<Int>] = []
    var from = start
    while from < file.count {
      let to = file.withBytes { afterLine($0, at: min(from + max(size, 1), file.count) - 1) }
      ranges.append(from..<to)
      from = to
    }
    let all = ranges
    let counts = try Parallel.map(all.count) { c in
      try Interruption.check()
      return file.withBytes { count(mark, UnsafeBufferPointer(rebasing: $0[all[c]])) }
    }
    var line = firstLine
    return zip(all, counts).map { range, count in
      defer { line += count.lines }
      return TextChunk(
        range: range, firstLine: line, lines: count.lines, marks: count.marks)
    }
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

  /// The beginning of the line after that of a byte; the number of bytes where there is none.
  private static func afterLine(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    guard let base = text.baseAddress else { return 0 }
    var i = endOfLine(base, from: start, to: text.count)
    if i == text.count { return i }
    if base[i] == 13 && i + 1 < text.count && base[i + 1] == 10 { i += 1 }
    return i + 1
  }

  /// How many lines begin in a chunk, and how often a byte is there.
  private static func count(
    _ mark: UInt8, _ text: UnsafeBufferPointer<UInt8>
  ) -> (lines: Int, marks: Int) {
    guard let base = text.baseAddress, text.count > 0 else { return (0, 0) }
    // Sixteen bytes at once, and so often that the counts of each place fit in a byte.
    typealias Bytes = SIMD16<UInt8>
    let (feed, carriageReturn) = (Bytes(repeating: 10), Bytes(repeating: 13))
    let marked = Bytes(repeating: mark)
    let one = Bytes(repeating: 1)
    var (feeds, returns, marks) = (0, 0, 0)
    var i = 0
    while i + 16 <= text.count {
      let stop = min(i + 16 * 255, text.count - 15)
      var (feedsHere, returnsHere, marksHere) = (Bytes(), Bytes(), Bytes())
      while i < stop {
        let bytes = UnsafeRawPointer(base + i).loadUnaligned(as: Bytes.self)
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
    while i < text.count {
      feeds += base[i] == 10 ? 1 : 0
      returns += base[i] == 13 ? 1 : 0
      marks += base[i] == mark ? 1 : 0
      i += 1
    }
    var lines = feeds + returns
    if returns > 0 {
      for k in 1..<max(1, text.count) where base[k] == 10 && base[k - 1] == 13 { lines -= 1 }
    }
    let last = base[text.count - 1]
    return (lines + (last == 10 || last == 13 ? 0 : 1), marks)
  }
}
