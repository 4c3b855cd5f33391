import LinearAlgebra
import Text

/// Reads JSON (RFC 8259) piece by piece. As Python's `json` does, it takes NaN and Infinity for
/// numbers.
struct JSONScanner {
  private let text: UnsafePointer<UInt8>
  private let end: Int
  private let path: String
  /// Whether a value may go on in the next line.
  private let spansLines: Bool
  private(set) var position: Int
  private(set) var line: Int

  init(
    _ text: UnsafePointer<UInt8>, _ range: Range<Int>, line: Int, spansLines: Bool, path: String
  ) {
    self.text = text
    (position, end) = (range.lowerBound, range.upperBound)
    (self.line, self.spansLines, self.path) = (line, spansLines, path)
  }

  func failure(_ message: String, help: String? = nil) -> DataError {
    DataError(message, path: path, line: line, help: help)
  }

  /// The next byte that is no blank; nil at the end, or at that of the line where values end with
  /// it.
  mutating func next() -> UInt8? {
    while position < end {
      let byte = text[position]
      if byte != 32 && byte != 9 {
        guard byte == 10 || byte == 13 else { return byte }
        guard spansLines else { return nil }
        if byte == 10 || !(position + 1 < end && text[position + 1] == 10) { line += 1 }
      }
      position += 1
    }
    return nil
  }

  /// Goes to the next line that is not blank; false at the end.
  mutating func nextLine() -> Bool {
    while next() == nil, position < end {
      if text[position] == 13, position + 1 < end, text[position + 1] == 10 { position += 1 }
      position += 1
      line += 1
    }
    return position < end
  }

  /// Skips a byte; false where it is not the next one.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = next(), UInt32(byte) == character.value else { return false }
    position += 1
    return true
  }

  /// What stands here, for a message.
  mutating func excerpt() -> String {
    guard next() != nil else { return "the end" }
    let rest = UnsafeBufferPointer(start: text + position, count: min(end - position, 40))
    return Escaping.excerpt(String(decoding: rest.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self))
  }

  /// A number; nil where none begins.
  mutating func number() -> Double? {
    guard let byte = next() else { return nil }
    let digit = byte == UInt8(ascii: "-") ? (position + 1 < end ? text[position + 1] : 0) : byte
    guard digit &- 48 < 10 || digit == UInt8(ascii: "N") || digit == UInt8(ascii: "I"),
      let found = DecimalParser.parse(text, from: position, to: end)
    else { return nil }
    position = found.end
    return found.value
  }

  /// Skips a word such as `null`; false where it does not stand here.
  mutating func word(_ word: StaticString) -> Bool {
    guard next() != nil, word.utf8CodeUnitCount <= end - position else { return false }
    for k in 0..<word.utf8CodeUnitCount where text[position + k] != word.utf8Start[k] {
      return false
    }
    position += word.utf8CodeUnitCount
    return true
  }

  /// A text, without its quotes and escapes; nil where none begins.
  mutating func string() throws -> String? {
    guard next() == UInt8(ascii: "\"") else { return nil }
    let start = position + 1
    var i = start
    while i < end, text[i] >= 32, text[i] != UInt8(ascii: "\""), text[i] != UInt8(ascii: "\\") {
      i += 1
    }
    if i < end, text[i] == UInt8(ascii: "\"") {
      position = i + 1
      return String(
        decoding: UnsafeBufferPointer(start: text + start, count: i - start), as: UTF8.self)
    }
    return try escaped(from: start, plain: i)
  }

  private mutating func escaped(from start: Int, plain: Int) throws -> String {
    var bytes = Array(UnsafeBufferPointer(start: text + start, count: plain - start))
    var i = plain
    while i < end, text[i] >= 32 {
      if text[i] == UInt8(ascii: "\"") {
        position = i + 1
        return String(decoding: bytes, as: UTF8.self)
      }
      guard text[i] == UInt8(ascii: "\\") else {
        bytes.append(text[i])
        i += 1
        continue
      }
      guard i + 1 < end else { break }
      let code = text[i + 1]
      i += 2
      switch code {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(code)
      case UInt8(ascii: "b"): bytes.append(8)
      case UInt8(ascii: "f"): bytes.append(12)
      case UInt8(ascii: "n"): bytes.append(10)
      case UInt8(ascii: "r"): bytes.append(13)
      case UInt8(ascii: "t"): bytes.append(9)
      case UInt8(ascii: "u"):
        guard var scalar = hexadecimal(i) else { throw failure("a \\u without four digits") }
        i += 4
        if (0xD800..<0xDC00).contains(scalar), i + 6 <= end, text[i] == UInt8(ascii: "\\"),
          text[i + 1] == UInt8(ascii: "u"), let low = hexadecimal(i + 2),
          (0xDC00..<0xE000).contains(low)
        {
          scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
          i += 6
        }
        bytes += Array(String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
      default: throw failure("an escape that JSON does not know")
      }
    }
    throw failure("the text that begins here is never closed")
  }

  private func hexadecimal(_ start: Int) -> UInt32? {
    guard start + 4 <= end else { return nil }
    var number: UInt32 = 0
    for i in start..<start + 4 {
      guard let digit = Character(UnicodeScalar(text[i])).hexDigitValue else { return nil }
      number = number << 4 | UInt32(digit)
    }
    return number
  }
}
