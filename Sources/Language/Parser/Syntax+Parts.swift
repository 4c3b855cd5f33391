/// The parts of the syntax tree, for those who look at all of it.
extension Expression {
  /// The expressions that it is directly made of, in order.
  public var parts: [Expression] {
    switch kind {
    case .number, .bool, .none, .name: return []
    case .string(let pieces):
      return pieces.compactMap {
        if case .interpolation(let value, _, _) = $0 { value } else { nil }
      }
    case .list(let items), .tuple(let items): return items
    case .comprehension(let loop):
      return [loop.values, loop.element] + [loop.condition].compactMap { $0 }
    case .dictionary(let entries): return entries.flatMap { [$0.key, $0.value] }
    case .function(let function):
      return function.parameters.compactMap(\.defaultValue) + [function.body]
    case .unary(_, let operand): return [operand]
    case .binary(_, _, let left, let right): return [left, right]
    case .call(let callee, let arguments): return [callee] + arguments.map(\.value)
    case .field(let base, _, _): return [base]
    case .index(let base, let subscripts): return [base] + subscripts.flatMap(\.parts)
    case .word(_, let other): return other.map { [$0] } ?? []
    }
  }
}

extension Subscript {
  /// The expressions in it.
  public var parts: [Expression] {
    switch self {
    case .at(let value): [value]
    case .slice(let start, let stop, let step, _): [start, stop, step].compactMap { $0 }
    }
  }
}

/// What a statement is directly made of.
public enum StatementPart {
  case expression(Expression)
  case command(CommandSyntax)
  case statement(Statement)
}

extension Statement {
  /// Its parts, in order.
  public var parts: [StatementPart] {
    switch kind {
    case .expression(let value): return [.expression(value)]
    case .command(let command): return [.command(command)]
    case .assign(let targets, _, let value): return targets.flatMap(\.parts) + value.parts
    case .if(let branches, let otherwise):
      return branches.flatMap { [.expression($0.condition)] + $0.body.map { .statement($0) } }
        + (otherwise ?? []).map { .statement($0) }
    case .for(_, let values, let body):
      return [.expression(values)] + body.map { .statement($0) }
    case .while(let condition, let body):
      return [.expression(condition)] + body.map { .statement($0) }
    case .try(let body, _, let handler): return (body + handler).map { .statement($0) }
    case .return(let value): return value?.parts ?? []
    case .function(let function):
      return function.parameters.compactMap(\.defaultValue).map { .expression($0) }
        + function.body.map { .statement($0) }
    case .parameter(_, let literal): return [.expression(literal)]
    case .expect(let expect):
      return [expect.left, expect.right, expect.message, expect.within, expect.points]
        .compactMap { $0 }.map { .expression($0) }
    case .timeit(let timeit): return timeit.parts
    case .print(let operands): return operands.map { .expression($0) }
    case .break, .continue, .forget: return []
    }
  }
}

extension Target {
  fileprivate var parts: [StatementPart] {
    guard case .index(_, _, let path, _) = self else { return [] }
    return path.joined().flatMap(\.parts).map { .expression($0) }
  }
}

extension RightSide {
  fileprivate var parts: [StatementPart] {
    switch self {
    case .expression(let value): [.expression(value)]
    case .command(let command): [.command(command)]
    case .timeit(let timeit): timeit.parts
    }
  }
}

extension Timeit {
  fileprivate var parts: [StatementPart] {
    (repeats.map { [.expression($0)] } ?? []) + [.statement(statement)]
  }
}
