import LinearAlgebra

/// The ways in which pickles write bytes and texts.
enum PickleText {
  /// The bytes of a text whose characters are bytes, in UTF-8 as Python 3 writes byte strings for
  /// protocols 0 to 2; nil where it has others.
  static func latin1(_ text: Pickle.Bytes, of file: FileBytes) throws -> Pickle.Bytes? {
    switch text {
    case .range(let range): try latin1(range, of: file)
    case .decoded(let bytes): try latin1(0..<bytes.count, of: bytes)
    }
  }

  private static func latin1(_ range: Range<Int>, of file: FileBytes) throws -> Pickle.Bytes? {
    let target = try FileBytes(capacity: range.count)
    var (i, count) = (range.lowerBound, 0)
    while i < range.upperBound {
      try Interruption.check()
      let end = min(i + 1 << 20, range.upperBound)
      while i < end {
        let byte = file.pointer[i]
        if byte < 0x80 {
          target.pointer[count] = byte
          i &+= 1
        } else {
          guard byte == 0xC2 || byte == 0xC3, i + 1 < range.upperBound,
            file.pointer[i + 1] & 0xC0 == 0x80
          else { return nil }
          target.pointer[count] = byte << 6 | file.pointer[i + 1] & 0x3F
          i &+= 2
        }
        count &+= 1
      }
    }
    target.hold(count)
    return .decoded(target)
  }

  /// The bytes of a byte string as Python's `repr` writes them; nil for an escape that is not
  /// known.
  static func unquoted(_ range: Range<Int>, of file: FileBytes) throws -> Pickle.Bytes? {
    let target = try FileBytes(capacity: range.count)
    var (i, count) = (range.lowerBound, 0)
    while i < range.upperBound {
      if i & 0xFFFFF == 0 { try Interruption.check() }
      var byte = file.pointer[i]
      i += 1
      if byte == UInt8(ascii: "\\") {
        guard i < range.upperBound else { return nil }
        byte = file.pointer[i]
        i += 1
        switch byte {
        case UInt8(ascii: "n"): byte = 10
        case UInt8(ascii: "r"): byte = 13
        case UInt8(ascii: "t"): byte = 9
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): break
        case UInt8(ascii: "x"):
          guard let code = hexadecimal(i, 2, range.upperBound, file) else { return nil }
          byte = UInt8(code)
          i += 2
        default: return nil
        }
      }
      target.pointer[count] = byte
      count += 1
    }
    target.hold(count)
    return .decoded(target)
  }

  /// The text of a line in which bytes are characters and `\u` begins the number of others.
  static func unescaped(_ range: Range<Int>, of file: FileBytes) throws -> Pickle.Bytes {
    let target = try FileBytes(capacity: 2 * range.count)
    var (i, count) = (range.lowerBound, 0)
    while i < range.upperBound {
      if i & 0xFFFFF == 0 { try Interruption.check() }
      var code = Int(file.pointer[i])
      i += 1
      if code == Int(UInt8(ascii: "\\")), i < range.upperBound {
        let size = file.pointer[i] == UInt8(ascii: "u") ? 4 : 8
        if size == 4 || file.pointer[i] == UInt8(ascii: "U"),
          let number = hexadecimal(i + 1, size, range.upperBound, file)
        {
          code = number
          i += 1 + size
        }
      }
      let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        target.pointer[count] = byte
        count += 1
      }
    }
    target.hold(count)
    return .decoded(target)
  }

  private static func hexadecimal(
    _ start: Int, _ count: Int, _ end: Int, _ file: FileBytes
  ) -> Int? {
    guard start + count <= end else { return nil }
    var number = 0
    for i in start..<start + count {
      guard let digit = Character(UnicodeScalar(file.pointer[i])).hexDigitValue else { return nil }
      number = number << 4 | digit
    }
    return number
  }
}
