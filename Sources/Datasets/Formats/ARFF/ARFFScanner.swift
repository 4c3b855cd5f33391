import LinearAlgebra
import Text

/// Reads the words of a line of an ARFF file.
struct ARFFScanner {
  private let text: UnsafePointer<UInt8>
  private let end: Int
  private let path: String
  let line: Int
  private(set) var position: Int

  init(_ text: UnsafePointer<UInt8>, _ range: Range<Int>, path: String, line: Int) {
    self.text = text
    (position, end) = (range.lowerBound, range.upperBound)
    (self.path, self.line) = (path, line)
  }

  func failure(_ message: String, help: String? = nil) -> DataError {
    DataError(message, path: path, line: line, help: help)
  }

  /// The next byte; nil at the end of the line.
  var next: UInt8? { position < end ? text[position] : nil }

  /// Skips blanks; false at the end of the line.
  mutating func skipBlanks() -> Bool {
    while position < end, text[position] == 32 || text[position] == 9 { position += 1 }
    return position < end
  }

  /// Skips a byte; false where it is not the next one.
  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  /// A number that a comma, a blank, `ending` or the line's end follows; nil for other words, which
  /// are not skipped.
  mutating func number(endingAt ending: UInt8 = 0) -> Double? {
    guard let found = DecimalParser.parse(text, from: position, to: end) else { return nil }
    if found.end < end, ![UInt8(ascii: ","), 32, 9, ending].contains(text[found.end]) {
      return nil
    }
    position = found.end
    return found.value
  }

  /// The word up to a blank, or in quotes.
  mutating func word() throws -> String {
    if let quoted = try quoted() { return quoted }
    let start = position
    while position < end, text[position] != 32, text[position] != 9,
      text[position] != UInt8(ascii: "{")
    {
      position += 1
    }
    return string(start..<position)
  }

  /// The text up to a comma, a blank, `ending` or the line's end; or in quotes.
  mutating func cell(endingAt ending: UInt8 = 0) throws -> String {
    if let quoted = try quoted() { return quoted }
    let start = position
    while position < end, ![UInt8(ascii: ","), 32, 9, ending].contains(text[position]) {
      position += 1
    }
    return string(start..<position)
  }

  private mutating func quoted() throws -> String? {
    guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      return nil
    }
    var bytes: [UInt8] = []
    var i = position + 1
    while i < end {
      if text[i] == quote {
        position = i + 1
        return String(decoding: bytes, as: UTF8.self)
      }
      if text[i] == UInt8(ascii: "\\"), i + 1 < end { i += 1 }
      bytes.append(text[i])
      i += 1
    }
    throw failure("the quote that begins here is never closed")
  }

  private func string(_ range: Range<Int>) -> String {
    String(
      decoding: UnsafeBufferPointer(start: text + range.lowerBound, count: range.count),
      as: UTF8.self)
  }
}
