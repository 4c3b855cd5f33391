import Language

extension Statement {
  /// Calls `body` with the names that it and its blocks assign, in order. The names that a
  /// function's body assigns are not among them.
  func forEachAssignedName(_ body: (String) -> Void) {
    switch kind {
    case .assign(let targets, _, let value):
      for target in targets { body(target.name) }
      if case .timeit(let timeit) = value { timeit.statement.forEachAssignedName(body) }
    case .if(let branches, let otherwise):
      for branch in branches { branch.body.forEachAssignedName(body) }
      otherwise?.forEachAssignedName(body)
    case .for(let targets, _, let statements):
      for target in targets { for name in target.names { body(name.name) } }
      statements.forEachAssignedName(body)
    case .while(_, let statements): statements.forEachAssignedName(body)
    case .try(let statements, let name, let handler):
      statements.forEachAssignedName(body)
      body(name.name)
      handler.forEachAssignedName(body)
    case .function(let function): body(function.name)
    case .parameter(let name, _): body(name.name)
    case .timeit(let timeit): timeit.statement.forEachAssignedName(body)
    case .return(.timeit(let timeit)?): timeit.statement.forEachAssignedName(body)
    case .expression, .command, .break, .continue, .return, .expect, .print, .forget: break
    }
  }

  /// Whether it assigns to names.
  var isAssignment: Bool { if case .assign = kind { true } else { false } }

  /// The key of the statement's random stream: the first name that it assigns, else its verb, else
  /// empty.
  var streamKey: String {
    var first: String?
    forEachAssignedName { if first == nil { first = $0 } }
    if let first { return first }
    switch kind {
    case .command(let command): return command.verb
    case .timeit: return "timeit"
    case .print: return "print"
    case .expect: return "expect"
    case .forget: return "forget"
    default: return ""
    }
  }
}

extension Sequence<Statement> {
  /// Calls `body` with the names that they assign, in order.
  func forEachAssignedName(_ body: (String) -> Void) {
    for statement in self { statement.forEachAssignedName(body) }
  }
}
