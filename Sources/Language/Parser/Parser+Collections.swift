/// Lists, comprehensions, dictionaries, and functions without a name.
extension Parser {
  /// list := "[" ( [ expression { "," expression } [","] ] | expression comprehension ) "]"
  mutating func list() throws -> Expression { try list { try $0.expression() } }

  /// A list or comprehension whose items are read by `element`.
  mutating func list(
    of element: (inout Parser) throws -> Expression
  ) throws -> Expression {
    let start = current.span
    var items: [Expression] = []
    var loop: Comprehension?
    var deepest = 0
    try bracketed { parser in
      if loop != nil { throw parser.afterComprehension() }
      let item = try element(&parser)
      deepest = max(deepest, parser.nesting.height)
      if items.isEmpty { parser.offer { _ in [.keywords([.for])] } }
      if items.isEmpty, parser.isAt(.for) {
        loop = try parser.comprehension(of: item)
        deepest = max(deepest, parser.nesting.height)
      } else {
        items.append(item)
      }
    }
    try grow(above: deepest)
    let span = start.joined(previous.span)
    return Expression(loop.map { .comprehension($0) } ?? .list(items), span)
  }

  /// comprehension := "for" target { "," target } "in" expression [ "if" expression ]
  private mutating func comprehension(of element: Expression) throws -> Comprehension {
    let outerNames = found.names.count
    var deepest = nesting.height
    advance()
    let targets = try loopTargets()
    let values = try expression()
    deepest = max(deepest, nesting.height)
    for target in targets { for name in target.names { bind(name.name, .loop) } }
    var condition: Expression?
    offer { _ in [.keywords([.if])] }
    if isAt(.if) {
      advance()
      condition = try expression()
      if isAt(.assign) { throw assignmentAsComparison() }
      deepest = max(deepest, nesting.height)
    }
    if isAt(.for) {
      throw fail(
        "a bracket has one 'for'", at: current.span,
        help: "loops stand one in the other: `[[i * j for j in range(2)] for i in range(3)]`")
    }
    found.names.removeLast(max(found.names.count - outerNames, 0))
    nesting.height = deepest
    return Comprehension(
      element: element, targets: targets, values: values, condition: condition)
  }

  /// dictionary := "{" [ entry { "," entry } [","] ] "}"; entry := expression ":" expression
  mutating func dictionary() throws -> Expression {
    let start = current.span
    var entries: [DictionaryEntry] = []
    var deepest = 0
    try bracketed { parser in
      let key = try parser.expression()
      deepest = max(deepest, parser.nesting.height)
      guard parser.isAt(.colon) else { throw parser.missingColon(after: key, of: start) }
      parser.advance()
      let value = try parser.expression()
      deepest = max(deepest, parser.nesting.height)
      if parser.isAt(.for) { throw parser.dictionaryComprehension() }
      entries.append(DictionaryEntry(key: key, value: value))
    }
    try grow(above: deepest)
    return Expression(.dictionary(entries), start.joined(previous.span))
  }

  /// Whether the `{` at `index` begins a dictionary, and no block: it is empty, or its first key
  /// is followed by a `:`.
  func isDictionary(at index: Int) -> Bool {
    var i = index + 1
    func skipLines() { while input[i].kind == .newline { i += 1 } }
    skipLines()
    switch input[i].kind {
    case .symbol(.rightBrace): return true
    case .number, .string, .rawString, .name, .keyword(.true), .keyword(.false): i += 1
    case .symbol(.minus):
      guard case .number = input[i + 1].kind else { return false }
      i += 2
    case .symbol(.leftParenthesis):
      // The brackets of a key; a longer text is none.
      let end = min(i + 200, input.tokens.count - 1)
      var open = 0
      while i < end {
        switch input[i].kind {
        case .symbol(.leftParenthesis): open += 1
        case .symbol(.rightParenthesis): open -= 1
        default: break
        }
        i += 1
        if open == 0 { break }
      }
    default: return false
    }
    skipLines()
    return input[i].kind == .symbol(.colon)
  }

  /// function := "fn" "(" [ parameter { "," parameter } ] ")" "=>" expression
  mutating func functionExpression() throws -> Expression {
    let start = current.span
    advance()
    let parameters = try parameterList()
    guard accept(.arrow) else { throw missingArrow(start) }
    let outerNames = found.names.count
    for parameter in parameters { bind(parameter.name, .parameter(parameter.defaultValue)) }
    let body = try expression()
    found.names.removeLast(max(found.names.count - outerNames, 0))
    try grow(above: nesting.height)
    return Expression(
      .function(FunctionExpression(parameters: parameters, body: body)),
      start.joined(body.span))
  }

  // MARK: - Errors

  /// After a key of a dictionary, no `:`.
  mutating func missingColon(after key: Expression, of start: Span) -> Abandoned {
    if current.kind == .invalid { return Abandoned() }
    if let ended = endInBrackets() { return ended }
    return fail(
      "expected ':' after the key, not \(described(current))", at: visible(current.span),
      help: "a dictionary is written `{\"lr\": 0.1, \"reg\": 1}`; a list is written `[…]`")
  }

  /// `{k: v for k in values}`.
  mutating func dictionaryComprehension() -> Abandoned {
    fail(
      "'for' makes the items of lists, not of dictionaries", at: current.span,
      help: "fill it in a loop: `for x in values { d[x] = … }`")
  }

  /// `[x for x in values, 2]`.
  mutating func afterComprehension() -> Abandoned {
    fail(
      "expected ']', not \(described(current))", at: current.span,
      help: "nothing follows a 'for' in brackets; `append` and `hstack` join lists and vectors")
  }

  /// No `=>` after the parameters of a function without a name.
  mutating func missingArrow(_ keyword: Span) -> Abandoned {
    if current.kind == .invalid { return Abandoned() }
    return fail(
      "expected '=>' after the parameters, not \(described(current))", at: visible(current.span),
      help: isAt(.leftBrace)
        ? "a function with a block has a name, and stands at top level: `fn name(x) { … }`"
        : "as in `fn(x) => x * 2`")
  }

  /// `fn(x) => x` as an operand of a command.
  mutating func functionAsOperand(_ verb: Verb) -> Abandoned {
    fail(
      "a function stands in brackets here", at: current.span,
      help: "as in `\(verb.name) (fn(x) => x * 2)`, or give it a name first")
  }
}
