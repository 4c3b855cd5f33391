extension Parser {
  /// expressions := expression { "," expression }
  mutating func expressions() throws -> Expression {
    let first = try expression()
    guard isAt(.comma) else { return first }
    var items = [first]
    var deepest = nesting.height
    while accept(.comma) {
      items.append(try expression())
      deepest = max(deepest, nesting.height)
    }
    try grow(above: deepest)
    return Expression(.tuple(items), Span(first.span.lower, previous.span.upper))
  }

  /// expression := infix expression of any level
  mutating func expression() throws -> Expression {
    try infix(.or)
  }

  /// The levels of infix operators, loosest first. `not` stands between `and` and comparisons.
  enum Level: Int, Comparable {
    case or, and, comparison, sum, product

    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }

    /// The level of an operator's right operand: all operators group from the left. Nil: unary.
    var right: Level? { Level(rawValue: rawValue + 1) }
  }

  /// The infix operator at the current token, except `**`.
  var infixOperator: (operation: BinaryOperator, level: Level)? {
    if isAt(.not), following.kind == .keyword(.in) { return (.notIn, .comparison) }
    return Self.infixOperator(current)
  }

  static func infixOperator(_ token: Token) -> (operation: BinaryOperator, level: Level)? {
    switch token.kind {
    case .keyword(.or): (.or, .or)
    case .keyword(.and): (.and, .and)
    case .symbol(.equal): (.equal, .comparison)
    case .symbol(.notEqual): (.notEqual, .comparison)
    case .symbol(.less): (.less, .comparison)
    case .symbol(.lessOrEqual): (.lessOrEqual, .comparison)
    case .symbol(.greater): (.greater, .comparison)
    case .symbol(.greaterOrEqual): (.greaterOrEqual, .comparison)
    case .keyword(.in): (.in, .comparison)
    case .symbol(.plus): (.add, .sum)
    case .symbol(.minus): (.subtract, .sum)
    case .symbol(.times): (.multiply, .product)
    case .symbol(.divide): (.divide, .product)
    case .symbol(.floorDivide): (.floorDivide, .product)
    case .symbol(.remainder): (.remainder, .product)
    case .symbol(.matrixProduct): (.matrixProduct, .product)
    default: nil
    }
  }

  /// or         := and { "or" and }
  /// and        := not { "and" not }
  /// not        := "not" not | comparison
  /// comparison := sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=" | ["not"] "in") sum ]
  /// sum        := product { ("+" | "-") product }
  /// product    := unary { ("*" | "/" | "//" | "%" | "@") unary }
  ///
  /// One function reads all of them, so that deep nesting needs little of the stack.
  private mutating func infix(_ level: Level) throws -> Expression {
    try nested { parser in
      if level <= .comparison { parser.offer { _ in [.keywords([.not])] } }
      var left = try parser.isAt(.not) ? parser.negation(level) : parser.unary()
      var comparison: Span?
      while let (operation, found) = parser.infixOperator, found >= level {
        var operatorSpan = parser.current.span
        let deepest = parser.nesting.height
        parser.advance()
        if operation == .notIn {
          operatorSpan = operatorSpan.joined(parser.current.span)
          parser.advance()
        }
        let right = try parser.operand(rightOf: found)
        if found == .comparison {
          if comparison != nil { throw parser.chain(left, operation, operatorSpan, right) }
          comparison = operatorSpan
        } else {
          comparison = nil
        }
        try parser.grow(above: max(deepest, parser.nesting.height))
        left = Expression(
          .binary(operation, operatorSpan, left, right), left.span.joined(right.span))
      }
      return left
    }
  }

  /// The right operand of an operator.
  private mutating func operand(rightOf level: Level) throws -> Expression {
    guard let tighter = level.right else { return try unary() }
    return try infix(tighter)
  }

  /// not := "not" not
  private mutating func negation(_ level: Level) throws -> Expression {
    let start = current.span
    if level > .comparison {
      throw fail("'not' needs brackets here", at: start, help: "as in `a == (not b)`")
    }
    advance()
    let operand = try infix(.comparison)
    try grow(above: nesting.height)
    return Expression(.unary(.not, operand), start.joined(operand.span))
  }

  /// unary := ("-" | "+") unary | power
  mutating func unary() throws -> Expression {
    let sign: UnaryOperator
    switch current.kind {
    case .symbol(.minus): sign = .negate
    case .symbol(.plus): sign = .plus
    default: return try power()
    }
    let start = current.span
    advance()
    let operand = try nested { try $0.unary() }
    try grow(above: nesting.height)
    return Expression(.unary(sign, operand), start.joined(operand.span))
  }

  /// power := postfix [ "**" unary ]
  private mutating func power() throws -> Expression {
    let base = try postfix()
    guard isAt(.power) else { return base }
    let operatorSpan = current.span
    let deepest = nesting.height
    advance()
    let exponent = try nested { try $0.unary() }
    try grow(above: max(deepest, nesting.height))
    return Expression(
      .binary(.power, operatorSpan, base, exponent), base.span.joined(exponent.span))
  }

  /// postfix := primary { "." name | "[" subscripts "]" | "(" arguments ")" }, without blanks
  mutating func postfix() throws -> Expression {
    try postfix(of: try primary())
  }

  /// The fields, indices and calls that touch `base`.
  mutating func postfix(of base: Expression) throws -> Expression {
    var value = base
    while !current.followsBlank, case .symbol(let symbol) = current.kind {
      let deepest = nesting.height
      switch symbol {
      case .dot:
        let dot = current.span
        advance()
        if !current.followsBlank { offer { _ in [.field(value)] } }
        guard case .name(let name) = current.kind, !current.followsBlank else {
          throw fail(
            "the name of a field is missing after '.'", at: dot,
            help: "`describe \(text(value.span))` lists the fields")
        }
        value = Expression(
          .field(value, name, current.span), value.span.joined(current.span))
        advance()
      case .leftBracket:
        let subscripts = try subscriptList()
        value = Expression(.index(value, subscripts), value.span.joined(previous.span))
      case .leftParenthesis:
        let arguments = try inCall(of: value) { try $0.argumentList(of: value) }
        value = Expression(.call(value, arguments), value.span.joined(previous.span))
      default: return value
      }
      try grow(above: max(deepest, nesting.height))
    }
    return value
  }

  /// primary := number | string | "true" | "false" | "none" | name | list | dictionary
  ///          | function | "(" expressions ")"
  private mutating func primary() throws -> Expression {
    offer { _ in Self.anyValue }
    let token = current
    nesting.height = 1
    switch token.kind {
    case .number(let number): return literal(.number(number))
    case .string(let pieces): return try string(pieces)
    case .rawString(let text): return literal(.string([.text(text)]))
    case .keyword(.true): return literal(.bool(true))
    case .keyword(.false): return literal(.bool(false))
    case .keyword(.none): return literal(.none)
    case .name("inf"): return literal(.number(.infinity))
    case .name("nan"): return literal(.number(.nan))
    case .name(let name):
      if verbs.contains(name) { throw verbAsValue(name) }
      return literal(.name(name))
    case .symbol(.leftParenthesis): return try parenthesized()
    case .symbol(.leftBracket): return try list()
    case .symbol(.leftBrace) where input.index != statementStart || isDictionary(at: input.index):
      return try dictionary()
    case .keyword(.fn) where following.kind == .symbol(.leftParenthesis):
      return try functionExpression()
    default: throw expectedValue()
    }
  }

  /// The continuations at the start of a primary.
  static let anyValue: [Continuation.Kind] = [.value, .keywords([.true, .false, .none, .fn])]

  private mutating func literal(_ kind: Expression.Kind) -> Expression {
    let span = current.span
    advance()
    return Expression(kind, span)
  }

  /// "(" expressions ")"
  mutating func parenthesized() throws -> Expression {
    let opening = current
    open(opening)
    if isAt(.rightParenthesis) {
      throw fail(
        "nothing stands in the brackets", at: opening.span.joined(current.span),
        help: "the value of nothing is `none`")
    }
    let start = input.index
    let inner = try expressions()
    guard isAt(.rightParenthesis) else { throw unexpectedInBrackets(opening, after: start) }
    close()
    return Expression(inner.kind, opening.span.joined(previous.span))
  }

  /// subscripts := subscript { "," subscript }
  private mutating func subscriptList() throws -> [Subscript] {
    let opening = current
    var subscripts: [Subscript] = []
    var deepest = 0
    try bracketed { parser in
      subscripts.append(try parser.oneSubscript(&deepest))
    }
    if subscripts.isEmpty {
      throw fail(
        "an index is missing between the brackets", at: opening.span.joined(previous.span),
        help: "`:` is all, as in `x[:]`")
    }
    nesting.height = deepest
    return subscripts
  }

  /// subscript := expression | [expression] ":" [expression] [ ":" [expression] ]
  private mutating func oneSubscript(_ deepest: inout Int) throws -> Subscript {
    let start = current.span
    var parts: [Expression?] = []
    while true {
      if isAt(.colon) || isAt(.comma) && !parts.isEmpty || isAt(.rightBracket) {
        parts.append(nil)
      } else {
        parts.append(try expression())
        deepest = max(deepest, nesting.height)
      }
      guard parts.count < 3, accept(.colon) else { break }
    }
    if parts.count == 1, let value = parts[0] { return .at(value) }
    parts += [nil, nil]
    let span = Span(start.lower, max(previous.span.upper, start.upper))
    return .slice(parts[0], parts[1], parts[2], span)
  }

  /// arguments := [ argument { "," argument } [","] ]; argument := expression | name "=" expression
  private mutating func argumentList(of callee: Expression) throws -> [Argument] {
    var arguments: [Argument] = []
    var deepest = 0
    try bracketed { parser in
      parser.offer { _ in [Self.argumentName(of: callee, after: arguments)] }
      let argument = try parser.argument(after: arguments)
      arguments.append(argument)
      deepest = max(deepest, parser.nesting.height)
    }
    nesting.height = deepest
    return arguments
  }

  private static func argumentName(
    of callee: Expression, after others: [Argument]
  ) -> Continuation.Kind {
    let given = others.compactMap(\.name)
    return .argument(of: callee, positional: others.count - given.count, given: Set(given))
  }

  private mutating func argument(after others: [Argument]) throws -> Argument {
    guard following.kind == .symbol(.assign) else {
      let value = try expression()
      if let named = others.last(where: { $0.name != nil })?.name {
        fail(
          "an argument without a name stands after '\(named)='", at: value.span,
          help: "arguments without a name come first")
      }
      return Argument(value: value)
    }
    let span = current.span
    switch current.kind {
    case .name(let name):
      if others.contains(where: { $0.name == name }) {
        fail("the argument '\(name)' is given twice", at: span)
      }
      advance()
      advance()
      return Argument(name: name, nameSpan: span, value: try expression())
    case .keyword: throw notAName(span, "argument")
    default:
      _ = try expression()
      throw assignmentAsComparison()
    }
  }

  // MARK: - Brackets

  mutating func open(_ bracket: Token) {
    input.openings.append(bracket)
    input.brackets += 1
    advance()
  }

  mutating func close() {
    if !input.openings.isEmpty { input.openings.removeLast() }
    input.brackets -= 1
    advance()
  }

  /// Elements in brackets, separated by commas; a comma may stand after the last.
  mutating func bracketed(_ element: (inout Parser) throws -> Void) throws {
    let opening = current
    let closing: Symbol =
      switch opening.kind {
      case .symbol(.leftBracket): .rightBracket
      case .symbol(.leftBrace): .rightBrace
      default: .rightParenthesis
      }
    open(opening)
    while !isAt(closing) {
      let start = input.index
      try element(&self)
      if accept(.comma) { continue }
      if !isAt(closing) { throw unexpectedInBrackets(opening, after: start) }
    }
    close()
  }

  // MARK: - Strings

  /// A string with the code in its braces.
  private mutating func string(_ pieces: [StringPiece]) throws -> Expression {
    let span = current.span
    var parts: [StringPart] = []
    var deepest = 0
    for piece in pieces {
      switch piece {
      case .text(let text): parts.append(.text(text))
      case .code(let code, let format, let formatSpan):
        let value = interpolated(code, isOpen: code.upper == span.upper)
        deepest = max(deepest, nesting.height)
        parts.append(.interpolation(value, format: format, formatSpan: formatSpan))
      }
    }
    advance()
    try grow(above: deepest)
    return Expression(.string(parts.isEmpty ? [.text("")] : parts), span)
  }

  /// The expression in the braces of a string. After an error in it, the rest of the string is
  /// still read. With `isOpen`, the braces are not closed, and the cursor is at their end.
  private mutating func interpolated(_ span: Span, isOpen: Bool) -> Expression {
    // The lexer has reported empty braces.
    nesting.height = 1
    if !isOpen, text(span).allSatisfy({ $0 == " " || $0 == "\t" }) {
      return Expression(.none, span)
    }
    var lexer = Lexer(source, codeIn: span, isOpen: isOpen)
    lexer.run()
    found.diagnostics += lexer.diagnostics
    let outer = input
    let calls = found.openCalls.count
    input = TokenReader(lexer.tokens, isInString: true)
    defer { input = outer }
    do {
      let value = try expressions()
      guard current.kind == .end else { throw unexpected(after: 0) }
      return value
    } catch {
      isRecovered = false
      if !isOpen { closeCalls(from: calls) }
      return Expression(.none, span)
    }
  }
}
