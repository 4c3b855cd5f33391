import Text

extension Lexer {
  /// Reports control characters and bytes that are not UTF-8 anywhere in the text. A `#!` line is
  /// read as a comment.
  mutating func reportHiddenBytes() {
    if bytes.starts(with: [0x23, 0x21]) {
      i = lineEnd(from: 0)
      add(.comment, from: 0)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      report(
        "the text is UTF-16, not UTF-8", 0, 2, help: "save the file with the encoding UTF-8")
      i = limit
      return
    }
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte < 0x20 ? (byte != 9 && byte != 10) : byte == 0x7F {
        let escape = Escaping.escape(of: Unicode.Scalar(byte))
        report(
          "the control character \(escape) can't stand in a script", at, at + 1,
          help: "in a string it is written as the escape `\(escape)`")
        at += 1
      } else if byte < 0x80 {
        at += 1
      } else if let length = UTF8Text.scalarLength(bytes[...], at) {
        at += length
      } else {
        let start = at
        while at < bytes.count, bytes[at] >= 0x80,
          UTF8Text.scalarLength(bytes[...], at) == nil
        {
          at += 1
        }
        report(
          "the text is not UTF-8 here", start, at, help: "save the file with the encoding UTF-8")
      }
      // Perhaps a binary file: no more errors are needed.
      if diagnostics.count > 20 {
        i = limit
        return
      }
    }
  }

  /// Characters that other languages and word processors use. After the error, they are read as
  /// what was meant.
  mutating func strangeCharacter() {
    let start = i
    guard bytes[i] >= 0x80 else { return strangeASCII() }
    guard let length = UTF8Text.scalarLength(bytes[..<limit], i),
      let scalar = String(decoding: bytes[i..<i + length], as: UTF8.self).unicodeScalars.first
    else {
      // Reported already.
      i += 1
      return add(.invalid, from: start)
    }
    if scalar.properties.isAlphabetic { return foreignName(from: start) }
    i += length
    switch scalar {
    case _ where scalar.properties.isWhitespace || scalar.properties.generalCategory == .format:
      report(
        "this blank is the character \(codePoint(scalar)), not a space", start, i,
        help: "replace it with a space")
      followsBlank = true
    case "−", "–", "—": replace(start, .symbol(.minus), "-")
    case "×", "·", "∗": replace(start, .symbol(.times), "*")
    case "÷", "∕": replace(start, .symbol(.divide), "/")
    case "≤": replace(start, .symbol(.lessOrEqual), "<=")
    case "≥": replace(start, .symbol(.greaterOrEqual), ">=")
    case "≠": replace(start, .symbol(.notEqual), "!=")
    case "≈": replace(start, .symbol(.about), "~=")
    case "“", "”", "„", "‘", "’", "«", "»":
      foreignString(start, closing: ["”", "“", "’", "‘", "»"])
    default:
      report(
        "the character '\(scalar)' (\(codePoint(scalar))) can't stand here", start, i,
        help: "outside strings and comments there are only ASCII characters")
      add(.invalid, from: start)
    }
  }

  private mutating func strangeASCII() {
    let start = i
    let isTouching = !followsBlank
    i += 1
    switch bytes[start] {
    case UInt8(ascii: "&"):
      if byte(at: i) == UInt8(ascii: "&") { i += 1 }
      replace(start, .keyword(.and), "and")
    case UInt8(ascii: "|"):
      if byte(at: i) == UInt8(ascii: "|") { i += 1 }
      replace(start, .keyword(.or), "or")
    case UInt8(ascii: "!"): replace(start, .keyword(.not), "not")
    case UInt8(ascii: "^"): replace(start, .symbol(.power), "**", what: "a power is written")
    case UInt8(ascii: "'"):
      if isTouching, case .name(let name)? = tokens.last?.kind {
        report("there is no operator '''", start, i, help: "a transpose is written `\(name).T`")
        followsBlank = false
      } else {
        foreignString(start, closing: ["'"])
      }
    case UInt8(ascii: "~"):
      report(
        "the character '~' can't stand here", start, i,
        help: "a path is quoted, as in \"~/data\"; the opposite of a mask is written `not mask`")
      add(.invalid, from: start)
    case UInt8(ascii: "?"):
      report(
        "the character '?' can't stand here", start, i, help: "help is asked for as `help NAME`")
      add(.invalid, from: start)
    case let byte:
      if byte > 0x20 && byte < 0x7F {
        report("the character '\(Unicode.Scalar(byte))' can't stand here", start, i)
      }
      add(.invalid, from: start)
    }
  }

  /// A name with letters of other alphabets.
  mutating func foreignName(from start: Int) {
    while i < limit {
      if Self.isNamePart(bytes[i]) {
        i += 1
      } else if bytes[i] >= 0x80, let length = letterLength(at: i) {
        i += length
      } else {
        break
      }
    }
    let text = String(decoding: bytes[start..<i], as: UTF8.self)
    report(
      "'\(text)' can't be a name", start, i,
      help: "names are made of the letters a to z and A to Z, digits and '_'")
    add(.name("_\(start)"), from: start)
  }

  /// The length in bytes of the non-ASCII letter, digit or combining mark at `offset`; nil where
  /// none is there.
  func letterLength(at offset: Int) -> Int? {
    guard let length = UTF8Text.scalarLength(bytes[..<limit], offset),
      let scalar = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
        .unicodeScalars.first
    else { return nil }
    let properties = scalar.properties
    let isMark = properties.generalCategory == .nonspacingMark
    return properties.isAlphabetic || isMark || properties.numericType != nil ? length : nil
  }

  /// A string in typographic or single quotes.
  private mutating func foreignString(_ start: Int, closing: [Unicode.Scalar]) {
    let textStart = i
    var end: Int?
    while i < limit && bytes[i] != UInt8(ascii: "\n") {
      let length = UTF8Text.scalarLength(bytes[..<limit], i) ?? 1
      let text = String(decoding: bytes[i..<i + length], as: UTF8.self)
      if let scalar = text.unicodeScalars.first, closing.contains(scalar) {
        end = i
        i += length
        break
      }
      i += length
    }
    guard let end else {
      i = textStart
      let quote = String(decoding: bytes[start..<i], as: UTF8.self)
      report(
        "the character '\(quote)' can't stand here", start, i, help: "a string stands in '\"'")
      return add(.invalid, from: start)
    }
    let text = String(decoding: bytes[textStart..<end], as: UTF8.self)
    report("a string stands in '\"'", start, i, help: "write `\"\(text)\"`")
    add(.string([.text(text)]), from: start)
  }

  private mutating func replace(
    _ start: Int, _ kind: Token.Kind, _ spelling: String, what: String = "write"
  ) {
    let text = String(decoding: bytes[start..<i], as: UTF8.self)
    report("there is no operator '\(text)'", start, i, help: "\(what) '\(spelling)'")
    add(kind, from: start)
  }

  private func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(4 - digits.utf8.count, 0)) + digits
  }
}
