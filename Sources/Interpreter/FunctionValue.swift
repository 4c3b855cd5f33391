import Language

/// A function: the person's own, or built in.
public class FunctionValue: @unchecked Sendable {
  /// Its name.
  public let name: String
  /// The names of its parameters, in order.
  public let parameterNames: [String]

  init(name: String, parameterNames: [String]) {
    self.name = name
    self.parameterNames = parameterNames
  }
}

/// A function that comes with the language or with the engine, declared as plain data: `help`,
/// completion and binding come from the declaration.
public final class BuiltinFunction: FunctionValue, @unchecked Sendable {
  /// A parameter.
  public struct Parameter: Sendable {
    /// Its name.
    public var name: String
    /// True where a call may leave it out; the body then gets `.undefined`.
    public var isOptional: Bool
    /// True for the last positional parameter where it takes any number of values: the body gets a
    /// tuple of them.
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

  /// What it computes: gets one value for each parameter, in order, and the session.
  public typealias Body = @Sendable (_ arguments: [Value], _ session: Session) throws -> Value

  /// Parameters in order.
  public let parameters: [Parameter]
  /// How a call is written, as `help` shows it: `sum(x, axis=none, keepdims=false)`.
  public let usage: String
  /// One line.
  public let summary: String
  /// Runnable lines.
  public let examples: [String]
  /// The computation.
  public let body: Body

  /// Declares a function.
  public init(
    _ name: String, _ parameters: [Parameter], usage: String, summary: String,
    examples: [String] = [], body: @escaping Body
  ) {
    self.parameters = parameters
    self.usage = usage
    self.summary = summary
    self.examples = examples
    self.body = body
    super.init(name: name, parameterNames: parameters.map(\.name))
  }
}
