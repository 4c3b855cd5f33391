/// Errors about operands. Where a line can be read in two ways, the help shows how to write each.
extension Parser {
  /// Refuses what can't follow an operand. A blank and another operand can, or the end of the
  /// statement.
  mutating func checkEnd(
    _ verb: Verb, _ before: OperandBefore?, isExpectation: Bool = false
  ) throws {
    guard let before, !isAtStatementEnd else { return }
    operandSpans.append(before.span)
    switch current.kind {
    case .invalid: throw Abandoned()
    case .symbol(.comma): throw commaBetweenOperands(verb)
    case .symbol(.minus), .symbol(.plus):
      // `a -3`: `operand` refuses the sign and shows both readings.
      if current.followsBlank && !following.followsBlank && !isExpectation { return }
      throw operatorOutsideBrackets(verb, before)
    case .symbol(.power): throw operatorOutsideBrackets(verb, before)
    case _ where infixOperator != nil: throw operatorOutsideBrackets(verb, before)
    case .symbol(.assign): throw assignmentAsComparison()
    case .symbol(.colon) where before.value.isWord && !before.isKeyed && following.isValueStart:
      throw fail(
        "an option is written with '=', not ':'", at: current.span,
        help: fix(Span(current.span.lower, following.span.lower), "="))
    case .symbol(.dot), .symbol(.colon), .symbol(.about), .symbol(.leftBrace),
      .symbol(.rightParenthesis), .symbol(.rightBracket):
      throw unexpected(after: input.index(at: before.span.lower))
    default:
      if !current.followsBlank {
        if let prefix = stringPrefix() { throw prefix }
        throw fail(
          "a blank must stand between two operands", at: current.span,
          help: fix(Span(current.span.lower, current.span.lower), " "))
      }
    }
  }

  /// `lr=2*base`, `a + b`, `a-b`, `data/iris.csv`.
  mutating func operatorOutsideBrackets(_ verb: Verb, _ before: OperandBefore) -> Abandoned {
    let operation = current
    let touches = !operation.followsBlank && !following.followsBlank
    let start = input.index(at: before.span.lower)
    guard let whole = trialExpression(from: start) else { return Abandoned() }
    let spelled = text(whole)
    let help = bracketed(whole, verb, before)
    if operation.kind == .symbol(.minus) && touches {
      let difference = "\(text(before.span)) - \(text(Span(operation.span.upper, whole.upper)))"
      return fail(
        "'\(spelled)' reads two ways: a word, or the difference `\(difference)`", at: whole,
        help: help.map { "for the difference, \($0)" })
    }
    if operation.kind == .symbol(.divide) && touches && verb.name != "print" {
      return fail(
        "'/' must stand in brackets or quotes here", at: operation.span,
        help: help.map { "a path is written in quotes; for a quotient, \($0)" })
    }
    if operation.kind == .symbol(.equal), before.value.isWord, !before.isKeyed,
      verb.name != "print"
    {
      return fail(
        "'==' must stand in brackets here", at: operation.span,
        help: (fix(operation.span, "=").map { "for the option, \($0)" })
          .map { $0 + (help.map { "; for the comparison, \($0)" } ?? "") })
    }
    return fail(
      "'\(text(operation.span))' must stand in brackets here", at: operation.span, help: help)
  }

  /// `not x` as an operand of `print`.
  mutating func operatorInOperand(start: Int) -> Abandoned {
    let operation = current.span
    guard let whole = trialExpression(from: start) else { return Abandoned() }
    return fail(
      "'\(text(operation))' must stand in brackets here", at: operation,
      help: fix(whole, "(\(text(whole)))"))
  }

  /// `write …` with the expression in brackets. Where no bracket may open, `print(…)` or an
  /// assignment instead.
  private func bracketed(_ whole: Span, _ verb: Verb, _ before: OperandBefore) -> String? {
    if before.mayOpen { return fix(whole, "(\(text(whole)))") }
    if verb.name == "print" {
      return printCall(operandSpans.dropLast().map { text($0) } + [text(whole)], after: whole)
    }
    return "give it a name first: `t = \(text(whole))`"
  }

  private func printCall(_ items: [String]) -> String {
    "print(\(items.joined(separator: ", ")))"
  }

  /// `write print(…)` with these items and the operands of the line after `span`; nil where those
  /// can't be read.
  private func printCall(_ items: [String], after span: Span) -> String? {
    var trial = self
    trial.input.index = input.index(at: span.upper)
    var items = items
    while !trial.isAtStatementEnd {
      // A sign or bracket that opens an operand is one of its own in the call.
      guard let operand = try? trial.unary() else { return nil }
      items.append(text(operand.span))
    }
    return "write `\(printCall(items))`"
  }

  /// `f (x)`, `a [0]`, `"a" (x)`.
  mutating func openingBracket(_ verb: Verb, _ before: OperandBefore) -> Abandoned {
    let opening = current
    let mark = text(opening.span)
    guard let bracket = trialExpression(from: input.index, postfixOnly: true) else {
      return Abandoned()
    }
    let inBrackets = text(bracket)
    let isPrint = verb.name == "print"
    // `(x)` as an item of `print(…)` needs no brackets of its own.
    let isParenthesis = opening.kind == .symbol(.leftParenthesis)
    let bare =
      isParenthesis && !inBrackets.contains(",") && inBrackets.last == ")"
      ? String(inBrackets.dropFirst().dropLast()) : inBrackets
    let apart =
      isPrint
      ? printCall(operandSpans.map { text($0) } + [bare], after: bracket)
      : "give it a name first: `t = \(bare)`"
    guard previous.isCallable, !(before.value.isWord && text(before.span).contains("-")) else {
      return fail(
        "an operand opens with '\(mark)' only directly after the verb or a key's '='",
        at: opening.span, help: apart)
    }
    let joined = text(before.span) + inBrackets
    let touching = fix(Span(before.span.upper, opening.span.lower), "")
    let what = isParenthesis ? "call" : "index"
    return fail(
      "'\(text(Span(before.span.lower, bracket.upper)))' reads two ways: the \(what) "
        + "`\(joined)`, or two operands",
      at: Span(before.span.lower, bracket.upper),
      help: (touching.map { "for the \(what), \($0)" } ?? "brackets touch what they belong to")
        + (apart.map { "\nfor two operands, \($0)" } ?? ""))
  }

  /// `a -3`, `d -v`.
  mutating func openingSign(_ verb: Verb, _ before: OperandBefore) -> Abandoned {
    let sign = current
    let start = input.index(at: before.span.lower)
    if verb.name != "print", let flag = flag() { return flag }
    guard let whole = trialExpression(from: start) else { return Abandoned() }
    let left = text(before.span)
    let right = text(Span(sign.span.upper, whole.upper))
    let isMinus = sign.kind == .symbol(.minus)
    let sum = "\(left) \(isMinus ? "-" : "+") \(right)"
    let what = isMinus ? "difference" : "sum"
    let earlier = operandSpans.dropLast().map { text($0) }
    let joined: String?
    let apart: String?
    if verb.name == "print" {
      joined =
        before.mayOpen ? fix(whole, "(\(sum))") : printCall(earlier + [sum], after: whole)
      apart = printCall(earlier + [left, text(sign.span) + right], after: whole)
    } else {
      joined = before.mayOpen ? fix(whole, "(\(sum))") : "give it a name first: `t = \(sum)`"
      apart = "give it a name first: `t = \(text(sign.span))\(right)`"
    }
    return fail(
      "'\(text(whole))' reads two ways: the \(what) `\(sum)`, or two operands", at: whole,
      help: [joined.map { "for the \(what), \($0)" }, apart.map { "for two operands, \($0)" }]
        .compactMap { $0 }.joined(separator: "\n"))
  }

  /// A sign directly after the verb or a key's `=` that touches no number.
  mutating func strangeSign(_ verb: Verb) -> Abandoned {
    let sign = current
    if previous.kind != .symbol(.assign), verb.name != "print", let flag = flag() {
      return flag
    }
    if case .number = following.kind {
      return fail(
        "a sign touches its number", at: sign.span.joined(following.span),
        help: fix(Span(sign.span.upper, following.span.lower), ""))
    }
    guard let whole = trialExpression(from: input.index) else { return Abandoned() }
    return fail(
      "outside brackets, a sign stands only before a number", at: sign.span,
      help: fix(whole, "(\(text(whole)))"))
  }

  /// `-v`, `--verbose`.
  private mutating func flag() -> Abandoned? {
    guard current.kind == .symbol(.minus) else { return nil }
    var start = input.index + 1
    if input[start].kind == .symbol(.minus), !input[start].followsBlank { start += 1 }
    guard input[start].isWordPart, !input[start].followsBlank else { return nil }
    let end = input.wordEnd(from: start)
    let span = Span(current.span.lower, input[end - 1].span.upper)
    let word = text(Span(input[start].span.lower, input[end - 1].span.upper))
    let option: String?
    switch input[end].kind {
    case .symbol(.assign): option = fix(Span(current.span.lower, input[start].span.lower), "")
    case .number, .string, .name, .keyword(.true), .keyword(.false):
      // `-lr 0.1`.
      option = fix(Span(current.span.lower, input[end].span.lower), "\(word)=")
    default: option = nil
    }
    return fail(
      "there are no flags such as '\(text(span))'", at: span,
      help: option ?? "an option is written `key=value`, as in `\(word)=true`; "
        + "a negative value stands in brackets")
  }

  /// An operand is missing.
  mutating func notAnOperand(_ verb: Verb, _ before: OperandBefore?) -> Abandoned {
    switch current.kind {
    case .invalid: return Abandoned()
    case .symbol(.comma): return commaBetweenOperands(verb)
    case .symbol(.rightParenthesis), .symbol(.rightBracket):
      return unexpected(after: input.index(at: verb.span.lower))
    case .symbol(.divide), .symbol(.dot):
      return fail(
        "expected an operand, not \(described(current))", at: current.span,
        help: "a path is written in quotes")
    default:
      let after = before == nil && input.index == verb.end ? " after '\(verb.name)'" : ""
      return fail(
        "expected an operand\(after), not \(described(current))", at: current.span,
        help: input.index == verb.end && infixOperator != nil
          ? "'\(verb.name)' is a verb, and no value" : nil)
    }
  }

  private mutating func commaBetweenOperands(_ verb: Verb) -> Abandoned {
    let help: String?
    if verb.name == "print", let first = operandSpans.first {
      let rest = text(Span(first.lower, lineEnd(from: input.index)))
      help = "write `\(printCall([rest]))`"
    } else if let key = keyOfLastOperand, let list = listAfterKey() {
      help = "a list stands in brackets, `\(key)=[\(list)]`; `tune` tries each of its values"
    } else {
      help = fix(current.span, following.followsBlank ? "" : " ")
    }
    return fail(
      "operands are separated by blanks, not commas", at: current.span, help: help)
  }

  /// The key of the operand that was read last; nil where it has none.
  private var keyOfLastOperand: String? {
    guard let last = operandSpans.last else { return nil }
    let value = input.index(at: last.lower)
    guard value >= 2, input[value - 1].kind == .symbol(.assign) else { return nil }
    guard case .name(let key) = input[value - 2].kind else { return nil }
    return key
  }

  /// The values with commas between them, of which the last operand is the first.
  private func listAfterKey() -> String? {
    guard let last = operandSpans.last else { return nil }
    var trial = self
    var items = [text(last)]
    while trial.accept(.comma) {
      guard let item = try? trial.unary() else { return nil }
      items.append(text(item.span))
    }
    return items.joined(separator: ", ")
  }

  /// Refuses what touches the verb.
  mutating func checkBlank(after verb: Verb) throws {
    operandSpans = []
    guard !current.followsBlank, !isAtStatementEnd else { return }
    switch current.kind {
    case .invalid: throw Abandoned()
    case .symbol(.leftParenthesis):
      throw fail(
        "'\(verb.name)' is a verb, not a function: its operands follow after a blank",
        at: verb.span.joined(current.span),
        help: commandFromCall(verb) ?? "write `\(verb.name) …`, with blanks between the operands")
    case .symbol(.leftBracket), .symbol(.dot):
      throw fail(
        "'\(verb.name)' is a verb, and no value", at: verb.span.joined(current.span),
        help: "give what it returns a name first: `x = \(verb.name) …`")
    default:
      throw fail(
        "a blank must stand between '\(verb.name)' and what follows",
        at: verb.span.joined(current.span),
        help: fix(Span(verb.span.upper, verb.span.upper), " "))
    }
  }

  /// `train d lr=1e-3` for `train(d, lr=1e-3)`; nil where the arguments can't be operands.
  private func commandFromCall(_ verb: Verb) -> String? {
    var trial = self
    var items: [(name: String?, value: Expression)] = []
    let read: Void? = try? trial.bracketed { parser in
      var name: String?
      if parser.following.kind == .symbol(.assign), case .name(let key) = parser.current.kind {
        name = key
        parser.advance()
        parser.advance()
      }
      items.append((name, try parser.expression()))
    }
    guard read != nil, trial.isAtStatementEnd else { return nil }
    var line = verb.name
    for (i, item) in items.enumerated() {
      var text = text(item.value.span)
      switch item.value.kind {
      case .binary, .unary(.not, _):
        guard i == 0 || item.name != nil else { return nil }
        text = "(\(text))"
      case .list, .tuple, .unary:
        guard i == 0 || item.name != nil else { return nil }
      default: break
      }
      line += " " + (item.name.map { $0 + "=" } ?? "") + text
    }
    return fix(Span(verb.span.lower, trial.previous.span.upper), line)
  }

  /// `print(a) + 1`, `print(a) b`.
  mutating func contentAfterPrint(_ opening: Span) -> Abandoned {
    if current.kind == .invalid { return Abandoned() }
    let isJoined = infixOperator != nil || isAt(.power)
    let end = lineEnd(from: input.index)
    let all = text(Span(opening.lower, end))
    return fail(
      "nothing may follow 'print(…)' on its line", at: current.span,
      help: isJoined
        ? "write `print (\(all))`"
        : fix(Span(opening.lower, opening.lower), " "))
  }

  // MARK: - The fixed line

  /// `write …` with the line of the statement, the part at `span` replaced. Nil in a string, and
  /// where that line has a line end or more than 200 bytes.
  func fix(_ span: Span, _ replacement: String, toLineEnd: Bool = true) -> String? {
    guard !input.isInString else { return nil }
    let start = input[statementStart].span.lower
    let end = toLineEnd ? lineEnd(from: input.index(at: span.upper)) : span.upper
    guard start <= span.lower, end >= span.upper else { return nil }
    let line = text(Span(start, span.lower)) + replacement + text(Span(span.upper, end))
    guard line.utf8.count <= 200, !line.utf8.contains(10) else { return nil }
    return "write `\(line)`"
  }

  /// The offset after the last token of the statement's line.
  func lineEnd(from first: Int) -> Int {
    var i = max(first, statementStart)
    var end = input[max(i - 1, 0)].span.upper
    while !input[i].endsStatement {
      end = input[i].span.upper
      if input[i].kind == .symbol(.leftBrace) { break }
      i += 1
    }
    return end
  }

  /// The span of the expression at `start`. Where there is none, nil, and its error is reported.
  private mutating func trialExpression(from start: Int, postfixOnly: Bool = false) -> Span? {
    var trial = self
    trial.input.index = start
    do {
      return try (postfixOnly ? trial.postfix() : trial.expression()).span
    } catch {
      self = trial
      return nil
    }
  }
}

extension Expression {
  /// True for a bare word of a command.
  var isWord: Bool {
    if case .word = kind { true } else { false }
  }
}
