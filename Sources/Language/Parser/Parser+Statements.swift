extension Parser {
  /// statement := function | if | for | while | try | break | continue | return | special form
  ///            | command | assignment | expressions
  mutating func statement() throws -> Statement {
    try nested { parser in
      let outer = parser.statementStart
      parser.statementStart = parser.input.index
      parser.closeCalls(from: 0)
      defer { parser.statementStart = outer }
      let start = parser.current.span
      let kind = try parser.statementKind()
      return Statement(
        kind: kind, span: Span(start.lower, max(parser.previous.span.upper, start.lower)))
    }
  }

  private mutating func statementKind() throws -> Statement.Kind {
    offer(isWord: true) { parser in
      [.verb(SpecialForm.allCases.filter { $0 != .param || parser.nesting.blocks == 0 })]
    }
    offer { [.keywords(Keyword.allCases.filter($0.beginsStatement))] }
    if case .keyword(let keyword) = current.kind {
      if following.kind == .symbol(.assign) {
        throw notAName(current.span, "variable")
      }
      switch keyword {
      case .fn where following.kind == .symbol(.leftParenthesis): break
      case .fn: return try function()
      case .if: return try conditional()
      case .for: return try forLoop()
      case .while: return try whileLoop()
      case .break, .continue:
        if nesting.loops == 0 {
          fail("'\(keyword.rawValue)' stands only in a loop", at: current.span)
        }
        advance()
        return keyword == .break ? .break : .continue
      case .return: return try returnStatement()
      case .try: return try tryStatement()
      case .else, .catch: throw strayBranch(keyword)
      case .in, .and, .or, .not, .true, .false, .none: break
      }
    }
    if let verb = try verbHere() { return try verbStatement(verb) }
    return try assignmentOrExpression()
  }

  /// True where the keyword may begin a statement that is no expression here.
  private func beginsStatement(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .if, .for, .while, .try: true
    case .fn: nesting.blocks == 0
    case .break, .continue: nesting.loops > 0
    case .return: nesting.functions > 0
    case .else, .catch, .in, .and, .or, .not, .true, .false, .none: false
    }
  }

  /// command | special form
  private mutating func verbStatement(_ verb: Verb) throws -> Statement.Kind {
    if case .symbol(let symbol) = input[verb.end].kind, symbol == .comma || symbol.isAssignment {
      throw notAName(verb.span, "variable", verb: verb.name)
    }
    switch SpecialForm(rawValue: verb.name) {
    case .param: return try parameter(verb)
    case .expect: return .expect(try expectation(verb))
    case .timeit: return .timeit(try timing(verb))
    case .print: return .print(try printOperands(verb))
    case .forget: return .forget(try forgottenNames(verb))
    case nil: return .command(try command(verb))
    }
  }

  // MARK: - Assignment

  /// assignment := target { "," target } "=" right | target operator "=" right
  ///
  /// The operators are + - * / // % **.
  private mutating func assignmentOrExpression() throws -> Statement.Kind {
    let start = input.index
    let left = try expressions()
    guard case .symbol(let symbol) = current.kind, symbol.isAssignment else {
      if !isAtStatementEnd { throw unexpected(after: start) }
      return .expression(left)
    }
    let parts: [Expression]
    if case .tuple(let items) = left.kind { parts = items } else { parts = [left] }
    let targets = try parts.map { try target($0) }
    let operation = symbol.augmentedOperator
    if symbol != .assign {
      guard operation != nil else { throw unknownAssignment(symbol, target: left.span) }
      if targets.count > 1 {
        throw fail(
          "'\(symbol.rawValue)' changes one target, not \(targets.count)", at: current.span,
          help: "write a statement for each")
      }
    }
    advance()
    let right = try rightSide()
    if isAt(.assign) {
      throw fail(
        "a statement has one '='", at: current.span,
        help: "write `\(text(right.span)) = …` on a line of its own first; '==' compares")
    }
    if operation == nil { bind(targets, right) }
    return .assign(targets, operation, right)
  }

  /// target := name { "[" subscripts "]" }
  private mutating func target(_ expression: Expression) throws -> Target {
    switch expression.kind {
    case .name(let name):
      if name == "_" { throw assignmentToLast(expression.span, help: "choose another name") }
      return .name(name, expression.span)
    case .index(var base, let subscripts):
      var path = [subscripts]
      while case .index(let inner, let before) = base.kind {
        path.insert(before, at: 0)
        base = inner
      }
      guard case .name(let name) = base.kind else {
        throw fail(
          "only the entries of a variable can be assigned", at: base.span,
          help: "give the array a name first: `x = \(text(base.span))`")
      }
      if name == "_" {
        throw assignmentToLast(base.span, help: "give it a name first: `x = _`")
      }
      return .index(name, base.span, path, expression.span)
    case .field(_, let name, let span):
      throw fail(
        "the field '\(name)' can't be assigned", at: span,
        help: "values are not changed from outside; assign to a variable")
    case .number(let number) where number.isNaN || number.isInfinite:
      throw notAName(expression.span, "variable", isNumber: true)
    default:
      throw fail(
        "'\(text(expression.span))' can't be assigned to", at: expression.span,
        help: isAt(.assign) ? "'==' compares; names and entries `x[i]` can be assigned" : nil)
    }
  }

  /// right := command | timing | expressions
  mutating func rightSide() throws -> RightSide {
    offer(isWord: true) { _ in [.verb([.timeit])] }
    if let verb = try verbHere() {
      switch SpecialForm(rawValue: verb.name) {
      case .timeit: return .timeit(try timing(verb))
      case nil: return .command(try command(verb))
      default:
        throw fail(
          "'\(verb.name)' gives no value", at: verb.span,
          help: "write it as a statement of its own")
      }
    }
    let start = input.index
    let value = try expressions()
    if !isAtStatementEnd && !isAt(.assign) { throw unexpected(after: start) }
    return .expression(value)
  }

  /// return := "return" [right]
  private mutating func returnStatement() throws -> Statement.Kind {
    if nesting.functions == 0 {
      fail("'return' stands only in a function", at: current.span)
    }
    advance()
    return .return(isAtStatementEnd ? nil : try rightSide())
  }

  // MARK: - Blocks

  /// block := "{" { statement end } "}"
  mutating func block() throws -> [Statement] {
    input.openings.append(current)
    nesting.blocks += 1
    advance()
    defer { nesting.blocks -= 1 }
    var statements: [Statement] = []
    while found.diagnostics.count < Self.diagnosticLimit {
      switch current.kind {
      case .newline, .symbol(.semicolon): advance()
      case .symbol(.rightBrace):
        input.openings.removeLast()
        advance()
        return statements
      case .end:
        let opening = input.openings.removeLast()
        unclosed(opening, before: nil)
        return statements
      default:
        let open = input.openings.count
        do {
          statements.append(try statement())
          _ = try statementEnd()
        } catch {
          recover()
          input.openings.removeLast(max(input.openings.count - open, 0))
        }
      }
    }
    input.openings.removeLast()
    return statements
  }

  /// The block of a statement; its `{` must be on the line of the statement's head.
  mutating func body(of head: String) throws -> [Statement] {
    guard isAt(.leftBrace) else { throw missingBlock(head) }
    return try block()
  }

  /// if := "if" condition block { "else" "if" condition block } [ "else" block ]
  private mutating func conditional() throws -> Statement.Kind {
    var branches: [Branch] = []
    while true {
      advance()
      let condition = try self.condition("if")
      branches.append(Branch(condition: condition, body: try body(of: "if")))
      offer { _ in [.keywords([.else])] }
      guard isAt(.else) else { return .if(branches, otherwise: nil) }
      advance()
      offer { _ in [.keywords([.if])] }
      guard isAt(.if) else { break }
    }
    return .if(branches, otherwise: try body(of: "else"))
  }

  /// condition := expression
  private mutating func condition(_ head: String) throws -> Expression {
    let start = input.index
    if isAt(.leftBrace) || isAtStatementEnd {
      throw fail(
        "'\(head)' needs a condition", at: visible(current.span), help: "as in `\(head) x > 0 {`")
    }
    let condition = try expression()
    if isAt(.assign) { throw assignmentAsComparison() }
    if !isAt(.leftBrace) && !isAt(.colon) && !isAtStatementEnd { throw unexpected(after: start) }
    return condition
  }

  /// while := "while" condition block
  private mutating func whileLoop() throws -> Statement.Kind {
    advance()
    let condition = try self.condition("while")
    return .while(condition, body: try loopBody("while"))
  }

  /// try := "try" block "catch" name block
  private mutating func tryStatement() throws -> Statement.Kind {
    advance()
    let body = try self.body(of: "try")
    offer { _ in [.keywords([.catch])] }
    guard isAt(.catch) else { throw missingCatch() }
    advance()
    guard case .name = current.kind else {
      throw fail(
        "the name for the error's text is missing after 'catch'", at: visible(current.span),
        help: "as in `catch problem {`")
    }
    let name = try self.name(of: "variable", after: "'catch'")
    bind(name.name, .assignment(nil))
    return .try(body, name: name, handler: try self.body(of: "catch"))
  }

  /// for := "for" target { "," target } "in" expression block
  private mutating func forLoop() throws -> Statement.Kind {
    advance()
    let targets = try loopTargets()
    if isAt(.leftBrace), !isDictionary(at: input.index) {
      throw fail(
        "'for' needs values to go over", at: current.span, help: "as in `for i in range(10) {`")
    }
    let start = input.index
    let values = try expression()
    if isAt(.colon), case .number = following.kind { throw unexpected(after: start) }
    if !isAt(.leftBrace) && !isAt(.colon) && !isAtStatementEnd { throw unexpected(after: start) }
    for target in targets { for name in target.names { bind(name.name, .loop) } }
    return .for(targets, in: values, body: try loopBody("for"))
  }

  /// The targets after `for`, and the `in` after them.
  mutating func loopTargets() throws -> [LoopTarget] {
    let opening = current
    var targets = [try loopTarget(after: "'for'")]
    while accept(.comma) { targets.append(try loopTarget(after: "','")) }
    offer { _ in [.keywords([.in])] }
    guard isAt(.in) else {
      let first = targets[0].names.first?.name ?? "i"
      throw fail(
        "expected 'in' after the name, not \(described(current))", at: visible(current.span),
        help: opening.kind == .symbol(.leftParenthesis)
          ? "the head of 'for' has no brackets: `for \(first) in range(10) {`"
          : "as in `for \(first) in range(10)`")
    }
    advance()
    return targets
  }

  /// target := name | "(" target { "," target } ")"
  private mutating func loopTarget(after: String) throws -> LoopTarget {
    guard isAt(.leftParenthesis) else {
      return .name(try name(of: "variable", after: after))
    }
    let start = current.span
    var targets: [LoopTarget] = []
    try bracketed { parser in
      targets.append(try parser.nested { try $0.loopTarget(after: "'('") })
      if parser.isAt(.in) {
        throw parser.fail(
          "the head of 'for' has no brackets", at: start, help: "as in `for i in range(10) {`")
      }
    }
    return .several(targets, start.joined(previous.span))
  }

  private mutating func loopBody(_ head: String) throws -> [Statement] {
    nesting.loops += 1
    defer { nesting.loops -= 1 }
    return try body(of: head)
  }

  /// function := "fn" name "(" [ parameter { "," parameter } ] ")" block
  private mutating func function() throws -> Statement.Kind {
    let keyword = current.span
    if nesting.blocks > 0 {
      let line = input.openings.last { $0.kind == .symbol(.leftBrace) }.map {
        source.line(at: $0.span.lower)
      }
      fail(
        "'fn' stands at top level only", at: keyword,
        help: "move it out of the block that opens on line \(line ?? 0), or close that block first")
    }
    advance()
    let name = try self.name(of: "function", after: "'fn'")
    guard isAt(.leftParenthesis) else {
      throw fail(
        "the parameters of '\(name.name)' are missing", at: visible(current.span),
        help: "as in `fn \(name.name)(x, y) {`; without parameters, `fn \(name.name)() {`")
    }
    let parameters = try parameterList()
    let (outerLoops, outerFunctions) = (nesting.loops, nesting.functions)
    (nesting.loops, nesting.functions) = (0, nesting.functions + 1)
    defer { (nesting.loops, nesting.functions) = (outerLoops, outerFunctions) }
    bind(name.name, .function(parameters))
    let outerNames = found.names.count
    for parameter in parameters { bind(parameter.name, .parameter(parameter.defaultValue)) }
    let body = try self.body(of: "fn")
    found.names.removeLast(max(found.names.count - outerNames, 0))
    return .function(
      FunctionSyntax(name: name.name, nameSpan: name.span, parameters: parameters, body: body))
  }

  /// parameter := name [ "=" expression ]
  mutating func parameterList() throws -> [FunctionParameter] {
    var parameters: [FunctionParameter] = []
    try bracketed { parser in
      let name = try parser.name(of: "parameter", after: nil)
      if parameters.contains(where: { $0.name == name.name }) {
        parser.fail("there are two parameters '\(name.name)'", at: name.span)
      }
      var value: Expression?
      if parser.accept(.assign) {
        value = try parser.expression()
      } else if let last = parameters.last, last.defaultValue != nil {
        parser.fail(
          "'\(name.name)' has no default, but stands after '\(last.name)', which has one",
          at: name.span, help: "parameters with defaults come last")
      }
      parameters.append(FunctionParameter(name: name.name, span: name.span, defaultValue: value))
    }
    return parameters
  }

  /// name := a word that is no keyword, no verb, and not `_`
  mutating func name(of what: String, after: String?) throws -> NameSyntax {
    let span = current.span
    switch current.kind {
    case .name(let name):
      if verbs.contains(name) { throw notAName(span, what, verb: name) }
      if name == "_" {
        throw fail(
          "'_' is the last value shown, and can't be the name of a \(what)", at: span,
          help: "choose another name")
      }
      if name == "inf" || name == "nan" { throw notAName(span, what, isNumber: true) }
      advance()
      return NameSyntax(name, span)
    case .keyword: throw notAName(span, what)
    default: throw expected("the name of a \(what)", after: after)
    }
  }
}

extension Symbol {
  /// `=`, `+=` and so on, those that the language does not have included.
  var isAssignment: Bool {
    switch self {
    case .assign, .addAssign, .subtractAssign, .multiplyAssign, .divideAssign, .floorDivideAssign,
      .remainderAssign, .powerAssign, .matrixProductAssign:
      true
    default: false
    }
  }

  /// `+` for `+=`; nil for `=`, and for those that the language does not have.
  var augmentedOperator: BinaryOperator? {
    switch self {
    case .addAssign: .add
    case .subtractAssign: .subtract
    case .multiplyAssign: .multiply
    case .divideAssign: .divide
    case .floorDivideAssign: .floorDivide
    case .remainderAssign: .remainder
    case .powerAssign: .power
    default: nil
    }
  }
}
