import Text

/// A line of the history file.
enum HistoryLine {
  /// An entry.
  case entry(String)
  /// An entry that failed after it was written.
  case failed(String)

  /// Reads a line; nil where it is damaged, or says something else.
  ///
  /// Most lines are as the history writes them. These are read byte by byte, since ten thousand of
  /// them are read at the start; others by the parser.
  init?(_ line: UnsafeBufferPointer<UInt8>) {
    var rest = line[...]
    if Self.take(Self.time, from: &rest) {
      rest = rest.drop { (0x30...0x39).contains($0) }
      if Self.take(Self.entryKey, from: &rest), let text = Self.string(rest) {
        self = .entry(text)
        return
      }
      if Self.take(Self.failedKey, from: &rest), let text = Self.string(rest) {
        self = .failed(text)
        return
      }
    }
    let text = Substring(String(decoding: line, as: UTF8.self))
    if let entry = JSONText.string("entry", in: text) {
      self = .entry(entry)
    } else if let entry = JSONText.string("failed", in: text) {
      self = .failed(entry)
    } else {
      return nil
    }
  }

  /// The line's text, without its end.
  func text(time: Int) -> String {
    switch self {
    case .entry(let text): "{\"time\":\(time),\"entry\":\(JSONText.quoted(text))}"
    case .failed(let text): "{\"time\":\(time),\"failed\":\(JSONText.quoted(text))}"
    }
  }

  private static let time = Array("{\"time\":".utf8)
  private static let entryKey = Array(",\"entry\":\"".utf8)
  private static let failedKey = Array(",\"failed\":\"".utf8)

  private static func take(
    _ word: [UInt8], from rest: inout Slice<UnsafeBufferPointer<UInt8>>
  ) -> Bool {
    guard rest.count >= word.count else { return false }
    var i = rest.startIndex
    for byte in word {
      guard rest[i] == byte else { return false }
      i += 1
    }
    rest = rest[i...]
    return true
  }

  /// The string that ends with `"}` at the end; nil where it has escapes but the usual ones.
  private static func string(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    guard rest.count >= 2, rest[rest.endIndex - 1] == 0x7D, rest[rest.endIndex - 2] == 0x22 else {
      return nil
    }
    let body = UnsafeBufferPointer(rebasing: rest[..<(rest.endIndex - 2)])
    var plain: [UInt8]?
    var i = 0
    while i < body.count {
      let byte = body[i]
      i += 1
      if byte == 0x22 { return nil }
      if byte != 0x5C {
        plain?.append(byte)
        continue
      }
      if plain == nil { plain = Array(body[..<(i - 1)]) }
      guard i < body.count, let meant = escapes[body[i]] else { return nil }
      plain?.append(meant)
      i += 1
    }
    return plain.map { String(decoding: $0, as: UTF8.self) }
      ?? String(decoding: body, as: UTF8.self)
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D,
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
  ]
}
