import LinearAlgebra

/// The characters of a text by their number. A text of ASCII needs no table; of any other, the
/// place of every 64th character is kept, and the characters from there on are read when asked for.
struct Characters {
  /// How many there are.
  let count: Int
  private let text: String
  /// Places of the characters 0, 64, 128, …; nil where each is one byte.
  private let starts: [String.Index]?
  private let last = LastBlock()

  /// Characters from one kept place to the next.
  private static let blockSize = 64

  /// - Throws: `Interrupted`.
  init(of text: String) throws {
    self.text = text
    if try LongText.isOneByteEach(text) {
      (starts, count) = (nil, text.utf8.count)
      return
    }
    var starts: [String.Index] = []
    var count = 0
    try LongText.forEachPlace(of: text) { place in
      if count % Self.blockSize == 0 { starts.append(place) }
      count += 1
    }
    (self.starts, self.count) = (starts, count)
  }

  /// The character at place `i`, from 0. Those before and after it are then at hand.
  subscript(i: Int) -> Character {
    precondition(i >= 0 && i < count)
    guard let starts else {
      let bytes = text.utf8
      return Character(UnicodeScalar(bytes[bytes.index(bytes.startIndex, offsetBy: i)]))
    }
    let block = i / Self.blockSize
    if block != last.number {
      last.number = block
      last.characters = Array(text[starts[block]...].prefix(Self.blockSize))
    }
    return last.characters[i % Self.blockSize]
  }

  /// The block that was read last.
  private final class LastBlock {
    var number = -1
    var characters: [Character] = []
  }
}
