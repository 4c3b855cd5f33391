import Language

/// A name of a function expression that stands for a value from where the expression was written.
/// A name that had none there is looked up when the function is called.
final class CapturedName: Node, @unchecked Sendable {
  private let slot: Int
  private let name: String
  /// The variable of the session; nil where the name is local to the function around.
  private unowned(unsafe) let variable: Variable?

  init(_ name: String, slot: Int, _ variable: Variable?, _ span: Span) {
    self.name = name
    self.slot = slot
    self.variable = variable
    super.init(span)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let value = frame.slots[slot]
    guard case .undefined = value else { return value }
    guard let variable else { throw frame.located(Place.noValueYet(name), span) }
    return try GlobalName(variable, span).evaluate(frame)
  }
}

/// `fn(x) => x * 2`.
final class FunctionExpressionNode: Node, @unchecked Sendable {
  /// Where a captured value comes from.
  enum Origin {
    case slot(Int)
    case variable(Variable)
  }
  /// A captured value: where it comes from, and its slot in a call.
  struct Capture {
    var origin: Origin
    var slot: Int
  }
  let parameters: [(name: String, defaultValue: Node?)]
  let captures: [Capture]
  let slotCount: Int
  let body: Block

  init(
    _ parameters: [(name: String, defaultValue: Node?)], captures: [Capture], slotCount: Int,
    _ body: Block, _ span: Span
  ) {
    self.parameters = parameters
    self.captures = captures
    self.slotCount = slotCount
    self.body = body
    super.init(span)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let defaults = try parameters.map { try $0.defaultValue?.evaluate(frame) ?? .undefined }
    let captured = captures.map { capture -> (slot: Int, value: Value) in
      switch capture.origin {
      case .slot(let slot): return (capture.slot, frame.slots[slot])
      case .variable(let variable):
        if variable.isAssigned { variable.marks.pointee.lastRead = frame.statement }
        return (capture.slot, variable.slot.pointee)
      }
    }
    let depth = captured.reduce(0) { max($0, $1.value.depth) } + (captured.isEmpty ? 0 : 1)
    guard depth <= ListBox.depthLimit else {
      throw frame.located(ListBox.tooDeep("function that holds others"), span)
    }
    return .function(
      UserFunction(
        name: "fn", parameterNames: parameters.map(\.name), defaults: defaults,
        kept: captured, depth: depth, slotCount: slotCount, body: body, source: frame.source,
        span: span))
  }
}
