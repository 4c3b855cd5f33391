/// Splits bytes into those that are UTF-8 and those that are not.
enum UTF8Text {
  /// A run of valid UTF-8, or one byte that belongs to none.
  enum Piece: Equatable {
    case text(String)
    case bad(UInt8)
  }

  /// The pieces in order.
  static func pieces(of bytes: ArraySlice<UInt8>) -> [Piece] {
    var pieces: [Piece] = []
    var good = bytes.startIndex
    var i = bytes.startIndex
    while i < bytes.endIndex {
      if let length = scalarLength(bytes, i) {
        i += length
        continue
      }
      if good < i { pieces.append(.text(String(decoding: bytes[good..<i], as: UTF8.self))) }
      pieces.append(.bad(bytes[i]))
      i += 1
      good = i
    }
    if good < i { pieces.append(.text(String(decoding: bytes[good..<i], as: UTF8.self))) }
    return pieces
  }

  /// The length in bytes of the scalar that starts at `i`; nil where none does.
  static func scalarLength(_ bytes: ArraySlice<UInt8>, _ i: Int) -> Int? {
    let lead = bytes[i]
    if lead < 0x80 { return 1 }
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard i + length <= bytes.endIndex, second.contains(bytes[i + 1]) else { return nil }
    for j in i + 2..<i + length where bytes[j] & 0xC0 != 0x80 { return nil }
    return length
  }
}
