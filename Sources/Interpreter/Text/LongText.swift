import Glibc
import LinearAlgebra
import Text

/// Work on texts that may be of any length, with looks for an interruption.
enum LongText {
  /// Texts one after the other.
  static func joined(_ texts: [String], separator: String = "") throws -> String {
    if texts.count == 1 { return texts[0] }
    var result = ""
    let bytes = texts.reduce(separator.utf8.count * texts.count) { $0 + $1.utf8.count }
    try MemoryLimit.require(bytes: Double(bytes))
    result.reserveCapacity(bytes)
    try Interruption.forEachRange(of: texts.count, costEach: 64) { range in
      for i in range {
        if i > 0 { result += separator }
        try append(texts[i], to: &result)
      }
    }
    return result
  }

  private static func append(_ text: String, to result: inout String) throws {
    let piece = 1 << 20
    if text.utf8.count <= piece { return result += text }
    for part in TextPieces(text, size: piece) {
      try Interruption.check()
      result += part
    }
  }

  /// Whether a part stands in a text.
  static func contains(_ text: String, _ part: String) throws -> Bool {
    var (text, part) = (text, part)
    return try text.withUTF8 { text in
      try part.withUTF8 { part in
        guard let first = part.baseAddress, !part.isEmpty else { return true }
        guard let start = text.baseAddress, part.count <= text.count else { return false }
        let places = text.count - part.count + 1
        return try !Interruption.allSatisfy(places, costEach: part.count) {
          start[$0] != first[0] || memcmp(start + $0, first, part.count) != 0
        }
      }
    }
  }

  /// How many characters a text has.
  static func count(_ text: String) throws -> Int {
    if try isOneByteEach(text) { return text.utf8.count }
    var count = 0
    try forEachPlace(of: text) { _ in count += 1 }
    return count
  }

  /// Whether each byte is a character: ASCII, without the pair of CR and LF that is one.
  static func isOneByteEach(_ text: String) throws -> Bool {
    try text.utf8.withContiguousStorageIfAvailable { bytes in
      try Interruption.allSatisfy(bytes.count) { bytes[$0] < 0x80 && bytes[$0] != 0x0D }
    } ?? false
  }

  /// Visits the place of each character.
  static func forEachPlace(of text: String, _ body: (String.Index) -> Void) throws {
    var left = 1 << 12
    for place in text.indices {
      left -= 1
      if left == 0 {
        try Interruption.check()
        left = 1 << 12
      }
      body(place)
    }
  }

  /// A text of `count` characters.
  static func joined(_ count: Int, _ character: (Int) -> Character) throws -> String {
    var result = ""
    try Interruption.forEachRange(of: count, costEach: 16) { range in
      for i in range { result.append(character(i)) }
    }
    return result
  }
}
