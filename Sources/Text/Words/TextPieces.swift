/// The pieces of a text that may be of any length, so that one can look for Ctrl-C between them.
public struct TextPieces: Sequence, IteratorProtocol {
  private let text: String
  private let size: Int
  private var start: String.Index

  /// Pieces of about `size` bytes, each cut between two scalars.
  public init(_ text: String, size: Int) {
    self.text = text
    self.size = size
    start = text.startIndex
  }

  /// The next piece; nil at the end.
  public mutating func next() -> Substring? {
    guard start < text.endIndex else { return nil }
    var end = text.utf8.index(start, offsetBy: size, limitedBy: text.endIndex) ?? text.endIndex
    while end < text.endIndex, text.utf8[end] & 0xC0 == 0x80 {
      end = text.utf8.index(after: end)
    }
    defer { start = end }
    return text[start..<end]
  }
}
