import Language
import LinearAlgebra

/// `for x in values { }`, `for i, x in enumerate(values) { }`.
///
/// For `range(…)` and `enumerate(…)`, the loop counts and no list is made.
final class ForNode: StatementNode, @unchecked Sendable {
  let names: [Place]
  let values: Node
  let body: Block

  init(_ names: [Place], _ values: Node, _ body: Block, _ span: Span) {
    self.names = names
    self.values = values
    self.body = body
    super.init(span)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    guard let call = values as? CallNode, call.isPositional,
      case .function(let function) = try call.callee.evaluate(frame), function is BuiltinFunction
    else { return try loop(over: try values.evaluate(frame), counting: false, frame) }
    switch function.name {
    case "range" where names.count == 1:
      let arguments = try call.arguments.map { try $0.value.evaluate(frame) }
      if let range = ForNode.range(arguments) { return try count(range, frame) }
      // The function itself handles unusual arguments and reports errors.
      let list = try call.invoke(function, with: arguments, frame)
      return try loop(over: list, counting: false, frame)
    case "enumerate" where names.count == 2 && call.arguments.count == 1:
      return try loop(
        over: try call.arguments[0].value.evaluate(frame), counting: true, frame)
    default: return try loop(over: try values.evaluate(frame), counting: false, frame)
    }
  }

  /// Start, step and number of iterations of `range(…)`. Nil where the arguments are not one to
  /// three whole numbers below 4·10¹⁵ in magnitude, or the step is 0.
  private static func range(_ arguments: [Value]) -> (start: Double, step: Double, count: Int)? {
    guard (1...3).contains(arguments.count) else { return nil }
    var numbers: [Double] = []
    for argument in arguments {
      guard case .number(let x) = argument, abs(x) < 4e15, x.rounded() == x else { return nil }
      numbers.append(x)
    }
    let start = numbers.count == 1 ? 0 : numbers[0]
    let stop = numbers.count == 1 ? numbers[0] : numbers[1]
    let step = numbers.count == 3 ? numbers[2] : 1
    guard step != 0 else { return nil }
    return (start, step, max(0, Int(((stop - start) / step).rounded(.up))))
  }

  private func count(
    _ range: (start: Double, step: Double, count: Int), _ frame: Frame
  ) throws -> Flow {
    let place = names[0]
    let pointer = place.pointer(frame)
    for i in 0..<range.count {
      if Interruption.isRequested { throw Interrupted() }
      pointer.pointee = .number(range.start + Double(i) * range.step)
      place.noteAssignment(frame)
      switch try body.execute(frame) {
      case .next, .continue: continue
      case .break: return .next
      case .return: return .return
      }
    }
    return .next
  }

  private func loop(over value: Value, counting: Bool, _ frame: Frame) throws -> Flow {
    guard let items = try Items(value) else {
      let isNumber = if case .number = value { true } else { false }
      throw frame.failure(
        "a loop goes over a vector, matrix, list, string or range, "
          + "not \(article(value.typeAndShape))",
        help: isNumber ? "`range(n)` counts from 0 to n − 1" : nil, values.span)
    }
    for i in 0..<items.count {
      try assign(items[i], number: counting ? i : nil, frame, values.span)
      if Interruption.isRequested { throw Interrupted() }
      switch try body.execute(frame) {
      case .next, .continue: continue
      case .break: return .next
      case .return: return .return
      }
    }
    return .next
  }

  private func assign(_ item: Value, number: Int?, _ frame: Frame, _ span: Span) throws {
    if let number {
      try names[0].assign(.number(Double(number)), frame)
      try names[1].assign(item, frame)
    } else if names.count == 1 {
      try names[0].assign(item, frame)
    } else {
      do {
        let values = try item.unpacked(into: names.count)
        for (name, value) in zip(names, values) { try name.assign(value, frame) }
      } catch {
        throw frame.located(error, span)
      }
    }
  }
}
