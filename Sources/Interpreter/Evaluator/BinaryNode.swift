import Language

/// The source of an operand. Names and literals, the usual case in loops, are read without a call
/// of their node, and numbers without reference counting.
struct OperandSource {
  private enum Origin { case node, constant, local, shared }
  private let origin: Origin
  private let constant: Double
  private let slot: Int
  private let shared: UnsafeMutablePointer<Value>?
  private let marks: UnsafeMutablePointer<Variable.Marks>?
  let node: Node

  init(_ node: Node) {
    self.node = node
    var constant = 0.0
    var slot = 0
    var shared: UnsafeMutablePointer<Value>?
    var marks: UnsafeMutablePointer<Variable.Marks>?
    switch node {
    case let node as ConstantNode:
      if case .number(let x) = node.value {
        constant = x
        origin = .constant
      } else {
        origin = .node
      }
    case let node as LocalName:
      slot = node.slot
      origin = .local
    case let node as GlobalName:
      shared = node.variable.slot
      marks = node.variable.marks
      origin = .shared
    default: origin = .node
    }
    self.constant = constant
    self.slot = slot
    self.shared = shared
    self.marks = marks
  }

  /// The operand: a number, or any other value.
  enum Reading {
    case number(Double)
    case other(Value)

    var value: Value {
      switch self {
      case .number(let x): .number(x)
      case .other(let value): value
      }
    }
  }

  @inline(__always)
  func read(_ frame: Frame) throws -> Reading {
    switch origin {
    case .constant: return .number(constant)
    case .local:
      if case .number(let x) = frame.slots[slot] { return .number(x) }
    case .shared:
      if let shared, let marks, case .number(let x) = shared.pointee {
        marks.pointee.lastRead = frame.statement
        return .number(x)
      }
    case .node: break
    }
    let value = try node.evaluate(frame)
    if case .number(let x) = value { return .number(x) }
    return .other(value)
  }
}

/// A binary operator: on numbers here, on all other values in `Arithmetic`.
final class BinaryNode: Node, @unchecked Sendable {
  private let op: BinaryOperator
  private let left: OperandSource
  private let right: OperandSource

  init(_ op: BinaryOperator, _ left: Node, _ right: Node, _ span: Span) {
    self.op = op
    self.left = OperandSource(left)
    self.right = OperandSource(right)
    super.init(span)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let a = try left.read(frame)
    let b = try right.read(frame)
    guard case .number(let x) = a, case .number(let y) = b else {
      return try general(a.value, b.value, frame)
    }
    switch op {
    case .add: return .number(x + y)
    case .subtract: return .number(x - y)
    case .multiply: return .number(x * y)
    case .divide: return .number(x / y)
    case .less: return .bool(x < y)
    case .lessOrEqual: return .bool(x <= y)
    case .greater: return .bool(x > y)
    case .greaterOrEqual: return .bool(x >= y)
    case .equal: return .bool(x == y)
    case .notEqual: return .bool(x != y)
    case .remainder:
      // Whole numbers, the usual case in loops, need no library call.
      if let whole = wholeRemainder(x, y) { return .number(whole) }
      return try general(a.value, b.value, frame)
    default: return try general(a.value, b.value, frame)
    }
  }

  @inline(never)
  private func general(_ a: Value, _ b: Value, _ frame: Frame) throws -> Value {
    do {
      return try Arithmetic.binary(op, a, b)
    } catch {
      throw frame.located(error, span)
    }
  }
}

/// x mod y with the sign of y, for whole numbers that fit 32 bits; nil for others.
@inline(__always)
func wholeRemainder(_ x: Double, _ y: Double) -> Double? {
  guard abs(x) < 2_147_483_647, abs(y) < 2_147_483_647 else { return nil }
  let a = Int32(x)
  let b = Int32(y)
  // The general case handles negative zeros and division by zero.
  guard Double(a) == x, Double(b) == y, a != 0, b != 0 else { return nil }
  let r = a % b
  if r == 0 { return y < 0 ? -0.0 : 0 }
  return Double((r < 0) != (b < 0) ? r + b : r)
}
