import Language

/// A subscript as nodes.
enum SubscriptNode {
  case at(Node)
  case slice(Node?, Node?, Node?)

  func evaluate(_ frame: Frame) throws -> Indexing.Subscript {
    switch self {
    case .at(let node):
      let value = try node.evaluate(frame)
      if case .number(let number) = value { return .number(number) }
      return .value(value)
    case .slice(let start, let stop, let step):
      return .slice(
        start: try SubscriptNode.bound(start, frame), stop: try SubscriptNode.bound(stop, frame),
        step: try SubscriptNode.bound(step, frame))
    }
  }

  private static func bound(_ node: Node?, _ frame: Frame) throws -> Double? {
    guard let node else { return nil }
    switch try node.evaluate(frame) {
    case .number(let number): return number
    case .none: return nil
    case let value:
      throw frame.located(
        Failure("a slice goes from number to number, not \(article(value.typeName))"), node.span)
    }
  }
}

/// `W[0:5, :]`.
final class IndexNode: Node, @unchecked Sendable {
  let base: Node
  let subscripts: [SubscriptNode]
  init(_ base: Node, _ subscripts: [SubscriptNode], _ span: Span) {
    self.base = base
    self.subscripts = subscripts
    super.init(span)
  }
  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try base.evaluate(frame)
    // Fast paths for one or two numbers into an array, the usual case in inner loops.
    if case .array(let array) = value {
      if subscripts.count == 1, case .at(let node) = subscripts[0] {
        let index = try node.evaluate(frame)
        if case .number(let x) = index {
          if let i = position(x, array.rank == 1 ? array.columns : array.rows) {
            if array.rank == 2 { return .array(array.row(i)) }
            return array.isMask ? .bool(array.pointer[i] != 0) : .number(array.pointer[i])
          }
          do { return try Indexing.get(value, [.number(x)]) } catch {
            throw frame.located(error, span)
          }
        }
        do { return try Indexing.get(value, [.value(index)]) } catch {
          throw frame.located(error, span)
        }
      }
      if subscripts.count == 2, array.rank == 2, case .at(let first) = subscripts[0],
        case .at(let second) = subscripts[1]
      {
        let a = try first.evaluate(frame)
        let b = try second.evaluate(frame)
        if case .number(let x) = a, case .number(let y) = b,
          let i = position(x, array.rows), let j = position(y, array.columns)
        {
          let entry = array.pointer[i * array.columns + j]
          return array.isMask ? .bool(entry != 0) : .number(entry)
        }
        do { return try Indexing.get(value, [Indexing.Subscript(a), Indexing.Subscript(b)]) } catch
        {
          throw frame.located(error, span)
        }
      }
    }
    let evaluated = try subscripts.map { try $0.evaluate(frame) }
    do {
      return try Indexing.get(value, evaluated)
    } catch {
      throw frame.located(error, span)
    }
  }
}

extension Indexing.Subscript {
  init(_ value: Value) {
    if case .number(let number) = value { self = .number(number) } else { self = .value(value) }
  }
}

/// The place of an index among `count`; negative indices count from the end. Nil where it is no
/// whole number or out of range.
@inline(__always)
func position(_ x: Double, _ count: Int) -> Int? {
  guard x > -9.0e15, x < 9.0e15 else { return nil }
  let i = Int(x)
  guard Double(i) == x else { return nil }
  if i >= 0 { return i < count ? i : nil }
  return i >= -count ? i + count : nil
}
