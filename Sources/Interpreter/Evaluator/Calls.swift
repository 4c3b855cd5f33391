import Text
import Language
import LinearAlgebra

/// `f(x, reg=1)`.
final class CallNode: Node, @unchecked Sendable {
  /// An argument, its names resolved.
  struct Argument {
    var name: String?
    var nameSpan: Span?
    var value: Node
  }

  let callee: Node
  let arguments: [Argument]
  /// Whether no argument is named.
  let isPositional: Bool

  init(_ callee: Node, _ arguments: [Argument], _ span: Span) {
    self.callee = callee
    self.arguments = arguments
    isPositional = arguments.allSatisfy { $0.name == nil }
    super.init(span)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try callee.evaluate(frame)
    guard case .function(let function) = value else {
      throw frame.failure(
        "\(article(value.typeName)) can't be called: only functions can", callee.span)
    }
    return try function.called(by: self, frame)
  }

  /// Calls a function with arguments that are already evaluated.
  func invoke(_ function: FunctionValue, with arguments: [Value], _ frame: Frame) throws -> Value {
    let call = CallNode(
      callee,
      zip(self.arguments, arguments).map {
        Argument(name: $0.name, nameSpan: $0.nameSpan, value: ConstantNode($1, $0.value.span))
      }, span)
    return try function.called(by: call, frame)
  }
}

/// The parameters that the arguments of a call belong to.
struct ArgumentBinding {
  /// The index of each argument's parameter; that of the variadic one may occur several times.
  var parameters: [Int]

  /// Matches arguments with parameters.
  ///
  /// - Throws: `Located` where they don't fit.
  init(
    _ call: CallNode, of function: FunctionValue, isOptional: (Int) -> Bool, variadic: Int?,
    _ frame: Frame
  ) throws {
    let names = function.parameterNames
    let positional = variadic.map { $0 + 1 } ?? names.count
    parameters = []
    parameters.reserveCapacity(call.arguments.count)
    var given = [Bool](repeating: false, count: names.count)
    for argument in call.arguments {
      if let name = argument.name {
        let span = argument.nameSpan ?? argument.value.span
        guard let i = names.firstIndex(of: name), i != variadic else {
          throw frame.located(
            Failure(
              "'\(function.name)' has no parameter '\(name)'",
              help: Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'? " }
                .map { $0 + "it is called as \(function.callText)" }
                ?? "it is called as \(function.callText)"), span)
        }
        if given[i] {
          throw frame.failure("'\(name)' is given twice", span)
        }
        given[i] = true
        parameters.append(i)
      } else {
        var i = parameters.count
        if let variadic, i >= variadic { i = variadic }
        guard i < positional else {
          let most = names.count == 1 ? "1 argument" : "\(names.count) arguments"
          throw frame.failure(
            "'\(function.name)' takes \(most), but \(call.arguments.count) are given",
            help: "it is called as \(function.callText)", argument.value.span)
        }
        if given[i] && i != variadic {
          throw frame.failure("'\(names[i])' is given twice", argument.value.span)
        }
        given[i] = true
        parameters.append(i)
      }
    }
    for i in names.indices where !given[i] && !isOptional(i) {
      throw frame.failure(
        "'\(function.name)' needs '\(names[i])'", help: "it is called as \(function.callText)",
        call.span)
    }
  }
}

/// A function of the user, from `fn NAME(parameters) { … }`.
final class UserFunction: FunctionValue, @unchecked Sendable {
  /// Values of the parameters that have defaults; `.undefined` for the others.
  let defaults: [Value]
  /// The values that a function expression keeps, with their slots.
  private let kept: [(slot: Int, value: Value)]
  /// The number of parameters and other local names.
  let slotCount: Int
  let body: Block
  let source: Source
  let span: Span
  private let usage: String

  init(
    name: String, parameterNames: [String], defaults: [Value],
    kept: [(slot: Int, value: Value)] = [], depth: Int = 0, slotCount: Int, body: Block,
    source: Source, span: Span
  ) {
    self.defaults = defaults
    self.kept = kept
    self.slotCount = slotCount
    self.body = body
    self.source = source
    self.span = span
    let texts = zip(parameterNames, defaults).map { name, value in
      if case .undefined = value { return name }
      return "\(name)=\(value.literalText)"
    }
    usage = "\(name)(\(texts.joined(separator: ", ")))"
    super.init(name: name, parameterNames: parameterNames, depth: depth)
  }

  override var captured: [Value] { kept.map(\.value) }
  override var callText: String { usage }
  override var definition: String? { source.text(in: span) }

  /// The lines directly above it that begin with `#`.
  override var prose: String? {
    var lines: [String] = []
    var start = source.lineStart(at: span.lower)
    while start > 0 {
      let before = source.lineStart(at: start - 1)
      let line = source.text(in: Span(before, start - 1))
      guard line.hasPrefix("#"), !line.hasPrefix("#>"), !line.hasPrefix("#~") else { break }
      let text = line.drop { $0 == "#" }
      lines.insert(String(text.first == " " ? text.dropFirst() : text), at: 0)
      start = before
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  override func called(by call: CallNode, _ caller: Frame) throws -> Value {
    guard StackGuard.hasRoom(above: caller.stackLimit) else {
      throw caller.failure(
        "'\(name)' calls itself too deeply: the stack is full",
        help: "a recursion must come to an end: return before the next call", call.span)
    }
    let frame = Frame(
      slots: slotCount, session: caller.session, source: source, stackLimit: caller.stackLimit,
      statement: caller.statement)
    if call.isPositional && call.arguments.count == parameterNames.count {
      var i = 0
      for argument in call.arguments {
        frame.slots[i] = try argument.value.evaluate(caller)
        i += 1
      }
    } else {
      let binding = try ArgumentBinding(
        call, of: self,
        isOptional: { if case .undefined = self.defaults[$0] { false } else { true } },
        variadic: nil, caller)
      for (argument, i) in zip(call.arguments, binding.parameters) {
        frame.slots[i] = try argument.value.evaluate(caller)
      }
      for i in defaults.indices {
        if case .undefined = frame.slots[i] { frame.slots[i] = defaults[i] }
      }
    }
    for (slot, value) in kept { frame.slots[slot] = value }
    do {
      guard try body.execute(frame) == .return else { return .none }
      let result = frame.result.pointee
      frame.result.pointee = .undefined
      return result
    } catch let error as Located {
      error.passed { [name, parameterNames] in
        let shapes = parameterNames.indices.map {
          "\(parameterNames[$0]): \(frame.slots[$0].typeAndShape(on: caller.session.display))"
        }
        return "in \(name)(\(shapes.joined(separator: ", "))), called at "
          + caller.source.place(of: call.span)
      }
      throw error
    }
  }
}

extension Session {
  /// Calls a function, for commands and built-in functions that take one, such as `gradcheck`.
  ///
  /// - Throws: The error of the function, with its place there; an error in the arguments, with the
  ///   place of the running command or call; `Interrupted`.
  public func call(
    _ function: FunctionValue, _ arguments: [Value], named: [(name: String, value: Value)] = []
  ) throws -> Value {
    let before = caller
    defer { caller = before }
    let frame: Frame
    let span: Span
    if let before {
      (frame, span) = before
    } else {
      stackLimit = StackGuard.limitOfThisThread()
      frame = Frame(topLevel: self, source: source)
      span = Span(0, 0)
    }
    let call = CallNode(
      ConstantNode(.function(function), span),
      arguments.map { CallNode.Argument(name: nil, nameSpan: nil, value: ConstantNode($0, span)) }
        + named.map {
          CallNode.Argument(name: $0.name, nameSpan: span, value: ConstantNode($0.value, span))
        }, span)
    return try function.called(by: call, frame)
  }
}
