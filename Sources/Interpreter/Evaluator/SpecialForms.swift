import Language
import LinearAlgebra
import Text

/// `print OPERAND…`: the texts, separated by blanks.
final class PrintNode: StatementNode, @unchecked Sendable {
  let operands: [Node]
  init(_ operands: [Node], _ span: Span) {
    self.operands = operands
    super.init(span)
  }
  override func execute(_ frame: Frame) throws -> Flow {
    var text = StyledText()
    for (i, operand) in operands.enumerated() {
      let value = try operand.evaluate(frame)
      if i > 0 { text.append(" ") }
      if case .object(let box) = value {
        text.append(try box.object.presentation.text(frame.session.display))
      } else {
        text.append(try value.text(for: frame.session.display))
      }
    }
    // An empty line is printed too.
    frame.session.sink.show([.text(text)], frame.session.display)
    return .next
  }
}

/// `expect EXPR`, `expect EXPR ~= EXPR within=1e-6`: reports where the condition does not hold; the
/// script goes on.
final class ExpectNode: StatementNode, @unchecked Sendable {
  /// A comparison. If it fails, both its sides are shown.
  struct Comparison {
    var op: BinaryOperator
    var left: Node
    var right: Node
  }
  enum Condition {
    case holds(Node)
    case compares(Comparison)
    case approximates(left: Node, right: Node, within: Node?)
  }
  let condition: Condition
  let message: Node?
  let points: Node?
  /// The text of the condition.
  let text: String

  init(_ condition: Condition, text: String, message: Node?, points: Node?, _ span: Span) {
    self.condition = condition
    self.text = text
    self.message = message
    self.points = points
    super.init(span)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    let session = frame.session
    let points = try points.map { try ExpectNode.nonNegative($0, "points", frame) }
    let notes = try mismatch(frame)
    session.expectations.pointsPossible += points ?? 0
    guard let notes else {
      session.expectations.passed += 1
      session.expectations.points += points ?? 0
      return .next
    }
    session.expectations.failed += 1
    var words = "expect failed: \(text)"
    if let message {
      words += ": " + (try message.evaluate(frame).text(for: session.display))
    }
    session.report(
      Diagnostic(words, category: .runtime, source: frame.source, span: span, notes: notes))
    return .next
  }

  /// Notes on the difference; nil where the condition holds.
  private func mismatch(_ frame: Frame) throws -> [String]? {
    switch condition {
    case .holds(let node):
      return try node.condition(frame) ? nil : ["it is false"]
    case .compares(let comparison):
      let left = try comparison.left.evaluate(frame)
      let right = try comparison.right.evaluate(frame)
      let result: Value
      do {
        result = try Arithmetic.binary(comparison.op, left, right)
      } catch {
        throw frame.located(error, span)
      }
      guard case .bool(let holds) = result else {
        throw frame.located(Node.notACondition(result), span)
      }
      return holds ? nil : try ExpectNode.sides(left, right, frame)
    case .approximates(let leftNode, let rightNode, let withinNode):
      let left = try leftNode.evaluate(frame)
      let right = try rightNode.evaluate(frame)
      let within = try withinNode.map { try ExpectNode.nonNegative($0, "within", frame) } ?? 1e-6
      do {
        return try ExpectNode.difference(left, right, within: within, frame)
      } catch {
        throw frame.located(error, span)
      }
    }
  }

  private static func nonNegative(_ node: Node, _ name: String, _ frame: Frame) throws -> Double {
    let value = try node.evaluate(frame)
    guard case .number(let number) = value, number >= 0 else {
      let given =
        if case .number(let number) = value { NumberText.shortest(number) } else {
          article(value.typeAndShape)
        }
      throw frame.failure("'\(name)' must be a number that is at least 0, not \(given)", node.span)
    }
    return number
  }

  private static func sides(_ left: Value, _ right: Value, _ frame: Frame) throws -> [String] {
    [
      "left:  \(try left.text(for: frame.session.display))",
      "right: \(try right.text(for: frame.session.display))",
    ]
  }

  /// Notes where not |a − b| ≤ within for every entry; nil where it is. Nan equals nothing; equal
  /// infinities are equal.
  private static func difference(
    _ left: Value, _ right: Value, within: Double, _ frame: Frame
  ) throws -> [String]? {
    switch (left, right) {
    case (.number(let a), .number(let b)):
      if a == b || abs(a - b) <= within { return nil }
      return try sides(left, right, frame)
        + [
          "difference: \(NumberText.shortest(abs(a - b))), allowed: \(NumberText.shortest(within))"
        ]
    case (.array(let a), .array(let b)):
      guard a.rank == b.rank, a.rows == b.rows, a.columns == b.columns else {
        throw Failure(
          "'~=' compares arrays of one shape, not \(article(left.typeAndShape)) and "
            + article(right.typeAndShape))
      }
      var largest = 0.0
      var place = -1
      var misses = 0
      try Interruption.forEachRange(of: a.count, costEach: 2) { range in
        for i in range {
          let x = a.pointer[i]
          let y = b.pointer[i]
          let difference = x == y ? 0 : abs(x - y)
          if !(difference <= within) { misses += 1 }
          if !(difference <= largest) && !largest.isNaN {
            largest = difference
            place = i
          }
        }
      }
      guard misses > 0, place >= 0 else { return nil }
      let index = a.rank == 1 ? "[\(place)]" : "[\(place / a.columns), \(place % a.columns)]"
      return [
        "largest difference: \(NumberText.shortest(largest)) at \(index), "
          + "allowed: \(NumberText.shortest(within))",
        "left\(index): \(NumberText.shortest(a.pointer[place]))",
        "right\(index): \(NumberText.shortest(b.pointer[place]))",
        "\(misses) of \(a.count) entries differ by more",
      ]
    case (.array(let a), .number(let b)):
      return try difference(left, try filled(like: a, with: b), within: within, frame)
    case (.number(let a), .array(let b)):
      return try difference(try filled(like: b, with: a), right, within: within, frame)
    default:
      throw Failure(
        "'~=' compares numbers, vectors and matrices, not \(article(left.typeAndShape)) and "
          + article(right.typeAndShape))
    }
  }

  private static func filled(like array: NumericArray, with number: Double) throws -> Value {
    let filled = NumericArray(uninitializedLike: array)
    try filled.pointer.fill(number, count: array.count)
    return .array(filled)
  }
}

/// `timeit STATEMENT`, `timeit repeat=10 STATEMENT`: the median of the seconds that it takes.
final class TimeitNode: ReportingNode, @unchecked Sendable {
  let repeats: Node?
  let statement: StatementNode
  init(repeats: Node?, _ statement: StatementNode, _ span: Span) {
    self.repeats = repeats
    self.statement = statement
    super.init(span)
  }
  override func run(_ frame: Frame) throws -> Output {
    var count = 1
    if let repeats {
      let value = try repeats.evaluate(frame)
      guard case .number(let number) = value, number.rounded() == number, number >= 1,
        number <= 1e9
      else {
        throw frame.failure(
          "'repeat' must be a whole number that is at least 1, "
            + "not \(try value.text(for: frame.session.display))",
          repeats.span)
      }
      count = Int(number)
    }
    var seconds: [Double] = []
    for _ in 0..<count {
      try Interruption.check()
      let watch = Stopwatch()
      _ = try statement.execute(frame)
      seconds.append(watch.seconds)
    }
    frame.session.noteUnrepeatable("it is a time, another one at each run")
    seconds.sort()
    let middle = count / 2
    let median =
      count % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2
    var report = StyledText(timed(frame) + ": ")
    report.append(Quantity.duration(seconds: median), .volatile)
    if count > 1 {
      report.append(" (median of \(count), ")
      let (least, most) = (seconds[0], seconds[count - 1])
      report.append(
        "\(Quantity.duration(seconds: least)) to \(Quantity.duration(seconds: most))", .volatile)
      report.append(")")
    }
    return Output(.number(median), report: report)
  }
}

extension TimeitNode {
  /// The statement in one line.
  fileprivate func timed(_ frame: Frame) -> String {
    let text = frame.source.text(in: statement.span)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let first = String(lines[0])
    return TextLayout.clipped(lines.count > 1 ? first + " …" : first, to: 60)
  }
}

/// `forget NAME…`.
final class ForgetNode: StatementNode, @unchecked Sendable {
  let names: [(place: Place?, name: NameSyntax)]
  init(_ names: [(place: Place?, name: NameSyntax)], _ span: Span) {
    self.names = names
    super.init(span)
  }
  override func execute(_ frame: Frame) throws -> Flow {
    let session = frame.session
    for (place, name) in names {
      if let place {
        _ = try place.existing(frame)
      } else if !session.assignedNames.contains(name.name) {
        if session.catalog.builtin(named: name.name) != nil {
          throw frame.failure(
            "'\(name.name)' comes with the language and can't be forgotten", name.span)
        }
        throw frame.located(session.unknownName(name.name), name.span)
      }
    }
    for (place, name) in names {
      if let place {
        place.pointer(frame).pointee = .undefined
      } else {
        _ = session.forget(name.name)
      }
    }
    return .next
  }
}

/// `fn NAME(parameters) { … }`: evaluates the defaults and assigns the function.
final class FunctionNode: StatementNode, @unchecked Sendable {
  let place: Place
  let parameters: [(name: String, defaultValue: Node?)]
  let slotCount: Int
  let body: Block
  init(
    _ place: Place, _ parameters: [(name: String, defaultValue: Node?)], slotCount: Int,
    _ body: Block, _ span: Span
  ) {
    self.place = place
    self.parameters = parameters
    self.slotCount = slotCount
    self.body = body
    super.init(span)
  }
  override func execute(_ frame: Frame) throws -> Flow {
    let defaults = try parameters.map { try $0.defaultValue?.evaluate(frame) ?? .undefined }
    let function = UserFunction(
      name: place.name, parameterNames: parameters.map(\.name), defaults: defaults,
      slotCount: slotCount, body: body, source: frame.source, span: span)
    try place.assign(.function(function), frame)
    let session = frame.session
    if session.catalog.function(named: place.name) != nil, session.isNews("fn \(place.name)") {
      session.warn(
        "'\(place.name)' is now your function, and no longer the one that comes with the language",
        help: "`forget \(place.name)` brings that one back")
    }
    return .next
  }
}

/// `param NAME = LITERAL`: assigns the literal, or the value from the command line.
final class ParameterNode: StatementNode, @unchecked Sendable {
  let place: Place
  let value: Value
  /// Whether the value is not the one that is written there.
  let isReplaced: Bool
  init(_ place: Place, _ value: Value, isReplaced: Bool = false, _ span: Span) {
    self.place = place
    self.value = value
    self.isReplaced = isReplaced
    super.init(span)
  }
  override func execute(_ frame: Frame) throws -> Flow {
    try place.assign(value, frame)
    return .next
  }
}
