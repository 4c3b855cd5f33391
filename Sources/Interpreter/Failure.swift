import Language
import LinearAlgebra

/// An error that has its words already. Lower layers' errors conform where they meet the language,
/// so that the evaluator can give them a place.
public protocol DescribedError: Error {
  /// One sentence without a full stop.
  var message: String { get }
  /// The sentence, after its place in a file where it has one.
  var sentence: String { get }
  /// A way out.
  var help: String? { get }
  /// The kind of error, which decides the exit status.
  var category: Diagnostic.Category { get }
  /// The operand or option of the command that is to blame, by name: the place is then its value.
  var parameter: String? { get }
}

extension DescribedError {
  /// The message, which has no place of its own.
  public var sentence: String { message }
  /// No way out is known.
  public var help: String? { nil }
  /// An error while running.
  public var category: Diagnostic.Category { .runtime }
  /// The command as a whole is to blame.
  public var parameter: String? { nil }
}

/// An error whose place is not known yet: what goes wrong inside an operation, a built-in function
/// or a command. The evaluator adds the place.
public struct Failure: DescribedError, Sendable {
  /// One sentence without a full stop.
  public var message: String
  /// A way out.
  public var help: String?
  /// The kind of error, which decides the exit status.
  public var category: Diagnostic.Category
  /// The operand or option of the command that is to blame, by name.
  public var parameter: String?

  /// An error with its sentence and a way out.
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
  /// The memory that was asked for, and what is free.
  public var message: String { description }
  /// Ways to need less.
  public var help: String? { "use smaller shapes, or free memory with `forget`" }
}
