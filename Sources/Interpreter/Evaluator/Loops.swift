import Language
import LinearAlgebra

/// What the values of a loop go to.
indirect enum LoopTargetNode {
  /// A name.
  case name(Place)
  /// The parts of one value, as in `i, (a, b)`.
  case several([LoopTargetNode])

  /// Assigns a value; `span` is the place of an error where it has too few or too many parts.
  func assign(_ value: Value, _ frame: Frame, _ span: Span) throws {
    switch self {
    case .name(let place): try place.assign(value, frame)
    case .several(let targets):
      let parts: [Value]
      do { parts = try value.unpacked(into: targets.count) } catch {
        throw frame.located(error, span)
      }
      for (target, part) in zip(targets, parts) { try target.assign(part, frame, span) }
    }
  }
}

/// `x in values`, `i, x in enumerate(values)`: the head of a loop or comprehension.
///
/// For `range(…)` and `enumerate(…)`, the loop counts and no list is made.
struct LoopHead {
  let targets: [LoopTargetNode]
  let values: Node
  /// The name where there is one target.
  private let single: Place?

  init(_ targets: [LoopTargetNode], _ values: Node) {
    self.targets = targets
    self.values = values
    if targets.count == 1, case .name(let place) = targets[0] {
      single = place
    } else {
      single = nil
    }
  }

  /// Runs `body` for each value. The result is `.return` where it returned, else `.next`.
  @inline(__always)
  func run(_ frame: Frame, _ body: () throws -> Flow) throws -> Flow {
    guard let call = values as? CallNode, call.isPositional,
      case .function(let function) = try call.callee.evaluate(frame), function is BuiltinFunction
    else { return try loop(over: try values.evaluate(frame), counting: false, frame, body) }
    switch function.name {
    case "range" where single != nil:
      let arguments = try call.arguments.map { try $0.value.evaluate(frame) }
      if let single, let range = LoopHead.range(arguments) {
        return try count(range, single, frame, body)
      }
      // The function itself handles unusual arguments and reports errors.
      let list = try call.invoke(function, with: arguments, frame)
      return try loop(over: list, counting: false, frame, body)
    case "enumerate" where targets.count == 2 && call.arguments.count == 1:
      return try loop(
        over: try call.arguments[0].value.evaluate(frame), counting: true, frame, body)
    default:
      return try loop(over: try values.evaluate(frame), counting: false, frame, body)
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

  @inline(__always)
  private func count(
    _ range: (start: Double, step: Double, count: Int), _ place: Place, _ frame: Frame,
    _ body: () throws -> Flow
  ) throws -> Flow {
    let pointer = place.pointer(frame)
    for i in 0..<range.count {
      if Interruption.isRequested { throw Interrupted() }
      pointer.pointee = .number(range.start + Double(i) * range.step)
      place.noteAssignment(frame)
      switch try body() {
      case .next, .continue: continue
      case .break: return .next
      case .return: return .return
      }
    }
    return .next
  }

  @inline(__always)
  private func loop(
    over value: Value, counting: Bool, _ frame: Frame, _ body: () throws -> Flow
  ) throws -> Flow {
    // Two targets take a key and its value.
    var entries: DictionaryBox?
    if case .dictionary(let box) = value, targets.count == 2, !counting { entries = box }
    guard let items = try Items(value) else { throw notLoopable(value, frame) }
    for i in 0..<items.count {
      if let entries {
        try targets[0].assign(items[i], frame, values.span)
        try targets[1].assign(entries.values[i], frame, values.span)
      } else {
        try assign(items[i], number: counting ? i : nil, frame)
      }
      if Interruption.isRequested { throw Interrupted() }
      switch try body() {
      case .next, .continue: continue
      case .break: return .next
      case .return: return .return
      }
    }
    return .next
  }

  private func notLoopable(_ value: Value, _ frame: Frame) -> any Error {
    let isNumber = if case .number = value { true } else { false }
    return frame.failure(
      "a loop goes over a vector, matrix, list, dictionary, string or range, "
        + "not \(article(value.typeAndShape))",
      help: isNumber ? "`range(n)` counts from 0 to n − 1" : nil, values.span)
  }

  private func assign(_ item: Value, number: Int?, _ frame: Frame) throws {
    if let number {
      try targets[0].assign(.number(Double(number)), frame, values.span)
      try targets[1].assign(item, frame, values.span)
    } else if let single {
      try single.assign(item, frame)
    } else if targets.count == 1 {
      try targets[0].assign(item, frame, values.span)
    } else {
      try LoopTargetNode.several(targets).assign(item, frame, values.span)
    }
  }
}

/// `for x in values { }`.
final class ForNode: StatementNode, @unchecked Sendable {
  let head: LoopHead
  let body: Block

  init(_ head: LoopHead, _ body: Block, _ span: Span) {
    self.head = head
    self.body = body
    super.init(span)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    try head.run(frame) { try body.execute(frame) }
  }
}

/// `[x * 2 for x in values if x > 0]`: a vector, matrix or list, as a bracket of the same items
/// would be. Its names are slots of the frame that nothing else uses.
final class ComprehensionNode: Node, @unchecked Sendable {
  private let element: Node
  private let head: LoopHead
  private let condition: Node?
  private let slots: [Int]

  init(_ element: Node, _ head: LoopHead, if condition: Node?, slots: [Int], _ span: Span) {
    self.element = element
    self.head = head
    self.condition = condition
    self.slots = slots
    super.init(span)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    defer { for slot in slots { frame.slots[slot] = .undefined } }
    var items: [Value] = []
    do {
      _ = try head.run(frame) {
        if let condition, !(try condition.condition(frame)) { return .next }
        if items.count == items.capacity, items.count >= 1 << 16 {
          try MemoryLimit.require(bytes: Double(items.count) * 48)
        }
        items.append(try element.evaluate(frame))
        return .next
      }
      return try Value.bracket(items)
    } catch {
      Discard.inBackground(items)
      throw frame.located(error, span)
    }
  }
}
