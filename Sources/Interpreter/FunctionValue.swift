import Language

/// A function: the user's own, or built in.
public class FunctionValue: @unchecked Sendable {
  /// Its name.
  public let name: String
  /// The names of its parameters, in order.
  public let parameterNames: [String]

  init(name: String, parameterNames: [String], depth: Int = 0) {
    self.name = name
    self.parameterNames = parameterNames
    self.depth = depth
  }

  /// A call with the names of all parameters: `f(x, y)`.
  public var callText: String { "\(name)(\(parameterNames.joined(separator: ", ")))" }

  /// The values that it keeps from the place where it was written.
  public var captured: [Value] { [] }

  /// Nesting depth of the values that it keeps, as a list's; 0 where there are none.
  let depth: Int

  /// The text that defined it; nil where it is built in.
  public var definition: String? { nil }

  /// The comment above its definition, without its marks; nil where there is none.
  public var prose: String? { nil }

  /// Evaluates the arguments of `call` and runs the function with them.
  func called(by call: CallNode, _ frame: Frame) throws -> Value { .none }
}

/// A function of the language or the engine. `help`, completion and binding use its declaration.
public final class BuiltinFunction: FunctionValue, @unchecked Sendable {
  /// A parameter.
  public struct Parameter: Sendable {
    /// Its name.
    public var name: String
    /// Whether a call may leave it out; the body then gets `.undefined`.
    public var isOptional: Bool
    /// Whether it is the last positional one and takes any number of values: the body gets a tuple
    /// of them.
    public var isVariadic: Bool

    /// A parameter that must be given.
    public static func required(_ name: String) -> Parameter {
      Parameter(name: name, isOptional: false, isVariadic: false)
    }
    /// A parameter that may be left out.
    public static func optional(_ name: String) -> Parameter {
      Parameter(name: name, isOptional: true, isVariadic: false)
    }
    /// Any number of values; named parameters may follow.
    public static func variadic(_ name: String) -> Parameter {
      Parameter(name: name, isOptional: true, isVariadic: true)
    }
  }

  /// The values of a function.
  public enum Result: Sendable {
    /// Of any type.
    case unknown
    /// A vector or matrix, whatever the arguments are.
    case array
    /// An object like this one.
    case object(any ObjectValue)
  }

  /// The computation. It gets the session and one value for each parameter, in order; `.undefined`
  /// for those left out.
  public typealias Body = @Sendable (_ arguments: [Value], _ session: Session) throws -> Value

  /// Parameters in order.
  public let parameters: [Parameter]
  /// How a call is written, as `help` shows it: `sum(x, axis=none, keepdims=false)`.
  public let usage: String
  /// A summary in one line.
  public let summary: String
  /// Examples that can be run.
  public let examples: [String]
  /// What is known of its value before it is called, for completion.
  let result: Result
  /// The computation.
  public let body: Body

  /// Index of the parameter that takes any number of values.
  let variadic: Int?
  /// One more than the index of the last required parameter.
  let requiredCount: Int

  /// `usage`.
  public override var callText: String { usage }

  /// Declares a function.
  public init(
    _ name: String, _ parameters: [Parameter], usage: String, summary: String,
    examples: [String] = [], result: Result = .unknown, body: @escaping Body
  ) {
    self.parameters = parameters
    self.usage = usage
    self.summary = summary
    self.examples = examples
    self.result = result
    self.body = body
    variadic = parameters.firstIndex(where: \.isVariadic)
    requiredCount = parameters.lastIndex { !$0.isOptional }.map { $0 + 1 } ?? 0
    super.init(name: name, parameterNames: parameters.map(\.name))
  }

  override func called(by call: CallNode, _ frame: Frame) throws -> Value {
    var values: [Value]
    if call.isPositional && variadic == nil && call.arguments.count <= parameters.count
      && call.arguments.count >= requiredCount
    {
      values = []
      values.reserveCapacity(parameters.count)
      for argument in call.arguments { values.append(try argument.value.evaluate(frame)) }
      for _ in call.arguments.count..<parameters.count { values.append(.undefined) }
    } else {
      let binding = try ArgumentBinding(
        call, of: self, isOptional: { self.parameters[$0].isOptional }, variadic: variadic, frame)
      values = .init(repeating: .undefined, count: parameters.count)
      var several: [Value] = []
      for (argument, i) in zip(call.arguments, binding.parameters) {
        let value = try argument.value.evaluate(frame)
        if i == variadic { several.append(value) } else { values[i] = value }
      }
      if let variadic { values[variadic] = .tuple(several) }
    }
    frame.session.caller = (frame, call.span)
    do {
      return try body(values, frame.session)
    } catch {
      throw frame.located(error, call.span)
    }
  }
}
