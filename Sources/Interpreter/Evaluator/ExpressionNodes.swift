import Language
import LinearAlgebra

/// A literal.
final class ConstantNode: Node, @unchecked Sendable {
  let value: Value
  init(_ value: Value, _ span: Span) {
    self.value = value
    super.init(span)
  }
  override func evaluate(_ frame: Frame) throws -> Value { value }
}

/// A local name of a function: a slot of its frame.
final class LocalName: Node, @unchecked Sendable {
  let slot: Int
  let name: String
  init(_ name: String, slot: Int, _ span: Span) {
    self.name = name
    self.slot = slot
    super.init(span)
  }
  override func evaluate(_ frame: Frame) throws -> Value {
    let value = frame.slots[slot]
    if case .undefined = value {
      throw frame.located(Place.noValueYet(name), span)
    }
    return value
  }
}

/// A variable of the session or a built-in function.
final class GlobalName: Node, @unchecked Sendable {
  /// The session owns it and must outlive the node.
  unowned(unsafe) let variable: Variable
  init(_ variable: Variable, _ span: Span) {
    self.variable = variable
    super.init(span)
  }
  override func evaluate(_ frame: Frame) throws -> Value {
    let value = variable.slot.pointee
    if case .undefined = value {
      if case .undefined = variable.builtin {
        throw frame.located(frame.session.unknownName(variable.name), span)
      }
      return variable.builtin
    }
    variable.marks.pointee.lastRead = frame.statement
    return value
  }
}

/// Expressions whose values form one: `[a, b, c]`, and `a, b`.
final class SequenceNode: Node, @unchecked Sendable {
  let items: [Node]
  private let joined: ([Value]) throws -> Value
  init(_ items: [Node], _ span: Span, joined: @escaping ([Value]) throws -> Value) {
    self.items = items
    self.joined = joined
    super.init(span)
  }
  override func evaluate(_ frame: Frame) throws -> Value {
    let values = try items.map { try $0.evaluate(frame) }
    do { return try joined(values) } catch { throw frame.located(error, span) }
  }
}

extension Value {
  /// The value of `a, b` outside brackets.
  static func tuple(of values: [Value]) throws -> Value {
    .tuple(try ListBox(checkingDepthOf: values))
  }

  /// The value of `{key: value, …}`; keys and values alternate.
  static func dictionary(of values: [Value]) throws -> Value {
    .dictionary(
      try DictionaryBox(
        try stride(from: 0, to: values.count, by: 2).map {
          (try DictionaryKey(values[$0]), values[$0 + 1])
        }))
  }

  /// The value of `[a, b]`: a vector of numbers or of nothing, a matrix of vectors of one length,
  /// else a list.
  static func bracket(_ values: [Value]) throws -> Value {
    var numbers: [Double] = []
    numbers.reserveCapacity(values.count)
    for case .number(let number) in values { numbers.append(number) }
    if numbers.count == values.count { return .vector(numbers) }
    if case .array(let first)? = values.first, first.rank == 1 {
      let rows = values.compactMap { value -> NumericArray? in
        if case .array(let row) = value, row.rank == 1, row.columns == first.columns {
          return row
        }
        return nil
      }
      if rows.count == values.count {
        try MemoryLimit.require(rows: rows.count, columns: first.columns, bytesPerEntry: 8)
        let isMask = rows.allSatisfy(\.isMask)
        let matrix = NumericArray(
          uninitializedRows: rows.count, columns: first.columns, isMask: isMask)
        for (i, row) in rows.enumerated() {
          try (matrix.pointer + i * first.columns).copy(from: row.pointer, count: first.columns)
        }
        return .array(matrix)
      }
    }
    return .list(try ListBox(checkingDepthOf: values))
  }
}

/// A string with interpolations.
final class InterpolationNode: Node, @unchecked Sendable {
  enum Part {
    case text(String)
    case value(Node, FormatSpec?)
  }
  let parts: [Part]
  init(_ parts: [Part], _ span: Span) {
    self.parts = parts
    super.init(span)
  }
  override func evaluate(_ frame: Frame) throws -> Value {
    let texts = try parts.map { part in
      switch part {
      case .text(let literal): return literal
      case .value(let node, let format):
        let value = try node.evaluate(frame)
        if format == nil { frame.session.noteDigits(of: value) }
        do {
          return try format?.apply(to: value) ?? value.text(for: frame.session.display)
        } catch {
          throw frame.located(error, node.span)
        }
      }
    }
    do { return .string(try LongText.joined(texts)) } catch { throw frame.located(error, span) }
  }
}

/// `-x`, `+x`, `not x`.
final class UnaryNode: Node, @unchecked Sendable {
  let op: UnaryOperator
  let operand: Node
  init(_ op: UnaryOperator, _ operand: Node, _ span: Span) {
    self.op = op
    self.operand = operand
    super.init(span)
  }
  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try operand.evaluate(frame)
    if case .number(let number) = value, op == .negate { return .number(-number) }
    do { return try Arithmetic.unary(op, value) } catch { throw frame.located(error, span) }
  }
}

/// `and`, `or`: the right side is evaluated only if it matters; masks are combined entry by entry.
final class LogicalNode: Node, @unchecked Sendable {
  let isAnd: Bool
  let left: Node
  let right: Node
  init(isAnd: Bool, _ left: Node, _ right: Node, _ span: Span) {
    self.isAnd = isAnd
    self.left = left
    self.right = right
    super.init(span)
  }
  override func evaluate(_ frame: Frame) throws -> Value {
    let a = try left.evaluate(frame)
    if case .bool(let x) = a {
      if x != isAnd { return a }
      let b = try right.evaluate(frame)
      if case .bool = b { return b }
      do { return try Arithmetic.binary(isAnd ? .and : .or, a, b) } catch {
        throw frame.located(error, span)
      }
    }
    let b = try right.evaluate(frame)
    do { return try Arithmetic.binary(isAnd ? .and : .or, a, b) } catch {
      throw frame.located(error, span)
    }
  }
}

/// `d.train`.
final class FieldNode: Node, @unchecked Sendable {
  let base: Node
  let name: String
  let nameSpan: Span
  init(_ base: Node, _ name: String, _ nameSpan: Span, _ span: Span) {
    self.base = base
    self.name = name
    self.nameSpan = nameSpan
    super.init(span)
  }
  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try base.evaluate(frame)
    do {
      return try value.field(name, in: frame.session)
    } catch {
      throw frame.located(error, nameSpan)
    }
  }
}
