/// The tokens of a text, or of the code in a string's braces, and the position in them.
struct TokenReader {
  let tokens: [Token]
  /// True for the code in a string's braces; errors are worded accordingly.
  let isInString: Bool
  /// Index of the `.cursor` token; nil where there is none.
  let cursor: Int?
  /// The current token.
  var index = 0
  /// Brackets that are open in the current statement; line ends inside them are skipped.
  var brackets = 0
  /// Brackets and blocks that are open, outermost first.
  var openings: [Token] = []

  /// A reader at the first of `tokens`; the last one must be `.end`.
  init(_ tokens: [Token], isInString: Bool = false) {
    self.tokens = tokens
    self.isInString = isInString
    // Tokens end at the cursor, if there is one.
    cursor = tokens.dropLast().last?.kind == .cursor ? tokens.count - 2 : nil
  }

  subscript(index: Int) -> Token { tokens[index] }

  /// The next token to read.
  var current: Token { tokens[index] }

  /// The token before the current one, line ends included; at the start, the first one.
  var previous: Token { tokens[max(index - 1, 0)] }

  /// The token after the current one.
  var following: Token { tokens[min(index + 1, tokens.count - 1)] }

  /// Goes to the next token; inside brackets, past line ends.
  mutating func advance() {
    guard index < tokens.count - 1 else { return }
    index += 1
    if brackets > 0 { skipNewlines() }
  }

  mutating func skipNewlines() {
    while current.kind == .newline { index += 1 }
  }

  /// word := (name | keyword) { "-" (name | keyword) }, without blanks. The index after the word;
  /// `start` where there is none.
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
  /// True for the parts of a hyphenated word.
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
