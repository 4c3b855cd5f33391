import Language

/// What is known of an expression's value without computing it: another value of its type.
///
/// To make a large matrix for a key press would be too slow. So values that the session holds are
/// looked at, and operators and literals are reasoned about.
extension Scope {
  /// A value of the expression's type; nil where nothing is known.
  func example(of expression: Expression) -> Value? {
    switch expression.kind {
    case .number: return .number(0)
    case .bool: return .bool(false)
    case .none: return Value.none
    case .string: return .string("")
    case .name(let name): return example(named: name)
    case .word(_, let other): return other.flatMap { example(of: $0) }
    case .tuple: return .tuple([])
    case .list(let items): return list(of: items)
    case .dictionary: return (try? DictionaryBox([])).map { .dictionary($0) }
    case .comprehension, .function: return nil
    case .binary(.in, _, _, _), .binary(.notIn, _, _, _): return .bool(false)
    case .unary(.not, let operand): return example(of: operand).map(\.comparison)
    case .unary(_, let operand): return example(of: operand).flatMap(\.arithmetic)
    case .binary(let operation, _, let left, let right):
      return result(of: operation, example(of: left), example(of: right))
    case .call(let callee, let arguments): return result(of: callee, arguments)
    case .field(let base, let name, _): return example(of: base)?.exampleField(name)
    case .index(let base, let subscripts):
      return example(of: base).flatMap { entry(of: $0, at: subscripts) }
    }
  }

  private static let elementwise = Set(Builtins.elementwise.map(\.name))
  private static let reductions = Set(Builtins.reductions.map(\.name))

  static let vector = Value.vector([])
  static let matrix = Value.array(NumericArray(uninitializedRows: 0, columns: 0))

  private func list(of items: [Expression]) -> Value? {
    let examples = items.compactMap { example(of: $0) }
    guard examples.count == items.count else { return nil }
    return examples.allSatisfy(\.isNumeric) ? Self.vector : .list([])
  }

  /// The result of a built-in function, as far as it follows from its arguments.
  private func result(of callee: Expression, _ arguments: [Argument]) -> Value? {
    guard case .name(let name) = callee.kind, !isOwn(name), session.peek(name) == nil else {
      return nil
    }
    switch session.catalog.function(named: name)?.result {
    case .array: return Self.vector
    case .object(let object): return .object(object)
    case .unknown, nil: break
    }
    switch name {
    case "dot" where arguments.count == 2:
      return result(
        of: .matrixProduct, example(of: arguments[0].value), example(of: arguments[1].value))
    case "rand", "randn": return arguments.isEmpty ? .number(0) : Self.vector
    case _ where Self.elementwise.contains(name):
      let examples = arguments.map { example(of: $0.value) }
      return examples.first { $0?.isArray == true } ?? examples.first?.flatMap(\.arithmetic)
    case _ where Self.reductions.contains(name):
      return arguments.count > 1 ? Self.vector : .number(0)
    default: return nil
    }
  }

  private func result(of operation: BinaryOperator, _ left: Value?, _ right: Value?) -> Value? {
    if operation == .and || operation == .or { return nil }
    // The product of two vectors is a number.
    if operation == .matrixProduct {
      return left?.isMatrix == true || right?.isMatrix == true ? Self.vector : nil
    }
    let array = [left, right].first { $0?.isArray == true } ?? nil
    if operation.isComparison {
      guard let any = array ?? left.flatMap({ right == nil ? nil : $0 }) else { return nil }
      return any.comparison
    }
    guard array == nil else { return array }
    guard let left, let right, left.isNumeric, right.isNumeric else { return nil }
    return left.arithmetic
  }

  private func entry(of value: Value, at subscripts: [Subscript]) -> Value? {
    let hasSlice = subscripts.contains { if case .slice = $0 { true } else { false } }
    switch value {
    // The rows of a dataset are a dataset.
    case .object: return value
    case .array(let array):
      if hasSlice || array.rank > subscripts.count { return Self.vector }
      guard case .at(let index)? = subscripts.first, let index = example(of: index) else {
        return nil
      }
      return index.isArray ? Self.vector : subscripts.count == array.rank ? .number(0) : nil
    case .list(let box), .tuple(let box):
      guard case .at(let index)? = subscripts.first, case .number(let number) = index.kind,
        let place = Int(exactly: number), box.items.indices.contains(place)
      else { return nil }
      return box.items[place]
    default: return nil
    }
  }
}

extension Value {
  /// What can be said of a field without making a large array: fields that are objects are there
  /// already, and a field named by one capital is a matrix.
  fileprivate func exampleField(_ name: String) -> Value? {
    switch self {
    case .object(let box):
      if box.object.objectFieldNames.contains(name) { return try? box.object.field(name) }
      let isCapital = name.utf8.count == 1 && name.first?.isUppercase == true
      return isCapital && box.object.fieldNames.contains(name) ? Scope.matrix : nil
    case .array:
      switch name {
      case "T": return self
      case "shape": return Scope.vector
      case "size": return .number(0)
      default: return nil
      }
    default: return nil
    }
  }

  /// A value of the type that `+` and `-` make of it; nil where they make none.
  fileprivate var arithmetic: Value? { isNumeric ? (isArray ? self : .number(0)) : nil }

  /// A value of the type that a comparison with it has.
  fileprivate var comparison: Value { isArray ? self : .bool(false) }

  fileprivate var isNumeric: Bool {
    switch self {
    case .number, .bool, .array: true
    default: false
    }
  }

  fileprivate var isArray: Bool { if case .array = self { true } else { false } }

  fileprivate var isMatrix: Bool {
    if case .array(let array) = self { array.rank == 2 } else { false }
  }
}
