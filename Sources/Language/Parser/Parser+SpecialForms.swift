import Text

extension Parser {
  /// param := "param" name "=" literal
  mutating func parameter(_ verb: Verb) throws -> Statement.Kind {
    if nesting.blocks > 0 {
      fail(
        "'param' stands at top level only", at: verb.span,
        help: "the parameters of a function stand in its brackets")
    }
    input.index = verb.end
    let name = try self.name(of: "parameter", after: "'param'")
    guard accept(.assign) else {
      throw fail(
        "the value of '\(name.name)' is missing", at: visible(current.span),
        help: "as in `param \(name.name) = 1`")
    }
    let start = input.index
    let value = try expression()
    if !isAtStatementEnd { throw unexpected(after: start) }
    guard let literal = Self.literal(value) else {
      throw fail(
        "'param' takes a literal, not an expression", at: value.span,
        help: "a number, a string without '{', true, false, or a list of these")
    }
    bind(name.name, .assignment(.expression(literal)))
    return .parameter(name, literal)
  }

  /// The literal, its signs applied to its numbers; nil for any other expression.
  private static func literal(_ value: Expression) -> Expression? {
    switch value.kind {
    case .number, .bool, .none: return value
    case .string(let parts):
      for case .interpolation in parts { return nil }
      return value
    case .unary(.negate, let operand):
      guard case .number(let number) = operand.kind else { return nil }
      return Expression(.number(-number), value.span)
    case .unary(.plus, let operand):
      guard case .number = operand.kind else { return nil }
      return Expression(operand.kind, value.span)
    case .list(let items):
      let literals = items.compactMap(literal)
      return literals.count == items.count ? Expression(.list(literals), value.span) : nil
    default: return nil
    }
  }

  /// expect := "expect" expression [ "~=" expression ] { string | key "=" operand }
  mutating func expectation(_ verb: Verb) throws -> Expect {
    input.index = verb.end
    if isAtStatementEnd {
      throw fail(
        "'expect' needs a condition", at: verb.span,
        help: "as in `expect accuracy(m, d.val) > 0.35`")
    }
    let start = input.index
    var expect = Expect(
      left: try expression(), right: nil, within: nil, message: nil, points: nil)
    if accept(.about) { expect.right = try expression() }
    while !isAtStatementEnd {
      if current.followsBlank {
        offer { _ in [.key(verb: verb.name, given: expect.keys)] }
      }
      if let key = keyHere() {
        try expectOption(verb, key, &expect)
        continue
      }
      switch current.kind {
      case .string, .rawString:
        if expect.message != nil {
          throw fail("'expect' takes one message", at: current.span)
        }
        expect.message = try postfix()
      case .symbol(.assign): throw assignmentAsComparison()
      case .symbol(.comma):
        throw fail(
          "no ',' stands between the parts of 'expect'", at: current.span,
          help: "a message and options follow after a blank: `expect a > b \"message\" points=2`")
      default: throw unexpected(after: start)
      }
    }
    return expect
  }

  private mutating func expectOption(
    _ verb: Verb, _ key: NameSyntax, _ expect: inout Expect
  ) throws {
    let isGiven: Bool
    switch key.name {
    case "within": isGiven = expect.within != nil
    case "points": isGiven = expect.points != nil
    default:
      throw fail(
        "'expect' has no option '\(key.name)'", at: key.span,
        help: Spelling.hint(key.name, in: ["within", "points"]) ?? "options: within=1e-6 points=1")
    }
    if isGiven { fail("'\(key.name)=' is given twice", at: key.span) }
    if key.name == "within" && expect.right == nil {
      fail(
        "'within=' goes with '~='", at: key.span, help: "as in `expect a ~= b within=1e-6`")
    }
    let value = try keyedOperand(verb, key, words: nil)
    try checkEnd(
      verb, OperandBefore(value: value, mayOpen: true, isKeyed: true),
      isExpectation: true)
    if key.name == "within" { expect.within = value } else { expect.points = value }
  }

  /// timing := "timeit" [ "repeat" "=" operand ] statement
  mutating func timing(_ verb: Verb) throws -> Timeit {
    input.index = verb.end
    var repeats: Expression?
    offer { _ in [.key(verb: verb.name, given: [])] }
    if let key = keyHere(), key.name == "repeat" {
      repeats = try keyedOperand(verb, key, words: nil)
    }
    if isAtStatementEnd {
      throw fail(
        "'timeit' needs a statement to time",
        at: repeats == nil ? verb.span : visible(current.span),
        help: "as in `timeit svm_loss(W, d.dev)` or `timeit repeat=10 m = train d.train`")
    }
    let start = current.span
    let statement = try self.statement()
    switch statement.kind {
    case .function, .parameter, .break, .continue, .return:
      throw fail(
        "this statement can't be timed", at: start,
        help: "'timeit' takes an expression, a command, an assignment or a loop")
    default: break
    }
    return Timeit(
      repeats: repeats, statement: statement,
      span: Span(verb.span.lower, previous.span.upper))
  }

  /// print := "print" { operand } | "print" "(" [ expression { "," expression } ] ")"
  mutating func printOperands(_ verb: Verb) throws -> [Expression] {
    input.index = verb.end
    if isAt(.leftParenthesis) {
      if let items = try printCall() { return items }
      operandSpans = []
    } else {
      try checkBlank(after: verb)
    }
    var operands: [Expression] = []
    var before: OperandBefore?
    while !isAtStatementEnd {
      if let key = keyHere() {
        let help: String? =
          operands.isEmpty
          ? "a comparison stands in brackets: `print (\(key.name) == …)`" : nil
        throw fail("'print' has no option '\(key.name)'", at: key.span, help: help)
      }
      offer { _ in Self.anyValue }
      let value = try operand(verb, before, words: nil)
      operands.append(value)
      before = OperandBefore(
        value: value, mayOpen: before == nil, isKeyed: false)
      try checkEnd(verb, before)
    }
    return operands
  }

  /// `print(a, b)`, the same as `print (a, b)`. Where more follows the brackets of the latter, nil,
  /// and nothing is read.
  private mutating func printCall() throws -> [Expression]? {
    let start = self
    let opening = current
    var items: [Expression] = []
    try bracketed { parser in
      if parser.following.kind == .symbol(.assign), case .name(let name) = parser.current.kind {
        throw parser.fail(
          "'print' has no option '\(name)'", at: parser.current.span,
          help: "a comparison is written '=='")
      }
      items.append(try parser.expression())
    }
    if isAtStatementEnd { return items }
    if !opening.followsBlank { throw contentAfterPrint(opening.span) }
    self = start
    return nil
  }

  /// forget := "forget" name { name }
  mutating func forgottenNames(_ verb: Verb) throws -> [NameSyntax] {
    input.index = verb.end
    var names: [NameSyntax] = []
    if isAt(.leftParenthesis) {
      try bracketed { parser in
        parser.offer { _ in [.variable] }
        names.append(try parser.name(of: "variable", after: "'('"))
      }
    } else {
      try checkBlank(after: verb)
      while case .name = current.kind { names.append(try name(of: "variable", after: nil)) }
      offer { _ in [.variable] }
    }
    if isAt(.comma) {
      throw fail(
        "the names are separated by blanks, not commas", at: current.span,
        help: "as in `forget a b`")
    }
    if !isAtStatementEnd { throw expected("a name", after: "'forget'") }
    if names.isEmpty {
      throw fail("'forget' needs a name", at: verb.span, help: "`vars` lists the names")
    }
    return names
  }
}

extension Expect {
  /// The keys that are given.
  fileprivate var keys: Set<String> {
    Set([within.map { _ in "within" }, points.map { _ in "points" }].compactMap { $0 })
  }
}
