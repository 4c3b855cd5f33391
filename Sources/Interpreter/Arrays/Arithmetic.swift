import Glibc
import Language
import LinearAlgebra

/// The operators of the language on values of every type.
enum Arithmetic {
  /// The value of `a op b`.
  static func binary(_ op: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
    if op == .matrixProduct { return try matrixProduct(a, b) }
    if op == .and || op == .or { return try logical(op, a, b) }
    if op == .in { return .bool(try contains(b, a)) }
    if op == .notIn { return .bool(!(try contains(b, a))) }
    if let x = operand(a), let y = operand(b) {
      if x.rank == 0 && y.rank == 0 { return try scalar(op, a, b) }
      return .array(try entries(op, x, y))
    }
    switch (op, a, b) {
    case (.add, .string(let x), .string(let y)):
      return .string(try LongText.joined([x.text, y.text]))
    case (.equal, _, _): return try equality(a, b)
    case (.notEqual, _, _): return try unary(.not, equality(a, b))
    case (.less, .string(let x), .string(let y)): return .bool(try precedes(x.text, y.text))
    case (.greater, .string(let x), .string(let y)): return .bool(try precedes(y.text, x.text))
    case (.lessOrEqual, .string(let x), .string(let y)): return .bool(try !precedes(y.text, x.text))
    case (.greaterOrEqual, .string(let x), .string(let y)):
      return .bool(try !precedes(x.text, y.text))
    default: throw mismatch(op, a, b)
    }
  }

  /// The value of `op v`.
  static func unary(_ op: UnaryOperator, _ value: Value) throws -> Value {
    switch (op, value) {
    case (.not, .bool(let flag)): return .bool(!flag)
    case (.not, .array(let array)) where array.isMask:
      return .array(
        try Broadcasting.map(
          BroadcastOperand(array), BroadcastOperand(0), sign: "not", isMask: true
        ) { x, _ in 1 - x })
    case (.not, _):
      throw Failure(
        "'not' needs a truth value, not \(article(value.typeAndShape))",
        help: "compare it with something: `x == 0`")
    case (_, .number(let x)): return .number(op == .negate ? -x : x)
    case (_, .bool(let flag)): return .number((op == .negate ? -1 : 1) * (flag ? 1 : 0))
    case (_, .array(let array)):
      // Not 0 − x, which would lose the sign of a zero.
      let factor = op == .negate ? -1.0 : 1.0
      return .array(
        try Broadcasting.map(
          BroadcastOperand(array), BroadcastOperand(factor), sign: op.rawValue, isMask: false
        ) { $0 * $1 })
    default:
      throw Failure("'\(op.rawValue)' needs a number, not \(article(value.typeAndShape))")
    }
  }

  /// Rows and columns exchanged; a vector is its own transpose.
  static func transpose(_ array: NumericArray) throws -> Value { .array(try transposed(array)) }

  /// The array of `transpose`.
  static func transposed(_ array: NumericArray) throws -> NumericArray {
    guard array.rank == 2 else { return array }
    try MemoryLimit.require(rows: array.rows, columns: array.columns, bytesPerEntry: 8)
    let result = NumericArray(
      uninitializedRows: array.columns, columns: array.rows, isMask: array.isMask)
    let source = array.pointer
    let target = result.pointer
    // Blocks of 32 × 32 entries, so that both sides stay in the cache. Their columns are far apart
    // in the result: each may be on a page of 2 MB that the system has yet to clear.
    let side = 32
    for top in stride(from: 0, to: array.rows, by: side) {
      try Interruption.check()
      let bottom = min(top + side, array.rows)
      try Interruption.forEachRange(of: (array.columns + side - 1) / side, costEach: 32 * 1024) {
        blocks in
        for b in blocks {
          for i in top..<bottom {
            for j in b * side..<min((b + 1) * side, array.columns) {
              target[j * array.rows + i] = source[i * array.columns + j]
            }
          }
        }
      }
    }
    return result
  }

  /// A number, truth value or array as an operand; nil for other types.
  static func operand(_ value: Value) -> BroadcastOperand? {
    switch value {
    case .number(let number): BroadcastOperand(number)
    case .bool(let flag): BroadcastOperand(flag ? 1 : 0)
    case .array(let array): BroadcastOperand(array)
    default: nil
    }
  }

  private static func scalar(_ op: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
    guard let x = number(a), let y = number(b), let result = ScalarOperations.apply(op, x, y)
    else { throw mismatch(op, a, b) }
    return op.isComparison ? .bool(result != 0) : .number(result)
  }

  private static func number(_ value: Value) -> Double? {
    switch value {
    case .number(let number): number
    case .bool(let flag): flag ? 1 : 0
    default: nil
    }
  }

  /// The operators entry by entry. Frequent ones have a loop of their own, which the compiler can
  /// vectorize.
  private static func entries(
    _ op: BinaryOperator, _ a: BroadcastOperand, _ b: BroadcastOperand
  ) throws -> NumericArray {
    let sign = op.rawValue
    func map(_ f: (Double, Double) -> Double) throws -> NumericArray {
      try Broadcasting.map(a, b, sign: sign, isMask: op.isComparison, f)
    }
    switch op {
    case .add: return try Broadcasting.map(a, b, sign: sign, isMask: false) { $0 + $1 }
    case .subtract: return try Broadcasting.map(a, b, sign: sign, isMask: false) { $0 - $1 }
    case .multiply: return try Broadcasting.map(a, b, sign: sign, isMask: false) { $0 * $1 }
    case .divide: return try Broadcasting.map(a, b, sign: sign, isMask: false) { $0 / $1 }
    case .greater: return try Broadcasting.map(a, b, sign: sign, isMask: true) { $0 > $1 ? 1 : 0 }
    case .less: return try Broadcasting.map(a, b, sign: sign, isMask: true) { $0 < $1 ? 1 : 0 }
    case .greaterOrEqual: return try map { $0 >= $1 ? 1 : 0 }
    case .lessOrEqual: return try map { $0 <= $1 ? 1 : 0 }
    case .equal: return try map { $0 == $1 ? 1 : 0 }
    case .notEqual: return try map { $0 != $1 ? 1 : 0 }
    case .floorDivide: return try map(ScalarOperations.floorDivide)
    case .remainder: return try map(ScalarOperations.remainder)
    case .power: return try map(ScalarOperations.power)
    case .matrixProduct, .and, .or, .in, .notIn:
      throw Failure("'\(sign)' does not go entry by entry")
    }
  }

  private static func logical(_ op: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
    let word = op.rawValue
    for value in [a, b] {
      switch value {
      case .bool: continue
      case .array(let array) where array.isMask: continue
      default:
        throw Failure(
          "'\(word)' needs truth values, not \(article(value.typeAndShape))",
          help: "compare it with something: `x != 0`")
      }
    }
    if case .bool(let x) = a, case .bool(let y) = b {
      return .bool(op == .and ? x && y : x || y)
    }
    guard let x = operand(a), let y = operand(b) else { throw mismatch(op, a, b) }
    return .array(
      try Broadcasting.map(x, y, sign: word, isMask: true) {
        op == .and ? min($0, $1) : max($0, $1)
      })
  }

  private static func matrixProduct(_ a: Value, _ b: Value) throws -> Value {
    guard case .array(let x) = a, case .array(let y) = b else {
      throw mismatch(.matrixProduct, a, b)
    }
    let inner = y.rank == 1 ? y.columns : y.rows
    guard x.columns == inner else {
      throw Failure(
        "the shapes of '@' don't fit: \(a.typeAndShape) and \(b.typeAndShape)",
        help: "the left side has \(x.columns) columns, the right side \(inner) rows")
    }
    if x.rank == 1 && y.rank == 1 { return .number(try ArrayReduction.dot(x, y)) }
    try MemoryLimit.require(
      rows: x.rows, columns: y.rank == 1 ? 1 : y.columns, bytesPerEntry: 8)
    let right = try (y.rank == 1 ? y.reshaped(rank: 2, rows: y.columns, columns: 1) : y).matrix
    let product = NumericArray(try x.matrix.product(with: right))
    if x.rank == 1 || y.rank == 1 {
      return .array(product.reshaped(rank: 1, rows: 1, columns: product.count))
    }
    return .array(product)
  }

  /// `a == b` of values that are not both numbers or arrays: a mask for a list of strings and a
  /// string, or for two such lists of one length, so that classes are found by their names; else
  /// one truth value.
  private static func equality(_ a: Value, _ b: Value) throws -> Value {
    switch (a, b) {
    case (.list(let list), .string(let text)), (.string(let text), .list(let list)):
      guard let texts = try list.texts() else { return .bool(false) }
      return .array(try mask(texts.count) { texts[$0] == text.text })
    case (.list(let x), .list(let y)) where x.items.count == y.items.count:
      guard let left = try x.texts(), let right = try y.texts() else { break }
      return .array(try mask(left.count) { left[$0] == right[$0] })
    default: break
    }
    return .bool(try equal(a, b))
  }

  private static func mask(_ count: Int, _ holds: (Int) -> Bool) throws -> NumericArray {
    let result = NumericArray(uninitializedVector: count, isMask: true)
    try Interruption.forEachRange(of: count, costEach: 64) { range in
      for i in range { result.pointer[i] = holds(i) ? 1 : 0 }
    }
    return result
  }

  /// Equality of values that are not both numbers or arrays. Those of different types are unequal.
  static func equal(_ a: Value, _ b: Value) throws -> Bool {
    switch (a, b) {
    case (.none, .none): return true
    case (.string(let x), .string(let y)): return x.text == y.text
    case (.list(let x), .list(let y)), (.tuple(let x), .tuple(let y)):
      guard x.items.count == y.items.count else { return false }
      return try Interruption.allSatisfy(x.items.count, costEach: 64) { i in
        try isSame(x.items[i], y.items[i])
      }
    case (.dictionary(let x), .dictionary(let y)):
      guard x.count == y.count else { return false }
      return try Interruption.allSatisfy(x.count, costEach: 64) { i in
        try y.value(of: x.keys[i]).map { try isSame(x.values[i], $0) } ?? false
      }
    case (.function(let x), .function(let y)): return x === y
    case (.object(let x), .object(let y)): return x === y
    default: return false
    }
  }

  /// Whether two items are equal, in all entries where they are arrays.
  private static func isSame(_ a: Value, _ b: Value) throws -> Bool {
    switch (a, b) {
    case (.array(let x), .array(let y)):
      guard x.rank == y.rank, x.rows == y.rows, x.columns == y.columns else { return false }
      return try Interruption.allSatisfy(x.count) { x.pointer[$0] == y.pointer[$0] }
    case (.array, _), (_, .array): return false
    default: return if let x = number(a), let y = number(b) { x == y } else { try equal(a, b) }
    }
  }

  /// `item in values`: an item of a list, an entry of an array, a key of a dictionary, or a part of
  /// a string.
  private static func contains(_ values: Value, _ item: Value) throws -> Bool {
    switch values {
    case .string(let box):
      guard case .string(let part) = item else {
        throw Failure("only a string can be a part of a string, not \(article(item.typeAndShape))")
      }
      return try LongText.contains(box.text, part.text)
    case .dictionary(let box): return box.value(of: try DictionaryKey(item)) != nil
    case .list(let box), .tuple(let box):
      let isIn = try Interruption.allSatisfy(box.items.count, costEach: 64) { i in
        try !isSame(box.items[i], item)
      }
      return !isIn
    case .array(let array):
      guard let number = number(item) else {
        throw Failure(
          "only a number can be an entry of \(article(values.typeAndShape)), "
            + "not \(article(item.typeAndShape))")
      }
      return try !Interruption.allSatisfy(array.count) { array.pointer[$0] != number }
    default:
      throw Failure(
        "'in' looks into a list, vector, matrix, dictionary or string, "
          + "not \(article(values.typeAndShape))")
    }
  }

  /// Whether a comes before b in the order of Unicode's scalars, which is that of UTF-8's bytes.
  static func precedes(_ a: String, _ b: String) throws -> Bool {
    let (a, b) = (a.utf8, b.utf8)
    let shared = min(a.count, b.count)
    var start = 0
    while start < shared {
      try Interruption.check()
      let end = min(start + 65536, shared)
      let (x, y) = (a.dropFirst(start).prefix(end - start), b.dropFirst(start).prefix(end - start))
      if !x.elementsEqual(y) { return x.lexicographicallyPrecedes(y) }
      start = end
    }
    return a.count < b.count
  }

  private static func mismatch(_ op: BinaryOperator, _ a: Value, _ b: Value) -> Failure {
    var help: String?
    if op == .add {
      switch (a, b) {
      case (.string, .number), (.number, .string):
        help = "write the number into the string: `\"… {x}\"`"
      case (.list, _), (_, .list): help = "`append(list, x)` gives a longer list"
      default: break
      }
    }
    if op == .matrixProduct { help = "'@' is the matrix product; numbers are multiplied with '*'" }
    return Failure(
      "'\(op.rawValue)' can't take \(article(a.typeAndShape)) and \(article(b.typeAndShape))",
      help: help)
  }
}
