import Text

/// The verb that a statement starts with.
struct Verb {
  var name: String
  var span: Span
  /// Index of the token after it.
  var end: Int
}

/// The operand of a command that was read last.
struct OperandBefore {
  var value: Expression
  /// True where it could open with a bracket: directly after the verb or a key's `=`.
  var mayOpen: Bool
  /// True for the value of a key.
  var isKeyed: Bool

  var span: Span { value.span }
}

extension Parser {
  /// The verb at the current token, if one is there.
  mutating func verbHere() throws -> Verb? {
    guard case .name(let first) = current.kind else { return nil }
    let end = input.wordEnd(from: input.index)
    let span = Span(current.span.lower, input[end - 1].span.upper)
    let word = end == input.index + 1 ? first : text(span)
    if verbs.contains(word) {
      found.words.append(CommandWord(role: .verb, span: span))
      return Verb(name: word, span: span, end: end)
    }
    // `load-sesion`, `print-x`: a verb, a hyphen and more.
    var part = end - 2
    while part > input.index {
      let head = text(Span(current.span.lower, input[part - 1].span.upper))
      if verbs.contains(head) {
        throw fail(
          "there is no verb '\(word)'", at: span,
          help: Spelling.hint(word, in: verbs.sorted())
            ?? "a blank must stand between '\(head)' and its operands")
      }
      part -= 2
    }
    return nil
  }

  /// command := verb { operand } { key "=" operand }
  mutating func command(_ verb: Verb) throws -> CommandSyntax {
    input.index = verb.end
    try checkBlank(after: verb)
    var operands: [Expression] = []
    var options: [OptionSyntax] = []
    var before: OperandBefore?
    while !isAtStatementEnd {
      let place = Continuation.Kind.operand(verb: verb.name, number: operands.count)
      offer(isWord: true) { _ in
        [place, .key(verb: verb.name, given: Set(options.map(\.key)))]
      }
      if let key = keyHere() {
        if options.contains(where: { $0.key == key.name }) {
          fail("'\(key.name)=' is given twice", at: key.span, help: "leave one of them out")
        }
        let value = try keyedOperand(
          verb, key, words: .optionValue(verb: verb.name, key: key.name))
        options.append(OptionSyntax(key: key.name, keySpan: key.span, value: value))
        before = OperandBefore(value: value, mayOpen: true, isKeyed: true)
      } else {
        let value = try operand(verb, before, words: place)
        operands.append(value)
        before = OperandBefore(
          value: value, mayOpen: before == nil, isKeyed: false)
      }
      try checkEnd(verb, before)
    }
    return CommandSyntax(
      verb: verb.name, verbSpan: verb.span, operands: operands, options: options,
      span: Span(verb.span.lower, previous.span.upper))
  }

  /// key := word before "=". Nothing is read.
  func keyHere() -> NameSyntax? {
    let end = input.wordEnd(from: input.index)
    guard end > input.index, input[end].kind == .symbol(.assign) else { return nil }
    let span = Span(current.span.lower, input[end - 1].span.upper)
    return NameSyntax(text(span), span)
  }

  /// key "=" operand; blanks around the `=` are allowed.
  mutating func keyedOperand(
    _ verb: Verb, _ key: NameSyntax, words: Continuation.Kind?
  ) throws -> Expression {
    found.words.append(CommandWord(role: .key, span: key.span))
    input.index = input.wordEnd(from: input.index)
    advance()
    offer(isWord: words != nil) { _ in words.map { [$0] } ?? Self.anyValue }
    if isAtStatementEnd {
      throw fail(
        "'\(key.name)=' needs a value", at: key.span.joined(previous.span),
        help: verbs.contains(verb.name) ? "`help \(verb.name)` tells what it takes" : nil)
    }
    if isAt(.assign) {
      throw fail(
        "'\(key.name)' takes one '='", at: current.span,
        help: fix(Span(previous.span.lower, current.span.upper), "="))
    }
    return try operand(verb, nil, words: words)
  }

  /// operand := [sign] number | string | word | name postfix | list | "(" expressions ")"
  ///
  /// `before`: the operand before it; nil directly after the verb or a key's `=`, where alone a
  /// bracket or a sign may open an operand. `words`: what bare words may be; nil where they are
  /// names, as in an expression.
  mutating func operand(
    _ verb: Verb, _ before: OperandBefore?, words: Continuation.Kind?
  ) throws -> Expression {
    nesting.height = 1
    switch current.kind {
    case .number, .string, .rawString: return try postfix()
    case .symbol(.leftParenthesis):
      if let before { throw openingBracket(verb, before) }
      return try postfix(of: try parenthesized())
    case .symbol(.leftBracket):
      if let before { throw openingBracket(verb, before) }
      guard let words else { return try postfix() }
      return try postfix(of: try wordList(of: words))
    case .symbol(.leftBrace):
      if let before { throw openingBracket(verb, before) }
      return try postfix()
    case .symbol(.minus), .symbol(.plus):
      if let before { throw openingSign(verb, before) }
      return try signedNumber(verb)
    case .keyword(.fn) where following.kind == .symbol(.leftParenthesis):
      throw functionAsOperand(verb)
    case .name, .keyword: return try wordOrValue(words: words != nil)
    default: throw notAnOperand(verb, before)
    }
  }

  /// sign number, without a blank
  private mutating func signedNumber(_ verb: Verb) throws -> Expression {
    let sign = current
    let number: Double
    switch following.kind {
    case .number(let value) where !following.followsBlank: number = value
    case .name("inf") where !following.followsBlank: number = .infinity
    case .name("nan") where !following.followsBlank: number = .nan
    default: throw strangeSign(verb)
    }
    advance()
    advance()
    return Expression(
      .number(sign.kind == .symbol(.minus) ? -number : number), sign.span.joined(previous.span))
  }

  /// word | name postfix | literal
  private mutating func wordOrValue(words: Bool) throws -> Expression {
    let start = input.index
    let end = input.wordEnd(from: input.index)
    let isTouched: Bool
    switch input[end].kind {
    case .symbol(.leftParenthesis), .symbol(.leftBracket), .symbol(.dot):
      isTouched = !input[end].followsBlank
    default: isTouched = false
    }
    guard words else {
      if isAt(.not) { throw operatorInOperand(start: start) }
      return try postfix()
    }
    if isTouched { return try postfix() }
    // `checkEnd` refuses anything else that touches it, as in `a*b` or `a-1`.
    let span = Span(current.span.lower, input[end - 1].span.upper)
    let other = end == start + 1 ? readingOfWord(input[start]) : nil
    input.index = end
    return Expression(.word(text(span), orElse: other), span)
  }

  /// The reading of a word that is no choice.
  private func readingOfWord(_ token: Token) -> Expression? {
    switch token.kind {
    case .name("inf"): Expression(.number(.infinity), token.span)
    case .name("nan"): Expression(.number(.nan), token.span)
    case .name(let name): verbs.contains(name) ? nil : Expression(.name(name), token.span)
    case .keyword(.true): Expression(.bool(true), token.span)
    case .keyword(.false): Expression(.bool(false), token.span)
    case .keyword(.none): Expression(.none, token.span)
    default: nil
    }
  }

  /// list of words := "[" [ element { "," element } [","] ] "]"; element := word | expression
  private mutating func wordList(of words: Continuation.Kind) throws -> Expression {
    try nested { parser in try parser.list { try $0.wordListElement(words) } }
  }

  private mutating func wordListElement(_ words: Continuation.Kind) throws -> Expression {
    nesting.height = 1
    let start = input.index
    offer(isWord: true) { _ in [words] }
    if start == input.cursor { throw expectedValue() }
    if isAt(.leftBracket) {
      // A list in the list, unless more follows it, as in `[[1, 2][0], 3]`.
      var trial = self
      if let list = try? trial.wordList(of: words),
        trial.isAt(.comma) || trial.isAt(.rightBracket)
      {
        self = trial
        return list
      }
      if !trial.found.continuations.isEmpty {
        self = trial
        throw Abandoned()
      }
      return try expression()
    }
    let end = input.wordEnd(from: input.index)
    guard end > input.index else { return try expression() }
    var after = end
    while input[after].kind == .newline { after += 1 }
    guard input[after].kind == .symbol(.comma) || input[after].kind == .symbol(.rightBracket)
    else { return try expression() }
    let span = Span(current.span.lower, input[end - 1].span.upper)
    let other: Expression?
    if end == start + 1 {
      other = readingOfWord(current)
    } else {
      // `a-b` in brackets: a subtraction, where names stand on both sides.
      var trial = self
      other = try? trial.expression()
    }
    input.index = end - 1
    advance()
    return Expression(.word(text(span), orElse: other), span)
  }
}
