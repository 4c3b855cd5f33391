import Language
import LinearAlgebra
import Text

/// The way in which a statement ends.
enum Flow { case next, `break`, `continue`, `return` }

/// A statement, its names resolved.
class StatementNode: @unchecked Sendable {
  let span: Span
  init(_ span: Span) { self.span = span }

  /// Runs it inside a block or function, where only printed text, plots and warnings are shown.
  func execute(_ frame: Frame) throws -> Flow { .next }

  /// Runs it at top level. Returns what is to be shown, if anything.
  func executeAtTop(_ frame: Frame) throws -> Output? {
    _ = try execute(frame)
    return nil
  }
}

/// Statements in order, kept as unretained references: an iteration of a loop then needs no
/// reference counting.
final class Block: @unchecked Sendable {
  private let owned: [StatementNode]
  private let statements: UnsafeMutableBufferPointer<Unmanaged<StatementNode>>

  init(_ owned: [StatementNode]) {
    self.owned = owned
    statements = .allocate(capacity: owned.count)
    for (i, statement) in owned.enumerated() {
      statements.initializeElement(at: i, to: .passUnretained(statement))
    }
  }

  deinit { statements.deallocate() }

  /// Runs the statements, with a check for an interruption before each.
  @inline(__always)
  func execute(_ frame: Frame) throws -> Flow {
    for statement in statements {
      if Interruption.isRequested { throw Interrupted() }
      let flow = try statement._withUnsafeGuaranteedRef { try $0.execute(frame) }
      if flow != .next { return flow }
    }
    return .next
  }
}

/// A node that has a report besides its value: a command or `timeit`.
class ReportingNode: Node, @unchecked Sendable {
  /// Computes the value and report, without showing them.
  func run(_ frame: Frame) throws -> Output { Output() }

  /// The value, inside blocks and functions; plots are shown.
  final override func evaluate(_ frame: Frame) throws -> Value {
    let output = try run(frame)
    if output.showsEverywhere { try frame.session.show(output.presentation) }
    return output.value
  }
}

/// An expression or a command on its own.
final class ExpressionStatement: StatementNode, @unchecked Sendable {
  let value: Node
  init(_ value: Node, _ span: Span) {
    self.value = value
    super.init(span)
  }
  override func execute(_ frame: Frame) throws -> Flow {
    _ = try value.evaluate(frame)
    return .next
  }
  override func executeAtTop(_ frame: Frame) throws -> Output? {
    if let reporting = value as? ReportingNode { return try reporting.run(frame) }
    return Output(try value.evaluate(frame))
  }
}

/// `if … { } else if … { } else { }`.
final class IfNode: StatementNode, @unchecked Sendable {
  let branches: [(condition: Node, body: Block)]
  let otherwise: Block?
  init(
    _ branches: [(condition: Node, body: Block)], otherwise: Block?,
    _ span: Span
  ) {
    self.branches = branches
    self.otherwise = otherwise
    super.init(span)
  }
  override func execute(_ frame: Frame) throws -> Flow {
    for branch in branches where try branch.condition.condition(frame) {
      return try branch.body.execute(frame)
    }
    return try otherwise?.execute(frame) ?? .next
  }
}

extension Node {
  /// The value as a condition.
  ///
  /// - Throws: `Located` where it is neither true nor false.
  @inline(__always)
  func condition(_ frame: Frame) throws -> Bool {
    let value = try evaluate(frame)
    if case .bool(let flag) = value { return flag }
    throw frame.located(Node.notACondition(value), span)
  }

  static func notACondition(_ value: Value) -> Failure {
    if case .array(let array) = value, array.isMask {
      return Failure(
        "a condition is one truth value, not \(article(value.typeAndShape))",
        help: "`any(…)` asks whether one of them holds, `all(…)` whether all do")
    }
    let isNumber = if case .number = value { true } else { false }
    return Failure(
      "a condition must be true or false, not \(article(value.typeAndShape))",
      help: isNumber ? "compare it: `x != 0`" : nil)
  }
}

/// `while … { }`.
final class WhileNode: StatementNode, @unchecked Sendable {
  let condition: Node
  let body: Block
  init(_ condition: Node, _ body: Block, _ span: Span) {
    self.condition = condition
    self.body = body
    super.init(span)
  }
  override func execute(_ frame: Frame) throws -> Flow {
    while try condition.condition(frame) {
      try Interruption.check()
      switch try body.execute(frame) {
      case .next, .continue: continue
      case .break: return .next
      case .return: return .return
      }
    }
    return .next
  }
}

/// `break` and `continue`.
final class FlowNode: StatementNode, @unchecked Sendable {
  let flow: Flow
  init(_ flow: Flow, _ span: Span) {
    self.flow = flow
    super.init(span)
  }
  override func execute(_ frame: Frame) throws -> Flow { flow }
}

/// `return`, `return a, b`, `return train d.train`.
final class ReturnNode: StatementNode, @unchecked Sendable {
  let value: Node?
  init(_ value: Node?, _ span: Span) {
    self.value = value
    super.init(span)
  }
  override func execute(_ frame: Frame) throws -> Flow {
    frame.result.pointee = try value?.evaluate(frame) ?? .none
    return .return
  }
}
