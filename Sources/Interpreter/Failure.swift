import Language
import LinearAlgebra

/// An error with its message for the user. Errors of lower layers conform, so that the evaluator
/// can add the place.
public protocol DescribedError: Error {
  /// One sentence without a full stop.
  var message: String { get }
  /// The message, preceded by its place in a data file where it has one.
  var sentence: String { get }
  /// A way out.
  var help: String? { get }
  /// The kind of error, which decides the exit status.
  var category: Diagnostic.Category { get }
  /// The name of the operand or option that caused the error; the evaluator then points at its
  /// value.
  var parameter: String? { get }
}

extension DescribedError {
  /// The message alone.
  public var sentence: String { message }
  /// Nil: no way out is known.
  public var help: String? { nil }
  /// An error while running.
  public var category: Diagnostic.Category { .runtime }
  /// Nil: no parameter caused it.
  public var parameter: String? { nil }
}

/// An error of an operation, a built-in function or a command. Its place is not known there; the
/// evaluator adds it.
public struct Failure: DescribedError, Sendable {
  /// One sentence without a full stop.
  public var message: String
  /// A way out.
  public var help: String?
  /// The kind of error, which decides the exit status.
  public var category: Diagnostic.Category
  /// The name of the operand or option that caused the error.
  public var parameter: String?

  /// An error, by default without help and of category `runtime`.
  public init(
    _ message: String, help: String? = nil, category: Diagnostic.Category = .runtime,
    parameter: String? = nil
  ) {
    self.message = message
    self.help = help
    self.category = category
    self.parameter = parameter
  }
}

extension MemoryRefused: DescribedError {
  /// The memory that was requested, and what is free.
  public var message: String { description }
  /// Ways to need less.
  public var help: String? { "use smaller shapes, or free memory with `forget`" }
}
