/// Splits a text into tokens.
///
/// It knows lines, quotes and comments, but not statements: the parser decides what a line end or a
/// `#>` means. It goes on after errors and collects them in `diagnostics`.
public struct Lexer {
  let source: Source
  let bytes: [UInt8]
  /// The offset to stop at: the end of the text, the cursor, or the end of the code in a string's
  /// braces.
  let limit: Int
  /// True where the text is read up to a cursor; the token that touches it becomes `.cursor`.
  let hasCursor: Bool
  /// True for the code in a string's braces, where a comment can't stand.
  let isInString: Bool
  var i: Int
  var followsBlank = true
  var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  /// True where the text ends inside `"…`.
  var endsInString = false
  /// True where the text ends inside `"""`.
  var endsInRawString = false
  /// True where the text ends with `\`.
  var endsWithContinuation = false

  /// A lexer for a whole text, or for the part before a cursor.
  init(_ source: Source, cursor: Int? = nil) {
    self.source = source
    bytes = source.bytes
    limit = min(max(cursor ?? bytes.count, 0), bytes.count)
    hasCursor = cursor != nil
    isInString = false
    i = 0
  }

  /// A lexer for the code in a string's braces; with `isOpen`, the cursor is at its end.
  init(_ source: Source, codeIn span: Span, isOpen: Bool) {
    self.source = source
    bytes = source.bytes
    limit = span.upper
    hasCursor = isOpen
    isInString = true
    i = span.lower
  }

  mutating func run() {
    if !isInString {
      reportHiddenBytes()
      tokens.reserveCapacity(bytes.count / 4 + 1)
    }
    while i < limit { token() }
    if hasCursor { cursor() }
    add(.end, from: i)
  }

  /// token := blank | line end | comment | number | string | name | symbol
  private mutating func token() {
    let start = i
    switch bytes[i] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      i += 1
      followsBlank = true
    case UInt8(ascii: "\n"):
      i += 1
      add(.newline, from: start)
      followsBlank = true
    case UInt8(ascii: "\\"): continuation()
    case UInt8(ascii: "#") where !isInString:
      i = lineEnd(from: i)
      add(.comment, from: start)
    case UInt8(ascii: "\""): string()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: ".") where Self.isDigit(byte(at: i + 1)): number()
    case let first where Self.isNameStart(first): name()
    default:
      if !symbol() { strangeCharacter() }
    }
  }

  /// name := [A-Za-z_][A-Za-z0-9_]*
  private mutating func name() {
    let start = i
    while i < limit && Self.isNamePart(bytes[i]) { i += 1 }
    // A letter of another alphabet in a name: one error for the whole name.
    if i < limit && bytes[i] >= 0x80 && letterLength(at: i) != nil {
      return foreignName(from: start)
    }
    let text = String(decoding: bytes[start..<i], as: UTF8.self)
    if let keyword = Keyword.bySpelling[text] {
      add(.keyword(keyword), from: start)
    } else {
      add(.name(text), from: start)
    }
  }

  /// Reads the longest symbol that starts here; false where none does.
  private mutating func symbol() -> Bool {
    guard bytes[i] < 0x80 else { return false }
    let rest = bytes[i..<limit]
    for (spelling, symbol) in Symbol.byFirstByte[Int(bytes[i])] where rest.starts(with: spelling) {
      let start = i
      i += spelling.count
      add(.symbol(symbol), from: start)
      return true
    }
    return false
  }

  /// A `\` at the end of a line: the line goes on.
  private mutating func continuation() {
    let start = i
    i += 1
    while byte(at: i) == UInt8(ascii: " ") || byte(at: i) == UInt8(ascii: "\t") { i += 1 }
    followsBlank = true
    if i < limit && bytes[i] == UInt8(ascii: "\n") {
      i += 1
      endsWithContinuation = !isInString && isBlank(from: i)
    } else if i >= limit && !isInString {
      endsWithContinuation = true
    } else if isInString && byte(at: start + 1) == UInt8(ascii: "\"") {
      report(
        "in the braces of a string, quotes need no '\\'", start, start + 1,
        help: "leave the '\\' out: `\"{f(\"x\")}\"`")
      i = start + 1
      add(.invalid, from: start)
    } else {
      report(
        "'\\' joins two lines only at the end of a line", start, start + 1,
        help: "what follows it must go to the next line")
      i = start + 1
      add(.invalid, from: start)
    }
  }

  /// Makes a `.cursor` token of the word, number or open string that the cursor touches; an empty
  /// one where it touches none. Comments get none, since nothing is completed there, nor does the
  /// code in a string's braces, which has a lexer of its own.
  private mutating func cursor() {
    var start = limit
    if let last = tokens.last, last.span.upper == limit {
      switch last.kind {
      case .name, .keyword, .number: start = last.span.lower
      case .string(let pieces) where endsInString:
        if case .code(let code, _, _)? = pieces.last, code.upper == limit { return }
        start = last.span.lower
      case .rawString where endsInRawString: return
      case .comment: return
      default: break
      }
      if start < limit {
        tokens.removeLast()
        followsBlank = last.followsBlank
      }
    }
    add(.cursor, from: start)
  }

  // MARK: - Helpers

  mutating func add(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind: kind, span: Span(start, i), followsBlank: followsBlank))
    followsBlank = false
  }

  mutating func report(_ message: String, _ lower: Int, _ upper: Int, help: String? = nil) {
    diagnostics.append(
      Diagnostic(
        message, category: .usage, source: source, span: Span(lower, upper), help: help))
  }

  /// The byte at `offset`; 0 from `limit` on.
  func byte(at offset: Int) -> UInt8 { offset < limit ? bytes[offset] : 0 }

  func lineEnd(from offset: Int) -> Int {
    var end = offset
    while end < limit && bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return end
  }

  private func isBlank(from offset: Int) -> Bool {
    bytes[offset..<limit].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  static func isNameStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_")
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }
}
