import LinearAlgebra

/// Lists of rows in JSON.
enum JSONList {
  /// Cuts a list behind commas between two of its rows, so that parts can be read on all cores. The
  /// first part begins with the list's bracket, and the last one ends with the text. The commas
  /// are in none.
  ///
  /// Only brackets and quotes are looked at: a damaged list has parts, too, and who reads them
  /// finds the damage.
  ///
  /// - Parameters:
  ///   - start: where the list begins.
  ///   - size: the bytes that a part has at least.
  /// - Throws: as `TextFile.withPiece`.
  static func cut(_ text: TextFile, from start: Int, size: Int) throws -> [TextChunk] {
    var chunks: [TextChunk] = []
    var (from, firstLine, line) = (start, 1, 1)
    func add(to end: Int) {
      chunks.append(
        TextChunk(range: from..<end, firstLine: firstLine, lines: line - firstLine + 1, marks: 0))
    }
    var (depth, isText, isEscaped) = (0, false, false)
    let most = 1 << 20
    var position = start
    while position < text.count {
      try Interruption.check()
      let end = min(position + most, text.count)
      // With the byte after it, which may be the second half of a line end.
      try text.withPiece(position..<min(end + 1, text.count)) { bytes, range in
        let piece = UnsafeBufferPointer(start: bytes.pointer + range.lowerBound, count: range.count)
        for i in 0..<end - position {
          let byte = piece[i]
          if isText {
            if isEscaped {
              isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
              isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
              isText = false
            }
            continue
          }
          switch byte {
          case UInt8(ascii: "\""): isText = true
          case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
          case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
          case 10: line += 1
          case 13: line += i + 1 < piece.count && piece[i + 1] == 10 ? 0 : 1
          case UInt8(ascii: ",") where depth == 1 && position + i - from >= size:
            add(to: position + i)
            (from, firstLine) = (position + i + 1, line)
          default: break
          }
        }
      }
      position = end
    }
    add(to: text.count)
    return chunks
  }
}
