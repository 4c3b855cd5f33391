/// One text that is parsed: a script, an entry at the prompt, or the text of `-c`.
public struct Source: Sendable, Equatable {
  /// What an error calls it: a file's name as the user gave it, `input`, `-c`.
  public let name: String
  /// The whole text, as UTF-8. A byte-order mark is removed and CRLF is made LF.
  public let bytes: [UInt8]
  /// Number of the first line: 1, but for entries at the prompt that go on counting.
  public let firstLine: Int

  /// Takes over `text`, removes a byte-order mark and turns CRLF into LF.
  public init(_ text: String, name: String, firstLine: Int = 1) {
    var bytes = Array(text.utf8)
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
    self.firstLine = firstLine
  }

  /// The text between two byte offsets, which are clamped to the source.
  public func text(in span: Span) -> String {
    let lower = min(max(span.lower, 0), bytes.count)
    let upper = min(max(span.upper, lower), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
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
