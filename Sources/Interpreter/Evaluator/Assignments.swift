import Language
import LinearAlgebra

/// The storage of a name: a slot of the function's frame, or a variable of the session.
struct Place {
  let name: String
  let span: Span
  private let local: Int
  private let shared: UnsafeMutablePointer<Value>?
  private let marks: UnsafeMutablePointer<Variable.Marks>?

  /// A slot of the frame.
  init(_ name: String, slot: Int, _ span: Span) {
    self.name = name
    self.span = span
    local = slot
    shared = nil
    marks = nil
  }

  /// A variable of the session, which must outlive the place.
  init(_ variable: Variable, _ span: Span) {
    name = variable.name
    self.span = span
    local = 0
    shared = variable.slot
    marks = variable.marks
  }

  @inline(__always)
  func pointer(_ frame: Frame) -> UnsafeMutablePointer<Value> {
    if let shared { return shared }
    return frame.slots + local
  }

  /// Assigns a value to the name.
  ///
  /// - Throws: `Located`, `Interrupted`; the name then has its old value.
  @inline(__always)
  func assign(_ value: Value, _ frame: Frame) throws {
    do { pointer(frame).pointee = try value.kept } catch { throw frame.located(error, span) }
    noteAssignment(frame)
  }

  /// Notes that the name is assigned.
  @inline(__always)
  func noteAssignment(_ frame: Frame) {
    if let marks { marks.pointee.noteAssignment(frame.statement) }
  }

  /// Notes that the name is read and then assigned, as `x += 1` does.
  @inline(__always)
  func noteUpdate(_ frame: Frame) {
    if let marks {
      marks.pointee.lastRead = frame.statement
      marks.pointee.lastAssigned = frame.statement
    }
  }

  /// The pointer to the value.
  ///
  /// - Throws: `Located` where the name has no value.
  @inline(__always)
  func existing(_ frame: Frame) throws -> UnsafeMutablePointer<Value> {
    let pointer = pointer(frame)
    if case .undefined = pointer.pointee { throw undefined(frame) }
    return pointer
  }

  private func undefined(_ frame: Frame) -> any Error {
    if shared == nil { return frame.located(Place.noValueYet(name), span) }
    return frame.located(frame.session.unknownName(name), span)
  }

  static func noValueYet(_ name: String) -> Failure {
    Failure(
      "'\(name)' has no value yet",
      help:
        "the function assigns '\(name)', so it is local throughout: assign it before this line, "
        + "or make it a parameter")
  }
}

/// A statement that assigns the value of its right side. At top level, the report of a command on
/// the right is also shown.
class ValueAssignNode: StatementNode, @unchecked Sendable {
  let value: Node
  init(_ value: Node, _ span: Span) {
    self.value = value
    super.init(span)
  }

  /// Assigns the value to the targets.
  func assign(_ new: Value, _ frame: Frame) throws {}

  override func execute(_ frame: Frame) throws -> Flow {
    try assign(value.evaluate(frame), frame)
    return .next
  }

  override final func executeAtTop(_ frame: Frame) throws -> Output? {
    guard let reporting = value as? ReportingNode else {
      _ = try execute(frame)
      return nil
    }
    let output = try reporting.run(frame)
    try assign(output.value, frame)
    return output
  }
}

/// `x = …`.
final class AssignNode: ValueAssignNode, @unchecked Sendable {
  let place: Place
  init(_ place: Place, _ value: Node, _ span: Span) {
    self.place = place
    super.init(value, span)
  }
  override func assign(_ new: Value, _ frame: Frame) throws { try place.assign(new, frame) }
}

/// `x += …` and its like. Numbers are handled here; a number or an array of the same shape
/// changes an array in place; everything else is `x = x + …`.
final class AugmentNode: StatementNode, @unchecked Sendable {
  let place: Place
  let op: BinaryOperator
  private let value: OperandSource
  init(_ place: Place, _ op: BinaryOperator, _ value: Node, _ span: Span) {
    self.place = place
    self.op = op
    self.value = OperandSource(value)
    super.init(span)
  }
  override func execute(_ frame: Frame) throws -> Flow {
    let new = try value.read(frame)
    let target = try place.existing(frame)
    place.noteUpdate(frame)
    if case .number(let x) = target.pointee, case .number(let y) = new {
      switch op {
      case .add: target.pointee = .number(x + y)
      case .subtract: target.pointee = .number(x - y)
      case .multiply: target.pointee = .number(x * y)
      case .divide: target.pointee = .number(x / y)
      default: try general(target, new.value, frame)
      }
    } else {
      try general(target, new.value, frame)
    }
    return .next
  }

  private func general(_ target: UnsafeMutablePointer<Value>, _ new: Value, _ frame: Frame) throws {
    do {
      if let all = AugmentNode.allEntries(of: target.pointee, for: new) {
        try Indexing.set(&target.pointee, all, op, new)
      } else {
        target.pointee = try Arithmetic.binary(op, target.pointee, new).kept
      }
    } catch {
      throw frame.located(error, span)
    }
  }

  /// The subscripts of every entry; nil where the result may have another shape or type.
  private static func allEntries(of target: Value, for new: Value) -> [Indexing.Subscript]? {
    guard case .array(let array) = target, !array.isMask else { return nil }
    switch new {
    case .number: break
    case .array(let other):
      guard other.rank == array.rank, other.rows == array.rows, other.columns == array.columns
      else { return nil }
    default: return nil
    }
    let all = Indexing.Subscript.slice(start: nil, stop: nil, step: nil)
    return array.rank == 1 ? [all] : [all, all]
  }
}

/// `x[i, j] = …` and `x[i, j] += …`: in place where this name is the array's only owner.
final class IndexAssignNode: ValueAssignNode, @unchecked Sendable {
  let place: Place
  /// The subscripts of each bracket, in order.
  let path: [[SubscriptNode]]
  let op: BinaryOperator?
  let targetSpan: Span
  init(
    _ place: Place, _ path: [[SubscriptNode]], _ op: BinaryOperator?, _ value: Node,
    targetSpan: Span, _ span: Span
  ) {
    self.place = place
    self.path = path
    self.op = op
    self.targetSpan = targetSpan
    super.init(value, span)
  }

  override func assign(_ new: Value, _ frame: Frame) throws {
    try IndexAssignNode.assign(new, place, path, op, frame, targetSpan)
  }

  static func assign(
    _ new: Value, _ place: Place, _ path: [[SubscriptNode]], _ op: BinaryOperator?,
    _ frame: Frame, _ span: Span
  ) throws {
    // The subscripts are evaluated first: they may read the name, but must not hold its array while
    // it is written.
    let first = try path[0].map { try $0.evaluate(frame) }
    let rest = try path.dropFirst().map { try $0.map { try $0.evaluate(frame) } }
    let target = try place.existing(frame)
    place.noteUpdate(frame)
    do {
      if rest.isEmpty {
        try Indexing.set(&target.pointee, first, op, new)
      } else {
        try Indexing.set(&target.pointee, path: ([first] + rest)[...], op, new)
      }
    } catch {
      throw frame.located(error, span)
    }
  }
}

/// `a, b = …`: after an error, no target has changed.
final class TupleAssignNode: ValueAssignNode, @unchecked Sendable {
  enum TargetNode {
    case name(Place)
    case index(Place, [[SubscriptNode]], Span)

    var place: Place {
      switch self {
      case .name(let place), .index(let place, _, _): place
      }
    }
  }
  let targets: [TargetNode]
  private let namesOnly: Bool

  init(_ targets: [TargetNode], _ value: Node, _ span: Span) {
    self.targets = targets
    namesOnly = targets.allSatisfy { if case .name = $0 { true } else { false } }
    super.init(value, span)
  }

  override func assign(_ new: Value, _ frame: Frame) throws {
    let values: [Value]
    do {
      values = try new.unpacked(into: targets.count).map { try $0.kept }
    } catch {
      throw frame.located(error, value.span)
    }
    if namesOnly {
      for (target, value) in zip(targets, values) { try target.place.assign(value, frame) }
      return
    }
    let before = targets.map { $0.place.pointer(frame).pointee }
    do {
      for (target, value) in zip(targets, values) {
        switch target {
        case .name(let place): try place.assign(value, frame)
        case .index(let place, let path, let span):
          try IndexAssignNode.assign(value, place, path, nil, frame, span)
        }
      }
    } catch {
      for (target, old) in zip(targets, before).reversed() {
        target.place.pointer(frame).pointee = old
      }
      throw error
    }
  }
}

extension Value {
  /// The values for `count` targets.
  ///
  /// - Throws: A `Failure` where there are not `count` values.
  func unpacked(into count: Int) throws -> [Value] {
    let isString = if case .string = self { true } else { false }
    guard !isString, let items = try Items(self) else {
      throw Failure("\(count) names need \(count) values, not \(article(typeAndShape))")
    }
    guard items.count == count else {
      throw Failure(
        "\(count) names need \(count) values, but there \(items.count == 1 ? "is" : "are") "
          + "\(items.count)")
    }
    return try items.all
  }
}
