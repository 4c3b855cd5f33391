extension Parser {
  /// script := { prose | cell | statement end }
  mutating func script() -> Script {
    var items: [ScriptItem] = []
    // The `#~` lines for the next statement.
    var comparison: [String] = []
    // Index in `items` of the statement that `#>` lines belong to.
    var last: Int?
    while found.diagnostics.count < Self.diagnosticLimit {
      if let (mark, span) = takeMark() {
        switch mark {
        case .prose(let text):
          items.append(prose(text, span))
          last = nil
        case .cell(let title):
          items.append(.cell(title: title, span))
          last = nil
        case .recorded(let text):
          if let last { record(text, span, in: &items[last]) }
        case .comparison(let text): comparison.append(text)
        }
        continue
      }
      if current.kind == .end { break }
      if current.kind == .newline || isAt(.semicolon) {
        advance()
      } else if isAt(.rightBrace) {
        let closing = current.span
        advance()
        fail("'}' closes nothing", at: closing, help: "no block is open here")
      } else if var statement = topLevelStatement() {
        statement.comparison = comparison
        comparison = []
        items.append(.statement(statement))
        last = items.count - 1
      }
    }
    return Script(items: items)
  }

  /// Reads the mark before the current token, and the end of its line.
  private mutating func takeMark() -> (Mark, Span)? {
    guard let (mark, span) = marks.mark(before: input.index) else { return nil }
    marks.advance()
    if current.kind == .newline { advance() }
    return (mark, span)
  }

  /// Joins the `##` lines that follow directly.
  private mutating func prose(_ first: String, _ firstSpan: Span) -> ScriptItem {
    var text = first
    var span = firstSpan
    while case .prose(let line)? = marks.mark(before: input.index)?.mark {
      text += "\n" + line
      _ = takeMark().map { span = span.joined($0.1) }
    }
    return .prose(text, span)
  }

  private func record(_ line: String, _ span: Span, in item: inout ScriptItem) {
    guard case .statement(var statement) = item else { return }
    statement.recorded = (statement.recorded ?? []) + [line]
    statement.recordedSpan = statement.recordedSpan?.joined(span) ?? span
    item = .statement(statement)
  }

  /// A statement with its end; nil where it had to be abandoned.
  private mutating func topLevelStatement() -> TopLevelStatement? {
    do {
      let statement = try self.statement()
      let isSilent = try statementEnd()
      return TopLevelStatement(
        statement: statement, isSilent: isSilent, recorded: nil, comparison: [])
    } catch {
      recover()
      return nil
    }
  }

  /// end := line end | `;` | before `}` | after `}`. True where a `;` ends the line.
  mutating func statementEnd() throws -> Bool {
    switch current.kind {
    case .newline:
      advance()
      return false
    case .symbol(.semicolon):
      advance()
      if current.kind == .newline {
        advance()
        return true
      }
      return current.kind == .end
    case .end, .symbol(.rightBrace): return false
    default:
      if previous.kind == .symbol(.rightBrace) { return false }
      throw unexpectedAfterStatement()
    }
  }

  // MARK: - Recovery

  /// After an error, goes past the abandoned statement. The blocks that it opens are read for the
  /// errors inside them.
  mutating func recover() {
    var open = openBrackets
    input.brackets = 0
    // The innermost openings are brackets and dictionaries of the statement.
    input.openings.removeLast(max(input.openings.count - nesting.blocks, 0))
    if input.index == input.cursor {
      // The continuations have been noted.
      input.index += 1
      isRecovered = false
    }
    if isRecovered {
      isRecovered = false
      return
    }
    while found.diagnostics.count < Self.diagnosticLimit {
      switch current.kind {
      case .symbol(.rightBrace) where open.contains(.brace):
        while open.popLast() != .brace {}
        advance()
      case .end, .symbol(.rightBrace): return
      case .symbol(.semicolon):
        // `[1, 2; 3, 4]`: the rest of the matrix, and no statement.
        let isInside = !open.isEmpty && closesOnItsLine(open.count)
        advance()
        if !isInside { return }
      case .newline:
        if !open.isEmpty, let end = closing(of: open) {
          input.index = end
          open = []
        } else {
          advance()
          return
        }
      case .symbol(.leftBrace) where isDictionary(at: input.index):
        open.append(.brace)
        advance()
      case .symbol(.leftBrace):
        open = []
        guard nesting.depth < Self.nestingLimit, nesting.stack.hasRoom else {
          // Too deep even to look into.
          input.index = input.tokens.count - 1
          return
        }
        nesting.depth += 1
        nesting.functions += 1
        nesting.loops += 1
        _ = try? block()
        nesting.depth -= 1
        nesting.functions -= 1
        nesting.loops -= 1
        if !isAt(.else) && !isAt(.catch) && !isAt(.leftBrace) && !isAtStatementEnd { return }
      case .symbol(.leftParenthesis), .symbol(.leftBracket):
        open.append(.other)
        advance()
      case .symbol(.rightParenthesis), .symbol(.rightBracket):
        _ = open.popLast()
        let depth = open.count
        found.openCalls.removeAll { $0.depth >= depth }
        advance()
      default: advance()
      }
    }
  }

  /// True where `count` open brackets are closed before the line ends.
  private func closesOnItsLine(_ count: Int) -> Bool {
    var open = count
    for token in input.tokens[input.index...] {
      switch token.kind {
      case .symbol(.leftParenthesis), .symbol(.leftBracket): open += 1
      case .symbol(.rightParenthesis), .symbol(.rightBracket): open -= 1
      case .newline, .end, .symbol(.leftBrace), .symbol(.rightBrace): return false
      default: break
      }
      if open == 0 { return true }
    }
    return false
  }

  /// An open bracket: a dictionary's, or another.
  enum OpenBracket { case brace, other }

  /// The brackets that are open in the current statement, outermost first.
  var openBrackets: [OpenBracket] {
    input.openings.suffix(input.brackets).map { $0.kind == .symbol(.leftBrace) ? .brace : .other }
  }

  /// The index after the bracket that closes the outermost of the open ones; nil where something
  /// that can't stand in brackets comes first.
  func closing(of brackets: [OpenBracket]) -> Int? {
    var open = brackets
    for i in input.index..<min(input.index + 2000, input.tokens.count) {
      switch input[i].kind {
      case .symbol(.leftParenthesis), .symbol(.leftBracket):
        open.append(.other)
      case .symbol(.leftBrace) where isDictionary(at: i): open.append(.brace)
      case .symbol(.rightBrace) where open.last != .brace: return nil
      case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace):
        _ = open.popLast()
        if open.isEmpty { return i + 1 }
      case .symbol(.leftBrace), .symbol(.semicolon): return nil
      case .keyword(.fn), .keyword(.for), .keyword(.while), .keyword(.return), .keyword(.if),
        .keyword(.try):
        if input[i - 1].kind == .newline { return nil }
      case .name(let name) where input[i - 1].kind == .newline && verbs.contains(name):
        return nil
      default: break
      }
    }
    return nil
  }
}
