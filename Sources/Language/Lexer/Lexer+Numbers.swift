extension Lexer {
  /// number := digits ["." digits] [exponent] | "." digits [exponent]
  ///
  /// Digits may have `_` between them. `1.` is a number too, but in `1.T` the number ends before
  /// the dot.
  mutating func number() {
    let start = i
    var isGood = true
    if bytes[i] != UInt8(ascii: ".") { digits(&isGood) }
    if byte(at: i) == UInt8(ascii: "."), !Self.isNameStart(byte(at: i + 1)) || isExponent(at: i + 1)
    {
      i += 1
      if Self.isDigit(byte(at: i)) { digits(&isGood) }
    }
    if isExponent(at: i) {
      i += 1
      if byte(at: i) == UInt8(ascii: "+") || byte(at: i) == UInt8(ascii: "-") { i += 1 }
      digits(&isGood)
    }
    let tail = i
    while i < limit && Self.isNamePart(bytes[i]) { i += 1 }
    if tail < i || !isGood { return badNumber(from: start, tail: tail) }
    let text = String(decoding: bytes[start..<i].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    // A number too large for a Double is infinite.
    add(.number(Double(text) ?? .infinity), from: start)
  }

  /// digits := digit { ["_"] digit }
  private mutating func digits(_ isGood: inout Bool) {
    guard Self.isDigit(byte(at: i)) else { return }
    while true {
      while Self.isDigit(byte(at: i)) { i += 1 }
      guard byte(at: i) == UInt8(ascii: "_") else { return }
      if !Self.isDigit(byte(at: i + 1)) {
        isGood = false
        return
      }
      i += 1
    }
  }

  /// True where `e`, an optional sign and a digit stand at `offset`.
  private func isExponent(at offset: Int) -> Bool {
    guard byte(at: offset) | 0x20 == UInt8(ascii: "e") else { return false }
    let next = byte(at: offset + 1)
    if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") {
      return Self.isDigit(byte(at: offset + 2))
    }
    return Self.isDigit(next)
  }

  /// `2x`, `1__0`, `1e`, `0x10`.
  private mutating func badNumber(from start: Int, tail: Int) {
    let text = String(decoding: bytes[start..<i], as: UTF8.self)
    let head = String(decoding: bytes[start..<tail], as: UTF8.self)
    let rest = String(decoding: bytes[tail..<i], as: UTF8.self)
    let help: String
    if text.contains("_") && !rest.contains(where: \.isLetter) {
      help = "a '_' stands only between two digits, as in `49_000`"
    } else if rest == "e" || rest == "E" {
      help = "the digits of the exponent are missing, as in `\(head)e-3`"
    } else if head == "0" && (rest.first == "x" || rest.first == "b" || rest.first == "o") {
      help = "numbers are decimal"
    } else {
      help = "a product is written `\(head) * \(rest)`, and a name starts with a letter"
    }
    report("'\(text)' is not a number", start, i, help: help)
    // A number all the same, so that the parser can read the rest of the line.
    add(.number(0), from: start)
  }
}
