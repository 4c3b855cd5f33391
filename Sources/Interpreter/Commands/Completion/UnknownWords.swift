import Language

/// The words of an entry that nothing is known of: names, options, choices and names of arguments.
public struct UnknownWords {
  /// Where they stand; unordered.
  public private(set) var spans: [Span] = []
  private let session: Session
  /// The word at this offset is still being typed.
  private let cursor: Int
  /// The names that the entry makes; nil where it may make any, as by `run`.
  private var own: Set<String>? = []
  /// The functions that the entry makes, with their parameters.
  private var functions: [String: [String]] = [:]

  /// The words of the statements that could be read.
  public init(in text: ParseResult, at cursor: Int, of session: Session) {
    self.session = session
    self.cursor = cursor
    let statements = text.script.statements.map(\.statement)
    collectNames(of: statements)
    if !text.diagnostics.isEmpty { collectNames(of: text.tokens) }
    for statement in statements { look(at: statement) }
  }

  // MARK: Names of the entry

  private mutating func collectNames(of statements: [Statement]) {
    var names: Set<String> = ["_"]
    statements.forEachAssignedName { names.insert($0) }
    for case .function(let function) in statements.map(\.kind) {
      let parameters = function.parameters.map(\.name)
      functions[function.name] = parameters
      names.formUnion(parameters)
      function.body.forEachAssignedName { names.insert($0) }
    }
    let makesAny = statements.contains { statement in
      guard case .command(let command) = statement.kind else { return false }
      return session.catalog.command(named: command.verb)?.mayAssignNames ?? false
    }
    own = makesAny ? nil : names
  }

  /// The names that statements may make which can't be read yet, as while one is being changed.
  private mutating func collectNames(of tokens: [Token]) {
    for (token, next) in zip(tokens, tokens.dropFirst()) {
      guard case .name(let name) = token.kind else { continue }
      switch next.kind {
      case .symbol(.assign), .symbol(.comma), .keyword(.in): own?.insert(name)
      default: continue
      }
    }
  }

  private func isKnown(_ name: String) -> Bool {
    guard let own else { return true }
    return own.contains(name) || session.peek(name) != nil
      || session.catalog.builtin(named: name) != nil
  }

  // MARK: The tree

  private mutating func look(at statement: Statement) {
    if case .forget(let names) = statement.kind {
      for name in names where !isKnown(name.name) { note(name.span) }
    }
    for part in statement.parts {
      switch part {
      case .expression(let value): look(at: value)
      case .command(let command): look(at: command)
      case .statement(let inner): look(at: inner)
      }
    }
  }

  private mutating func look(at expression: Expression) {
    switch expression.kind {
    // Their names are known in them. To know them in all of the entry is near enough.
    case .comprehension(let loop):
      for target in loop.targets { for name in target.names { own?.insert(name.name) } }
    case .function(let function): for name in function.parameters { own?.insert(name.name) }
    case .name(let name) where !isKnown(name): note(expression.span)
    case .word(_, nil): note(expression.span)
    case .call(let callee, let arguments): lookAtNames(of: arguments, in: callee)
    default: break
    }
    for part in expression.parts { look(at: part) }
  }

  private mutating func lookAtNames(of arguments: [Argument], in callee: Expression) {
    guard arguments.contains(where: { $0.name != nil }), case .name(let name) = callee.kind,
      let parameters = parameters(of: name)
    else { return }
    for argument in arguments {
      if let name = argument.name, let span = argument.nameSpan, !parameters.contains(name) {
        note(span)
      }
    }
  }

  /// The parameters of a function; nil where nothing is known of it.
  private func parameters(of name: String) -> [String]? {
    if let own = functions[name] { return own }
    guard let own, !own.contains(name) else { return nil }
    guard let value = session.peek(name) else {
      return session.catalog.function(named: name)?.parameterNames
    }
    if case .function(let function) = value { return function.parameterNames }
    return nil
  }

  private mutating func look(at command: CommandSyntax) {
    guard let signature = session.catalog.signature(named: command.verb) else { return }
    for (number, operand) in command.operands.enumerated() {
      look(at: operand, for: signature.operand(number))
    }
    for option in command.options {
      let card = signature.option(option.key)
      if card == nil { note(option.keySpan) }
      look(at: option.value, for: card)
    }
  }

  private mutating func look(at value: Expression, for card: ParameterCard?) {
    switch value.kind {
    case .list(let items): for item in items { look(at: item, for: card) }
    case .word(let word, let other):
      guard let card, !card.takesAnyWord, !card.choices.contains(word) else { return }
      switch other?.kind {
      case nil: note(value.span)
      case .name(let name) where !isKnown(name): note(value.span)
      default: break
      }
    default: look(at: value)
    }
  }

  private mutating func note(_ span: Span) {
    if cursor < span.lower || span.upper < cursor { spans.append(span) }
  }
}
