import Text

/// One text that is parsed: a script, an entry at the prompt, or the text of `-c`.
public struct Source: Sendable, Equatable {
  /// The name in errors: a file's name as the user gave it, `input`, `-c`.
  public let name: String
  /// The whole text, as UTF-8. A byte-order mark is removed and CRLF is made LF.
  public let bytes: [UInt8]

  /// A source from text; a byte-order mark is removed and CRLF becomes LF.
  public init(_ text: String, name: String) {
    self.init(bytes: Array(text.utf8), name: name)
  }

  /// A source from bytes. Those that are not UTF-8 are kept, and the lexer reports them.
  init(bytes: [UInt8], name: String) {
    var bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if bytes.contains(13) {
      var kept: [UInt8] = []
      kept.reserveCapacity(bytes.count)
      for (i, byte) in bytes.enumerated() {
        if byte == 13 && i + 1 < bytes.count && bytes[i + 1] == 10 { continue }
        kept.append(byte)
      }
      bytes = kept
    }
    self.name = name
    self.bytes = bytes
  }

  /// The text between two byte offsets, which are clamped to the source.
  public func text(in span: Span) -> String {
    let lower = min(max(span.lower, 0), bytes.count)
    let upper = min(max(span.upper, lower), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}

extension Source {
  /// Number of the line that `offset` stands in, counted from 1.
  public func line(at offset: Int) -> Int {
    1 + bytes[..<clamped(offset)].reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
  }

  /// Number of the character that starts at `offset`, counted from 1 at the start of its line.
  public func column(at offset: Int) -> Int {
    let offset = clamped(offset)
    return 1 + text(in: Span(lineStart(at: offset), offset)).count
  }

  /// `walkthrough.svm:12:19`: name, line and column of the first character.
  public func place(of span: Span) -> String {
    "\(Escaping.visible(name)):\(line(at: span.lower)):\(column(at: span.lower))"
  }

  /// Offset of the first byte of the line that `offset` stands in.
  public func lineStart(at offset: Int) -> Int {
    var start = clamped(offset)
    while start > 0 && bytes[start - 1] != 10 { start -= 1 }
    return start
  }

  /// Offset of the line end that follows `offset`, or of the end of the text.
  public func lineEnd(at offset: Int) -> Int {
    var end = clamped(offset)
    while end < bytes.count && bytes[end] != 10 { end += 1 }
    return end
  }

  private func clamped(_ offset: Int) -> Int { min(max(offset, 0), bytes.count) }
}

/// A half-open range of byte offsets in a source.
public struct Span: Sendable, Hashable {
  /// First byte.
  public var lower: Int
  /// One past the last byte.
  public var upper: Int

  /// The bytes from `lower` up to, not including, `upper`.
  public init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = upper
  }

  /// The smallest span that covers both.
  public func joined(_ other: Span) -> Span {
    Span(Swift.min(lower, other.lower), Swift.max(upper, other.upper))
  }
}
