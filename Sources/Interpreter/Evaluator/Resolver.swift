import Text
import Language

/// Turns syntax into nodes. It looks up every name, checks commands against their declarations, and
/// parses formats. Errors are collected, so that they are shown together.
struct Resolver {
  private let session: Session
  private let source: Source
  /// Names that may have a value when the text runs.
  private let known: Set<String>
  /// Whether a command of the text may assign names that its statement does not mention.
  private let mayRunOthers: Bool
  /// Whether such a command may have run before the current place.
  private var othersMayHaveRun = false
  /// The scopes around the current place, outermost first; the first is the top level's.
  private var scopes = [ScopeOfNames(.topLevel)]
  /// Whether the text is an entry of the prompt: its functions may call what a later one makes.
  private let isEntry: Bool
  /// The errors so far.
  private(set) var diagnostics: [Diagnostic] = []

  /// A resolver for the statements of `script`.
  init(_ script: Script, _ source: Source, session: Session, isEntry: Bool) {
    self.isEntry = isEntry
    self.session = session
    self.source = source
    var known = Set(session.assignedNames)
    known.formUnion(session.catalog.builtinNames)
    known.insert("_")
    for statement in script.statements {
      statement.statement.forEachAssignedName { known.insert($0) }
      if case .function(let function) = statement.statement.kind {
        for parameter in function.parameters { known.insert(parameter.name) }
        function.body.forEachAssignedName { known.insert($0) }
      }
    }
    self.known = known
    mayRunOthers = script.statements.contains { Self.mayRunOthers($0.statement, session) }
  }

  /// The node of a statement at top level, and the number of slots that it needs.
  mutating func topLevelStatement(_ statement: Statement) -> (StatementNode, slotCount: Int) {
    scopes = [ScopeOfNames(.topLevel)]
    let ranBefore = othersMayHaveRun
    switch statement.kind {
    case .expression, .command, .assign, .print, .expect, .parameter, .forget: break
    // A later round of a loop, or a later call, comes after all of the text.
    default: othersMayHaveRun = mayRunOthers
    }
    let node = self.statement(statement)
    othersMayHaveRun = ranBefore || Self.mayRunOthers(statement, session)
    return (node, scopes[0].count)
  }

  private static func mayRunOthers(_ statement: Statement, _ session: Session) -> Bool {
    statement.parts.contains { part in
      switch part {
      case .command(let command):
        session.catalog.command(named: command.verb)?.mayAssignNames ?? false
      case .statement(let inner): mayRunOthers(inner, session)
      case .expression: false
      }
    }
  }

  /// The node of a statement. After an error, which is added to `diagnostics`, it must not be run.
  private mutating func statement(_ statement: Statement) -> StatementNode {
    let span = statement.span
    switch statement.kind {
    case .expression(let expression): return ExpressionStatement(self.expression(expression), span)
    case .command(let syntax): return ExpressionStatement(command(syntax), span)
    case .timeit(let timeit): return ExpressionStatement(self.timeit(timeit), span)
    case .assign(let targets, let op, let value):
      return assignment(targets, op, rightSide(value), span)
    case .if(let branches, let otherwise):
      return IfNode(
        branches.map { (expression($0.condition), block($0.body)) },
        otherwise: otherwise.map { block($0) }, span)
    case .for(let targets, let values, let body):
      let head = LoopHead(targets.map { target($0) }, expression(values))
      return ForNode(head, block(body), span)
    case .while(let condition, let body):
      return WhileNode(expression(condition), block(body), span)
    case .try(let body, let name, let handler):
      return TryNode(block(body), place(name.name, name.span), block(handler), span)
    case .break: return FlowNode(.break, span)
    case .continue: return FlowNode(.continue, span)
    case .return(let value): return ReturnNode(value.map { rightSide($0) }, span)
    case .function(let function): return self.function(function, span)
    case .parameter(let name, let literal): return parameter(name, literal, span)
    case .expect(let syntax): return expect(syntax, span)
    case .print(let operands): return PrintNode(operands.map { expression($0) }, span)
    case .forget(let names):
      return ForgetNode(
        names.map { name in
          (
            scopes[scopes.count - 1].slots[name.name].map {
              Place(name.name, slot: $0.slot, name.span)
            }, name
          )
        }, span)
    }
  }

  private mutating func block(_ statements: [Statement]) -> Block {
    Block(statements.map { statement($0) })
  }

  private mutating func rightSide(_ value: RightSide) -> Node {
    switch value {
    case .expression(let expression): self.expression(expression)
    case .command(let syntax): command(syntax)
    case .timeit(let timeit): self.timeit(timeit)
    }
  }

  // MARK: Names

  private func place(_ name: String, _ span: Span) -> Place {
    if let local = scopes[scopes.count - 1].slots[name] {
      return Place(name, slot: local.slot, span)
    }
    return Place(session.variable(name), span)
  }

  private func target(_ target: LoopTarget) -> LoopTargetNode {
    switch target {
    case .name(let name): .name(place(name.name, name.span))
    case .several(let targets, _): .several(targets.map { self.target($0) })
    }
  }

  private mutating func name(_ name: String, _ span: Span) -> Node {
    guard let local = local(name, in: scopes.count - 1) else {
      return GlobalName(session.variable(name), span)
    }
    switch local.kind {
    case .own: return LocalName(name, slot: local.slot, span)
    case .captured: return CapturedName(name, slot: local.slot, nil, span)
    case .capturedVariable:
      return CapturedName(name, slot: local.slot, session.variable(name), span)
    }
  }

  /// The slot of a name in a scope, which a function expression takes from the scope around it;
  /// nil for a variable of the session.
  private mutating func local(_ name: String, in scope: Int) -> ScopeOfNames.Local? {
    if let known = scopes[scope].slots[name] { return known }
    guard scopes[scope].kind == .functionExpression else { return nil }
    let origin: FunctionExpressionNode.Origin
    let kind: ScopeOfNames.Local.Kind
    if let outer = local(name, in: scope - 1) {
      origin = .slot(outer.slot)
      kind = outer.kind == .capturedVariable ? .capturedVariable : .captured
    } else {
      origin = .variable(session.variable(name))
      kind = .capturedVariable
    }
    let local = scopes[scope].add(name, kind)
    scopes[scope].captures.append(
      FunctionExpressionNode.Capture(origin: origin, slot: local.slot))
    return local
  }

  // MARK: Statements

  private mutating func assignment(
    _ targets: [Target], _ op: BinaryOperator?, _ value: Node, _ span: Span
  ) -> StatementNode {
    if targets.count == 1 {
      switch targets[0] {
      case .name(let name, let nameSpan):
        let place = place(name, nameSpan)
        if let op { return AugmentNode(place, op, value, span) }
        return AssignNode(place, value, span)
      case .index(let name, let nameSpan, let subscripts, let targetSpan):
        return IndexAssignNode(
          place(name, nameSpan), path(subscripts), op, value,
          targetSpan: targetSpan, span)
      }
    }
    return TupleAssignNode(
      targets.map { target in
        switch target {
        case .name(let name, let nameSpan): .name(place(name, nameSpan))
        case .index(let name, let nameSpan, let subscripts, let targetSpan):
          .index(place(name, nameSpan), path(subscripts), targetSpan)
        }
      }, value, span)
  }

  private mutating func path(_ brackets: [[Subscript]]) -> [[SubscriptNode]] {
    brackets.map { $0.map { subscriptNode($0) } }
  }

  private mutating func function(_ function: FunctionSyntax, _ span: Span) -> StatementNode {
    let parameters = parameters(function.parameters)
    var scope = ScopeOfNames(.function, parameters: function.parameters)
    function.body.forEachAssignedName { name in
      if scope.slots[name] == nil { _ = scope.add(name, .own) }
    }
    scopes.append(scope)
    let body = block(function.body)
    let slotCount = scopes.removeLast().count
    return FunctionNode(
      place(function.name, function.nameSpan), parameters, slotCount: slotCount, body, span)
  }

  private mutating func parameters(
    _ parameters: [FunctionParameter]
  ) -> [(name: String, defaultValue: Node?)] {
    parameters.map { ($0.name, $0.defaultValue.map { expression($0) }) }
  }

  private mutating func function(_ function: FunctionExpression, _ span: Span) -> Node {
    let parameters = parameters(function.parameters)
    scopes.append(ScopeOfNames(.functionExpression, parameters: function.parameters))
    let value = expression(function.body)
    let scope = scopes.removeLast()
    return FunctionExpressionNode(
      parameters, captures: scope.captures, slotCount: scope.count,
      Block([ReturnNode(value, function.body.span)]), span)
  }

  /// The names of a comprehension hide those of the scope around it while it is resolved.
  private mutating func comprehension(_ loop: Comprehension, _ span: Span) -> Node {
    let values = expression(loop.values)
    let scope = scopes.count - 1
    let names = loop.targets.flatMap(\.names).map(\.name)
    let hidden = names.map { scopes[scope].slots[$0] }
    let slots = names.map { scopes[scope].add($0, .own).slot }
    let head = LoopHead(loop.targets.map { target($0) }, values)
    let condition = loop.condition.map { expression($0) }
    let element = expression(loop.element)
    for (name, local) in zip(names, hidden).reversed() { scopes[scope].slots[name] = local }
    return ComprehensionNode(element, head, if: condition, slots: slots, span)
  }

  private mutating func parameter(
    _ name: NameSyntax, _ literal: Expression, _ span: Span
  ) -> StatementNode {
    guard let value = literal.literal else {
      report(
        "the value of a parameter is a literal",
        help: "a number, a string, true, false, none, or a list of them", literal.span)
      return StatementNode(span)
    }
    let place = place(name.name, name.span)
    if session.runDepth > 0, let given = session.runParameters[name.name] {
      if case .none = value {
      } else if given.typeName != value.typeName {
        report(
          "'\(name.name)' is \(article(value.typeName)) in the script, "
            + "not \(article(given.typeName))",
          help: "the script has \(name.name)=\(value.literalText)",
          name.span)
      }
      return ParameterNode(place, given, isReplaced: true, span)
    }
    guard session.runDepth == 0, let text = session.parameterTexts[name.name] else {
      return ParameterNode(place, value, span)
    }
    do {
      return ParameterNode(
        place, try value.replaced(by: text, name: name.name), isReplaced: true, span)
    } catch {
      report(error.message, help: error.help, name.span)
      return StatementNode(span)
    }
  }

  private mutating func expect(_ syntax: Expect, _ span: Span) -> StatementNode {
    let condition: ExpectNode.Condition
    var text = source.text(in: syntax.left.span)
    if let right = syntax.right {
      text += " ~= " + source.text(in: right.span)
      condition = .approximates(
        left: expression(syntax.left), right: expression(right),
        within: syntax.within.map { expression($0) })
    } else if case .binary(let op, _, let left, let right) = syntax.left.kind, op.isComparison {
      condition = .compares(
        ExpectNode.Comparison(op: op, left: expression(left), right: expression(right)))
    } else {
      condition = .holds(expression(syntax.left))
    }
    return ExpectNode(
      condition, text: text, message: syntax.message.map { expression($0) },
      points: syntax.points.map { expression($0) }, span)
  }

  private mutating func timeit(_ timeit: Timeit) -> Node {
    TimeitNode(
      repeats: timeit.repeats.map { expression($0) }, statement(timeit.statement), timeit.span)
  }

  private mutating func command(_ syntax: CommandSyntax) -> Node {
    guard let signature = session.catalog.signature(named: syntax.verb) else {
      report(
        "there is no command '\(syntax.verb)'",
        help: Spelling.hint(syntax.verb, in: session.catalog.verbs), syntax.verbSpan)
      return Node(syntax.span)
    }
    let binding = CommandBinding(syntax, to: signature, of: session.catalog, in: source) {
      [known, othersMayHaveRun] in
      othersMayHaveRun || known.contains($0)
    }
    diagnostics += binding.diagnostics
    return CommandNode(
      signature,
      binding.arguments.map {
        CommandNode.BoundNode(
          parameter: $0.parameter, key: $0.key, value: expression($0.value))
      }, verbSpan: syntax.verbSpan, syntax.span)
  }

  // MARK: Expressions

  /// The node of an expression.
  mutating func expression(_ expression: Expression) -> Node {
    let span = expression.span
    switch expression.kind {
    case .number(let number): return ConstantNode(.number(number), span)
    case .string(let parts): return string(parts, span)
    case .bool(let flag): return ConstantNode(.bool(flag), span)
    case .none: return ConstantNode(.none, span)
    case .name(let name): return self.name(name, span)
    case .list(let items):
      return SequenceNode(items.map { self.expression($0) }, span, joined: Value.bracket)
    case .tuple(let items):
      return SequenceNode(items.map { self.expression($0) }, span, joined: Value.tuple(of:))
    case .unary(let op, let operand):
      if let literal = expression.literal { return ConstantNode(literal, span) }
      return UnaryNode(op, self.expression(operand), span)
    case .binary(.and, _, let left, let right):
      return LogicalNode(isAnd: true, self.expression(left), self.expression(right), span)
    case .binary(.or, _, let left, let right):
      return LogicalNode(isAnd: false, self.expression(left), self.expression(right), span)
    case .binary(let op, _, let left, let right):
      return BinaryNode(op, self.expression(left), self.expression(right), span)
    case .comprehension(let loop): return comprehension(loop, span)
    case .dictionary(let entries):
      let items = entries.flatMap { [self.expression($0.key), self.expression($0.value)] }
      return SequenceNode(items, span, joined: Value.dictionary(of:))
    case .function(let function): return self.function(function, span)
    case .call(let callee, let arguments):
      let arguments = arguments.map {
        CallNode.Argument(
          name: $0.name, nameSpan: $0.nameSpan, value: self.expression($0.value))
      }
      if case .field(let base, let name, let nameSpan) = callee.kind {
        let slot = scopes[scopes.count - 1].addSlot()
        return MethodCallNode(
          self.expression(base), name, nameSpan, slot: slot, arguments, span)
      }
      checkCallee(callee)
      return CallNode(self.expression(callee), arguments, span)
    case .field(let base, let name, let nameSpan):
      return FieldNode(self.expression(base), name, nameSpan, span)
    case .index(let base, let subscripts):
      return IndexNode(self.expression(base), subscripts.map { subscriptNode($0) }, span)
    case .word(let word, let other):
      if let other { return self.expression(other) }
      let failure = session.unknownName(word)
      report(failure.message, help: failure.help, span)
      return Node(span)
    }
  }

  /// Reports a call of a name that nothing in the text makes: a mistyped function is then found
  /// before a long run, and not after it.
  private mutating func checkCallee(_ callee: Expression) {
    guard case .name(let name) = callee.kind, !othersMayHaveRun, !known.contains(name),
      !scopes.contains(where: { $0.slots[name] != nil }),
      !(isEntry && scopes.contains { $0.kind == .function })
    else { return }
    let failure = session.unknownName(name, local: known.sorted())
    report(failure.message, help: failure.help, callee.span)
  }

  private mutating func subscriptNode(_ entry: Subscript) -> SubscriptNode {
    switch entry {
    case .at(let expression): .at(self.expression(expression))
    case .slice(let start, let stop, let step, _):
      .slice(
        start.map { expression($0) }, stop.map { expression($0) }, step.map { expression($0) })
    }
  }

  private mutating func string(_ parts: [StringPart], _ span: Span) -> Node {
    if let literal = Expression(.string(parts), span).literal { return ConstantNode(literal, span) }
    var nodes: [InterpolationNode.Part] = []
    for part in parts {
      switch part {
      case .text(let text): nodes.append(.text(text))
      case .interpolation(let value, let format, let formatSpan):
        var spec: FormatSpec?
        if let format {
          do {
            spec = try FormatSpec(format)
          } catch {
            let described = error as? any DescribedError
            report(
              described?.message ?? "\(error)", help: described?.help, formatSpan ?? value.span)
          }
        }
        nodes.append(.value(expression(value), spec))
      }
    }
    return InterpolationNode(nodes, span)
  }

  private mutating func report(_ message: String, help: String? = nil, _ span: Span) {
    diagnostics.append(
      Diagnostic(message, category: .usage, source: source, span: span, help: help))
  }
}

extension BinaryOperator {
  /// True for `==`, `!=`, `<`, `<=`, `>` and `>=`.
  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}

extension Value {
  /// The value of `text`, from `NAME=text` of the command line, for a parameter with this default.
  /// Text for a string is taken as it is. All other text must be a literal of the default's type,
  /// or of any type where the default is `none`.
  func replaced(by text: String, name: String) throws(Failure) -> Value {
    switch self {
    case .string: return .string(text)
    case .bool where text == "true": return .bool(true)
    case .bool where text == "false": return .bool(false)
    default: break
    }
    let source = Source("param x = \(text)", name: "")
    let parsed = Parser.parse(source, verbs: [])
    if parsed.diagnostics.isEmpty, parsed.script.statements.count == 1,
      case .parameter(_, let expression) = parsed.script.statements[0].statement.kind,
      let value = expression.literal
    {
      if case .none = self { return value }
      if value.typeName == typeName { return value }
    }
    throw Failure(
      "'\(name)' is \(article(typeName)) in the script, and \"\(text)\" is not",
      help: "the script has \(name)=\(literalText)")
  }

  /// The value as a literal; `…` where it has none, or a long one.
  var literalText: String {
    switch self {
    case .none: "none"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): NumberText.shortest(number)
    case .string(let box): "\"\(box.text)\""
    case .array(let array) where array.rank == 1 && array.count <= 10:
      "[" + (0..<array.count).map { NumberText.shortest(array.pointer[$0]) }.joined(separator: ", ")
        + "]"
    case .tuple(let box) where box.items.count <= 10:
      "(" + box.items.map(\.literalText).joined(separator: ", ") + ")"
    case .list(let box) where box.items.count <= 10:
      "[" + box.items.map(\.literalText).joined(separator: ", ") + "]"
    default: "…"
    }
  }
}
