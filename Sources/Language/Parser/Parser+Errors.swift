import Text

/// Syntax errors. Each may be the first that a user sees, so it names what was read and, where
/// possible, shows the line that was meant.
extension Parser {
  /// Reports an error; the caller throws the result where it can't go on.
  @discardableResult
  mutating func fail(_ message: String, at span: Span, help: String? = nil) -> Abandoned {
    let diagnostic = Diagnostic(
      message, category: .usage, source: source, span: span, help: help)
    if current.kind == .end && !input.isInString {
      found.atEnd.append(diagnostic)
    } else {
      found.diagnostics.append(diagnostic)
    }
    return Abandoned()
  }

  // MARK: - What stands where something else should

  /// `'x'`, or `the end of the line`.
  func described(_ token: Token) -> String {
    switch token.kind {
    case .end where input.isInString: return "the closing '}'"
    case .newline, .end: return "the end of the line"
    case .string, .rawString: return "a string"
    default: return "'\(text(token.span))'"
    }
  }

  /// The place to point at. At the end of a line, that is the end of the last token before it.
  func visible(_ span: Span) -> Span {
    switch current.kind {
    case .newline, .end:
      var before = input.index - 1
      while before > 0 && input[before].kind == .newline { before -= 1 }
      guard before >= 0 else { return span }
      return Span(input[before].span.upper, input[before].span.upper)
    default: return span
    }
  }

  /// `expected a name after 'fn', not '('`.
  mutating func expected(_ what: String, after: String?) -> Abandoned {
    if current.kind == .invalid { return Abandoned() }
    if let ended = endInBrackets() { return ended }
    let place = after.map { " after \($0)" } ?? ""
    return fail(
      "expected \(what)\(place), not \(described(current))", at: visible(current.span))
  }

  /// A value is missing.
  mutating func expectedValue() -> Abandoned {
    if current.kind == .invalid { return Abandoned() }
    if let ended = endInBrackets() { return ended }
    if let wrong = wrongClosing() { return wrong }
    switch current.kind {
    case .symbol(.assign) where previous.kind == .symbol(.assign) && input.index > statementStart:
      return fail(
        "expected a value after '=', not '='", at: current.span,
        help: "one '=' assigns, and '==', without a blank in it, compares")
    case .symbol(let symbol) where symbol.isAssignment && input.index > statementStart:
      return fail(
        "expected a value before '\(symbol.rawValue)'", at: current.span)
    case .keyword(.fn):
      if let unclosed = statementInBrackets() { return unclosed }
      return fail(
        "a named function can't stand in an expression", at: current.span,
        help: "without a name it can: `fn(x) => x * 2`")
    case .keyword(let keyword) where keyword != .in && keyword != .and && keyword != .or:
      if let unclosed = statementInBrackets() { return unclosed }
      return fail(
        "'\(keyword.rawValue)' starts a statement, and gives no value", at: current.span)
    case .symbol(.leftBrace): return strayBlock(orList: "; a list is written `[…]`")
    default: break
    }
    if input.index == statementStart {
      return fail(
        "a statement can't start with \(described(current))", at: current.span,
        help: isAt(.remainder) ? magic : nil)
    }
    let isLineEnd = current.kind == .newline || current.kind == .end
    return fail(
      "expected a value after '\(text(lastVisible.span))', not \(described(current))",
      at: visible(current.span),
      help: isLineEnd && !input.isInString && Self.infixOperator(lastVisible) != nil
        ? "a line goes on after a final '\\', or inside brackets" : nil)
  }

  /// What to write in place of `%timeit x`, the way IPython has it.
  private var magic: String {
    let start = current.span.upper
    let line = text(Span(start, source.lineEnd(at: start))).drop { $0 == "%" }
    let word = line.prefix { !$0.isWhitespace }
    let rest = line.dropFirst(word.count).drop(while: \.isWhitespace)
    if word == "run", !rest.isEmpty, !rest.contains("\"") { return "write `run \"\(rest)\"`" }
    if verbs.contains(String(word)) { return "write `\(line)`" }
    return ForeignWords.values[String(word)] ?? "commands need no '%'; `help` lists them"
  }

  /// The last token before the current one that is no line end.
  private var lastVisible: Token {
    var before = max(input.index - 1, 0)
    while before > 0 && input[before].kind == .newline { before -= 1 }
    return input[before]
  }

  /// After a whole expression that started at `start`, something that can't follow it.
  mutating func unexpected(after start: Int) -> Abandoned {
    if current.kind == .invalid { return Abandoned() }
    if let ended = endInBrackets() { return ended }
    if let wrong = wrongClosing() { return wrong }
    if let prefix = stringPrefix() { return prefix }
    if let unknown = unknownVerb(start) { return unknown }
    switch current.kind {
    case .symbol(.leftParenthesis), .symbol(.leftBracket):
      if let foreign = foreignVerb(start) { return foreign }
    default: break
    }
    switch current.kind {
    case .symbol(.leftParenthesis) where previous.isCallable:
      return fail(
        "'(' must touch what it calls", at: current.span,
        help: fix(Span(previous.span.upper, current.span.lower), "") ?? "as in `f(x)`")
    case .symbol(.leftBracket) where previous.isCallable:
      return fail(
        "'[' must touch what it indexes", at: current.span,
        help: fix(Span(previous.span.upper, current.span.lower), "") ?? "as in `x[0]`")
    case .symbol(.dot):
      return fail(
        "'.' must touch the value before it", at: current.span, help: "as in `d.train`")
    case .symbol(.about):
      return fail(
        "'~=' stands only in 'expect'", at: current.span,
        help: "as in `expect a ~= b within=1e-6`; `abs(a - b) < 1e-6` compares elsewhere")
    case .symbol(.assign):
      return assignment(in: start)
    case .symbol(let symbol) where symbol.isAssignment:
      return fail("'\(symbol.rawValue)' can't stand in an expression", at: current.span)
    case .symbol(.colon):
      return fail(
        "expected an operator or the end of the expression, not ':'", at: current.span,
        help: input.isInString
          ? nil : "a slice stands in an index, as in `x[0:5]`; `range(0, 5)` makes the numbers")
    case .keyword(.if), .keyword(.else):
      return fail(
        "'\(text(current.span))' can't stand in an expression", at: current.span,
        help: "write `if x { … } else { … }`, or `where(x, a, b)` for arrays")
    case .keyword(.for):
      return fail(
        "'for' makes the items of a list only in square brackets", at: current.span,
        help: "as in `[x * 2 for x in values]`")
    case .symbol(.arrow):
      return fail(
        "'=>' stands only after the parameters of 'fn'", at: current.span,
        help: "as in `fn(x) => x * 2`; 'greater or equal' is written '>='")
    case .symbol(.leftBrace): return strayBlock()
    default: break
    }
    let wanted = input.isInString ? "an operator or '}'" : "an operator or the end of the statement"
    return fail("expected \(wanted), not \(described(current))", at: current.span)
  }

  /// After an element in brackets, neither a comma nor the closing bracket.
  mutating func unexpectedInBrackets(_ opening: Token, after start: Int) -> Abandoned {
    if current.kind == .invalid { return Abandoned() }
    if let ended = endInBrackets() { return ended }
    if let wrong = wrongClosing() { return wrong }
    if input[input.index - 1].kind == .newline, closing(of: openBrackets) == nil {
      return unclosed(opening, before: current)
    }
    if let prefix = stringPrefix() { return prefix }
    switch current.kind {
    case .number, .string, .rawString, .name, .keyword(.true), .keyword(.false), .keyword(.none):
      return fail(
        "expected ',' or '\(opening.closing)', not \(described(current))", at: current.span)
    case .symbol(.semicolon):
      return fail(
        "expected ',' or '\(opening.closing)', not ';'", at: current.span,
        help: "the rows of a matrix are lists: `[[1, 2], [3, 4]]`")
    case .symbol(.leftBracket) where !previous.isCallable,
      .symbol(.leftParenthesis) where !previous.isCallable:
      return fail(
        "expected ',' or '\(opening.closing)', not \(described(current))", at: current.span)
    default: return unexpected(after: start)
    }
  }

  /// `{` where no block can stand: a bracket before it is not closed, or the `{` is a mistake.
  private mutating func strayBlock(orList: String = "") -> Abandoned {
    if input.brackets > 0 { return unclosed(input.openings.last ?? current, before: current) }
    return fail(
      "a block can't stand here", at: current.span,
      help: "'{' opens the block of 'if', 'for', 'while' or 'fn'" + orList)
  }

  /// A prefix such as Python's `f"loss {x}"`.
  mutating func stringPrefix() -> Abandoned? {
    guard !current.followsBlank, case .name(let name) = previous.kind, name.utf8.count <= 2,
      name.utf8.allSatisfy({ "bfruBFRU".utf8.contains($0) })
    else { return nil }
    switch current.kind {
    case .string, .rawString: break
    default: return nil
    }
    return fail(
      "a string has no '\(name)' before it", at: previous.span,
      help: fix(previous.span, "") ?? "what stands in its braces is put in all the same")
  }

  /// After a whole statement.
  mutating func unexpectedAfterStatement() -> Abandoned {
    if current.kind == .invalid { return Abandoned() }
    if let wrong = wrongClosing() { return wrong }
    return fail(
      "expected the end of the statement, not \(described(current))", at: current.span,
      help: "a line end or ';' ends a statement")
  }

  // MARK: - Brackets and blocks

  /// The end of the text, or of a string's code, inside brackets.
  mutating func endInBrackets() -> Abandoned? {
    guard current.kind == .end, input.brackets > 0, let opening = input.openings.last else {
      return nil
    }
    return unclosed(opening, before: nil)
  }

  /// A bracket or block that is not closed before `token`; nil is the end of the text.
  @discardableResult
  mutating func unclosed(_ opening: Token, before token: Token?) -> Abandoned {
    let name = text(opening.span)
    guard let token else {
      if !input.isInString {
        if found.endsInside { return Abandoned() }
        found.endsInside = true
      }
      return fail(
        "'\(name)' is not closed", at: opening.span,
        help: input.isInString
          ? "a '\(opening.closing)' is missing before the '}'"
          : "a '\(opening.closing)' is missing before the end of the text")
    }
    if input[input.index - 1].kind == .newline { isRecovered = true }
    let line = source.line(at: token.span.lower)
    let place =
      line == source.line(at: opening.span.lower)
      ? "before \(described(token))" : "before \(described(token)) on line \(line)"
    return fail(
      "'\(name)' is not closed", at: opening.span,
      help: "a '\(opening.closing)' is missing \(place)")
  }

  /// A statement at the start of a line inside brackets: they should be closed before it.
  private mutating func statementInBrackets() -> Abandoned? {
    guard input.brackets > 0, input[input.index - 1].kind == .newline,
      let opening = input.openings.last,
      closing(of: openBrackets) == nil
    else { return nil }
    return unclosed(opening, before: current)
  }

  /// A closing bracket that matches no opening one.
  private mutating func wrongClosing() -> Abandoned? {
    guard
      current.kind == .symbol(.rightParenthesis) || current.kind == .symbol(.rightBracket)
        || current.kind == .symbol(.rightBrace) && input.brackets > 0
    else { return nil }
    let closing = text(current.span)
    guard input.brackets > 0, let opening = input.openings.last else {
      return fail("'\(closing)' closes nothing", at: current.span, help: "no bracket is open here")
    }
    if closing == opening.closing { return nil }
    if closing == "}" { return unclosed(opening, before: current) }
    let name = text(opening.span)
    return fail(
      "'\(name)' is closed by '\(opening.closing)', not by '\(closing)'", at: current.span,
      help: "it opens at column \(source.column(at: opening.span.lower)) of line "
        + "\(source.line(at: opening.span.lower))")
  }

  /// Where `{` should open a block.
  mutating func missingBlock(_ head: String) -> Abandoned {
    if current.kind == .invalid { return Abandoned() }
    if isAt(.colon) {
      return fail(
        "a block opens with '{', not ':'", at: current.span,
        help: fix(current.span, " {", toLineEnd: false).map { $0 + ", and '}' closes it" })
    }
    var next = input.index
    while input[next].kind == .newline { next += 1 }
    if current.kind == .newline, input[next].kind == .symbol(.leftBrace) {
      let line = "`\(text(Span(input[statementStart].span.lower, previous.span.upper))) {`"
      let span = input[next].span
      let failure = fail(
        "'{' stands on the line of its '\(head)'", at: span,
        help: head == "else" ? "write `} else {`" : "write \(line)")
      // Its block is read all the same.
      input.index = next
      return failure
    }
    return fail(
      "expected '{' and the block of '\(head)', not \(described(current))",
      at: visible(current.span))
  }

  /// `else` or `catch` at the start of a line, or without its `if` or `try`.
  mutating func strayBranch(_ keyword: Keyword) -> Abandoned {
    let (word, head) = keyword == .else ? ("else", "if") : ("catch", "try")
    var before = input.index - 1
    while before > 0 && input[before].kind == .newline { before -= 1 }
    if before >= 0, input[before].kind == .symbol(.rightBrace) {
      return fail(
        "'\(word)' stands on the line of its '}'", at: current.span,
        help: keyword == .else ? "write `} else {`" : "write `} catch problem {`")
    }
    return fail("'\(word)' belongs to no '\(head)'", at: current.span)
  }

  /// Neither `catch` nor anything else that could follow the block of `try`.
  mutating func missingCatch() -> Abandoned {
    if current.kind == .invalid { return Abandoned() }
    var next = input.index
    while input[next].kind == .newline { next += 1 }
    if input[next].kind == .keyword(.catch) {
      let failure = fail(
        "'catch' stands on the line of its '}'", at: input[next].span,
        help: "write `} catch problem {`")
      // Its block is read all the same.
      input.index = next
      return failure
    }
    return fail(
      "expected 'catch' after the block of 'try', not \(described(current))",
      at: visible(current.span), help: "as in `try { … } catch problem { print problem }`")
  }

  // MARK: - Names, assignments, comparisons

  /// A keyword, a verb or a number where a name is given.
  mutating func notAName(
    _ span: Span, _ what: String, verb: String? = nil, isNumber: Bool = false
  ) -> Abandoned {
    let word = verb ?? text(span)
    let reason = verb != nil ? "a verb" : isNumber ? "a number" : "a keyword"
    let other = String(word.map { $0 == "-" ? "_" : $0 }) + (word.contains("-") ? "" : "_")
    return fail(
      "'\(word)' is \(reason), and can't be the name of \(what.first == "a" ? "an" : "a") \(what)",
      at: span, help: "choose another name, such as '\(other)'")
  }

  /// A verb inside an expression.
  mutating func verbAsValue(_ verb: String) -> Abandoned {
    // `loss, train = …`: it is meant as a name.
    if input.brackets == 0 && following.kind == .symbol(.comma)
      || following.kind == .symbol(.assign)
    {
      var i = input.index
      while !input[i].endsStatement {
        if case .symbol(let symbol) = input[i].kind, symbol.isAssignment {
          return notAName(current.span, "variable", verb: verb)
        }
        i += 1
      }
    }
    if following.isValueStart, let unclosed = statementInBrackets() { return unclosed }
    return fail(
      "'\(verb)' is a verb, and can't stand in an expression", at: current.span,
      help: "give what it returns a name first: `x = \(verb) …`")
  }

  /// `_ = …`.
  mutating func assignmentToLast(_ span: Span, help: String) -> Abandoned {
    fail("'_' is the last value shown, and can't be assigned", at: span, help: help)
  }

  /// `%=` and its like.
  mutating func unknownAssignment(_ symbol: Symbol, target: Span) -> Abandoned {
    let name = text(target)
    return fail(
      "there is no '\(symbol.rawValue)'", at: current.span,
      help: "write `\(name) = \(name) \(symbol.rawValue.dropLast()) …`")
  }

  /// `=` after an expression that started at `start`.
  private mutating func assignment(in start: Int) -> Abandoned {
    let end = input.wordEnd(from: start)
    if input.brackets > 0, end == input.index, end > start + 1 {
      let word = text(Span(input[start].span.lower, input[end - 1].span.upper))
      let name = String(word.map { $0 == "-" ? "_" : $0 })
      return fail(
        "in a call, '\(word)' is written '\(name)'",
        at: Span(input[start].span.lower, input[end - 1].span.upper),
        help: "write `\(name)=`: a '-' between brackets is a minus")
    }
    return assignmentAsComparison()
  }

  /// `=` in a condition.
  mutating func assignmentAsComparison() -> Abandoned {
    fail(
      "'=' assigns, and can't stand in an expression", at: current.span,
      help: fix(current.span, "==") ?? "'==' compares")
  }

  /// `a < b < c`.
  mutating func chain(
    _ left: Expression, _ operation: BinaryOperator, _ span: Span, _ right: Expression
  ) -> Abandoned {
    guard case .binary(_, _, _, let middle) = left.kind else { return Abandoned() }
    let first = text(left.span)
    let second = "\(text(middle.span)) \(operation.rawValue) \(text(right.span))"
    return fail(
      "comparisons don't chain", at: span, help: "write `\(first) and \(second)`")
  }

  // MARK: - Unknown words

  /// `plot [1, 2]`: a verb of another tool before a bracket.
  private mutating func foreignVerb(_ start: Int) -> Abandoned? {
    guard start == statementStart, input.index == start + 1, current.followsBlank,
      case .name(let word) = input[start].kind, let help = ForeignWords.actions[word]
    else { return nil }
    return fail("there is no verb '\(word)'", at: input[start].span, help: help)
  }

  /// A word at the start of a statement, followed by what could be its operand.
  private mutating func unknownVerb(_ start: Int) -> Abandoned? {
    guard input.brackets == 0, !input.isInString, input.wordEnd(from: start) == input.index,
      current.followsBlank
    else { return nil }
    let isFirst =
      start == statementStart || start > 0 && input[start - 1].kind == .symbol(.assign)
      || start > 0 && input[start - 1].kind == .keyword(.return)
    guard isFirst else { return nil }
    switch current.kind {
    case .number, .string, .rawString, .name, .keyword(.true), .keyword(.false), .keyword(.none),
      .keyword(.not), .keyword(.if), .symbol(.leftBrace):
      break
    default: return nil
    }
    let span = Span(input[start].span.lower, input[input.index - 1].span.upper)
    let word = text(span)
    if !isAt(.leftBrace) && !isAt(.if) {
      found.words.append(CommandWord(role: .unknownVerb, span: span))
    }
    if let help = ForeignWords.statements[word] ?? ForeignWords.actions[word] {
      return fail("there is no '\(word)'", at: span, help: help)
    }
    if isAt(.leftBrace) || isAt(.if) { return nil }
    return fail(
      "there is no verb '\(word)'", at: span,
      help: Spelling.hint(word, in: verbs.sorted()) ?? "`help` lists the verbs")
  }
}

extension Token {
  /// True for a number, a string, a name or a keyword.
  var isValueStart: Bool {
    switch kind {
    case .number, .string, .rawString, .name, .keyword: true
    default: false
    }
  }

  /// The bracket that closes this one.
  var closing: String {
    switch kind {
    case .symbol(.leftParenthesis): ")"
    case .symbol(.leftBracket): "]"
    default: "}"
    }
  }

  /// True for the last token of a value that can be called or indexed.
  var isCallable: Bool {
    switch kind {
    case .name, .symbol(.rightParenthesis), .symbol(.rightBracket): true
    default: false
    }
  }
}
