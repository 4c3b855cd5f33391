/// The tokens of a text, or of the code in a string's braces, and how far they are read.
struct TokenReader {
  let tokens: [Token]
  /// Errors in the code of a string are worded after it.
  let isInString: Bool
  /// Index of the token at which the cursor stands; nil where there is none, or it is elsewhere.
  let cursor: Int?
  /// The current token.
  var index = 0
  /// Brackets that are open in the current statement; line ends inside them mean nothing.
  var brackets = 0
  /// Brackets and blocks that are open, outermost first.
  var openings: [Token] = []

  /// The tokens from their start; the last one is `.end`.
  init(_ tokens: [Token], isInString: Bool = false) {
    self.tokens = tokens
    self.isInString = isInString
    // It stands at the end of what is read, if anywhere.
    cursor = tokens.dropLast().last?.kind == .cursor ? tokens.count - 2 : nil
  }

  subscript(index: Int) -> Token { tokens[index] }

  /// The token that is to be read next.
  var current: Token { tokens[index] }

  /// The token that was read last; the first one where none was.
  var previous: Token { tokens[max(index - 1, 0)] }

  /// The token after the current one.
  var following: Token { tokens[min(index + 1, tokens.count - 1)] }

  /// Goes to the next token, and past line ends inside brackets.
  mutating func advance() {
    guard index < tokens.count - 1 else { return }
    index += 1
    if brackets > 0 { skipNewlines() }
  }

  mutating func skipNewlines() {
    while current.kind == .newline { index += 1 }
  }

  /// word := (name | keyword) { "-" (name | keyword) }, without blanks. The index after it; `start`
  /// where no word is there.
  func wordEnd(from start: Int) -> Int {
    guard tokens[start].isWordPart else { return start }
    var end = start + 1
    while end + 1 < tokens.count, tokens[end].kind == .symbol(.minus), !tokens[end].followsBlank,
      tokens[end + 1].isWordPart, !tokens[end + 1].followsBlank
    {
      end += 2
    }
    return end
  }

  /// Index of the token that starts at an offset, or of the first one after it.
  func index(at offset: Int) -> Int {
    var lower = 0
    var upper = tokens.count - 1
    while lower < upper {
      let middle = (lower + upper) / 2
      if tokens[middle].span.lower < offset { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }
}

extension Token {
  /// True for what a word with hyphens is made of.
  var isWordPart: Bool {
    switch kind {
    case .name, .keyword, .cursor: true
    default: false
    }
  }

  /// True at a line end, `;`, `}` or the end of the text.
  var endsStatement: Bool {
    switch kind {
    case .newline, .end, .symbol(.semicolon), .symbol(.rightBrace): true
    default: false
    }
  }
}
