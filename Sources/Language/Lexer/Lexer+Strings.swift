extension Lexer {
  /// The greatest depth of strings in the braces of strings.
  static let stringNestingLimit = 50

  /// string := `"` { text | escape | `{{` | `}}` | `{` code [`:` format] `}` } `"` | raw string
  mutating func string() {
    if byte(at: i + 1) == UInt8(ascii: "\"") && byte(at: i + 2) == UInt8(ascii: "\"") {
      return rawString()
    }
    let start = i
    var pieces: [StringPiece] = []
    var text: [UInt8] = []
    i += 1
    scan: while true {
      if i >= limit || bytes[i] == UInt8(ascii: "\n") {
        endsInString = i >= limit
        report(
          "the string is not closed", start, i,
          help: "a '\"' is missing; a text of several lines is written \"\"\"…\"\"\"")
        break
      }
      switch bytes[i] {
      case UInt8(ascii: "\""):
        i += 1
        break scan
      case UInt8(ascii: "\\"): escape(into: &text)
      case UInt8(ascii: "{") where byte(at: i + 1) == UInt8(ascii: "{"),
        UInt8(ascii: "}") where byte(at: i + 1) == UInt8(ascii: "}"):
        text.append(bytes[i])
        i += 2
      case UInt8(ascii: "{"):
        flush(&text, into: &pieces)
        guard let piece = interpolation() else { break scan }
        pieces.append(piece)
      case UInt8(ascii: "}"):
        report(
          "a '}' in a string closes nothing", i, i + 1, help: "write '}}' for the brace itself")
        i += 1
      default:
        text.append(bytes[i])
        i += 1
      }
    }
    flush(&text, into: &pieces)
    add(.string(pieces), from: start)
  }

  private func flush(_ text: inout [UInt8], into pieces: inout [StringPiece]) {
    guard !text.isEmpty else { return }
    pieces.append(.text(String(decoding: text, as: UTF8.self)))
    text = []
  }

  /// raw string := `"""` anything `"""`
  private mutating func rawString() {
    let start = i
    i += 3
    let quote = UInt8(ascii: "\"")
    while i < limit {
      if bytes[i] == quote && byte(at: i + 1) == quote && byte(at: i + 2) == quote {
        let text = String(decoding: bytes[start + 3..<i], as: UTF8.self)
        i += 3
        return add(.rawString(text), from: start)
      }
      i += 1
    }
    if !isInString { endsInRawString = true }
    report(
      "the string is not closed", start, start + 3,
      help: "a '\"\"\"' is missing before the end of the text")
    add(.rawString(""), from: start)
  }

  /// escape := `\n` `\t` `\r` `\0` `\"` `\\` `\u{1f600}`
  private mutating func escape(into text: inout [UInt8]) {
    let start = i
    let escaped = byte(at: i + 1)
    i += 2
    switch escaped {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "0"): text.append(0)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(escaped)
    case UInt8(ascii: "u"):
      guard byte(at: i) == UInt8(ascii: "{") else {
        report(
          "'\\u' needs a code point in braces", start, i, help: "as in `\\u{1f600}`")
        return
      }
      var end = i + 1
      while end < limit && Self.isNamePart(bytes[end]) { end += 1 }
      let digits = String(decoding: bytes[i + 1..<end], as: UTF8.self)
      if byte(at: end) == UInt8(ascii: "}") { end += 1 }
      if let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value),
        bytes[end - 1] == UInt8(ascii: "}")
      {
        text += Array(String(Character(scalar)).utf8)
      } else {
        let spelled = String(decoding: bytes[start..<end], as: UTF8.self)
        report(
          "'\(spelled)' is no code point", start, end,
          help: "hexadecimal digits in braces, as in `\\u{1f600}`")
      }
      i = end
    case 0, UInt8(ascii: "\n"):
      // The string ends here; the caller reports it.
      i = min(start + 1, limit)
    default:
      while i < limit && bytes[i] & 0xC0 == 0x80 { i += 1 }
      let spelled = String(decoding: bytes[start..<i], as: UTF8.self)
      let braces = escaped == UInt8(ascii: "{") || escaped == UInt8(ascii: "}")
      report(
        "'\(spelled)' is no escape", start, i,
        help: braces
          ? "a brace in a string is written '{{' or '}}'"
          : "a backslash is written '\\\\'; the escapes are \\n \\t \\r \\0 \\\" \\\\ \\u{…}")
    }
  }

  /// `{code:format}`. Where it is not closed, nil, and the rest of the line is skipped.
  private mutating func interpolation() -> StringPiece? {
    let brace = i
    i += 1
    let start = i
    guard skipCode(nesting: 0) else {
      report(
        "'{' in a string is not closed", brace, brace + 1,
        help: "close it with '}', or write '{{' for the brace itself")
      if hasCursor && i >= limit {
        i = limit
        return .code(Span(start, limit), format: nil, formatSpan: nil)
      }
      i = lineEnd(from: brace)
      return nil
    }
    let code = Span(start, i)
    if bytes[start..<i].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      report(
        "nothing stands between the braces of a string", brace, min(i + 1, limit),
        help: "write '{{}}' for the braces themselves")
    }
    var format: String?
    var formatSpan: Span?
    if bytes[i] == UInt8(ascii: ":") {
      i += 1
      let formatStart = i
      while i < limit && bytes[i] != UInt8(ascii: "}") { i += 1 }
      formatSpan = Span(formatStart, i)
      format = String(decoding: bytes[formatStart..<i], as: UTF8.self)
    }
    i += 1
    return .code(code, format: format, formatSpan: formatSpan)
  }

  /// Moves to the `}` that ends the code, or to the `:` outside brackets and quotes that starts its
  /// format; false where the line has no such `}`.
  private mutating func skipCode(nesting: Int) -> Bool {
    var brackets = 0
    var colon: Int?
    while i < limit {
      switch bytes[i] {
      case UInt8(ascii: "\n"): return false
      case UInt8(ascii: "}"):
        if let colon { i = colon }
        return true
      case UInt8(ascii: "\"") where colon == nil:
        guard skipString(nesting: nesting + 1) else { return false }
        continue
      case UInt8(ascii: "\""): return false
      case UInt8(ascii: "("), UInt8(ascii: "["): brackets += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): brackets = max(brackets - 1, 0)
      case UInt8(ascii: ":") where brackets == 0 && colon == nil: colon = i
      default: break
      }
      i += 1
    }
    return false
  }

  /// Moves past a string in the code; false where it is not closed.
  private mutating func skipString(nesting: Int) -> Bool {
    guard nesting <= Self.stringNestingLimit else { return false }
    i += 1
    while i < limit {
      switch bytes[i] {
      case UInt8(ascii: "\n"): return false
      case UInt8(ascii: "\""):
        i += 1
        return true
      case UInt8(ascii: "\\"): i += 1
      case UInt8(ascii: "{") where byte(at: i + 1) == UInt8(ascii: "{"): i += 1
      case UInt8(ascii: "{"):
        i += 1
        guard skipCode(nesting: nesting) else { return false }
        // A format may follow; it ends at the brace.
        while i < limit && bytes[i] != UInt8(ascii: "}") { i += 1 }
      default: break
      }
      i += 1
    }
    return false
  }
}
